//! Half a photo, for who has no other.

use crate::support::*;
use imaging::{Fault, Note, Settings, develop, develop_with};
use jpeg_encoder::ColorType;

fn agreed() -> Settings {
    Settings {
        take_damaged: true,
        ..Settings::default()
    }
}

#[test]
fn what_is_there_of_a_cut_jpeg_is_shown_when_the_person_agrees() {
    for progressive in [false, true] {
        // Noise over the quarters: a flat picture would be complete after a few bytes.
        let mut pixels = quarters(320, 240);
        for (index, value) in pixels.iter_mut().enumerate() {
            *value ^= ((index as u32).wrapping_mul(2_654_435_761) >> 29) as u8;
        }
        let whole = Jpeg {
            progressive,
            exif: Some(exif(6, true)),
            ..Jpeg::default()
        }
        .of(&pixels, 320, 240, ColorType::Rgb);
        let mut taken = 0;
        for percent in (2..100).step_by(7) {
            let cut = &whole[..whole.len() * percent / 100];
            assert_eq!(develop(cut, &agreed().limits), Err(Fault::Truncated));
            match develop_with(cut, &agreed()) {
                Ok(developed) => {
                    assert!(developed.notes.contains(&Note::Damaged));
                    assert_eq!((developed.large.width, developed.large.height), (240, 320));
                    taken += 1;
                    if percent > 60 {
                        // The stored top left is, turned to the right, at the top right.
                        let seen = read(&developed.large).get_pixel(180, 80).0;
                        assert_near(seen, RED, 40);
                    }
                }
                Err(fault) => assert_eq!(fault, Fault::Truncated),
            }
        }
        assert!(taken >= 10, "{taken} were taken");
        let whole = develop_with(&whole, &agreed()).unwrap();
        assert!(!whole.notes.contains(&Note::Damaged));
    }
}

#[test]
fn a_cut_png_stays_refused() {
    let whole = png(
        &quarters(WIDTH, HEIGHT),
        WIDTH,
        HEIGHT,
        image::ExtendedColorType::Rgb8,
    );
    assert_eq!(
        develop_with(&whole[..whole.len() / 2], &agreed()),
        Err(Fault::Truncated)
    );
}
