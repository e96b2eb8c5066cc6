//! What a format's reader learns without decoding a pixel.

use crate::exif::Exif;
use crate::fault::Fault;
use crate::format::Format;
use crate::framing::Framing;
use crate::jpeg::Frame;
use crate::limits::Limits;
use crate::look::Look;
use crate::{heic, jpeg, png, webp};

#[derive(Clone, Debug)]
pub(crate) struct Header {
    pub format: Format,
    /// As stored, before orientation.
    pub width: u32,
    pub height: u32,
    pub exif: Exif,
    pub has_icc: bool,
    pub animated: bool,
    /// The file ends before the picture does, and that was agreed to.
    pub damaged: bool,
    /// What the decoder will hold at once, at most.
    pub decoded_bytes: u64,
    /// By how much the decoder makes the picture smaller: 1, 2, 4 or 8.
    pub shrinks_by: u32,
    /// Of a JPEG.
    pub frame: Option<Frame>,
    /// Of a HEIC.
    pub heic: Option<heic::Plan>,
}

/// Walks the file's structure to its end: sizes are checked first, then that nothing is missing.
///
/// `side` is the longer side of the picture that is to be made, with this look. `take_damaged` lets JPEGs through that stop
/// half-way.
pub(crate) fn read(
    bytes: &[u8],
    limits: &Limits,
    side: u32,
    look: &Look,
    take_damaged: bool,
) -> Result<Header, Fault> {
    limits.check_bytes(bytes.len())?;
    let walked = match Format::sniff(bytes)? {
        Format::Jpeg => jpeg::walk(bytes)?,
        Format::Png => png::walk(bytes)?,
        Format::WebP => webp::walk(bytes)?,
        Format::Heic => heic::walk(bytes)?,
    };
    let mut header = walked.header;
    limits.check_size(header.width, header.height, 0)?;
    let framing = header.framing(look);
    if let Some(frame) = &header.frame {
        // A small part of a very large photo may be asked for: then rather less sharp than not at all.
        let plain = header.framing(&Look::default()).shrinks_by(side);
        let mut by = framing.shrinks_by(side);
        while by < plain && frame.scaled_bytes(by) > limits.decoded_bytes {
            by *= 2;
        }
        header.shrinks_by = by;
        header.decoded_bytes = frame.scaled_bytes(by);
    }
    limits.check_size(header.width, header.height, header.decoded_bytes)?;
    // A header that promises more than so few bytes can hold is found out here, before memory is taken.
    if !walked.complete || walked.pixel_bytes.saturating_mul(walked.most_pixels_per_byte) < walked.pixels {
        header.damaged = take_damaged && header.frame.is_some() && walked.pixel_bytes > 0;
        if !header.damaged {
            return Err(Fault::Truncated);
        }
    }
    Ok(header)
}

impl Header {
    /// The look is within its bounds.
    pub fn framing(&self, look: &Look) -> Framing {
        Framing::of(self.width, self.height, self.exif.orientation, look)
    }
}

/// A [`Header`] with what is needed to tell a whole file from a cut one.
pub(crate) struct Walked {
    pub header: Header,
    /// Whether the format's end was reached.
    pub complete: bool,
    /// Bytes of compressed pixels.
    pub pixel_bytes: u64,
    /// Pixels that the header promises.
    pub pixels: u64,
    /// What one compressed byte can give at the very most.
    pub most_pixels_per_byte: u64,
}
