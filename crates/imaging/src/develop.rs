//! A photo's way from the camera's file to the two pictures that the shop shows.

use crate::decode::{self, Stored};
use crate::encode;
use crate::fault::Fault;
use crate::format::Format;
use crate::header::Header;
use crate::limits::Limits;
use crate::name::{Part, content_name, rendition_name};
use crate::note::Note;
use crate::picture::Picture;
use crate::raster::Layout;
use crate::recipe::{Output, Recipe};
use crate::score::Scores;
use crate::{colour, header, resize};
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
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            limits: Limits::default(),
            recipe: Recipe::plain(),
            take_damaged: false,
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
    /// [`rendition_name`] of the original and the recipe: known before the picture is made.
    pub name: String,
}

/// What became of a photo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    pub scores: Scores,
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

/// Orients, converts, cleans and shrinks a photo. The same bytes and recipe always give the same pictures.
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
        settings.take_damaged,
    )
}

/// What [`read`] has let through.
pub(crate) fn develop_read(bytes: &[u8], settings: &Settings, header: &Header) -> Result<Developed, Fault> {
    let recipe = &settings.recipe;
    let mut notes = Vec::new();
    let large = picture(bytes, settings, header, &mut notes)?;
    let (small_width, small_height) = resize::fit(large.width(), large.height(), recipe.small.side);
    let small = large.resized(small_width, small_height)?;

    let (width, height) = header.exif.orientation.seen(header.width, header.height);
    let happened = [
        (Note::Turned, header.exif.orientation != Default::default()),
        (Note::LocationRemoved, header.exif.has_location),
        (Note::FirstFrame, header.animated),
        (Note::Small, width.max(height) < recipe.large.side),
        (Note::Damaged, header.damaged),
    ];
    notes.extend(happened.into_iter().filter_map(|(note, did)| did.then_some(note)));
    notes.sort_unstable();
    let content = content_name(bytes);
    let named = |part| rendition_name(&content, recipe, part);
    Ok(Developed {
        large: rendition(&large, &recipe.large, named(Part::Large))?,
        small: rendition(&small, &recipe.small, named(Part::Small))?,
        scores: Scores::of(&large, &small, header),
        format: header.format,
        width,
        height,
        notes,
        content,
    })
}

/// Decoded, shrunk before anything else is done (every later step then works on a fraction of the pixels),
/// in sRGB, on white, upright.
fn picture(
    bytes: &[u8],
    settings: &Settings,
    header: &Header,
    notes: &mut Vec<Note>,
) -> Result<Picture, Fault> {
    let decoded = decode::decode(bytes, header, &settings.limits)?;
    let full = (header.width, header.height);
    let wanted = resize::fit(full.0, full.1, settings.recipe.large.side);
    let by = f64::from(decoded.shrunk_by);
    let seen = (f64::from(full.0) / by, f64::from(full.1) / by);
    let orientation = header.exif.orientation;
    match (decoded.stored, decoded.icc) {
        (Stored::Planes(planes), None) => {
            Picture::of_planes(&planes, full, decoded.shrunk_by, wanted, orientation)
        }
        (Stored::Planes(planes), Some(icc)) => {
            match colour::Conversion::from(&icc, planes.chroma.is_some()) {
                colour::Conversion::Needed(conversion) => {
                    let raster =
                        Picture::raster_of_planes(&planes, full, decoded.shrunk_by, wanted, orientation)?;
                    drop(planes);
                    let (raster, note) = conversion.apply(raster);
                    notes.push(note);
                    Picture::of(raster)
                }
                other => {
                    notes.extend(other.note());
                    Picture::of_planes(&planes, full, decoded.shrunk_by, wanted, orientation)
                }
            }
        }
        (Stored::Pixels(raster), icc) => {
            let mut raster = resize::shrink(raster, seen, wanted)?;
            if let Some(icc) = icc {
                match colour::Conversion::from(&icc, raster.layout != Layout::Grey) {
                    colour::Conversion::Needed(conversion) => {
                        let (converted, note) = conversion.apply(raster);
                        notes.push(note);
                        raster = converted;
                    }
                    other => notes.extend(other.note()),
                }
            }
            let (raster, seen_through) = raster.onto_white();
            notes.extend(seen_through.then_some(Note::OnWhite));
            Ok(Picture::of(raster)?.upright(orientation))
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
