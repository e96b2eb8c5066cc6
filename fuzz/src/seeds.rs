//! Writes the corpus: small sound files of every kind that is taken.

use std::fs;
use std::io::Result;

use image::codecs::png::PngEncoder;
use image::codecs::webp::WebPEncoder;
use image::{ExtendedColorType, ImageEncoder};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

const SIDE: u32 = 20;

fn main() -> Result<()> {
    let pixels = |channels: u32| -> Vec<u8> {
        (0..SIDE * SIDE * channels)
            .map(|n| (n * 13 % 251) as u8)
            .collect()
    };
    let put = |kind: &str, name: &str, bytes: &[u8]| {
        let folder = format!("{}/corpus/{kind}", env!("CARGO_MANIFEST_DIR"));
        fs::create_dir_all(&folder)?;
        fs::write(format!("{folder}/{name}"), bytes)
    };
    let samplings = [
        ("444", SamplingFactor::F_1_1),
        ("420", SamplingFactor::F_2_2),
        ("422", SamplingFactor::F_2_1),
        ("411", SamplingFactor::F_4_1),
    ];
    let colours = [
        ("colour", ColorType::Rgb, 3),
        ("grey", ColorType::Luma, 1),
        ("inks", ColorType::Cmyk, 4),
    ];
    for (sampling_name, sampling) in samplings {
        for (colour_name, colour, channels) in colours {
            for progressive in [false, true] {
                let mut bytes = Vec::new();
                let mut encoder = Encoder::new(&mut bytes, 80);
                encoder.set_sampling_factor(sampling);
                encoder.set_progressive(progressive);
                encoder.set_restart_interval(if progressive { 0 } else { 2 });
                let exif = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
                encoder.add_exif_metadata(exif).map_err(std::io::Error::other)?;
                encoder
                    .encode(&pixels(channels), SIDE as u16, SIDE as u16, colour)
                    .map_err(std::io::Error::other)?;
                let name = format!("{colour_name}-{sampling_name}-{progressive}.jpg");
                put("jpeg", &name, &bytes)?;
                bytes.truncate(bytes.len() * 2 / 3);
                put("jpeg_damaged", &name, &bytes)?;
            }
        }
    }
    let depths = [
        ("l8", ExtendedColorType::L8, 1),
        ("la8", ExtendedColorType::La8, 2),
        ("rgb8", ExtendedColorType::Rgb8, 3),
        ("rgba8", ExtendedColorType::Rgba8, 4),
        ("rgb16", ExtendedColorType::Rgb16, 6),
        ("rgba16", ExtendedColorType::Rgba16, 8),
    ];
    for (name, colour, bytes_each) in depths {
        let mut bytes = Vec::new();
        PngEncoder::new(&mut bytes)
            .write_image(&pixels(bytes_each), SIDE, SIDE, colour)
            .map_err(std::io::Error::other)?;
        put("png", &format!("{name}.png"), &bytes)?;
    }
    for (name, colour, channels) in [
        ("rgb8", ExtendedColorType::Rgb8, 3),
        ("rgba8", ExtendedColorType::Rgba8, 4),
    ] {
        let mut bytes = Vec::new();
        WebPEncoder::new_lossless(&mut bytes)
            .write_image(&pixels(channels), SIDE, SIDE, colour)
            .map_err(std::io::Error::other)?;
        put("webp", &format!("{name}.webp"), &bytes)?;
    }
    for name in ["lossy.webp", "two-frames.webp"] {
        let from = format!(
            "{}/../crates/imaging/tests/data/{name}",
            env!("CARGO_MANIFEST_DIR")
        );
        put("webp", name, &fs::read(from)?)?;
    }
    let data = format!("{}/../crates/imaging/tests/data", env!("CARGO_MANIFEST_DIR"));
    for name in ["quarters", "ten-bit", "full-colour", "grey", "odd", "tile-red"] {
        let bytes = fs::read(format!("{data}/{name}.heic"))?;
        put("heic", &format!("{name}.heic"), &bytes)?;
        put("glance", &format!("{name}.heic"), &bytes)?;
    }
    put("glance", "code.png", &code()?)?;
    let time = b"II*\0\x08\0\0\0\x02\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\x69\x87\x04\0\x01\0\0\0\x26\0\0\0\x26\0\0\0\x01\0\x03\x90\x02\0\x14\0\0\0\x38\0\0\0\0\0\0\x002026:11:22 06:39:43\0";
    put("exif", "time.tiff", time)?;
    put(
        "exif",
        "turned.tiff",
        b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0",
    )
}

/// A QR code as it is printed, two pixels a square.
fn code() -> Result<Vec<u8>> {
    let code = fast_qr::QRBuilder::new("puesto:OLLA-0147")
        .build()
        .map_err(|_| std::io::Error::other("no code"))?;
    let side = code.size * 2 + 16;
    let pixels: Vec<u8> = (0..side * side)
        .map(|n| ((n % side).wrapping_sub(8) / 2, (n / side).wrapping_sub(8) / 2))
        .map(|(x, y)| {
            if x < code.size && y < code.size && code[y][x].value() {
                20
            } else {
                230
            }
        })
        .collect();
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes)
        .write_image(&pixels, side as u32, side as u32, ExtendedColorType::L8)
        .map_err(std::io::Error::other)?;
    Ok(bytes)
}
