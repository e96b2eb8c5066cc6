//! Two laptops of one shop write the same piece without knowing of each other.

use crate::harness::{Laptop, World};
use api::conflict::{self, ConflictState};
use api::intent::{Action, Outcome};
use api::photo::PhotoRef;
use api::product::{ProductState, StockMode};
use serde_json::{Value, json};
use std::collections::BTreeMap;

crate::on_both_databases!(
    a_write_that_did_not_know_of_another_keeps_what_loses,
    a_write_that_knew_or_says_the_same_is_no_conflict,
    a_conflict_is_settled_once_and_opened_again_by_the_next,
    a_photo_that_was_added_meanwhile_stays,
    a_photo_that_was_added_again_meanwhile_comes_back,
);

fn set(product_id: &str, name: &str, value: Value) -> Action {
    Action::SetProduct {
        product_id: product_id.into(),
        fields: BTreeMap::from([(name.to_owned(), value)]),
    }
}

/// How far the feed is.
async fn position(laptop: &Laptop) -> u64 {
    let feed = laptop.feed().await;
    feed.iter().map(|entry| entry.position).max().unwrap_or(0)
}

/// Writes it as a person does who has seen the feed up to `base`; `later_ms` moves the stamp.
async fn write(laptop: &mut Laptop, action: Action, base: u64, later_ms: i64) -> Outcome {
    let mut intent = laptop.intent(action);
    intent.base = base;
    intent.stamp.ms += later_ms;
    laptop.push(&[intent]).await.remove(0).outcome
}

async fn two(world: &World) -> (Laptop, Laptop, String, u64) {
    let email = world.seller("Rosa").await;
    let mut one = world.laptop_of(&email, "one").await;
    let two = world.laptop_of(&email, "two").await;
    let piece = one.piece("Olla", 50_000, 1, StockMode::Unique).await;
    let base = position(&one).await;
    (one, two, piece, base)
}

async fn conflicts(laptop: &Laptop) -> Vec<ConflictState> {
    let entries = laptop.feed().await;
    entries
        .into_iter()
        .filter(|entry| entry.kind == "conflict")
        .map(|entry| serde_json::from_value(entry.state).unwrap())
        .collect()
}

async fn a_write_that_did_not_know_of_another_keeps_what_loses(world: World) {
    let (mut one, mut two, piece, base) = two(&world).await;
    write(&mut one, set(&piece, "title", json!("Olla grande")), base, 1_000).await;
    // The earlier stamp arrives later, and loses.
    write(&mut two, set(&piece, "title", json!("Olla honda")), base, -1_000).await;
    let told = conflicts(&two).await;
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].id, conflict::id(&piece, "title"));
    assert_eq!(told[0].kept.value, json!("Olla grande"));
    assert_eq!(told[0].lost.value, json!("Olla honda"));
    assert_eq!(told[0].lost.stamp.laptop, "two");
    assert_eq!(told[0].settled_ms, None);
    // The later stamp wins; what stood is kept.
    write(&mut two, set(&piece, "title", json!("Olla negra")), base, 5_000).await;
    let told = conflicts(&one).await;
    assert_eq!(told.len(), 1, "one for a piece's field");
    assert_eq!(told[0].kept.value, json!("Olla negra"));
    assert_eq!(told[0].lost.value, json!("Olla grande"));
    // Her next word without looking is no further conflict, yet it is what stands now.
    write(&mut two, set(&piece, "title", json!("Olla roja")), base, 6_000).await;
    let told = conflicts(&one).await;
    assert_eq!(told[0].kept.value, json!("Olla roja"));
    assert_eq!(told[0].lost.value, json!("Olla grande"));
    // Two fields are two conflicts.
    write(&mut one, set(&piece, "published", json!(false)), base, 0).await;
    write(&mut two, set(&piece, "published", json!(true)), base, 9_000).await;
    assert_eq!(conflicts(&one).await.len(), 2);
}

async fn a_write_that_knew_or_says_the_same_is_no_conflict(world: World) {
    let (mut one, mut two, piece, base) = two(&world).await;
    write(&mut one, set(&piece, "title", json!("Olla grande")), base, 0).await;
    let knew = position(&two).await;
    write(&mut two, set(&piece, "title", json!("Olla honda")), knew, 1_000).await;
    // The same value from one who knew nothing.
    write(&mut one, set(&piece, "title", json!("Olla honda")), base, 2_000).await;
    // A field whose losing value nobody misses.
    write(&mut one, set(&piece, "weight_g", json!(900)), base, 0).await;
    write(&mut two, set(&piece, "weight_g", json!(950)), base, 1_000).await;
    // Her own earlier write is known to her, whatever she has read.
    write(&mut two, set(&piece, "price", json!(null)), base, 0).await;
    write(
        &mut two,
        set(&piece, "price", json!({"minor": 1, "currency": "MXN"})),
        base,
        1_000,
    )
    .await;
    let told = conflicts(&one).await;
    assert!(told.iter().all(|conflict| conflict.field == "price"), "{told:?}");
    assert_eq!(told.len(), 0, "{told:?}");
}

async fn a_conflict_is_settled_once_and_opened_again_by_the_next(world: World) {
    let (mut one, mut two, piece, base) = two(&world).await;
    let settle = || Action::SettleConflict {
        conflict_id: conflict::id(&piece, "title"),
    };
    let unknown = write(&mut one, settle(), base, 0).await;
    assert!(matches!(unknown, Outcome::Refused { code, .. } if code == "invalid"));
    write(&mut one, set(&piece, "title", json!("Olla grande")), base, 0).await;
    write(&mut two, set(&piece, "title", json!("Olla honda")), base, 1_000).await;
    one.does(settle()).await;
    let settled = conflicts(&two).await.remove(0).settled_ms.unwrap();
    assert_eq!(two.act(settle()).await, Outcome::Already);
    assert_eq!(conflicts(&two).await[0].settled_ms, Some(settled));
    write(&mut one, set(&piece, "title", json!("Olla negra")), base, 2_000).await;
    let told = conflicts(&two).await.remove(0);
    assert_eq!((told.settled_ms, told.lost.value), (None, json!("Olla honda")));
}

fn photo(n: u8) -> PhotoRef {
    let hash = |n: u8| blake3::hash(&[n]).to_hex().to_string();
    PhotoRef {
        hash: hash(n),
        large: hash(n + 100),
        small: hash(n + 200),
        width: 1600,
        height: 1200,
        alt: String::new(),
        shot: String::new(),
    }
}

fn attach(piece: &str) -> Action {
    Action::AttachPhoto {
        product_id: piece.to_owned(),
        photo: photo(1),
        place: "m".into(),
    }
}

fn detach(piece: &str) -> Action {
    Action::DetachPhoto {
        product_id: piece.to_owned(),
        hash: photo(1).hash,
    }
}

async fn shows(laptop: &Laptop, piece: &str) -> bool {
    let state: ProductState = laptop.state("product", piece).await;
    !state.photos[&photo(1).hash].removed
}

async fn a_photo_that_was_added_meanwhile_stays(world: World) {
    let (mut one, mut two, piece, base) = two(&world).await;
    write(&mut one, attach(&piece), base, 0).await;
    assert_eq!(
        write(&mut two, detach(&piece), base, 5_000).await,
        Outcome::Applied
    );
    assert!(shows(&one, &piece).await, "two did not know of it");
    let knew = position(&two).await;
    write(&mut two, detach(&piece), knew, 6_000).await;
    assert!(!shows(&one, &piece).await, "now she does");
}

async fn a_photo_that_was_added_again_meanwhile_comes_back(world: World) {
    let (mut one, mut two, piece, base) = two(&world).await;
    write(&mut one, attach(&piece), base, 0).await;
    let knew = position(&two).await;
    write(&mut two, detach(&piece), knew, 9_000).await;
    assert!(!shows(&one, &piece).await);
    // One adds it again, by a clock that is behind, without having heard of the removal.
    assert_eq!(
        write(&mut one, attach(&piece), knew, 1_000).await,
        Outcome::Applied
    );
    assert!(shows(&two, &piece).await);
}
