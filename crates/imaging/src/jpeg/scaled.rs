//! JPEG by libjpeg-turbo, made smaller while it is decoded: at half the size a block is rebuilt from a quarter
//! of its coefficients, and nothing larger is ever in memory.

use turbojpeg::{Colorspace, Decompressor, Image, PixelFormat, ScalingFactor, Subsamp, YuvImage};

use crate::decode::{Planes, Stored};
use crate::fault::Fault;
use crate::header::Header;
use crate::jpeg::Frame;
use crate::raster::{Layout, Raster};

/// What a picture is before anything was decoded into it, and stays where the file ends too early.
const NOTHING_YET: u8 = 128;

/// # Errors
/// [`Fault::Unsupported`] for what has to be decoded otherwise, [`Fault::Damaged`] for everything that
/// libjpeg-turbo warns of, unless the photo is known to be damaged.
pub(super) fn decode(bytes: &[u8], header: &Header, frame: &Frame) -> Result<Stored, Fault> {
    let mut decoder = Decompressor::new().map_err(Fault::damaged)?;
    let read = decoder.read_header(bytes).map_err(Fault::damaged)?;
    // Memory was granted for the size that our own walk has read.
    if (read.width, read.height) != (frame.width as usize, frame.height as usize) {
        return Err(Fault::damaged("two sizes in one file"));
    }
    let scale = ScalingFactor::new(1, header.shrinks_by as usize);
    decoder.set_scaling_factor(scale).map_err(Fault::damaged)?;
    let (width, height) = (scale.scale(read.width), scale.scale(read.height));
    match (read.colorspace, read.subsamp) {
        (Colorspace::YCbCr, Subsamp::Unknown) | (Colorspace::RGB, _) => {
            let mut image = Image {
                pixels: vec![NOTHING_YET; width * height * 3],
                width,
                pitch: width * 3,
                height,
                format: PixelFormat::RGB,
            };
            let result = decoder.decompress(bytes, image.as_deref_mut());
            agreed(result, header)?;
            Ok(Stored::Pixels(Raster {
                width: width as u32,
                height: height as u32,
                layout: Layout::Rgb,
                pixels: image.pixels,
            }))
        }
        (Colorspace::YCbCr | Colorspace::Gray, subsamp) if subsamp != Subsamp::Unknown => {
            let align = Planes::ALIGN as usize;
            let length = turbojpeg::yuv_pixels_len(width, align, height, subsamp).map_err(Fault::damaged)?;
            let mut image = YuvImage {
                pixels: vec![NOTHING_YET; length],
                width,
                align,
                height,
                subsamp,
            };
            let result = decoder.decompress_to_yuv(bytes, image.as_deref_mut());
            agreed(result, header)?;
            Ok(Stored::Planes(planes(image)))
        }
        _ => Err(Fault::Unsupported {
            found: "jpeg-unusual",
        }),
    }
}

fn agreed(result: turbojpeg::Result<()>, header: &Header) -> Result<(), Fault> {
    match result {
        Err(_) if header.damaged => Ok(()),
        result => result.map_err(Fault::damaged),
    }
}

fn planes(image: YuvImage<Vec<u8>>) -> Planes {
    let (across, down) = image.subsamp.size();
    // turbojpeg.h: brightness is padded to what one sample of colour covers.
    let luma = (
        image.width.next_multiple_of(across),
        image.height.next_multiple_of(down),
    );
    let chroma = (image.width.div_ceil(across), image.height.div_ceil(down));
    let size = |(width, height): (usize, usize)| (width as u32, height as u32);
    Planes {
        luma: size(luma),
        chroma: (image.subsamp != Subsamp::Gray).then(|| size(chroma)),
        across: across as u32,
        down: down as u32,
        samples: image.pixels,
    }
}
