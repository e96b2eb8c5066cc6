//! The sample shop's pieces with their pictures, brought in by a laptop.

use super::{Laptop, World, id};
use api::intent::Action;
use api::photo::PhotoRef;
use serde_json::json;
use testkit::sample::{self, SamplePiece};

/// Pictures are drawn smaller than the shop's own, for time's sake.
const LARGE: usize = 800;
const SMALL: usize = 400;

pub struct Sample {
    pub laptop: Laptop,
    /// Ids, in the order of the sample.
    pub pieces: Vec<String>,
}

/// Brings in the first so many pieces.
pub async fn fill(world: &World, count: usize) -> Sample {
    let mut laptop = world.laptop("Maria").await;
    let mut ids = Vec::new();
    for (at, piece) in sample::pieces().unwrap().into_iter().take(count).enumerate() {
        let views = if at == 0 { piece.views.len() } else { 1 };
        ids.push(bring(&mut laptop, &piece, views).await);
    }
    Sample { laptop, pieces: ids }
}

async fn bring(laptop: &mut Laptop, piece: &SamplePiece, views: usize) -> String {
    let product_id = id();
    let words = &piece.texts.es;
    let fields = json!({
        "sku": piece.sku, "title": words.title, "story": words.story, "branch": piece.branch,
        "technique": words.technique, "materials": words.materials, "community": words.community,
        "people": words.people, "maker": piece.maker.name, "hours": piece.hours, "category": words.category,
        "price": {"minor": piece.price_minor, "currency": piece.currency}, "weight_g": piece.weight_g,
        "size_mm": piece.size_mm, "stock_mode": if piece.unique { "unique" } else { "quantity" },
        "published": true,
    });
    laptop
        .does(Action::SetProduct {
            product_id: product_id.clone(),
            fields: serde_json::from_value(fields).unwrap(),
        })
        .await;
    let made = laptop.made(&product_id, piece.quantity);
    laptop.does(made).await;
    for (n, view) in piece.views.iter().take(views).enumerate() {
        let (slug, view) = (piece.slug.clone(), view.clone());
        let drawn = tokio::task::spawn_blocking(move || {
            let draw = |side| sample::photo_of_side(&slug, &view, side).unwrap();
            (draw(LARGE), draw(SMALL))
        });
        let (large, small) = drawn.await.unwrap();
        let photo = PhotoRef {
            hash: blake3::hash(&[&large[..], b"original"].concat())
                .to_hex()
                .to_string(),
            large: laptop.send_photo(&large).await,
            small: laptop.send_photo(&small).await,
            width: 800,
            height: 800,
            alt: words.title.clone(),
            shot: String::new(),
        };
        let place = ["g", "m", "s"][n].to_owned();
        laptop
            .does(Action::AttachPhoto {
                product_id: product_id.clone(),
                photo,
                place,
            })
            .await;
    }
    product_id
}
