//! A shop in a folder of its own, and pictures to put into it.

use image::{ImageFormat, Rgb, RgbImage};
use shop::Shop;
use shop::catalog::view::{FieldChange, Product};
use std::io::Cursor;
use tempfile::TempDir;

pub async fn shop() -> (TempDir, Shop) {
    let folder = tempfile::tempdir().unwrap();
    let shop = Shop::open(folder.path()).await.unwrap();
    (folder, shop)
}

pub async fn piece(shop: &Shop, title: &str, sku: &str) -> Product {
    let piece = shop.product_create().await.unwrap();
    let changes = vec![FieldChange::Title(title.into()), FieldChange::Sku(sku.into())];
    shop.product_edit(&piece.id, changes).await.unwrap()
}

pub fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// Blobs of colour whose places come from a seed: two seeds give pictures that do not look the same.
pub fn scene(seed: u32, width: u32, height: u32) -> RgbImage {
    let blobs: Vec<(f32, f32, f32, [u8; 3])> = (0..9)
        .map(|n| {
            let mix = (seed * 7919 + n * 104_729).wrapping_mul(2_654_435_761);
            let part = |shift: u32| f32::from((mix >> shift) as u8) / 255.0;
            let colour = [(mix >> 3) as u8, (mix >> 11) as u8, (mix >> 19) as u8];
            (part(0), part(8), 0.05 + part(16) * 0.2, colour)
        })
        .collect();
    RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (x as f32 / width as f32, y as f32 / height as f32);
        let hit = blobs
            .iter()
            .rev()
            .find(|(bx, by, radius, _)| (x - bx).hypot(y - by) < *radius);
        Rgb(hit.map_or([225, 215, 200], |(.., colour)| *colour))
    })
}
