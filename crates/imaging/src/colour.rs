//! Colours to sRGB.

use std::panic::{AssertUnwindSafe, catch_unwind};

use moxcms::{ColorProfile, DataColorSpace, Layout as Channels, TransformOptions};

use crate::note::Note;
use crate::raster::{Layout, Raster};

/// What an embedded profile asks for.
pub(crate) enum Conversion {
    /// It is sRGB, by whatever name.
    None,
    /// It cannot be read, or is for other pixels than these.
    Unusable,
    Needed(Profile),
}

pub(crate) struct Profile(Box<ColorProfile>);

impl Conversion {
    /// By the profile of a picture with colour or without.
    pub fn from(icc: &[u8], in_colour: bool) -> Conversion {
        // As with the decoders: a profile is a stranger's bytes, and a panic over one costs only its colours.
        let asked = AssertUnwindSafe(|| {
            let profile = ColorProfile::new_from_slice(icc).ok()?;
            let space = if in_colour {
                DataColorSpace::Rgb
            } else {
                DataColorSpace::Gray
            };
            if profile.color_space != space {
                return None;
            }
            let profile = Profile(Box::new(profile));
            // What leaves these colours alone leaves all of them alone.
            let colours = sample_colours(if in_colour { Layout::Rgb } else { Layout::Grey });
            let (_, converted) = profile.convert(&colours)?;
            let same = in_colour
                && colours
                    .pixels
                    .iter()
                    .zip(&converted)
                    .all(|(a, b)| a.abs_diff(*b) <= 1);
            Some(if same {
                Conversion::None
            } else {
                Conversion::Needed(profile)
            })
        });
        catch_unwind(asked).ok().flatten().unwrap_or(Conversion::Unusable)
    }

    /// What is to be told where nothing is converted.
    pub fn note(&self) -> Option<Note> {
        matches!(self, Conversion::Unusable).then_some(Note::ColoursUnsure)
    }
}

impl Profile {
    /// The picture in sRGB; as it was where the profile fails after all.
    pub fn apply(&self, raster: Raster) -> (Raster, Note) {
        let converted = catch_unwind(AssertUnwindSafe(|| self.convert(&raster)));
        match converted.ok().flatten() {
            Some((layout, pixels)) => {
                let raster = Raster {
                    layout,
                    pixels,
                    ..raster
                };
                (raster, Note::ColoursConverted)
            }
            None => (raster, Note::ColoursUnsure),
        }
    }

    fn convert(&self, raster: &Raster) -> Option<(Layout, Vec<u8>)> {
        let (from, layout, to) = match raster.layout {
            Layout::Rgb => (Channels::Rgb, Layout::Rgb, Channels::Rgb),
            Layout::Rgba => (Channels::Rgba, Layout::Rgba, Channels::Rgba),
            Layout::Grey => (Channels::Gray, Layout::Rgb, Channels::Rgb),
        };
        let transform = self
            .0
            .create_transform_8bit(from, &ColorProfile::new_srgb(), to, TransformOptions::default())
            .ok()?;
        let mut pixels = vec![0; raster.width as usize * raster.height as usize * layout.channels()];
        transform.transform(&raster.pixels, &mut pixels).ok()?;
        Some((layout, pixels))
    }
}

/// Nine steps of each of red, green and blue, or 243 of grey.
fn sample_colours(layout: Layout) -> Raster {
    let step = |n: u32| (n * 255 / 8) as u8;
    let (width, pixels) = match layout {
        Layout::Grey => (243, (0..243_u8).collect()),
        _ => (
            729,
            (0..729)
                .flat_map(|n| [step(n / 81), step(n / 9 % 9), step(n % 9)])
                .collect(),
        ),
    };
    Raster {
        width,
        height: 1,
        layout,
        pixels,
    }
}
