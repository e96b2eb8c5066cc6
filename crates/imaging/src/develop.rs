//! A photo's way from the camera's file to the two pictures that the shop shows.

use crate::decode::{self, Decoded, Stored};
use crate::encode;
use crate::fault::Fault;
use crate::format::Format;
use crate::framing::Framing;
use crate::header::Header;
use crate::limits::Limits;
use crate::look::Look;
use crate::name::{Part, content_name, rendition_name};
use crate::note::Note;
use crate::orient::Orientation;
use crate::picture::Picture;
use crate::raster::{Layout, Raster};
use crate::recipe::{Output, Recipe};
use crate::resize::{self, Area};
use crate::score::Scores;
use crate::{colour, curve, header, likeness, warp};
use serde::{Deserialize, Serialize};

/// Longer side of the plain recipe's large picture, in pixels.
pub const LARGE_SIDE: u32 = 1600;
/// Longer side of the plain recipe's small picture, in pixels.
pub const SMALL_SIDE: u32 = 400;

/// The quality is lowered by so much at a time until a picture fits into its bytes, and not below the floor.
const QUALITY_STEP: u8 = 8;
const QUALITY_FLOOR: u8 = 40;

/// How a photo is developed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub limits: Limits,
    pub recipe: Recipe,
    /// Takes JPEGs that stop half-way, with [`Note::Damaged`]: the person was asked and wants them.
    pub take_damaged: bool,
    /// What a person has done to it.
    pub look: Look,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            limits: Limits::default(),
            recipe: Recipe::plain(),
            take_damaged: false,
            look: Look::default(),
        }
    }
}

/// A JPEG in sRGB, upright, without metadata.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rendition {
    /// Written apart from the rest: they are no text.
    #[serde(skip)]
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
    /// BLAKE3 of `bytes`, 64 hexadecimal digits.
    pub hash: String,
    /// [`rendition_name`] of the original, the recipe and the look: known before the picture is made.
    pub name: String,
}

/// What became of a photo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Developed {
    /// BLAKE3 of the original bytes, 64 hexadecimal digits: the photo's name.
    pub content: String,
    pub format: Format,
    /// Pixels of the original, upright, whatever was cut off and turned by hand.
    pub width: u32,
    pub height: u32,
    pub large: Rendition,
    pub small: Rendition,
    /// In a fixed order, each at most once.
    pub notes: Vec<Note>,
    pub scores: Scores,
    /// To be compared by [`likeness_apart`](crate::likeness_apart): of the picture with its look.
    pub likeness: u64,
}

/// [`develop_with`] the plain recipe.
///
/// # Errors
/// As [`develop_with`].
pub fn develop(bytes: &[u8], limits: &Limits) -> Result<Developed, Fault> {
    develop_with(
        bytes,
        &Settings {
            limits: limits.clone(),
            ..Settings::default()
        },
    )
}

/// Orients, converts, cleans and shrinks a photo. The same bytes, recipe and look always give the same pictures.
///
/// # Errors
/// Every [`Fault`]; sizes are refused before memory is taken for pixels.
pub fn develop_with(bytes: &[u8], settings: &Settings) -> Result<Developed, Fault> {
    develop_read(bytes, settings, &read(bytes, settings)?)
}

pub(crate) fn read(bytes: &[u8], settings: &Settings) -> Result<Header, Fault> {
    header::read(
        bytes,
        &settings.limits,
        settings.recipe.large.side,
        &settings.look.within_bounds(),
        settings.take_damaged,
    )
}

/// What [`read`] has let through.
pub(crate) fn develop_read(bytes: &[u8], settings: &Settings, header: &Header) -> Result<Developed, Fault> {
    let recipe = &settings.recipe;
    let mut notes = Vec::new();
    let look = settings.look.within_bounds();
    let framing = header.framing(&look);
    let kept = framing.size();
    let side = recipe.large.side;
    let large = picture(bytes, header, side, &settings.limits, &look, &mut notes)?;
    let (small_width, small_height) = resize::fit(large.width(), large.height(), recipe.small.side);
    let small = large.resized(small_width, small_height)?;

    let (width, height) = header.exif.orientation.seen(header.width, header.height);
    let happened = [
        (Note::Turned, header.exif.orientation != Default::default()),
        (Note::LocationRemoved, header.exif.has_location),
        (Note::FirstFrame, header.animated),
        (Note::Small, kept.0.max(kept.1) < recipe.large.side),
        (Note::Damaged, header.damaged),
    ];
    notes.extend(happened.into_iter().filter_map(|(note, did)| did.then_some(note)));
    notes.sort_unstable();
    let content = content_name(bytes);
    let named = |part| rendition_name(&content, recipe, &look, part);
    Ok(Developed {
        large: rendition(&large, &recipe.large, named(Part::Large))?,
        small: rendition(&small, &recipe.small, named(Part::Small))?,
        likeness: likeness::of(&small.luma),
        scores: Scores::of(&large, &small, kept, header.exif.has_camera),
        format: header.format,
        width,
        height,
        notes,
        content,
    })
}

/// Decoded, shrunk before anything else is done (every later step then works on a fraction of the pixels),
/// in sRGB, on white, upright, with its look.
/// `side` is its longer side, at most.
pub(crate) fn picture(
    bytes: &[u8],
    header: &Header,
    side: u32,
    limits: &Limits,
    look: &Look,
    notes: &mut Vec<Note>,
) -> Result<Picture, Fault> {
    let decoded = decode::decode(bytes, header, limits)?;
    let framing = header.framing(look);
    let (width, height) = framing.size();
    let wanted = resize::fit(width, height, side);
    if let (Stored::Planes(planes), true) = (&decoded.stored, framing.is_whole() && !look.is_lit()) {
        let conversion = decoded
            .icc
            .as_deref()
            .map(|icc| colour::Conversion::from(icc, planes.chroma.is_some()));
        // As JPEG keeps it, from the file to the picture: most photos go this way.
        if !matches!(conversion, Some(colour::Conversion::Needed(_))) {
            notes.extend(conversion.and_then(|conversion| conversion.note()));
            let full = (header.width, header.height);
            let wanted = framing.orientation.seen(wanted.0, wanted.1);
            return Picture::of_planes(planes, full, decoded.shrunk_by, wanted, framing.orientation);
        }
    }
    let Some(tilt) = &framing.tilt else {
        let (raster, orientation) = region(decoded, &framing, wanted, notes)?;
        return Ok(Picture::of(curve::apply(raster, look))?.upright(orientation));
    };
    let (size, kept) = framing.steps(wanted, decoded.shrunk_by);
    let (raster, orientation) = region(decoded, &framing, size, notes)?;
    let raster = raster.upright(orientation);
    let tilted = warp::tilted(&raster, &framing, tilt, kept);
    drop(raster);
    let seen = Area::whole(kept.0, kept.1);
    Picture::of(curve::apply(resize::shrink(tilted, seen, wanted)?, look))
}

/// The framing's region in this size once upright: in sRGB, on white, and how it still has to be turned.
fn region(
    decoded: Decoded,
    framing: &Framing,
    size: (u32, u32),
    notes: &mut Vec<Note>,
) -> Result<(Raster, Orientation), Fault> {
    let Decoded {
        stored,
        shrunk_by,
        icc,
    } = decoded;
    let seen = framing.stored(framing.region(), shrunk_by);
    let orientation = framing.orientation;
    // How large it is before it is turned.
    let size = orientation.seen(size.0, size.1);
    let (raster, orientation) = match stored {
        Stored::Planes(planes) => (
            Picture::raster_of_planes(&planes, seen, size, orientation)?,
            Orientation::Upright,
        ),
        Stored::Pixels(raster) => (resize::shrink(raster, seen, size)?, orientation),
    };
    let raster = in_srgb(raster, icc.as_deref(), notes);
    let (raster, seen_through) = raster.onto_white();
    notes.extend(seen_through.then_some(Note::OnWhite));
    Ok((raster, orientation))
}

fn in_srgb(raster: Raster, icc: Option<&[u8]>, notes: &mut Vec<Note>) -> Raster {
    let Some(icc) = icc else {
        return raster;
    };
    match colour::Conversion::from(icc, raster.layout != Layout::Grey) {
        colour::Conversion::Needed(conversion) => {
            let (raster, note) = conversion.apply(raster);
            notes.push(note);
            raster
        }
        other => {
            notes.extend(other.note());
            raster
        }
    }
}

fn rendition(picture: &Picture, output: &Output, name: String) -> Result<Rendition, Fault> {
    let mut quality = output.quality;
    let mut bytes = encode::jpeg(picture, quality)?;
    while bytes.len() as u64 > output.most_bytes && quality > QUALITY_FLOOR {
        quality = quality.saturating_sub(QUALITY_STEP).max(QUALITY_FLOOR);
        bytes = encode::jpeg(picture, quality)?;
    }
    Ok(Rendition {
        hash: content_name(&bytes),
        width: picture.width(),
        height: picture.height(),
        bytes,
        name,
    })
}
