//! A photo's way over a line that is cut.

use std::io::Cursor;
use std::path::Path;

use anyhow::{Context, Result};
use shop::Shop;

use crate::line::Line;

/// A PNG of noise, so that it hardly compresses.
pub fn noise(side: u32) -> Result<Vec<u8>> {
    let mut state = u64::from(side) | 1;
    let picture = image::RgbImage::from_fn(side, side, |_, _| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let [a, b, c, ..] = state.to_le_bytes();
        image::Rgb([a, b, c])
    });
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png)?;
    Ok(bytes.into_inner())
}

/// Bytes up of a photo of a new piece: once whole, then of another one that is cut at each of these shares of the way.
pub struct Sent {
    pub whole: u64,
    /// Where it was cut, and all that went up.
    pub cut: Vec<(u64, u64)>,
}

pub async fn run(shop: &Shop, line: &Line, picture: &[u8], percents: &[u64]) -> Result<Sent> {
    let whole = one(shop, line, picture, 0, None).await?;
    let mut cut = Vec::new();
    for (n, percent) in (1..).zip(percents) {
        let at = whole * percent / 100;
        cut.push((at, one(shop, line, picture, n, Some(at)).await?));
    }
    Ok(Sent { whole, cut })
}

async fn one(shop: &Shop, line: &Line, picture: &[u8], n: u8, cut: Option<u64>) -> Result<u64> {
    let mut picture = image::load_from_memory(picture)?.into_rgb8();
    // Another photo each time: what the marketplace has already is not sent.
    for pixel in picture.pixels_mut() {
        pixel.0 = pixel.0.map(|sample| sample.wrapping_add(n.wrapping_mul(29)));
    }
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png)?;
    let piece = shop.product_create().await?.id;
    crate::laptop::carry(shop).await?;
    shop.photo_add(&piece, "foto.png", bytes.into_inner()).await?;
    line.bytes();
    if let Some(at) = cut {
        line.cut_after(at);
    }
    for _ in 0..50 {
        // The one that is cut ends with trouble; the next goes on.
        let state = shop.sync_once(std::time::Duration::from_secs(60)).await;
        if state.is_ok_and(|state| state.waiting == 0 && state.photos_waiting == 0) {
            return Ok(line.bytes().0);
        }
    }
    None.context("a photo did not arrive")
}

/// Random bytes of this size, for the peer.
pub fn file(path: &Path, size: u64) -> Result<()> {
    let mut state = 0x9e37_79b9_u64;
    let bytes: Vec<u8> = (0..size)
        .map(|_| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[0]
        })
        .collect();
    std::fs::write(path, bytes)?;
    Ok(())
}
