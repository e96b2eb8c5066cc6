//! Pieces and pictures that a story begins with.

use image::{ImageBuffer, Rgb, RgbImage};
use shop::Shop;
use shop::catalog::view::FieldChange;
use shop::settings::view::ShopBeginning;
use std::path::{Path, PathBuf};

/// A shop with a name and with these pieces, by title and SKU; the folder is free again afterwards.
pub async fn stocked(folder: &Path, pieces: &[(&str, &str)]) -> Vec<String> {
    let shop = Shop::open(folder).await.expect("a shop");
    let beginning = ShopBeginning {
        shop_name: "Taller Núñez".into(),
        seller_name: "María".into(),
        language: "es".into(),
    };
    shop.begin_shop(beginning).await.expect("a beginning");
    let mut ids = Vec::new();
    for (title, sku) in pieces {
        let piece = shop.product_create().await.expect("a piece");
        let changes = vec![
            FieldChange::Title((*title).into()),
            FieldChange::Sku((*sku).into()),
        ];
        shop.product_edit(&piece.id, changes).await.expect("its words");
        ids.push(piece.id);
    }
    shop.close().await;
    ids
}

/// One of the drawn pieces from one of its sides, as a file.
pub fn photo(piece: usize, view: usize, to: PathBuf) -> PathBuf {
    let pieces = testkit::sample::pieces().expect("pieces");
    let piece = &pieces[piece];
    let view = &piece.views[view % piece.views.len()];
    let jpeg = testkit::sample::photo_of_side(&piece.slug, view, 1200).expect("a photo");
    std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
    std::fs::write(&to, jpeg).expect("a file");
    to
}

/// The same file a third as bright and yellowish, as under a lamp in the evening.
pub fn in_the_evening(photo: &Path, to: PathBuf) -> PathBuf {
    let bright = image::open(photo).expect("a picture").to_rgb8();
    let dim: RgbImage = ImageBuffer::from_fn(bright.width(), bright.height(), |x, y| {
        let [red, green, blue] = bright.get_pixel(x, y).0.map(f32::from);
        Rgb([red * 0.60, green * 0.52, blue * 0.36].map(|level| level as u8))
    });
    dim.save(&to).expect("a file");
    to
}

/// A sheet with a piece's SKU as a QR code, photographed on a table.
pub fn card(sku: &str, to: PathBuf) -> PathBuf {
    let modules = shop::qr::modules(sku);
    let side = modules.len().isqrt() as u32;
    let mut picture = RgbImage::from_pixel(1600, 1200, Rgb([176, 152, 128]));
    for y in 0..(side + 8) * 16 {
        for x in 0..(side + 8) * 16 {
            let (column, row) = ((x / 16).wrapping_sub(4), (y / 16).wrapping_sub(4));
            let inside = column < side && row < side;
            let dark = inside && modules[(row * side + column) as usize];
            let level = if dark { [34, 32, 30] } else { [236, 233, 226] };
            picture.put_pixel(400 + x, 200 + y, Rgb(level));
        }
    }
    std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
    picture.save(&to).expect("a file");
    to
}
