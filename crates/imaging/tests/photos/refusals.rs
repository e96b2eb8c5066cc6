//! What is refused, and by which code.

use crate::support::*;
use image::ExtendedColorType;
use imaging::{Fault, Limits, develop, inspect};

#[track_caller]
fn refused(bytes: &[u8]) -> Fault {
    let fault = inspect(bytes).unwrap_err();
    assert_eq!(develop(bytes, &Limits::default()).unwrap_err(), fault);
    assert!(Fault::CODES.contains(&fault.code()));
    fault
}

#[test]
fn no_image_at_all() {
    assert_eq!(refused(b""), Fault::Empty);
    assert_eq!(
        refused("Hola, soy una nota y me llamo foto.jpg".as_bytes()),
        Fault::NotAnImage
    );
    assert_eq!(refused(&[0; 4096]), Fault::NotAnImage);
    assert_eq!(refused(b"x"), Fault::NotAnImage);
}

#[test]
fn other_kinds_are_named() {
    let kinds: [(&[u8], &str); 12] = [
        (b"\0\0\0\x1cftypavif\0\0\0\0mif1avifmiaf", "avif"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "avif"),
        (b"\0\0\0\x14ftypisom\0\0\x02\0isomiso2", "video"),
        (b"GIF89a\x01\0\x01\0", "gif"),
        (b"II*\0\x08\0\0\0", "tiff"),
        (b"MM\0*\0\0\0\x08", "tiff"),
        (b"%PDF-1.7\n", "pdf"),
        (b"BM\0\0\0\0", "bmp"),
        (b"8BPS\0\x01", "psd"),
        (b"\0\0\0\x0CJXL \r\n\x87\n", "jxl"),
        (b"PK\x03\x04rest", "zip"),
        (b"<?xml version=\"1.0\"?><svg></svg>", "svg"),
    ];
    for (bytes, found) in kinds {
        assert_eq!(refused(bytes), Fault::Unsupported { found });
    }
}

#[test]
fn jpegs_that_no_camera_writes_are_named() {
    let whole = Jpeg::default().quarters();
    let frame = whole.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    for (code, found) in [(0xC3, "jpeg-lossless"), (0xC9, "jpeg-arithmetic")] {
        let mut other = whole.clone();
        other[frame + 1] = code;
        assert_eq!(refused(&other), Fault::Unsupported { found });
    }
    let inks = include_bytes!("../data/inks-unusual.jpg");
    assert_eq!(
        develop(inks, &Limits::default()).unwrap_err(),
        Fault::Unsupported {
            found: "jpeg-unusual"
        }
    );
    let mut deep = whole;
    deep[frame + 4] = 12;
    assert_eq!(refused(&deep), Fault::Unsupported { found: "jpeg-12bit" });
}

/// Cut anywhere, a photo is refused as cut: at no point does half a picture pass for a whole one.
#[test]
fn a_cut_photo_is_truncated_wherever_it_is_cut() {
    let pixels = quarters(WIDTH, HEIGHT);
    let wholes = [
        Jpeg {
            exif: Some(exif(6, true)),
            ..Jpeg::default()
        }
        .quarters(),
        Jpeg {
            progressive: true,
            ..Jpeg::default()
        }
        .quarters(),
        Jpeg {
            restart_interval: 1,
            ..Jpeg::default()
        }
        .quarters(),
        png(&pixels, WIDTH, HEIGHT, ExtendedColorType::Rgb8),
        webp(&pixels, WIDTH, HEIGHT, ExtendedColorType::Rgb8),
        include_bytes!("../data/lossy.webp").to_vec(),
        include_bytes!("../data/two-frames.webp").to_vec(),
    ];
    for whole in wholes {
        develop(&whole, &Limits::default()).unwrap();
        for end in 1..whole.len() {
            let cut = &whole[..end];
            assert_eq!(
                refused(cut),
                Fault::Truncated,
                "{end} of {} bytes, {:?}",
                whole.len(),
                &whole[..4]
            );
        }
    }
}

#[test]
fn a_wrong_check_sum_is_damage() {
    let mut bytes = png(&quarters(WIDTH, HEIGHT), WIDTH, HEIGHT, ExtendedColorType::Rgb8);
    let idat = bytes.windows(4).position(|kind| kind == b"IDAT").unwrap();
    bytes[idat + 20] ^= 0x55;
    assert_eq!(
        develop(&bytes, &Limits::default()).unwrap_err().code(),
        "photo_damaged"
    );
}

#[test]
fn limits_are_the_callers() {
    let bytes = Jpeg::default().quarters();
    let few_bytes = Limits {
        bytes: 100,
        ..Limits::default()
    };
    assert!(matches!(
        develop(&bytes, &few_bytes),
        Err(Fault::TooManyBytes { limit: 100, .. })
    ));
    let short_side = Limits {
        side: WIDTH - 1,
        ..Limits::default()
    };
    assert!(matches!(
        develop(&bytes, &short_side),
        Err(Fault::TooLargeSide { width: WIDTH, .. })
    ));
    let few_pixels = Limits {
        pixels: u64::from(WIDTH * HEIGHT) - 1,
        ..Limits::default()
    };
    assert!(matches!(
        develop(&bytes, &few_pixels),
        Err(Fault::TooManyPixels { .. })
    ));
    let little_memory = Limits {
        decoded_bytes: 1000,
        ..Limits::default()
    };
    assert!(matches!(
        develop(&bytes, &little_memory),
        Err(Fault::TooManyPixels { .. })
    ));
}
