//! JPEG out: 4:2:0, nothing but the picture.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::fault::Fault;
use crate::raster::{Layout, Raster};

/// `quality` from 1 to 100. Writes no EXIF, no profile, no comment.
pub(crate) fn jpeg(raster: &Raster, quality: u8) -> Result<Vec<u8>, Fault> {
    let colour = match raster.layout {
        Layout::Grey => ColorType::Luma,
        Layout::Rgb => ColorType::Rgb,
        Layout::Rgba => return Err(Fault::damaged("alpha was not removed")),
    };
    let size = |length: u32| u16::try_from(length).map_err(Fault::damaged);
    let mut bytes = Vec::with_capacity(raster.pixels.len() / 8);
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    // The standard Huffman tables: those that jpeg-encoder 0.7 makes to measure are wrong for flat pictures.
    encoder
        .encode(&raster.pixels, size(raster.width)?, size(raster.height)?, colour)
        .map_err(Fault::damaged)?;
    Ok(bytes)
}
