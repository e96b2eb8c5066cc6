//! Fields, stamps and photos of pieces.

use crate::check::{Verdict, holds, same};
use crate::laptop::{set, title};
use crate::moment::id;
use crate::shop::Shop;
use api::feed::kind;
use api::intent::{Action, Outcome};
use api::photo::PhotoRef;
use api::product::ProductState;
use serde_json::json;

/// 1 January 2099.
const FAR: i64 = 4_070_908_800_000;

pub async fn later_wins(shop: &Shop<'_>) -> Verdict {
    let two = shop.two()?;
    for early_first in [true, false] {
        let piece = id();
        let mut early = shop.one.intent(title(&piece, "Temprano"));
        early.stamp.ms -= 60_000;
        let late = two.intent(title(&piece, "Tarde"));
        let (a, b) = if early_first {
            (shop.one.push_one(&early).await?, two.push_one(&late).await?)
        } else {
            let b = two.push_one(&late).await?;
            (shop.one.push_one(&early).await?, b)
        };
        // A write that loses is applied all the same: there is nothing to tell the person.
        same("outcomes", &(a, b), &(Outcome::Applied, Outcome::Applied))?;
        let state: ProductState = shop.state(kind::PRODUCT, &piece).await?;
        let stands = &state.fields["title"];
        same("the title", &stands.value, &json!("Tarde"))?;
        same("its stamp", &stands.stamp, &late.stamp)?;
    }
    Ok(())
}

pub async fn field_by_field(shop: &Shop<'_>) -> Verdict {
    let two = shop.two()?;
    let piece = id();
    let both = json!({"title": "Olla", "materials": "Barro"});
    let mut early = shop.one.intent(set(&piece, both));
    early.stamp.ms -= 60_000;
    let late = two.intent(title(&piece, "Cántaro"));
    two.push_one(&late).await?;
    shop.one.push_one(&early).await?;
    // The counter and the laptop's name break ties within a millisecond.
    let mut tied = two.intent(set(&piece, json!({"materials": "Barro negro"})));
    tied.stamp.ms = early.stamp.ms;
    tied.stamp.n = early.stamp.n + 1;
    two.push_one(&tied).await?;
    let state: ProductState = shop.state(kind::PRODUCT, &piece).await?;
    same("the title", &state.fields["title"].value, &json!("Cántaro"))?;
    same(
        "the materials",
        &state.fields["materials"].value,
        &json!("Barro negro"),
    )
}

pub async fn unknown_fields(shop: &Shop<'_>) -> Verdict {
    let piece = id();
    let dye = json!({"plant": "grana", "baths": [1, 2, {"ñ": null}]});
    shop.one
        .does(set(&piece, json!({"title": "Rebozo", "dye": dye})))
        .await?;
    shop.one.does(title(&piece, "Rebozo rojo")).await?;
    let state: ProductState = shop.state(kind::PRODUCT, &piece).await?;
    let kept = state.fields.get("dye").map(|stamped| &stamped.value);
    same("the unknown field", &kept, &Some(&dye))?;
    same("the title", &state.fields["title"].value, &json!("Rebozo rojo"))
}

pub async fn far_future(shop: &Shop<'_>) -> Verdict {
    let piece = id();
    let mut future = shop.one.intent(title(&piece, "Año 2099"));
    future.stamp.ms = FAR;
    same("outcome", &shop.one.push_one(&future).await?, &Outcome::Applied)?;
    let state: ProductState = shop.state(kind::PRODUCT, &piece).await?;
    let stamp = &state.fields["title"].stamp;
    holds(
        (stamp.ms - shop.one.time()).abs() < 60_000,
        "a stamp of now, given back",
        stamp,
    )?;
    same("the laptop", &stamp.laptop, &shop.one.id)?;
    // It does not win for ever: who writes after it stands.
    let mut after = shop.one.intent(title(&piece, "Después"));
    after.stamp.ms = stamp.ms + 1;
    same("outcome", &shop.one.push_one(&after).await?, &Outcome::Applied)?;
    let state: ProductState = shop.state(kind::PRODUCT, &piece).await?;
    same("the title", &state.fields["title"].value, &json!("Después"))
}

pub async fn far_future_order(shop: &Shop<'_>) -> Verdict {
    let piece = id();
    let intents: Vec<_> = (0..3_i32)
        .map(|n| {
            let mut intent = shop.one.intent(title(&piece, &format!("Escrito {n}")));
            (intent.stamp.ms, intent.stamp.n) = (FAR + i64::from(n), 0);
            intent
        })
        .collect();
    let outcomes = shop.one.push(&intents).await?;
    same("outcomes", &outcomes, &vec![Outcome::Applied; 3])?;
    let state: ProductState = shop.state(kind::PRODUCT, &piece).await?;
    same(
        "the last that was written",
        &state.fields["title"].value,
        &json!("Escrito 2"),
    )
}

pub async fn far_past(shop: &Shop<'_>) -> Verdict {
    let piece = id();
    shop.one.does(title(&piece, "Hoy")).await?;
    let mut past = shop
        .one
        .intent(set(&piece, json!({"title": "1970", "maker": "Rosa"})));
    past.stamp.ms = 0;
    same("outcome", &shop.one.push_one(&past).await?, &Outcome::Applied)?;
    let state: ProductState = shop.state(kind::PRODUCT, &piece).await?;
    same("the title", &state.fields["title"].value, &json!("Hoy"))?;
    same("the maker", &state.fields["maker"].value, &json!("Rosa"))?;
    past = shop.one.intent(title(&piece, "Antes del tiempo"));
    past.stamp.ms = -1;
    let outcome = shop.one.push_one(&past).await?;
    crate::laptop::refused(&outcome, "invalid").map(drop)
}

pub async fn strip(shop: &Shop<'_>) -> Verdict {
    let piece = shop.piece("Con fotos", 1).await?;
    let two = shop.two()?;
    let hash = |n: u8| blake3::hash(&[n, 1]).to_hex().to_string();
    let attach = |n: u8, place: &str| Action::AttachPhoto {
        product_id: piece.clone(),
        photo: PhotoRef {
            hash: hash(n),
            large: hash(n + 50),
            small: hash(n + 100),
            width: 1600,
            height: 1200,
            alt: "De frente".into(),
            shot: "some_newer_shot".into(),
        },
        place: place.to_owned(),
    };
    let detach = |n: u8| Action::DetachPhoto {
        product_id: piece.clone(),
        hash: hash(n),
    };
    let place = Action::PlacePhoto {
        product_id: piece.clone(),
        hash: hash(2),
        place: "b".into(),
    };
    shop.one.does(attach(1, "m")).await?;
    two.does(attach(2, "s")).await?;
    shop.one.does(place).await?;
    let mut knowing = two.intent(detach(1));
    (knowing.base, _) = shop.end().await?;
    same("outcome", &two.push_one(&knowing).await?, &Outcome::Applied)?;
    let state: ProductState = shop.state(kind::PRODUCT, &piece).await?;
    let photo = |n: u8| {
        state
            .photos
            .get(&hash(n))
            .map(|placed| (placed.place.as_str(), placed.removed))
    };
    same("the photo that was moved", &photo(2), &Some(("b", false)))?;
    same(
        "the photo that was removed",
        &photo(1).map(|(_, removed)| removed),
        &Some(true),
    )?;
    same(
        "its shot",
        &state.photos[&hash(2)].photo.shot,
        &"some_newer_shot".to_owned(),
    )?;
    shop.one.does(attach(1, "a")).await?;
    let state: ProductState = shop.state(kind::PRODUCT, &piece).await?;
    let again = &state.photos[&hash(1)];
    same(
        "the photo that was added again",
        &(again.place.as_str(), again.removed),
        &("a", false),
    )
}

pub async fn adds_win(shop: &Shop<'_>) -> Verdict {
    let (one, two) = (&shop.one, shop.two()?);
    let piece = shop.piece("Añadida", 1).await?;
    let hash = blake3::hash(piece.as_bytes()).to_hex().to_string();
    let attach = Action::AttachPhoto {
        product_id: piece.clone(),
        photo: PhotoRef {
            hash: hash.clone(),
            large: hash.clone(),
            small: hash.clone(),
            width: 1600,
            height: 1200,
            alt: String::new(),
            shot: String::new(),
        },
        place: "m".into(),
    };
    one.does(attach.clone()).await?;
    let (base, _) = shop.end().await?;
    // Added again by one, and removed later by another who had not read that.
    one.does(attach).await?;
    let mut unknowing = two.intent(Action::DetachPhoto {
        product_id: piece.clone(),
        hash: hash.clone(),
    });
    unknowing.base = base;
    same("outcome", &two.push_one(&unknowing).await?, &Outcome::Applied)?;
    let state: ProductState = shop.state(kind::PRODUCT, &piece).await?;
    same(
        "removed",
        &state.photos.get(&hash).map(|placed| placed.removed),
        &Some(false),
    )
}
