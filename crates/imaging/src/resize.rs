//! Smaller, never larger.

use resize::Pixel::{Gray8, RGB8, RGBA8P};
use resize::Type::Lanczos3;
use rgb::FromSlice as _;

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

/// Lanczos3; colours are weighed by their alpha, so that no dark rim appears round a cut-out piece.
pub(crate) fn shrink(raster: &Raster, width: u32, height: u32) -> Result<Raster, Fault> {
    let (w1, h1) = (raster.width as usize, raster.height as usize);
    let (w2, h2) = (width as usize, height as usize);
    let from = &raster.pixels;
    let mut pixels = vec![0; w2 * h2 * raster.layout.channels()];
    if (w1, h1) == (w2, h2) {
        pixels.copy_from_slice(from);
    } else {
        match raster.layout {
            Layout::Grey => resize::new(w1, h1, w2, h2, Gray8, Lanczos3)
                .and_then(|mut resizer| resizer.resize(from.as_gray(), pixels.as_gray_mut())),
            Layout::Rgb => resize::new(w1, h1, w2, h2, RGB8, Lanczos3)
                .and_then(|mut resizer| resizer.resize(from.as_rgb(), pixels.as_rgb_mut())),
            Layout::Rgba => resize::new(w1, h1, w2, h2, RGBA8P, Lanczos3)
                .and_then(|mut resizer| resizer.resize(from.as_rgba(), pixels.as_rgba_mut())),
        }
        .map_err(Fault::damaged)?;
    }
    Ok(Raster {
        width,
        height,
        layout: raster.layout,
        pixels,
    })
}
