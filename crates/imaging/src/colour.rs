//! Colours to sRGB.

use std::panic::{AssertUnwindSafe, catch_unwind};

use moxcms::{ColorProfile, DataColorSpace, Layout as Channels, TransformOptions};

use crate::note::Note;
use crate::raster::{Layout, Raster};

/// Converts by the embedded profile. A profile that does not fit or cannot be read leaves the pixels as they are.
pub(crate) fn to_srgb(raster: Raster, icc: &[u8]) -> (Raster, Option<Note>) {
    // As with the decoders: a profile is a stranger's bytes, and a panic over one costs only its colours.
    let converted = catch_unwind(AssertUnwindSafe(|| convert(&raster, icc))).unwrap_or(None);
    match converted {
        Some((layout, pixels)) => {
            let note = (layout != raster.layout || pixels != raster.pixels).then_some(Note::ColoursConverted);
            (
                Raster {
                    layout,
                    pixels,
                    ..raster
                },
                note,
            )
        }
        None => (raster, Some(Note::ColoursUnsure)),
    }
}

fn convert(raster: &Raster, icc: &[u8]) -> Option<(Layout, Vec<u8>)> {
    let profile = ColorProfile::new_from_slice(icc).ok()?;
    let (space, from, layout, to) = match raster.layout {
        Layout::Rgb => (DataColorSpace::Rgb, Channels::Rgb, Layout::Rgb, Channels::Rgb),
        Layout::Rgba => (DataColorSpace::Rgb, Channels::Rgba, Layout::Rgba, Channels::Rgba),
        Layout::Grey => (DataColorSpace::Gray, Channels::Gray, Layout::Rgb, Channels::Rgb),
    };
    if profile.color_space != space {
        return None;
    }
    let srgb = ColorProfile::new_srgb();
    let transform = profile
        .create_transform_8bit(from, &srgb, to, TransformOptions::default())
        .ok()?;
    let channels = raster.layout.channels();
    if layout == raster.layout {
        // Many profiles are sRGB under another name: what leaves these colours alone leaves all of them alone.
        let colours = sample_colours(channels);
        let mut converted = vec![0; colours.len()];
        transform.transform(&colours, &mut converted).ok()?;
        if colours.iter().zip(&converted).all(|(a, b)| a.abs_diff(*b) <= 1) {
            return Some((layout, raster.pixels.clone()));
        }
    }
    let mut pixels = vec![0; raster.width as usize * raster.height as usize * layout.channels()];
    transform.transform(&raster.pixels, &mut pixels).ok()?;
    Some((layout, pixels))
}

/// Nine steps of each of red, green and blue.
fn sample_colours(channels: usize) -> Vec<u8> {
    let step = |n: usize| (n * 255 / 8) as u8;
    (0..9 * 9 * 9)
        .flat_map(|n| {
            [step(n / 81), step(n / 9 % 9), step(n % 9), 255]
                .into_iter()
                .take(channels)
        })
        .collect()
}
