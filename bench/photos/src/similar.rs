//! How alike two pictures are, and what the best picture would have been.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use anyhow::{Context, Result};
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, RgbImage};
use moxcms::{ColorProfile, Layout, TransformOptions};

/// The original decoded in full, converted in full, made smaller by Lanczos3 in floating point: slow and good.
pub fn reference(photo: &Path, side: u32) -> Result<RgbImage> {
    let bytes = fs::read(photo)?;
    let mut decoder =
        image::ImageReader::with_format(Cursor::new(&bytes), ImageFormat::Jpeg).into_decoder()?;
    let icc = decoder.icc_profile()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder)?.into_rgb8();
    if let Some(icc) = icc {
        let profile = ColorProfile::new_from_slice(&icc)?;
        let transform = profile.create_transform_8bit(
            Layout::Rgb,
            &ColorProfile::new_srgb(),
            Layout::Rgb,
            TransformOptions::default(),
        )?;
        let mut converted = vec![0; picture.len()];
        transform.transform(picture.as_raw(), &mut converted)?;
        picture = RgbImage::from_raw(picture.width(), picture.height(), converted)
            .context("a picture of another size")?;
    }
    let mut small = DynamicImage::ImageRgb8(picture).resize(side, side, FilterType::Lanczos3);
    small.apply_orientation(orientation);
    Ok(small.into_rgb8())
}

pub fn read(path: &Path) -> Result<RgbImage> {
    Ok(image::load(Cursor::new(fs::read(path)?), ImageFormat::Jpeg)?.into_rgb8())
}

/// Mean structural similarity of brightness over squares of 8 by 8, each 4 from the next (Wang 2004).
pub fn ssim(a: &RgbImage, b: &RgbImage) -> Option<f64> {
    if a.dimensions() != b.dimensions() {
        return None;
    }
    let luma = |picture: &RgbImage| -> Vec<f64> {
        picture
            .pixels()
            .map(|pixel| {
                let [r, g, b] = pixel.0.map(f64::from);
                0.299 * r + 0.587 * g + 0.114 * b
            })
            .collect()
    };
    let (width, height) = (a.width() as usize, a.height() as usize);
    let (a, b) = (luma(a), luma(b));
    const C1: f64 = 6.5025;
    const C2: f64 = 58.5225;
    let (mut sum, mut squares) = (0.0, 0.0);
    for top in (0..height.saturating_sub(7)).step_by(4) {
        for left in (0..width.saturating_sub(7)).step_by(4) {
            let [mut sa, mut sb, mut saa, mut sbb, mut sab] = [0.0; 5];
            for y in top..top + 8 {
                for x in left..left + 8 {
                    let (p, q) = (a[y * width + x], b[y * width + x]);
                    sa += p;
                    sb += q;
                    saa += p * p;
                    sbb += q * q;
                    sab += p * q;
                }
            }
            let (ma, mb) = (sa / 64.0, sb / 64.0);
            let (va, vb, cov) = (saa / 64.0 - ma * ma, sbb / 64.0 - mb * mb, sab / 64.0 - ma * mb);
            sum += (2.0 * ma * mb + C1) * (2.0 * cov + C2) / ((ma * ma + mb * mb + C1) * (va + vb + C2));
            squares += 1.0;
        }
    }
    (squares > 0.0).then(|| sum / squares)
}
