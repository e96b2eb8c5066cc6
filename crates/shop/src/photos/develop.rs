//! A photo's way through the darkroom, and its refusals in the shop's words.

use crate::Shop;
use crate::fault::{Code, Fault, Result};
use imaging::{Developed, Glance, GlanceSettings, Settings};

/// Gives the bytes back with what was made of them.
pub(super) async fn develop(shop: &Shop, bytes: Vec<u8>, settings: Settings) -> Result<(Vec<u8>, Developed)> {
    let darkroom = shop.darkroom().clone();
    let work = tokio::task::spawn_blocking(move || {
        let developed = darkroom.develop(&bytes, &settings);
        (bytes, developed)
    });
    match work.await {
        Ok((bytes, Ok(developed))) => Ok((bytes, developed)),
        Ok((_, Err(fault))) => Err(photo_fault(&fault)),
        Err(_) => Err(Code::PhotoDamaged.into()),
    }
}

/// A small picture of a photo, and what can be read off it.
pub(super) async fn glance(shop: &Shop, bytes: Vec<u8>, settings: GlanceSettings) -> Result<Glance> {
    let darkroom = shop.darkroom().clone();
    match tokio::task::spawn_blocking(move || darkroom.glance(&bytes, &settings)).await {
        Ok(Ok(glance)) => Ok(glance),
        Ok(Err(fault)) => Err(photo_fault(&fault)),
        Err(_) => Err(Code::PhotoDamaged.into()),
    }
}

pub(super) fn photo_fault(fault: &imaging::Fault) -> Fault {
    use imaging::Fault::{
        Damaged, Empty, NotAnImage, TooLargeSide, TooManyBytes, TooManyPixels, Truncated, Unsupported,
    };
    match fault {
        Empty => Code::PhotoEmpty.into(),
        NotAnImage => Code::PhotoNotAnImage.into(),
        Unsupported { found } => Fault::new(Code::PhotoUnsupported).with("format", found),
        TooManyBytes { .. } | TooManyPixels { .. } | TooLargeSide { .. } => Code::PhotoTooLarge.into(),
        Truncated => Code::PhotoTruncated.into(),
        Damaged(_) => Code::PhotoDamaged.into(),
    }
}
