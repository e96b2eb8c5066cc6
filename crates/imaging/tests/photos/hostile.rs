//! Whatever the bytes, an answer: never a panic, never a picture of another size than it says.

use std::sync::LazyLock;

use crate::support::*;
use image::ExtendedColorType;
use imaging::{Limits, develop, inspect};
use proptest::prelude::*;

static VALID: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let pixels = quarters(WIDTH, HEIGHT);
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    vec![
        Jpeg {
            exif: Some(exif(6, true)),
            icc: Some(profile.clone()),
            ..Jpeg::default()
        }
        .quarters(),
        Jpeg {
            progressive: true,
            exif: Some(exif(3, false)),
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
    ]
});

/// Small limits keep a lucky mutation of the size from taking long.
fn limits() -> Limits {
    Limits {
        pixels: 250_000,
        side: 4_000,
        ..Limits::default()
    }
}

fn answer(bytes: &[u8]) {
    // A panic inside a decoder is caught by the crate and must still not be a common thing.
    let seen = inspect(bytes);
    match develop(bytes, &limits()) {
        Ok(developed) => {
            let seen = seen.unwrap();
            assert_eq!((seen.width, seen.height), (developed.width, developed.height));
            assert_eq!(read(&developed.large).width(), developed.large.width);
            assert!(developed.small.width.max(developed.small.height) <= 400);
        }
        Err(fault) => {
            assert!(!fault.to_string().is_empty());
            assert!(!fault.to_string().contains("gave up"), "a decoder panicked");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes(bytes in prop::collection::vec(any::<u8>(), 0..600), start in 0_usize..5) {
        answer(&bytes);
        let magic: [&[u8]; 5] =
            [b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1a\n", b"RIFF\x20\0\0\0WEBPVP8X", b"RIFF\x20\0\0\0WEBPVP8L", b"\xFF\xD8\xFF\xC0"];
        answer(&[magic[start], &bytes].concat());
    }

    #[test]
    fn flipped_bytes(which in 0_usize..7, flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = VALID[which].clone();
        for (at, value) in flips {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        answer(&bytes);
    }

    #[test]
    fn cut_and_joined(which in 0_usize..7, other in 0_usize..7, cut in any::<prop::sample::Index>(), from in any::<prop::sample::Index>()) {
        let (head, tail) = (&VALID[which], &VALID[other]);
        answer(&[&head[..cut.index(head.len())], &tail[from.index(tail.len())..]].concat());
    }
}

/// One byte of a sound file at a time. PUESTO_FLIPS=10000 does it ten thousand times for each kind of file.
fn flip_many_times(which: usize) {
    let times = std::env::var("PUESTO_FLIPS").map_or(1_000, |times| times.parse().unwrap());
    let sound = &VALID[which];
    let mut state = 0x9E37_79B9_u32.wrapping_mul(which as u32 + 1) | 1;
    let mut throw = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state
    };
    for _ in 0..times {
        let mut bytes = sound.clone();
        let at = throw() as usize % bytes.len();
        bytes[at] ^= (throw() % 255) as u8 + 1;
        answer(&bytes);
    }
}

#[test]
fn flips_of_a_jpeg() {
    flip_many_times(0);
}

#[test]
fn flips_of_a_progressive_jpeg() {
    flip_many_times(1);
}

#[test]
fn flips_of_a_png() {
    flip_many_times(3);
}

#[test]
fn flips_of_a_lossless_webp() {
    flip_many_times(4);
}

#[test]
fn flips_of_a_lossy_webp() {
    flip_many_times(5);
}

#[test]
fn flips_of_a_moving_webp() {
    flip_many_times(6);
}

/// The same, by who has agreed to damage: more gets through to the decoder.
#[test]
fn damage_that_was_agreed_to_is_still_safe() {
    let settings = imaging::Settings {
        limits: limits(),
        take_damaged: true,
        ..imaging::Settings::default()
    };
    for sound in &VALID[..3] {
        for end in 0..sound.len() {
            let _ = imaging::develop_with(&sound[..end], &settings);
            let mut bytes = sound.clone();
            bytes[end] = !bytes[end];
            bytes.truncate(sound.len() - sound.len() / 8);
            let _ = imaging::develop_with(&bytes, &settings);
        }
    }
}
