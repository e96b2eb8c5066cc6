//! Smaller, never larger.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::pixels::{U8, U8x3, U8x4};
use fast_image_resize::{FilterType, PixelTrait, ResizeAlg, ResizeOptions, Resizer};

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
    let pixels = match raster.layout {
        Layout::Grey => convolve::<U8>(raster, width, height),
        Layout::Rgb => convolve::<U8x3>(raster, width, height),
        Layout::Rgba => convolve::<U8x4>(raster, width, height),
    }?;
    Ok(Raster {
        width,
        height,
        layout: raster.layout,
        pixels,
    })
}

/// By pixel type, because the library's own choice among fifteen of them takes minutes to compile.
fn convolve<P: PixelTrait>(raster: &Raster, width: u32, height: u32) -> Result<Vec<u8>, Fault> {
    let from = TypedImageRef::<P>::from_buffer(raster.width, raster.height, &raster.pixels)
        .map_err(Fault::damaged)?;
    let mut pixels = vec![0; width as usize * height as usize * raster.layout.channels()];
    let mut to = TypedImage::<P>::from_buffer(width, height, &mut pixels).map_err(Fault::damaged)?;
    let options = ResizeOptions::new()
        .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
        .use_alpha(raster.layout.has_alpha());
    Resizer::new()
        .resize_typed(&from, &mut to, &options)
        .map_err(Fault::damaged)?;
    Ok(pixels)
}
