//! Each of EXIF's eight orientations comes out upright, and what is not an orientation does no harm.

use crate::support::*;
use image::ExtendedColorType;
use imaging::{Limits, Note, Orientation, develop, inspect};
use jpeg_encoder::ColorType;

/// EXIF 2.32, tag 0x0112, in its own words: which sides of the seen picture the 0th row and the 0th column are.
const SIDES: [(u16, &str, &str); 8] = [
    (1, "top", "left"),
    (2, "top", "right"),
    (3, "bottom", "right"),
    (4, "bottom", "left"),
    (5, "left", "top"),
    (6, "right", "top"),
    (7, "right", "bottom"),
    (8, "left", "bottom"),
];

/// The pixels that a camera would store for the upright quarters.
fn stored(row_side: &str, column_side: &str) -> (Vec<u8>, u32, u32) {
    let lies = matches!(row_side, "left" | "right");
    let (width, height) = if lies { (HEIGHT, WIDTH) } else { (WIDTH, HEIGHT) };
    let place = |side: &str, index: u32| match side {
        "top" => (None, Some(index)),
        "bottom" => (None, Some(HEIGHT - 1 - index)),
        "left" => (Some(index), None),
        _ => (Some(WIDTH - 1 - index), None),
    };
    let mut pixels = Vec::new();
    for row in 0..height {
        for column in 0..width {
            let (row_x, row_y) = place(row_side, row);
            let (column_x, column_y) = place(column_side, column);
            let (x, y) = (row_x.or(column_x).unwrap(), row_y.or(column_y).unwrap());
            pixels.extend(quarter(x, y, WIDTH, HEIGHT));
        }
    }
    (pixels, width, height)
}

#[test]
fn every_orientation_of_a_jpeg_comes_out_upright() {
    for (value, row_side, column_side) in SIDES {
        for big_endian in [true, false] {
            let (pixels, width, height) = stored(row_side, column_side);
            let photo = Jpeg {
                exif: Some(exif(value, big_endian)),
                ..Jpeg::default()
            };
            let bytes = photo.of(&pixels, width, height, ColorType::Rgb);
            let seen = inspect(&bytes).unwrap();
            assert_eq!((seen.width, seen.height), (WIDTH, HEIGHT), "orientation {value}");
            assert_eq!(seen.orientation as u16, value);
            let developed = develop(&bytes, &Limits::default()).unwrap();
            assert_eq!((developed.width, developed.height), (WIDTH, HEIGHT));
            assert_quarters(&read(&developed.large), [RED, GREEN, BLUE, YELLOW], 14);
            assert_quarters(&read(&developed.small), [RED, GREEN, BLUE, YELLOW], 14);
            assert_eq!(developed.notes.contains(&Note::Turned), value != 1);
        }
    }
}

#[test]
fn every_orientation_of_png_and_webp_comes_out_upright() {
    for (value, row_side, column_side) in SIDES {
        let (pixels, width, height) = stored(row_side, column_side);
        let plain = png(&pixels, width, height, ExtendedColorType::Rgb8);
        let turned_png = with_png_chunks(&plain, &[png_chunk(b"eXIf", &exif(value, false))]);
        let mut turned_webp = Vec::new();
        let mut encoder = image::codecs::webp::WebPEncoder::new_lossless(&mut turned_webp);
        image::ImageEncoder::set_exif_metadata(&mut encoder, exif(value, true)).unwrap();
        image::ImageEncoder::write_image(encoder, &pixels, width, height, ExtendedColorType::Rgb8).unwrap();
        for bytes in [turned_png, turned_webp] {
            let developed = develop(&bytes, &Limits::default()).unwrap();
            assert_eq!(
                (developed.width, developed.height),
                (WIDTH, HEIGHT),
                "orientation {value}"
            );
            assert_quarters(&read(&developed.large), [RED, GREEN, BLUE, YELLOW], 14);
        }
    }
}

#[test]
fn what_is_no_orientation_is_upright() {
    for value in [0, 9, 255, u16::MAX] {
        let photo = Jpeg {
            exif: Some(exif(value, false)),
            ..Jpeg::default()
        };
        assert_eq!(
            inspect(&photo.quarters()).unwrap().orientation,
            Orientation::Upright
        );
    }
}

#[test]
fn a_broken_entry_does_not_hide_the_orientation() {
    // One entry of an unknown kind before it, and a directory that promises a thousand entries more.
    let mut tiff = b"MM\0*\0\0\0\x08\x03\xEA".to_vec();
    tiff.extend([
        0x01, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
    ]);
    tiff.extend([
        0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01, 0x00, 0x06, 0x00, 0x00,
    ]);
    let bytes = Jpeg {
        exif: Some(tiff),
        ..Jpeg::default()
    }
    .quarters();
    assert_eq!(inspect(&bytes).unwrap().orientation, Orientation::QuarterRight);
}
