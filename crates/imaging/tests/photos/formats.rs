//! What may come in, and what comes out of it.

use crate::support::*;
use image::ExtendedColorType;
use imaging::{Developed, Format, Limits, Note, content_name, develop, inspect};
use jpeg_encoder::ColorType;
use moxcms::ColorProfile;

fn developed(bytes: &[u8]) -> Developed {
    develop(bytes, &Limits::default()).unwrap()
}

#[track_caller]
fn assert_developed(bytes: &[u8], format: Format, within: u8) -> Developed {
    let developed = developed(bytes);
    assert_eq!(developed.format, format);
    assert_eq!(inspect(bytes).unwrap().format, format);
    assert_eq!(developed.content, blake3::hash(bytes).to_hex().to_string());
    assert_eq!(developed.large.hash, content_name(&developed.large.bytes));
    assert_quarters(&read(&developed.large), [RED, GREEN, BLUE, YELLOW], within);
    assert_quarters(&read(&developed.small), [RED, GREEN, BLUE, YELLOW], within);
    developed
}

#[test]
fn each_format_is_developed() {
    let pixels = quarters(WIDTH, HEIGHT);
    assert_developed(&Jpeg::default().quarters(), Format::Jpeg, 14);
    assert_developed(
        &Jpeg {
            progressive: true,
            ..Jpeg::default()
        }
        .quarters(),
        Format::Jpeg,
        14,
    );
    assert_developed(
        &Jpeg {
            restart_interval: 2,
            ..Jpeg::default()
        }
        .quarters(),
        Format::Jpeg,
        14,
    );
    assert_developed(
        &png(&pixels, WIDTH, HEIGHT, ExtendedColorType::Rgb8),
        Format::Png,
        10,
    );
    assert_developed(
        &webp(&pixels, WIDTH, HEIGHT, ExtendedColorType::Rgb8),
        Format::WebP,
        10,
    );
    assert_developed(include_bytes!("../data/lossy.webp"), Format::WebP, 24);
}

#[test]
fn the_same_bytes_give_the_same_pictures() {
    let bytes = Jpeg::default().quarters();
    assert_eq!(developed(&bytes), developed(&bytes));
}

#[test]
fn sides_are_1600_and_400_and_nothing_is_enlarged() {
    let tall = developed(&png(&quarters(900, 2400), 900, 2400, ExtendedColorType::Rgb8));
    assert_eq!((tall.width, tall.height), (900, 2400));
    assert_eq!((tall.large.width, tall.large.height), (600, 1600));
    assert_eq!((tall.small.width, tall.small.height), (150, 400));
    assert!(!tall.notes.contains(&Note::Small));
    let little = developed(&png(&quarters(60, 20), 60, 20, ExtendedColorType::Rgb8));
    assert_eq!((little.large.width, little.large.height), (60, 20));
    assert_eq!((little.small.width, little.small.height), (60, 20));
    assert_eq!(little.notes, [Note::Small]);
    let thread = developed(&png(&quarters(4000, 1), 4000, 1, ExtendedColorType::Rgb8));
    assert_eq!((thread.large.width, thread.large.height), (1600, 1));
}

#[test]
fn metadata_and_place_are_gone() {
    let srgb = ColorProfile::new_srgb().encode().unwrap();
    let photo = Jpeg {
        exif: Some(exif(6, true)),
        icc: Some(srgb),
        ..Jpeg::default()
    };
    let bytes = photo.quarters();
    assert!(inspect(&bytes).unwrap().has_location && inspect(&bytes).unwrap().has_icc);
    let developed = developed(&bytes);
    assert!(developed.notes.contains(&Note::LocationRemoved));
    for picture in [&developed.large.bytes, &developed.small.bytes] {
        for trace in [&b"Exif"[..], b"GPS", b"Cam", b"ICC_PROFILE", b"http"] {
            assert!(!picture.windows(trace.len()).any(|window| window == trace));
        }
        let seen = inspect(picture).unwrap();
        assert!(!seen.has_location && !seen.has_icc);
        // The only segments before the scan are JFIF's head, tables, the frame.
        let mut at = 2;
        while picture[at + 1] != 0xDA {
            assert!(
                matches!(picture[at + 1], 0xE0 | 0xDB | 0xC0 | 0xC4),
                "segment {:#x}",
                picture[at + 1]
            );
            at += 2 + usize::from(u16::from_be_bytes([picture[at + 2], picture[at + 3]]));
        }
    }
}

/// IEC 61966-2-1, both ways.
fn to_linear(value: f64) -> f64 {
    if value <= 0.04045 {
        value / 12.92
    } else {
        ((value + 0.055) / 1.055).powf(2.4)
    }
}

fn from_linear(value: f64) -> f64 {
    let value = value.clamp(0.0, 1.0);
    if value <= 0.003_130_8 {
        value * 12.92
    } else {
        1.055 * value.powf(1.0 / 2.4) - 0.055
    }
}

/// Display P3 to sRGB by the matrix of their primaries (both D65, both with the sRGB curve).
fn p3_to_srgb(pixel: [u8; 3]) -> [u8; 3] {
    let [r, g, b] = pixel.map(|value| to_linear(f64::from(value) / 255.0));
    [
        1.224_940 * r - 0.224_940 * g,
        -0.042_057 * r + 1.042_057 * g,
        -0.019_638 * r - 0.078_636 * g + 1.098_274 * b,
    ]
    .map(|value| (from_linear(value) * 255.0).round() as u8)
}

#[test]
fn display_p3_becomes_srgb() {
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    let pixel = [190, 110, 80];
    let wanted = p3_to_srgb(pixel);
    assert!(
        wanted[0] > pixel[0] + 5,
        "the pixel would not show the difference"
    );
    let pixels = pixel.repeat(64 * 64);
    let jpeg = Jpeg {
        icc: Some(profile.clone()),
        ..Jpeg::default()
    }
    .of(&pixels, 64, 64, ColorType::Rgb);
    let mut webp = Vec::new();
    let mut encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut webp);
    image::ImageEncoder::set_icc_profile(&mut encoder, profile.clone()).unwrap();
    image::ImageEncoder::write_image(encoder, &pixels, 64, 64, ExtendedColorType::Rgb8).unwrap();
    let iccp = png_chunk(b"iCCP", &[&b"P3\0\0"[..], &zlib(&profile)].concat());
    let png = with_png_chunks(&png(&pixels, 64, 64, ExtendedColorType::Rgb8), &[iccp]);
    for bytes in [jpeg, webp, png] {
        let developed = developed(&bytes);
        assert!(
            developed.notes.contains(&Note::ColoursConverted),
            "{:?}",
            developed.format
        );
        assert_near(read(&developed.large).get_pixel(32, 32).0, wanted, 4);
    }
}

#[test]
fn a_profile_that_does_not_fit_leaves_colours_alone() {
    let grey_profile = ColorProfile::new_gray_with_gamma(1.8).encode().unwrap();
    for icc in [grey_profile, vec![7; 300]] {
        let developed = assert_developed(
            &Jpeg {
                icc: Some(icc),
                ..Jpeg::default()
            }
            .quarters(),
            Format::Jpeg,
            14,
        );
        assert!(developed.notes.contains(&Note::ColoursUnsure));
    }
}

#[test]
fn alpha_is_laid_on_white() {
    let mut pixels = Vec::new();
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            // Left half opaque red; top right clear black; bottom right half-clear blue.
            pixels.extend(match (x < WIDTH / 2, y < HEIGHT / 2) {
                (true, _) => [220, 40, 30, 255],
                (false, true) => [0, 0, 0, 0],
                (false, false) => [0, 0, 255, 128],
            });
        }
    }
    for bytes in [
        png(&pixels, WIDTH, HEIGHT, ExtendedColorType::Rgba8),
        webp(&pixels, WIDTH, HEIGHT, ExtendedColorType::Rgba8),
    ] {
        let developed = developed(&bytes);
        assert!(developed.notes.contains(&Note::OnWhite));
        assert_quarters(
            &read(&developed.large),
            [RED, [255, 255, 255], RED, [127, 127, 255]],
            14,
        );
    }
}

#[test]
fn grey_stays_grey() {
    let pixels: Vec<u8> = (0..32)
        .flat_map(|_| (0..64).map(|x| if x < 32 { 40 } else { 200 }))
        .collect();
    let with_alpha: Vec<u8> = pixels.iter().flat_map(|value| [*value, 255]).collect();
    for bytes in [
        Jpeg::default().of(&pixels, 64, 32, ColorType::Luma),
        png(&pixels, 64, 32, ExtendedColorType::L8),
        png(&with_alpha, 64, 32, ExtendedColorType::La8),
    ] {
        let picture = read(&developed(&bytes).large);
        assert_near(picture.get_pixel(12, 16).0, [40; 3], 4);
        assert_near(picture.get_pixel(52, 16).0, [200; 3], 4);
    }
}

#[test]
fn a_grey_profile_is_followed() {
    let profile = ColorProfile::new_gray_with_gamma(1.0).encode().unwrap();
    let bytes = Jpeg {
        icc: Some(profile),
        ..Jpeg::default()
    }
    .of(&[55; 64 * 64], 64, 64, ColorType::Luma);
    let wanted = (from_linear(55.0 / 255.0) * 255.0).round() as u8;
    assert_near(read(&developed(&bytes).large).get_pixel(32, 32).0, [wanted; 3], 4);
}

#[test]
fn sixteen_bits_become_eight() {
    let samples = |pixel: [u8; 3]| pixel.map(|value| u16::from(value) * 257);
    let pixels: Vec<u8> = (0..HEIGHT)
        .flat_map(|y| (0..WIDTH).map(move |x| samples(quarter(x, y, WIDTH, HEIGHT))))
        .flatten()
        .flat_map(u16::to_ne_bytes)
        .collect();
    assert_developed(
        &png(&pixels, WIDTH, HEIGHT, ExtendedColorType::Rgb16),
        Format::Png,
        10,
    );
    let grey: Vec<u8> = std::iter::repeat_n(200_u16 * 257, 64 * 64)
        .flat_map(u16::to_ne_bytes)
        .collect();
    let picture = read(&developed(&png(&grey, 64, 64, ExtendedColorType::L16)).large);
    assert_near(picture.get_pixel(32, 32).0, [200; 3], 3);
}

#[test]
fn a_palette_is_unfolded() {
    // One bit a pixel would do for two colours; here four bits, two pixels a byte, and a clear fifth colour.
    let row: Vec<u8> = std::iter::once(0)
        .chain((0..WIDTH / 2).map(|x| if x < WIDTH / 4 { 0x00 } else { 0x11 }))
        .collect();
    let low: Vec<u8> = std::iter::once(0)
        .chain((0..WIDTH / 2).map(|x| if x < WIDTH / 4 { 0x22 } else { 0x33 }))
        .collect();
    let raw: Vec<u8> = (0..HEIGHT)
        .flat_map(|y| if y < HEIGHT / 2 { row.clone() } else { low.clone() })
        .collect();
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let header = [&WIDTH.to_be_bytes()[..], &HEIGHT.to_be_bytes(), &[4, 3, 0, 0, 0]].concat();
    bytes.extend(png_chunk(b"IHDR", &header));
    bytes.extend(png_chunk(b"PLTE", &[RED, GREEN, BLUE, YELLOW].concat()));
    bytes.extend(png_chunk(b"tRNS", &[255, 255, 255, 255]));
    bytes.extend(png_chunk(b"IDAT", &zlib(&raw)));
    bytes.extend(png_chunk(b"IEND", &[]));
    assert_developed(&bytes, Format::Png, 10);
}

#[test]
fn print_colours_are_read() {
    // Inks as JPEG stores them here: no ink at all is white, all of cyan and yellow is a green.
    let white: Vec<u8> = [0, 0, 0, 0].repeat(64 * 64);
    let green: Vec<u8> = [255, 0, 255, 0].repeat(64 * 64);
    for colour in [ColorType::Cmyk, ColorType::CmykAsYcck] {
        let picture = read(&developed(&Jpeg::default().of(&white, 64, 64, colour)).large);
        assert_near(picture.get_pixel(32, 32).0, [255; 3], 6);
        let [red, seen, blue] = read(&developed(&Jpeg::default().of(&green, 64, 64, colour)).large)
            .get_pixel(32, 32)
            .0;
        assert!(red < 60 && seen > 180 && blue < 60, "{red} {seen} {blue}");
    }
}

#[test]
fn of_a_film_the_first_picture_is_taken() {
    let developed = assert_developed(include_bytes!("../data/two-frames.webp"), Format::WebP, 10);
    assert!(developed.notes.contains(&Note::FirstFrame));
}

#[test]
fn what_follows_the_picture_is_ignored() {
    let mut bytes = Jpeg::default().quarters();
    let whole = bytes.clone();
    bytes.extend_from_slice(&whole[..whole.len() / 2]);
    assert_developed(&bytes, Format::Jpeg, 14);
}

#[test]
fn a_cut_out_has_no_dark_rim() {
    // Light where it is seen, black where it is not: black must not leak into the edge as it shrinks.
    let side = 3200;
    let row: Vec<u8> = (0..side)
        .flat_map(|x| {
            if x % 7 < 4 {
                [200, 200, 200, 255]
            } else {
                [0, 0, 0, 0]
            }
        })
        .collect();
    let developed = developed(&png(&row.repeat(64), side, 64, ExtendedColorType::Rgba8));
    let picture = read(&developed.large);
    assert_eq!(picture.width(), 1600);
    let darkest = picture.pixels().map(|pixel| pixel.0[0]).min().unwrap();
    assert!(darkest > 170, "light fell to {darkest}");
}
