//! Photos as a phone's camera writes them, made here: 12 megapixels, lying on their side, with a place, half of
//! them in Display P3. The pieces are drawn, the noise of a sensor is laid over them, and the size of the files
//! is that of real ones; they are not photographs, and the figures say so.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use image::{ImageFormat, RgbImage};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use moxcms::ColorProfile;

const WIDTH: u32 = 4032;
const HEIGHT: u32 = 3024;
const QUALITY: u8 = 95;
/// Pieces drawn; each gives one photo in each colour space.
const PIECES: usize = 10;
/// Grows whenever the photos change, so that old ones are not measured.
const EDITION: u32 = 2;

pub struct Made {
    pub srgb: Vec<PathBuf>,
    pub p3: Vec<PathBuf>,
}

/// The set, made the first time and found again after that.
pub fn make(work: &Path) -> Result<Made> {
    let folder = work.join(format!("photos-{EDITION}"));
    let (srgb, p3) = (folder.join("srgb"), folder.join("p3"));
    fs::create_dir_all(&srgb)?;
    fs::create_dir_all(&p3)?;
    let mut made = Made {
        srgb: Vec::new(),
        p3: Vec::new(),
    };
    let profile = ColorProfile::new_display_p3().encode()?;
    for (number, piece) in testkit::sample::pieces()?.iter().take(PIECES).enumerate() {
        let name = format!("{number:02}-{}.jpg", piece.slug);
        let (plain, wide) = (srgb.join(&name), p3.join(&name));
        if !plain.is_file() || !wide.is_file() {
            println!("making {name}…");
            let drawn = testkit::sample::photo_of_side(&piece.slug, "front", HEIGHT as usize + 8)?;
            let drawn = image::load_from_memory_with_format(&drawn, ImageFormat::Jpeg)?.into_rgb8();
            write(&wide, &framed(&drawn, true, number as u32 + 100), Some(&profile))?;
            write(&plain, &framed(&drawn, false, number as u32), None)?;
        }
        made.srgb.push(plain);
        made.p3.push(wide);
    }
    Ok(made)
}

/// The square picture, mirrored out to the sides until it has a camera's shape, with a sensor's noise.
fn framed(drawn: &RgbImage, mirrored: bool, seed: u32) -> RgbImage {
    let side = drawn.width();
    let margin = (WIDTH - HEIGHT) / 2;
    let mut noise = Noise(seed.wrapping_mul(0x9E37_79B9) | 1);
    let mut before = [0.0_f32; 3];
    RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        // Three pixels aside: the blocks of the drawing's own compression must not fall on the new ones.
        let x = if mirrored { WIDTH - 1 - x } else { x };
        let across = (i64::from(x) - i64::from(margin) + 3).rem_euclid(2 * i64::from(side)) as u32;
        let across = if across < side {
            across
        } else {
            2 * side - 1 - across
        };
        let mut pixel = *drawn.get_pixel(across, y + 5);
        for (value, before) in pixel.0.iter_mut().zip(&mut before) {
            // Shot noise grows with the root of the light; a camera's own smoothing ties neighbours together.
            let strength = 1.5 + (f32::from(*value) / 255.0).sqrt() * 2.4;
            let fresh = noise.bell() * strength;
            let grain = fresh * 0.8 + *before * 0.5;
            *before = grain;
            *value = (f32::from(*value) + grain + 0.5).clamp(0.0, 255.0) as u8;
        }
        pixel
    })
}

/// Xorshift; the sum of four even throws is nearly a bell curve.
struct Noise(u32);

impl Noise {
    fn bell(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        let sum: u32 = self.0.to_le_bytes().into_iter().map(u32::from).sum();
        // Four throws of 0 to 255: mean 510, deviation 148.
        (sum as f32 - 510.0) / 148.0
    }
}

fn write(path: &Path, picture: &RgbImage, profile: Option<&[u8]>) -> Result<()> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.add_exif_metadata(&exif())?;
    if let Some(profile) = profile {
        encoder.add_icc_profile(profile)?;
    }
    encoder.encode(picture.as_raw(), WIDTH as u16, HEIGHT as u16, ColorType::Rgb)?;
    fs::write(path, bytes).with_context(|| path.display().to_string())
}

/// A camera's name, orientation 6 and a place.
fn exif() -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08\0\x03".to_vec();
    tiff.extend(*b"\x01\x0F\0\x02\0\0\0\x04Cam\0");
    tiff.extend(*b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
    tiff.extend(*b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x32");
    tiff.extend(*b"\0\0\0\0");
    tiff.extend(*b"\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0");
    tiff
}
