//! A quick look at a photo that is not in the shop yet: a small picture, when it was taken, and what is written
//! on the card beside the piece.

use crate::code;
use crate::develop::picture;
use crate::encode;
use crate::fault::Fault;
use crate::format::Format;
use crate::header::{self, Header};
use crate::limits::Limits;
use crate::look::Look;
use crate::picture::Picture;
use crate::resize;
use serde::{Deserialize, Serialize};

const QUALITY: u8 = 75;
/// Longer side on which codes are looked for: on it the squares of a card that fills a third of the frame are
/// still some five pixels wide.
const CODES_SIDE: u32 = 1000;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlanceSettings {
    /// Pixels of the longer side, at most; nothing is enlarged.
    pub side: u32,
    /// Looks for QR codes too, which takes about twice the time.
    pub codes: bool,
    pub limits: Limits,
}

impl Default for GlanceSettings {
    /// 320 px, without codes, within the default limits.
    fn default() -> Self {
        GlanceSettings {
            side: 320,
            codes: false,
            limits: Limits::default(),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Glance {
    pub format: Format,
    /// A JPEG in sRGB, upright, without metadata.
    #[serde(skip)]
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
    /// When the photo was taken, in milliseconds since 1970 as if the camera's clock showed UTC: good for
    /// putting photos of one camera in order. EXIF's DateTimeOriginal.
    pub taken_ms: Option<i64>,
    /// What the QR codes in the picture say, each once.
    pub codes: Vec<String>,
}

/// Takes a quick look.
///
/// # Errors
/// Every [`Fault`], as when the photo is developed.
pub fn glance(bytes: &[u8], settings: &GlanceSettings) -> Result<Glance, Fault> {
    let side = settings.side.max(1);
    let seen = if settings.codes {
        side.max(CODES_SIDE)
    } else {
        side
    };
    let header = header::read(bytes, &settings.limits, seen, &Look::default(), false)?;
    let beside = if settings.codes {
        None
    } else {
        thumbnail(bytes, &header, settings)
    };
    let seen = match beside {
        Some(picture) => picture,
        None => picture(
            bytes,
            &header,
            seen,
            &settings.limits,
            &Look::default(),
            &mut Vec::new(),
        )?,
    };
    let codes = if settings.codes {
        code::read(&seen.luma)?
    } else {
        Vec::new()
    };
    let (width, height) = resize::fit(seen.width(), seen.height(), side);
    let small = seen.resized(width, height)?;
    Ok(Glance {
        format: header.format,
        bytes: encode::jpeg(&small, QUALITY)?,
        width,
        height,
        taken_ms: header.exif.taken_ms,
        codes,
    })
}

/// The camera's own small picture, when it shows the same and is large enough. It has no profile of its own, so
/// that it does not do for a photo in other colours than sRGB.
fn thumbnail(bytes: &[u8], header: &Header, settings: &GlanceSettings) -> Option<Picture> {
    let (begin, length) = header.exif.thumbnail?;
    if header.has_icc || header.format != Format::Jpeg {
        return None;
    }
    let inner = bytes.get(begin..begin.checked_add(length)?)?;
    let look = Look::default();
    let mut small = header::read(inner, &settings.limits, settings.side, &look, false).ok()?;
    let across = u64::from(small.width) * u64::from(header.height);
    let down = u64::from(small.height) * u64::from(header.width);
    let same_shape = across.abs_diff(down) * 50 <= across.max(down);
    if !same_shape || small.width.max(small.height) < settings.side || small.format != Format::Jpeg {
        return None;
    }
    small.exif = header.exif;
    picture(
        inner,
        &small,
        settings.side,
        &settings.limits,
        &look,
        &mut Vec::new(),
    )
    .ok()
}
