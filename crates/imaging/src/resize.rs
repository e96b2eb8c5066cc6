//! Smaller, never larger.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use crate::fault::Fault;
use crate::orient::Orientation;
use crate::plane::Stored;
use crate::raster::{Layout, Raster};

/// The size with this longer side, or the same when it is smaller already.
pub(crate) fn fit(width: u32, height: u32, side: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= side {
        return (width, height);
    }
    let shrink = |length: u32| {
        let exact = (u64::from(length) * u64::from(side) * 2 + u64::from(longer)) / (u64::from(longer) * 2);
        (exact as u32).max(1)
    };
    (shrink(width), shrink(height))
}

/// A part of a picture, in its pixels, which may be broken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Area {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Area {
    pub fn whole(width: u32, height: u32) -> Area {
        Area::at_top_left(f64::from(width), f64::from(height))
    }

    pub fn at_top_left(width: f64, height: f64) -> Area {
        Area {
            left: 0.0,
            top: 0.0,
            width,
            height,
        }
    }

    /// The same of a picture that is so many times smaller.
    pub fn shrunk(self, by: f64) -> Area {
        Area {
            left: self.left / by,
            top: self.top / by,
            width: self.width / by,
            height: self.height / by,
        }
    }
}

/// Samples of a plane that are resized as one: the kernel for four channels is the fastest there is.
pub(crate) const TOGETHER: u32 = 4;

/// Lanczos3 down the columns of a plane whose width is a multiple of [`TOGETHER`]: of the `seen` rows
/// after the first `from` are made `wanted`.
pub(crate) fn down(
    samples: &[u8],
    (width, height): (u32, u32),
    (from, seen): (f64, f64),
    wanted: u32,
) -> Result<Vec<u8>, Fault> {
    let fours = width / TOGETHER;
    lanczos(
        samples,
        (fours, height),
        Area {
            left: 0.0,
            top: from,
            width: f64::from(fours),
            height: seen,
        },
        (fours, wanted),
        false,
    )
}

/// Lanczos3, pixel by pixel of four bytes, of the part that is `seen`.
fn lanczos(
    pixels: &[u8],
    size: (u32, u32),
    seen: Area,
    wanted: (u32, u32),
    with_alpha: bool,
) -> Result<Vec<u8>, Fault> {
    let from = ImageRef::new(size.0, size.1, pixels, PixelType::U8x4).map_err(Fault::damaged)?;
    let mut to = Image::new(wanted.0, wanted.1, PixelType::U8x4);
    // Rounding must not put the part outside.
    let part = |from: f64, seen: f64, length: u32| {
        let length = f64::from(length);
        let seen = seen.min(length);
        (from.clamp(0.0, length - seen), seen)
    };
    let (left, width) = part(seen.left, seen.width, size.0);
    let (top, height) = part(seen.top, seen.height, size.1);
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .use_alpha(with_alpha)
        .crop(left, top, width, height);
    Resizer::new()
        .resize(&from, &mut to, &options)
        .map_err(Fault::damaged)?;
    Ok(to.into_vec())
}

/// Colours are weighed by their alpha, so that no dark rim appears round a cut-out piece.
pub(crate) fn shrink(raster: Raster, seen: Area, wanted: (u32, u32)) -> Result<Raster, Fault> {
    let size = (raster.width, raster.height);
    if size == wanted && seen == Area::whole(size.0, size.1) {
        return Ok(raster);
    }
    let alone = |samples: &[u8]| {
        let stored = Stored {
            samples,
            stride: size.0,
            width: size.0,
            height: size.1,
        };
        stored.resized(seen, wanted, Orientation::Upright)
    };
    let pixels = match raster.layout {
        Layout::Grey => alone(&raster.pixels)?.samples,
        // One channel at a time: a third more memory, not twice as much.
        Layout::Rgb => {
            let mut pixels = vec![0; wanted.0 as usize * wanted.1 as usize * 3];
            for channel in 0..3 {
                let samples: Vec<u8> = raster
                    .pixels
                    .chunks_exact(3)
                    .map(|pixel| pixel[channel])
                    .collect();
                let small = alone(&samples)?;
                for (pixel, sample) in pixels.chunks_exact_mut(3).zip(small.samples) {
                    pixel[channel] = sample;
                }
            }
            pixels
        }
        Layout::Rgba => lanczos(&raster.pixels, size, seen, wanted, true)?,
    };
    Ok(Raster {
        width: wanted.0,
        height: wanted.1,
        layout: raster.layout,
        pixels,
    })
}
