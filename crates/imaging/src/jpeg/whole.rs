//! JPEG decoded in full, in Rust throughout.

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;

use crate::decode::Stored;
use crate::fault::Fault;
use crate::header::Header;
use crate::raster::{Layout, Raster};

/// CMYK and YCCK become RGB without their profile, which the decoder does not apply.
pub(super) fn decode(bytes: &[u8], header: &Header) -> Result<Stored, Fault> {
    match decode_with(bytes, header, true) {
        // Some cameras leave loose bytes between segments; the pixels after them are sound.
        Err(DecodeErrors::FormatStatic(why)) if why.contains("Extra bytes") => {
            decode_with(bytes, header, false)
        }
        result => result,
    }
    .map_err(|error| match error {
        DecodeErrors::Unsupported(_) => Fault::Unsupported {
            found: "jpeg-unusual",
        },
        error => Fault::damaged(format!("{error:?}")),
    })
}

/// Strict, because the decoder otherwise fills what is missing with grey and says nothing.
fn decode_with(bytes: &[u8], header: &Header, strict: bool) -> Result<Stored, DecodeErrors> {
    let options = DecoderOptions::default()
        .set_strict_mode(strict)
        .set_max_width(header.width as usize)
        .set_max_height(header.height as usize);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers()?;
    let stored = decoder.input_colorspace().unwrap_or(ColorSpace::YCbCr);
    let (layout, wanted) = match stored {
        ColorSpace::Luma => (Layout::Grey, ColorSpace::Luma),
        _ => (Layout::Rgb, ColorSpace::RGB),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(wanted));
    let pixels = decoder.decode()?;
    Ok(Stored::Pixels(Raster {
        width: header.width,
        height: header.height,
        layout,
        pixels,
    }))
}
