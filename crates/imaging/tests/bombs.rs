//! Small files that ask for much: refused at once, and without the memory that they ask for.
//! A test program of its own, so that its peak of memory is nobody else's.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use std::time::{Duration, Instant};

use image::ExtendedColorType;
use imaging::{Fault, Limits, Note, develop};
use support::heic::{Heic, boxed, tile};
use support::*;

/// Over the test program's own 10 MB or so.
#[cfg(target_os = "linux")]
fn assert_little_memory() {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap();
    let kib: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
    assert!(kib < 200 << 10, "the peak was {kib} KiB");
}

#[cfg(not(target_os = "linux"))]
fn assert_little_memory() {}

#[track_caller]
fn refused(bytes: &[u8]) -> Fault {
    let start = Instant::now();
    let fault = develop(bytes, &Limits::default()).unwrap_err();
    assert!(start.elapsed() < Duration::from_millis(500));
    assert_little_memory();
    fault
}

/// A sound JPEG of 12 KB whose frame says another size.
fn lying_jpeg(width: u16, height: u16, progressive: bool) -> Vec<u8> {
    let noisy: Vec<u8> = (0..96_u32 * 96 * 3)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    let mut bytes = Jpeg {
        progressive,
        ..Jpeg::default()
    }
    .of(&noisy, 96, 96, jpeg_encoder::ColorType::Rgb);
    let frame = bytes
        .windows(2)
        .position(|pair| matches!(pair, [0xFF, 0xC0 | 0xC2]))
        .unwrap();
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

#[test]
fn a_jpeg_that_lies_about_its_size() {
    for progressive in [false, true] {
        assert_eq!(
            refused(&lying_jpeg(65_500, 65_500, progressive)).code(),
            "photo_too_large_side"
        );
        assert_eq!(
            refused(&lying_jpeg(20_000, 20_000, progressive)).code(),
            "photo_too_many_pixels"
        );
        // Within the limits, but more than so few bytes can hold.
        assert!(matches!(
            refused(&lying_jpeg(9_000, 9_000, progressive)).code(),
            "photo_truncated" | "photo_too_many_pixels"
        ));
        assert_eq!(refused(&lying_jpeg(6_000, 4_000, progressive)), Fault::Truncated);
    }
}

fn png_of(width: u32, height: u32, colour: u8, depth: u8, idat: &[u8]) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let header = [
        &width.to_be_bytes()[..],
        &height.to_be_bytes(),
        &[depth, colour, 0, 0, 0],
    ]
    .concat();
    bytes.extend(png_chunk(b"IHDR", &header));
    bytes.extend(png_chunk(b"IDAT", idat));
    bytes.extend(png_chunk(b"IEND", &[]));
    bytes
}

#[test]
fn a_png_that_lies_about_its_size() {
    let little = zlib(&[0; 1000]);
    assert_eq!(
        refused(&png_of(u32::MAX, u32::MAX, 2, 8, &little)).code(),
        "photo_too_large_side"
    );
    assert_eq!(
        refused(&png_of(30_000, 30_000, 2, 8, &little)).code(),
        "photo_too_large_side"
    );
    assert_eq!(
        refused(&png_of(13_000, 13_000, 2, 8, &little)).code(),
        "photo_too_many_pixels"
    );
    assert_eq!(
        refused(&png_of(9_000, 9_000, 6, 16, &little)).code(),
        "photo_too_many_pixels"
    );
    assert_eq!(refused(&png_of(9_000, 9_000, 2, 8, &little)), Fault::Truncated);
    assert_eq!(refused(&png_of(0, 10, 2, 8, &little)).code(), "photo_damaged");
}

/// So many MiB of zeros, packed without ever being held at once.
fn zlib_of_zeros(mebibytes: usize) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let chunk = vec![0; 1 << 20];
    for _ in 0..mebibytes {
        encoder.write_all(&chunk).unwrap();
    }
    encoder.finish().unwrap()
}

#[test]
fn a_png_whose_metadata_swells_is_taken_without_it() {
    let swollen = zlib_of_zeros(160);
    let pixels = quarters(WIDTH, HEIGHT);
    let plain = png(&pixels, WIDTH, HEIGHT, ExtendedColorType::Rgb8);
    let icc = png_chunk(b"iCCP", &[&b"bomb\0\0"[..], &swollen].concat());
    let text = png_chunk(b"zTXt", &[&b"bomb\0\0"[..], &swollen].concat());
    // The profile cannot be had; whether the picture can is the decoder's to say. Neither may swell.
    for chunk in [icc, text] {
        match develop(&with_png_chunks(&plain, &[chunk]), &Limits::default()) {
            Ok(developed) => assert!(developed.notes.contains(&Note::Small)),
            Err(fault) => assert_eq!(fault.code(), "photo_damaged"),
        }
    }
    assert_little_memory();
}

#[test]
fn a_webp_that_lies_about_its_size() {
    let whole = webp(&quarters(WIDTH, HEIGHT), WIDTH, HEIGHT, ExtendedColorType::Rgb8);
    // An extended header that says 16 million by 16 million, and one of 15,000 by 15,000.
    for (side, code) in [
        (0x00FF_FFFF_u32, "photo_too_large_side"),
        (14_999, "photo_too_many_pixels"),
    ] {
        let mut extended = b"RIFF\0\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0".to_vec();
        extended.extend_from_slice(&side.to_le_bytes()[..3]);
        extended.extend_from_slice(&side.to_le_bytes()[..3]);
        extended.extend_from_slice(&whole[12..]);
        let length = (extended.len() - 8) as u32;
        extended[4..8].copy_from_slice(&length.to_le_bytes());
        assert_eq!(refused(&extended).code(), code);
    }
    // The bitstream itself says 16,384 by 16,384.
    let mut inner = whole;
    inner[21..25].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0x0F]);
    assert_eq!(refused(&inner).code(), "photo_too_many_pixels");
}

/// A JPEG of plain grey, a handful of bits for each square of 8 by 8.
fn grey_jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = Jpeg::default().of(&[128; 8 * 8 * 3], 8, 8, jpeg_encoder::ColorType::Rgb);
    let find = |bytes: &[u8], marker: u8| bytes.windows(2).position(|pair| pair == [0xFF, marker]).unwrap();
    let frame = find(&bytes, 0xC0);
    bytes[frame + 5..frame + 7].copy_from_slice(&height.to_be_bytes());
    bytes[frame + 7..frame + 9].copy_from_slice(&width.to_be_bytes());
    let scan = find(&bytes, 0xDA);
    bytes.truncate(scan + 2 + usize::from(u16::from_be_bytes([bytes[scan + 2], bytes[scan + 3]])));
    // With the tables of ITU-T T.81 Annex K: no change of DC and end of block, for Y, Cb and Cr.
    let square = "00101000000000";
    let four: Vec<u8> = square
        .repeat(4)
        .as_bytes()
        .chunks(8)
        .map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | (bit - b'0')))
        .collect();
    let squares = usize::from(width).div_ceil(8) * usize::from(height).div_ceil(8);
    bytes.extend(four.repeat(squares.div_ceil(4)));
    bytes.extend([0xFF, 0xD9]);
    bytes
}

#[test]
fn two_hundred_megapixels_are_taken_in_little_memory() {
    let bytes = grey_jpeg(16_320, 12_240);
    let developed = develop(&bytes, &Limits::default()).unwrap();
    assert_eq!((developed.width, developed.height), (16_320, 12_240));
    assert_eq!((developed.large.width, developed.large.height), (1600, 1200));
    assert_near(read(&developed.large).get_pixel(800, 600).0, [128; 3], 3);
    assert_little_memory();
}

#[test]
fn a_jpeg_of_two_sizes() {
    // The second frame is small; who looked only at that would grant little and need much.
    let mut bytes = lying_jpeg(65_500, 65_500, false);
    let small = lying_jpeg(96, 96, false);
    bytes.truncate(bytes.len() - 2);
    bytes.extend_from_slice(&small[2..]);
    assert!(matches!(
        refused(&bytes).code(),
        "photo_damaged" | "photo_too_large_side"
    ));
}

#[test]
fn a_jpeg_of_a_thousand_scans() {
    let whole = lying_jpeg(96, 96, true);
    let scan = whole.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    let mut bytes = whole[..scan].to_vec();
    let end = whole.len() - 2;
    for _ in 0..1000 {
        bytes.extend_from_slice(&whole[scan..end]);
    }
    bytes.extend([0xFF, 0xD9]);
    assert_eq!(refused(&bytes).code(), "photo_unsupported");
}

const LARGE: &[u8] = include_bytes!("data/large-flat.heic");

/// Nine tiles of 2048 by 2048: all of them decoded at once would be ten times the picture.
#[test]
fn a_large_heic_is_decoded_tile_by_tile() {
    let bytes = Heic {
        tiles: vec![tile(LARGE); 9],
        grid: Some((3, 3, 6144, 6100)),
        ..Heic::default()
    }
    .bytes();
    let developed = develop(&bytes, &Limits::default()).unwrap();
    assert_eq!((developed.width, developed.height), (6144, 6100));
    assert_near(read(&developed.large).get_pixel(800, 800).0, [200, 190, 180], 4);
    assert_little_memory();
}

#[test]
fn a_heic_that_lies_about_its_size() {
    // Few bytes that are to be tiles over and over again.
    let shared = Heic {
        tiles: vec![tile(LARGE); 2000],
        grid: Some((40, 50, 65_535, 65_535)),
        shared: true,
        ..Heic::default()
    };
    let mut bytes = shared.bytes();
    assert_eq!(refused(&bytes).code(), "photo_damaged");
    bytes.truncate(bytes.len() - 1990 * tile(LARGE).1.len());
    assert!(matches!(
        refused(&bytes).code(),
        "photo_truncated" | "photo_damaged"
    ));
    // Within what the file could hold, and too much all the same.
    let honest = Heic {
        tiles: vec![tile(LARGE); 64],
        grid: Some((8, 8, 16_384, 16_384)),
        ..Heic::default()
    };
    assert_eq!(refused(&honest.bytes()).code(), "photo_too_many_pixels");
    // A set-up of a large picture with the bytes of a small one, and the other way round.
    let small = include_bytes!("data/tile-red.heic");
    for (setup, data) in [(LARGE, &small[..]), (small, LARGE)] {
        let heic = Heic {
            tiles: vec![(tile(setup).0, tile(data).1)],
            ..Heic::default()
        };
        // What the bytes give is a picture or a fault, of the size that the set-up says, and soon.
        let start = Instant::now();
        if let Ok(developed) = develop(&heic.bytes(), &Limits::default()) {
            assert!(matches!(developed.width, 64 | 2048));
        }
        assert!(start.elapsed() < Duration::from_secs(5));
        assert_little_memory();
    }
    for (setup, data) in [(Vec::new(), tile(small).1), (tile(small).0, Vec::new())] {
        let heic = Heic {
            tiles: vec![(setup, data)],
            ..Heic::default()
        };
        assert!(matches!(
            refused(&heic.bytes()).code(),
            "photo_truncated" | "photo_damaged"
        ));
    }
}

#[test]
fn a_heic_of_nothing_but_boxes() {
    let head = boxed(b"ftyp", b"heic\0\0\0\0mif1heic");
    let boxes = b"\0\0\0\x08free".repeat(1 << 20);
    let inside = [&b"\0\0\0\0"[..], &boxes].concat();
    for bytes in [
        [&head[..], &boxes].concat(),
        [&head[..], &boxed(b"meta", &inside)].concat(),
    ] {
        assert_eq!(refused(&bytes).code(), "photo_damaged");
    }
    // A table whose entries take no bytes: 60,000 items of 60,000 pieces each.
    let mut places = b"\0\0\0\0\0\0\xEA\x60".to_vec();
    for item in 0..60_000_u16 {
        places.extend(item.to_be_bytes());
        places.extend(b"\0\0\xEA\x60");
    }
    let meta = [&b"\0\0\0\0"[..], &boxed(b"iloc", &places)].concat();
    assert_eq!(
        refused(&[&head[..], &boxed(b"meta", &meta)].concat()).code(),
        "photo_damaged"
    );
}

/// A look asks for no more than the photo itself does.
#[test]
fn a_small_part_of_two_hundred_megapixels_is_taken_in_little_memory() {
    let settings = imaging::Settings {
        limits: Limits {
            decoded_bytes: 100 << 20,
            ..Limits::default()
        },
        look: imaging::Look {
            tilt: 700,
            crop: Some(imaging::Crop {
                left: 4000,
                top: 4000,
                width: 1000,
                height: 1000,
            }),
            ..imaging::Look::default()
        },
        ..imaging::Settings::default()
    };
    let developed = imaging::develop_with(&grey_jpeg(16_320, 12_240), &settings).unwrap();
    assert!(developed.large.width <= 1600 && developed.large.width > 100);
    assert_near(read(&developed.large).get_pixel(50, 50).0, [128; 3], 3);
    assert_little_memory();
}
