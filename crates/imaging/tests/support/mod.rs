//! Pictures made for the tests: four quarters of different colours, so that which way is up can be seen.
#![allow(dead_code)]

pub mod heic;

use std::io::Cursor;

use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder, RgbImage};
use imaging::Rendition;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

pub const WIDTH: u32 = 48;
pub const HEIGHT: u32 = 32;
pub const RED: [u8; 3] = [220, 40, 30];
pub const GREEN: [u8; 3] = [40, 170, 60];
pub const BLUE: [u8; 3] = [30, 60, 200];
pub const YELLOW: [u8; 3] = [240, 220, 50];

/// Red and green above, blue and yellow below.
pub fn quarter(x: u32, y: u32, width: u32, height: u32) -> [u8; 3] {
    match (x < width / 2, y < height / 2) {
        (true, true) => RED,
        (false, true) => GREEN,
        (true, false) => BLUE,
        (false, false) => YELLOW,
    }
}

pub fn quarters(width: u32, height: u32) -> Vec<u8> {
    let rows = (0..height).flat_map(|y| (0..width).map(move |x| quarter(x, y, width, height)));
    rows.flatten().collect()
}

#[derive(Default)]
pub struct Jpeg {
    pub progressive: bool,
    pub restart_interval: u16,
    pub exif: Option<Vec<u8>>,
    pub icc: Option<Vec<u8>>,
}

impl Jpeg {
    pub fn of(&self, pixels: &[u8], width: u32, height: u32, colour: ColorType) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, 95);
        encoder.set_sampling_factor(SamplingFactor::F_1_1);
        encoder.set_progressive(self.progressive);
        encoder.set_restart_interval(self.restart_interval);
        if let Some(exif) = &self.exif {
            encoder.add_exif_metadata(exif).unwrap();
        }
        if let Some(icc) = &self.icc {
            encoder.add_icc_profile(icc).unwrap();
        }
        encoder
            .encode(pixels, width as u16, height as u16, colour)
            .unwrap();
        bytes
    }

    pub fn quarters(&self) -> Vec<u8> {
        self.of(&quarters(WIDTH, HEIGHT), WIDTH, HEIGHT, ColorType::Rgb)
    }
}

pub fn png(pixels: &[u8], width: u32, height: u32, colour: ExtendedColorType) -> Vec<u8> {
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(pixels, width, height, colour)
        .unwrap();
    bytes
}

pub fn webp(pixels: &[u8], width: u32, height: u32, colour: ExtendedColorType) -> Vec<u8> {
    let mut bytes = Vec::new();
    WebPEncoder::new_lossless(&mut bytes)
        .write_image(pixels, width, height, colour)
        .unwrap();
    bytes
}

/// EXIF with an orientation, a camera's name, and a place: 20°38' N, 103°19' W.
pub fn exif(orientation: u16, big_endian: bool) -> Vec<u8> {
    let short = |value: u16| {
        if big_endian {
            value.to_be_bytes()
        } else {
            value.to_le_bytes()
        }
    };
    let long = |value: u32| {
        if big_endian {
            value.to_be_bytes()
        } else {
            value.to_le_bytes()
        }
    };
    let mut tiff = if big_endian {
        b"MM\0*".to_vec()
    } else {
        b"II*\0".to_vec()
    };
    tiff.extend(long(8));
    tiff.extend(short(3));
    let entries: [(u16, u16, u32, [u8; 4]); 3] = [
        (0x010F, 2, 4, *b"Cam\0"),
        (0x0112, 3, 1, {
            let value = short(orientation);
            [value[0], value[1], 0, 0]
        }),
        (0x8825, 4, 1, long(50)),
    ];
    for (tag, kind, count, value) in entries {
        tiff.extend(short(tag));
        tiff.extend(short(kind));
        tiff.extend(long(count));
        tiff.extend(value);
    }
    tiff.extend(long(0));
    tiff.extend(short(1));
    tiff.extend(short(1));
    tiff.extend(short(2));
    tiff.extend(long(2));
    tiff.extend(*b"N\0\0\0");
    tiff.extend(long(0));
    tiff.extend_from_slice(b"GPS 20.6409 -103.3118");
    tiff
}

/// A PNG chunk with its check sum.
pub fn png_chunk(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut chunk = (body.len() as u32).to_be_bytes().to_vec();
    chunk.extend_from_slice(kind);
    chunk.extend_from_slice(body);
    let mut crc = flate2::Crc::new();
    crc.update(&chunk[4..]);
    chunk.extend(crc.sum().to_be_bytes());
    chunk
}

/// Puts chunks right after IHDR.
pub fn with_png_chunks(png: &[u8], chunks: &[Vec<u8>]) -> Vec<u8> {
    let mut out = png[..33].to_vec();
    out.extend(chunks.iter().flatten());
    out.extend_from_slice(&png[33..]);
    out
}

pub fn zlib(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Decoded by a reader that is not the one under test's path.
pub fn read(rendition: &Rendition) -> RgbImage {
    let picture = image::load(Cursor::new(&rendition.bytes), image::ImageFormat::Jpeg)
        .unwrap()
        .into_rgb8();
    assert_eq!(
        (picture.width(), picture.height()),
        (rendition.width, rendition.height)
    );
    picture
}

#[track_caller]
pub fn assert_near(found: [u8; 3], wanted: [u8; 3], within: u8) {
    let far = found
        .iter()
        .zip(wanted)
        .map(|(a, b)| a.abs_diff(b))
        .max()
        .unwrap();
    assert!(far <= within, "{found:?} is not near {wanted:?}");
}

/// The colours in the middle of the four quarters: top left, top right, bottom left, bottom right.
#[track_caller]
pub fn assert_quarters(picture: &RgbImage, wanted: [[u8; 3]; 4], within: u8) {
    let (width, height) = picture.dimensions();
    for (index, wanted) in wanted.into_iter().enumerate() {
        let x = if index % 2 == 0 { width / 4 } else { width * 3 / 4 };
        let y = if index < 2 { height / 4 } else { height * 3 / 4 };
        assert_near(picture.get_pixel(x, y).0, wanted, within);
    }
}
