//! What every target of images holds a photo to.

use imaging::{
    Crop, Fault, GlanceSettings, Grey, Limits, Look, Settings, develop_with, inspect_within, look_curves,
};

fn limits() -> Limits {
    Limits {
        bytes: 1 << 20,
        pixels: 4_000_000,
        side: 8_000,
        decoded_bytes: 32 << 20,
    }
}

/// Pictures or a fault, and the pictures of the size that the header says. A decoder that panicked and was
/// caught counts as found.
pub fn develop(bytes: &[u8], take_damaged: bool) {
    let settings = Settings {
        limits: limits(),
        take_damaged,
        ..Settings::default()
    };
    match develop_with(bytes, &settings) {
        Ok(developed) => {
            assert!(developed.large.width.max(developed.large.height) <= 1600);
            assert!(developed.small.width.max(developed.small.height) <= 400);
            if let Ok(seen) = inspect_within(bytes, &settings.limits) {
                assert_eq!((seen.width, seen.height), (developed.width, developed.height));
            }
        }
        Err(Fault::Damaged(why)) => assert!(!why.contains("gave up"), "a decoder panicked"),
        Err(_) => {}
    }
}

/// A look with numbers out of the bytes: whatever they are, the same holds.
fn look_of(bytes: &[u8]) -> Look {
    let at = |index: usize| bytes.len().checked_sub(index + 1).map_or(0, |index| bytes[index]);
    let two = |index: usize| u16::from_le_bytes([at(index), at(index + 1)]);
    Look {
        turns: at(0),
        tilt: two(1) as i16,
        crop: (at(3) % 2 == 1).then(|| Crop {
            left: two(4),
            top: two(6),
            width: two(8),
            height: two(10),
        }),
        exposure: two(12) as i16,
        white: (at(14) % 2 == 1).then(|| Grey {
            red: at(15),
            green: at(16),
            blue: at(17),
        }),
    }
}

/// A quick look with codes and without, and the photo with a look that its own bytes choose.
pub fn glance(bytes: &[u8]) {
    for codes in [false, true] {
        let settings = GlanceSettings {
            side: 64,
            codes,
            limits: limits(),
        };
        match imaging::glance(bytes, &settings) {
            Ok(seen) => assert!(seen.width.max(seen.height) <= 64 && !seen.bytes.is_empty()),
            Err(Fault::Damaged(why)) => assert!(!why.contains("gave up"), "a decoder panicked"),
            Err(_) => {}
        }
    }
    let look = look_of(bytes);
    assert!(look_curves(&look).iter().all(|curve| curve.is_sorted()));
    let settings = Settings {
        limits: limits(),
        look,
        ..Settings::default()
    };
    if let Ok(developed) = develop_with(bytes, &settings) {
        assert!(developed.large.width.max(developed.large.height) <= 1600);
    }
}

/// EXIF in a photo that is sound otherwise.
pub fn exif(bytes: &[u8]) {
    const END: [u8; 2] = [0xFF, 0xD9];
    let Ok(length) = u16::try_from(bytes.len() + 8) else {
        return;
    };
    let mut photo = b"\xFF\xD8\xFF\xE1".to_vec();
    photo.extend(length.to_be_bytes());
    photo.extend(b"Exif\0\0");
    photo.extend(bytes);
    photo.extend(&SOUND[2..]);
    assert!(photo.ends_with(&END));
    let seen = inspect_within(&photo, &limits()).expect("EXIF must not spoil a photo");
    let glanced = imaging::glance(
        &photo,
        &GlanceSettings {
            side: 16,
            codes: false,
            limits: limits(),
        },
    );
    let glanced = glanced.expect("EXIF must not spoil a photo");
    assert!(glanced.width.max(glanced.height) <= 16);
    assert!(seen.width == 20 && seen.height == 20);
    assert!(
        glanced
            .taken_ms
            .is_none_or(|ms| (-2_300_000_000_000..7_300_000_000_000).contains(&ms))
    );
}

const SOUND: &[u8] = include_bytes!("../corpus/jpeg/colour-444-false.jpg");
