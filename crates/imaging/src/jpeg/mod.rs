//! JPEG: the walk over its segments, and two decoders.
//!
//! [`scaled`] is the way of nearly every photo: libjpeg-turbo, at the smallest size that still serves.
//! [`whole`] takes what that one leaves: inks (CMYK, YCCK), and files that it is not content with.

mod frame;
mod scaled;
mod walk;
mod whole;

pub(crate) use frame::Frame;
pub(crate) use walk::walk;

use crate::decode::Decoded;
use crate::fault::Fault;
use crate::header::Header;

pub(crate) fn decode(bytes: &[u8], header: &Header, frame: &Frame, memory: u64) -> Result<Decoded, Fault> {
    let icc = header.has_icc.then(|| frame.profile(bytes));
    let (stored, shrunk_by) = match scaled::decode(bytes, header, frame) {
        Ok(stored) => (stored, header.shrinks_by),
        // A damaged photo is shown as far as it goes or not at all; the other decoder has no more of it.
        Err(fault) if header.damaged => return Err(fault),
        Err(_) if frame.whole_bytes() > memory => {
            return Err(Fault::TooManyPixels {
                width: header.width,
                height: header.height,
            });
        }
        // The other decoder gives up over such a file (zune-jpeg 0.5.15), and no program writes one.
        Err(_) if !frame.first_is_finest => {
            return Err(Fault::Unsupported {
                found: "jpeg-unusual",
            });
        }
        Err(_) => (whole::decode(bytes, header)?, 1),
    };
    Ok(Decoded {
        stored,
        shrunk_by,
        icc,
    })
}
