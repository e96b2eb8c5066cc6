//! A photo's way from the camera's file to the two pictures that the shop shows.

use crate::encode;
use crate::fault::Fault;
use crate::format::Format;
use crate::limits::Limits;
use crate::note::Note;
use crate::raster::Raster;
use crate::{colour, decode, header, resize};

/// Longer side of [`Developed::large`], in pixels.
pub const LARGE_SIDE: u32 = 1600;
/// Longer side of [`Developed::small`], in pixels.
pub const SMALL_SIDE: u32 = 400;

const LARGE_QUALITY: u8 = 82;
const SMALL_QUALITY: u8 = 80;

/// A JPEG in sRGB, upright, without metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendition {
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
    /// BLAKE3 of `bytes`, 64 hexadecimal digits.
    pub hash: String,
}

/// What became of a photo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Developed {
    /// BLAKE3 of the original bytes, 64 hexadecimal digits: the photo's name.
    pub content: String,
    pub format: Format,
    /// Pixels of the original, upright.
    pub width: u32,
    pub height: u32,
    pub large: Rendition,
    pub small: Rendition,
    /// In a fixed order, each at most once.
    pub notes: Vec<Note>,
}

/// The name by which bytes are known: BLAKE3, 64 hexadecimal digits.
pub fn content_name(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Orients, converts, cleans and shrinks a photo. The same bytes always give the same pictures.
///
/// # Errors
/// Every [`Fault`]; sizes are refused before memory is taken for pixels.
pub fn develop(bytes: &[u8], limits: &Limits) -> Result<Developed, Fault> {
    let header = header::read(bytes, limits)?;
    let decoded = decode::decode(bytes, &header)?;
    let orientation = header.exif.orientation;
    let (width, height) = orientation.seen(header.width, header.height);

    let mut notes = Vec::new();
    let large = shrink_stored(decoded.raster)?;
    let large = match decoded.icc {
        Some(icc) => {
            let (large, note) = colour::to_srgb(large, &icc);
            notes.extend(note);
            large
        }
        None => large,
    };
    let (large, seen_through) = large.onto_white();
    let large = orientation.bake(large);
    let (small_width, small_height) = resize::fit(large.width, large.height, SMALL_SIDE);
    let small = resize::shrink(&large, small_width, small_height)?;

    let happened = [
        (Note::Turned, orientation != Default::default()),
        (Note::LocationRemoved, header.exif.has_location),
        (Note::FirstFrame, header.animated),
        (Note::OnWhite, seen_through),
        (Note::Small, width.max(height) < LARGE_SIDE),
    ];
    notes.extend(happened.into_iter().filter_map(|(note, did)| did.then_some(note)));
    notes.sort_unstable();
    Ok(Developed {
        content: content_name(bytes),
        format: header.format,
        width,
        height,
        large: rendition(&large, LARGE_QUALITY)?,
        small: rendition(&small, SMALL_QUALITY)?,
        notes,
    })
}

/// Shrinks before anything else is done: every later step then works on a fraction of the pixels.
fn shrink_stored(stored: Raster) -> Result<Raster, Fault> {
    let (width, height) = resize::fit(stored.width, stored.height, LARGE_SIDE);
    if (width, height) == (stored.width, stored.height) {
        return Ok(stored);
    }
    resize::shrink(&stored, width, height)
}

fn rendition(raster: &Raster, quality: u8) -> Result<Rendition, Fault> {
    let bytes = encode::jpeg(raster, quality)?;
    Ok(Rendition {
        hash: content_name(&bytes),
        width: raster.width,
        height: raster.height,
        bytes,
    })
}
