//! A look at a photo before anything is done with it.

use crate::develop::LARGE_SIDE;
use crate::fault::Fault;
use crate::format::Format;
use crate::header;
use crate::limits::Limits;
use crate::look::Look;
use crate::orient::Orientation;

/// What the header of a photo says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    pub format: Format,
    /// Pixels, upright.
    pub width: u32,
    pub height: u32,
    pub orientation: Orientation,
    pub has_icc: bool,
    /// It tells the place where it was taken.
    pub has_location: bool,
    pub animated: bool,
}

/// Looks at the header within the default [`Limits`]. No pixel is decoded and no memory is taken for any.
///
/// # Errors
/// Every [`Fault`]; [`Fault::Damaged`] here means that the structure is broken, pixels are not looked at.
pub fn inspect(bytes: &[u8]) -> Result<Inspection, Fault> {
    inspect_within(bytes, &Limits::default())
}

/// [`inspect`] within other limits.
///
/// # Errors
/// As [`inspect`].
pub fn inspect_within(bytes: &[u8], limits: &Limits) -> Result<Inspection, Fault> {
    let header = header::read(bytes, limits, LARGE_SIDE, &Look::default(), false)?;
    let (width, height) = header.exif.orientation.seen(header.width, header.height);
    Ok(Inspection {
        format: header.format,
        width,
        height,
        orientation: header.exif.orientation,
        has_icc: header.has_icc,
        has_location: header.exif.has_location,
        animated: header.animated,
    })
}
