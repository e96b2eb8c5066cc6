//! From bytes to pixels as they are stored, behind limits.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::fault::Fault;
use crate::format::Format;
use crate::header::Header;
use crate::raster::Raster;
use crate::{jpeg, png, webp};

pub(crate) struct Decoded {
    pub raster: Raster,
    pub icc: Option<Vec<u8>>,
}

/// Decodes what [`crate::header::read`] has let through.
pub(crate) fn decode(bytes: &[u8], header: &Header) -> Result<Decoded, Fault> {
    // The decoders are careful, but they read what strangers send: a panic of theirs is one bad photo, not
    // the end of the app.
    let decoded = catch_unwind(AssertUnwindSafe(|| match header.format {
        Format::Jpeg => jpeg::decode(bytes, header),
        Format::Png => png::decode(bytes, header),
        Format::WebP => webp::decode(bytes, header),
    }))
    .unwrap_or_else(|_| Err(Fault::damaged("the decoder gave up")))?;
    let raster = &decoded.raster;
    let expected = raster.width as usize * raster.height as usize * raster.layout.channels();
    if raster.pixels.len() != expected || (raster.width, raster.height) != (header.width, header.height) {
        return Err(Fault::damaged("the picture has not the size that it says"));
    }
    Ok(decoded)
}

/// What the decoders of `image` may take beyond the pixels: their rows and their metadata.
const WORKING_BYTES: u64 = 32 << 20;

pub(crate) fn image_limits(header: &Header) -> image::Limits {
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(header.width);
    limits.max_image_height = Some(header.height);
    limits.max_alloc = Some(header.decoded_bytes.saturating_add(WORKING_BYTES));
    limits
}

pub(crate) fn image_fault(error: image::ImageError) -> Fault {
    match error {
        image::ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            Fault::Truncated
        }
        error => Fault::damaged(error),
    }
}
