//! JPEG out: 4:2:0, Huffman tables made to measure, nothing but the picture.

use turbojpeg::{Compressor, Image, PixelFormat, Subsamp, YuvPlanesImage};

use crate::fault::Fault;
use crate::picture::Picture;
use crate::plane::Plane;

/// `quality` from 1 to 100. Writes no EXIF, no profile, no comment.
pub(crate) fn jpeg(picture: &Picture, quality: u8) -> Result<Vec<u8>, Fault> {
    let mut encoder = Compressor::new().map_err(Fault::damaged)?;
    encoder
        .set_quality(i32::from(quality))
        .and_then(|()| encoder.set_optimize(true))
        .map_err(Fault::damaged)?;
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let Some([blue, red]) = &picture.chroma else {
        encoder.set_subsamp(Subsamp::Gray).map_err(Fault::damaged)?;
        return encoder
            .compress_to_vec(Image {
                pixels: checked(&picture.luma)?,
                width,
                pitch: width,
                height,
                format: PixelFormat::GRAY,
            })
            .map_err(Fault::damaged);
    };
    // Where a side is odd the encoder reads one sample of brightness more, to have two for each of colour.
    let evened;
    let luma = if width % 2 + height % 2 > 0 {
        evened = picture.luma.evened();
        &evened
    } else {
        &picture.luma
    };
    encoder
        .compress_yuv_planes_to_vec(&YuvPlanesImage {
            y_plane: checked(luma)?,
            u_plane: checked(blue)?,
            v_plane: checked(red)?,
            width,
            height,
            y_stride: luma.width as usize,
            u_stride: blue.width as usize,
            v_stride: red.width as usize,
            subsamp: Subsamp::Sub2x2,
        })
        .map_err(Fault::damaged)
}

/// The encoder ends the program over a plane that is too short; here it is only one bad photo.
fn checked(plane: &Plane) -> Result<&[u8], Fault> {
    if plane.samples.len() == plane.width as usize * plane.height as usize && !plane.samples.is_empty() {
        Ok(&plane.samples)
    } else {
        Err(Fault::damaged("a plane of another size than it says"))
    }
}
