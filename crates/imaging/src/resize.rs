//! Smaller, never larger.

use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use crate::fault::Fault;
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

/// Samples of a plane that are resized as one: the kernel for four channels is the fastest there is.
pub(crate) const TOGETHER: u32 = 4;

/// Lanczos3 down the columns of a plane whose width is a multiple of [`TOGETHER`]: of its first `seen` rows
/// are made `wanted`.
pub(crate) fn down(
    samples: &[u8],
    (width, height): (u32, u32),
    seen: f64,
    wanted: u32,
) -> Result<Vec<u8>, Fault> {
    let fours = width / TOGETHER;
    lanczos(
        samples,
        PixelType::U8x4,
        (fours, height),
        (f64::from(fours), seen),
        (fours, wanted),
        false,
    )
}

/// Lanczos3 of the part of `size` that begins at the top left and is `seen` pixels wide and high.
pub(crate) fn lanczos(
    pixels: &[u8],
    kind: PixelType,
    size: (u32, u32),
    seen: (f64, f64),
    wanted: (u32, u32),
    with_alpha: bool,
) -> Result<Vec<u8>, Fault> {
    let from = ImageRef::new(size.0, size.1, pixels, kind).map_err(Fault::damaged)?;
    let mut to = Image::new(wanted.0, wanted.1, kind);
    let part = |seen: f64, length: u32| seen.min(f64::from(length));
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .use_alpha(with_alpha)
        .crop(0.0, 0.0, part(seen.0, size.0), part(seen.1, size.1));
    Resizer::new()
        .resize(&from, &mut to, &options)
        .map_err(Fault::damaged)?;
    Ok(to.into_vec())
}

/// Colours are weighed by their alpha, so that no dark rim appears round a cut-out piece.
pub(crate) fn shrink(raster: Raster, seen: (f64, f64), wanted: (u32, u32)) -> Result<Raster, Fault> {
    let size = (raster.width, raster.height);
    if size == wanted {
        return Ok(raster);
    }
    let kind = match raster.layout {
        Layout::Grey => PixelType::U8,
        Layout::Rgb => PixelType::U8x3,
        Layout::Rgba => PixelType::U8x4,
    };
    Ok(Raster {
        width: wanted.0,
        height: wanted.1,
        layout: raster.layout,
        pixels: lanczos(&raster.pixels, kind, size, seen, wanted, true)?,
    })
}
