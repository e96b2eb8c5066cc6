//! From bytes to pixels as they are stored, behind limits.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::fault::Fault;
use crate::format::Format;
use crate::header::Header;
use crate::limits::Limits;
use crate::plane::Stored as Plane;
use crate::raster::Raster;
use crate::resize::TOGETHER;
use crate::{heic, jpeg, png, webp};

pub(crate) struct Decoded {
    pub stored: Stored,
    /// How many times smaller than the header says the decoder has made the picture: 1, 2, 4 or 8.
    pub shrunk_by: u32,
    pub icc: Option<Vec<u8>>,
}

pub(crate) enum Stored {
    Pixels(Raster),
    Planes(Planes),
}

/// Brightness and colour differences apart, as JPEG and HEIC store them.
pub(crate) struct Planes {
    /// Width and height; a sample more than the picture has where colour needs an even number.
    pub luma: (u32, u32),
    /// Of each of the two; none in a grey picture.
    pub chroma: Option<(u32, u32)>,
    /// Pixels for each sample of colour, across and down.
    pub across: u32,
    pub down: u32,
    /// The planes one after the other, rows from the top, each padded to a multiple of [`Planes::ALIGN`].
    pub samples: Vec<u8>,
}

impl Planes {
    pub const ALIGN: u32 = TOGETHER;

    /// Brightness is number 0, blue difference 1, red difference 2.
    pub fn plane(&self, number: usize) -> Result<Plane<'_>, Fault> {
        let (size, from) = self.place(number)?;
        Ok(Plane {
            samples: self
                .samples
                .get(from..from + area(size))
                .ok_or_else(|| Fault::damaged("planes of another size"))?,
            stride: size.0.next_multiple_of(Planes::ALIGN),
            width: size.0,
            height: size.1,
        })
    }
}

impl Planes {
    /// Nothing yet, for a picture of this size with so much colour (ISO/IEC 23008-2 §6.2: 0 none, 1 for 4:2:0,
    /// 2 for 4:2:2, 3 for 4:4:4).
    pub fn empty(width: u32, height: u32, chroma: u32) -> Planes {
        let (across, down) = match chroma {
            1 => (2, 2),
            2 => (2, 1),
            _ => (1, 1),
        };
        let luma = (width.next_multiple_of(across), height.next_multiple_of(down));
        let colour = (chroma > 0).then(|| (width.div_ceil(across), height.div_ceil(down)));
        Planes {
            luma,
            chroma: colour,
            across,
            down,
            samples: vec![128; area(luma) + colour.map_or(0, area) * 2],
        }
    }

    /// Width and height of a plane, and its rows, each padded to a multiple of [`Planes::ALIGN`].
    pub fn plane_mut(&mut self, number: usize) -> Result<((u32, u32), &mut [u8]), Fault> {
        let (size, from) = self.place(number)?;
        let samples = self.samples.get_mut(from..from + area(size));
        Ok((
            size,
            samples.ok_or_else(|| Fault::damaged("planes of another size"))?,
        ))
    }

    fn place(&self, number: usize) -> Result<((u32, u32), usize), Fault> {
        let luma = area(self.luma);
        match (number, self.chroma) {
            (0, _) => Ok((self.luma, 0)),
            (_, Some(size)) => Ok((size, luma + (number - 1) * area(size))),
            (_, None) => Err(Fault::damaged("no colour in the picture")),
        }
    }
}

fn area((width, height): (u32, u32)) -> usize {
    width.next_multiple_of(Planes::ALIGN) as usize * height as usize
}

/// Decodes what [`crate::header::read`] has let through.
pub(crate) fn decode(bytes: &[u8], header: &Header, limits: &Limits) -> Result<Decoded, Fault> {
    // The decoders are careful, but they read what strangers send: a panic of theirs is one bad photo, not
    // the end of the app.
    let decoded = catch_unwind(AssertUnwindSafe(|| match (header.format, &header.frame) {
        (Format::Jpeg, Some(frame)) => jpeg::decode(bytes, header, frame, limits.decoded_bytes),
        (Format::Jpeg, None) => Err(Fault::damaged("no frame in the file")),
        (Format::Png, _) => png::decode(bytes, header),
        (Format::WebP, _) => webp::decode(bytes, header),
        (Format::Heic, _) => match &header.heic {
            Some(plan) => heic::decode(bytes, header, plan),
            None => Err(Fault::damaged("no picture in the file")),
        },
    }))
    .unwrap_or_else(|_| Err(Fault::damaged("the decoder gave up")))?;
    let shrunk = |length: u32| length.div_ceil(decoded.shrunk_by.max(1));
    let (width, height) = (shrunk(header.width), shrunk(header.height));
    let fits = match &decoded.stored {
        Stored::Pixels(raster) => {
            (raster.width, raster.height) == (width, height)
                && raster.pixels.len() == width as usize * height as usize * raster.layout.channels()
        }
        Stored::Planes(planes) => {
            planes.luma.0 >= width
                && planes.luma.1 >= height
                && planes.samples.len() >= area(planes.luma) + planes.chroma.map_or(0, area) * 2
        }
    };
    if !fits {
        return Err(Fault::damaged("the picture has not the size that it says"));
    }
    Ok(decoded)
}

/// What the decoders of `image` may take beyond the pixels: their rows and their metadata.
const WORKING_BYTES: u64 = 32 << 20;

pub(crate) fn image_limits(header: &Header) -> image::Limits {
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(header.width);
    limits.max_image_height = Some(header.height);
    limits.max_alloc = Some(header.decoded_bytes.saturating_add(WORKING_BYTES));
    limits
}

pub(crate) fn image_fault(error: image::ImageError) -> Fault {
    match error {
        image::ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            Fault::Truncated
        }
        error => Fault::damaged(error),
    }
}
