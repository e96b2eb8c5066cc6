//! What every target of images holds a photo to.

use imaging::{Fault, Limits, Settings, develop_with, inspect_within};

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
