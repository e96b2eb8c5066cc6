//! Pushing: once, whatever is sent how often; each intent with its own answer.

use crate::harness::{World, id};
use api::fault::Fault;
use api::intent::{Action, Outcome, PushAnswer};
use api::product::{ProductState, StockMode};
use api::stock::Reason;
use serde_json::{Value, json};
use std::collections::BTreeMap;

crate::on_both_databases!(
    the_same_intent_twice_has_one_effect,
    one_bad_intent_blocks_only_its_dependents,
    what_is_newer_is_deferred_alone,
    a_used_sequence_number_wants_a_new_epoch,
    the_later_stamp_wins_and_the_far_future_does_not,
    photos_of_a_piece_are_added_placed_and_removed,
    stock_is_a_sum_and_counts_each_movement_once,
    too_much_at_once_is_refused,
);

fn title(product_id: &str, title: &str) -> Action {
    Action::SetProduct {
        product_id: product_id.into(),
        fields: BTreeMap::from([("title".to_owned(), json!(title))]),
    }
}

fn refused(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Refused { code, .. } => code,
        other => panic!("{other:?} is no refusal"),
    }
}

async fn the_same_intent_twice_has_one_effect(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let piece = laptop.piece("Olla", 50_000, 3, StockMode::Quantity).await;
    let before = laptop.feed().await;
    let action = laptop.made(&piece, 4);
    let intent = laptop.intent(action);
    let answers = laptop.push(&[intent.clone(), intent.clone()]).await;
    assert_eq!(answers[0].outcome, Outcome::Applied);
    assert_eq!(answers[1].outcome, Outcome::Already);
    assert_eq!(
        laptop.push(std::slice::from_ref(&intent)).await[0].outcome,
        Outcome::Already
    );
    assert_eq!(laptop.feed().await.len(), before.len() + 1);
    let mut other = intent;
    other.action = laptop.made(&piece, 400);
    assert_eq!(refused(&laptop.push(&[other]).await[0].outcome), "id_reused");
    assert_eq!(laptop.feed().await.len(), before.len() + 1);
}

async fn one_bad_intent_blocks_only_its_dependents(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let (good, bad) = (id(), id());
    let first = laptop.intent(title(&bad, &"ñ".repeat(100_000)));
    let mut follows = laptop.intent(title(&bad, "Olla"));
    follows.depends_on = vec![first.id.clone()];
    let mut waits = laptop.intent(title(&good, "Nunca"));
    waits.depends_on = vec![id()];
    let fine = laptop.intent(title(&good, "Cántaro"));
    let batch = [first, follows, waits, fine];
    for _ in 0..2 {
        let answers = laptop.push(&batch).await;
        assert_eq!(refused(&answers[0].outcome), "invalid");
        assert_eq!(refused(&answers[1].outcome), "depends_on_refused");
        assert_eq!(answers[2].outcome, Outcome::Deferred { code: "waits".into() });
        assert!(matches!(answers[3].outcome, Outcome::Applied | Outcome::Already));
    }
    let state: ProductState = laptop.state("product", &good).await;
    assert_eq!(state.fields["title"].value, json!("Cántaro"));
    assert_eq!(laptop.feed().await.len(), 1);
}

async fn what_is_newer_is_deferred_alone(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let known = id();
    let mut values: Vec<Value> = Vec::new();
    for _ in 0..3 {
        values.push(serde_json::to_value(laptop.intent(title(&known, "Olla"))).unwrap());
    }
    values[0]["action"] = json!({"verb": "gift_wrap", "paper": "amate"});
    values[1]["schema"] = json!(api::SCHEMA + 1);
    values.push(json!({"id": "not-an-intent"}));
    values.push(json!("nonsense"));
    let answer: PushAnswer = laptop.push_values(&values).await.json().await.unwrap();
    let outcomes: Vec<&Outcome> = answer.answers.iter().map(|answer| &answer.outcome).collect();
    let newer = Outcome::Deferred {
        code: "newer_schema".into(),
    };
    assert_eq!(outcomes[..3], [&newer, &newer, &Outcome::Applied]);
    assert_eq!(refused(outcomes[3]), "invalid");
    assert_eq!(refused(outcomes[4]), "invalid");
    assert_eq!(answer.answers[3].id, "not-an-intent");
}

async fn a_used_sequence_number_wants_a_new_epoch(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let piece = id();
    laptop.does(title(&piece, "Olla")).await;
    laptop.set_seq(0);
    let intent = laptop.intent(title(&piece, "Olla de la copia"));
    assert_eq!(
        refused(&laptop.push(std::slice::from_ref(&intent)).await[0].outcome),
        "epoch_reused"
    );
    // The same intent under the next epoch is welcome, and an older epoch is not any more.
    let mut renumbered = intent.clone();
    (renumbered.epoch, renumbered.seq) = (2, 1);
    assert_eq!(laptop.push(&[renumbered]).await[0].outcome, Outcome::Applied);
    assert_eq!(laptop.push(&[intent]).await[0].outcome, Outcome::Already);
    laptop.set_seq(7);
    let late = laptop.intent(title(&piece, "Olla vieja"));
    assert_eq!(refused(&laptop.push(&[late]).await[0].outcome), "epoch_reused");
}

async fn the_later_stamp_wins_and_the_far_future_does_not(world: World) {
    let email = world.seller("Rosa").await;
    let mut one = world.laptop_of(&email, "one").await;
    let mut two = world.laptop_of(&email, "two").await;
    let piece = id();
    let mut early = one.intent(title(&piece, "Temprano"));
    let late = two.intent(title(&piece, "Tarde"));
    early.stamp.ms -= 60_000;
    two.push(&[late]).await;
    assert_eq!(one.push(&[early]).await[0].outcome, Outcome::Applied);
    let state: ProductState = one.state("product", &piece).await;
    assert_eq!(state.fields["title"].value, json!("Tarde"));
    let mut future = one.intent(title(&piece, "Año 2099"));
    future.stamp.ms = 4_070_908_800_000;
    one.push(&[future]).await;
    let state: ProductState = one.state("product", &piece).await;
    let now = marketplace::clock::now_ms();
    assert!(
        (state.fields["title"].stamp.ms - now).abs() < 60_000,
        "the stamp was taken back to now"
    );
}

async fn photos_of_a_piece_are_added_placed_and_removed(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let piece = laptop.piece("Olla", 50_000, 1, StockMode::Unique).await;
    let hash = |n: u8| blake3::hash(&[n]).to_hex().to_string();
    let photo = |n: u8| api::photo::PhotoRef {
        hash: hash(n),
        large: hash(n + 100),
        small: hash(n + 200),
        width: 1600,
        height: 1200,
        alt: "De frente".into(),
        shot: String::new(),
    };
    for (n, place) in [(1, "m"), (2, "s")] {
        laptop
            .does(Action::AttachPhoto {
                product_id: piece.clone(),
                photo: photo(n),
                place: place.into(),
            })
            .await;
    }
    laptop
        .does(Action::PlacePhoto {
            product_id: piece.clone(),
            hash: hash(2),
            place: "b".into(),
        })
        .await;
    laptop
        .does(Action::DetachPhoto {
            product_id: piece.clone(),
            hash: hash(1),
        })
        .await;
    let state: ProductState = laptop.state("product", &piece).await;
    assert_eq!(state.photos[&hash(2)].place, "b");
    assert!(state.photos[&hash(1)].removed && !state.photos[&hash(2)].removed);
    let lost = Action::AttachPhoto {
        product_id: id(),
        photo: photo(1),
        place: "m".into(),
    };
    // Its piece may be about to be offered by another laptop, after the marketplace was put back.
    let waits = Outcome::Deferred { code: "waits".into() };
    assert_eq!(laptop.act(lost).await, waits);
    let mut wrong = photo(3);
    wrong.large = "../../x".into();
    let wrong = Action::AttachPhoto {
        product_id: piece.clone(),
        photo: wrong,
        place: "m".into(),
    };
    assert_eq!(refused(&laptop.act(wrong).await), "invalid");
    for n in 3..12 {
        laptop
            .does(Action::AttachPhoto {
                product_id: piece.clone(),
                photo: photo(n),
                place: "t".into(),
            })
            .await;
    }
    let eleventh = Action::AttachPhoto {
        product_id: piece.clone(),
        photo: photo(12),
        place: "t".into(),
    };
    assert_eq!(refused(&laptop.act(eleventh).await), "invalid");
}

async fn stock_is_a_sum_and_counts_each_movement_once(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let piece = laptop.piece("Olla", 50_000, 3, StockMode::Quantity).await;
    let fair = laptop.movement(&piece, -5, Reason::Fair);
    laptop.does(fair.clone()).await;
    // The same movement in another intent: a union, not a second sale.
    laptop.does(fair).await;
    for reason in [Reason::Sold, Reason::Restocked] {
        let made_up = laptop.movement(&piece, 1, reason);
        assert_eq!(refused(&laptop.act(made_up).await), "invalid");
    }
    for delta in [i64::MIN, 100_000, -100_000] {
        let absurd = laptop.made(&piece, delta);
        assert_eq!(refused(&laptop.act(absurd).await), "invalid");
    }
    let sum: i64 = laptop
        .feed()
        .await
        .iter()
        .filter(|entry| entry.kind == "movement")
        .map(|entry| entry.state["delta"].as_i64().unwrap())
        .sum();
    assert_eq!(sum, -2, "below zero is a fact and is not clamped");
    let kept: i64 = sqlx::query_scalar("SELECT on_hand FROM products WHERE id = $1")
        .bind(&piece)
        .fetch_one(world.server.database().read())
        .await
        .unwrap();
    assert_eq!(kept, sum);
}

async fn too_much_at_once_is_refused(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let many: Vec<Value> = (0..=api::limits::INTENTS_PER_PUSH)
        .map(|_| serde_json::to_value(laptop.intent(title("p", "x"))).unwrap())
        .collect();
    let answer = laptop.push_values(&many).await;
    assert_eq!(answer.status(), 413);
    let huge = vec![json!("x".repeat(5 * 1024 * 1024))];
    let answer = laptop.push_values(&huge).await;
    assert_eq!(answer.status(), 413);
    assert_eq!(
        answer.headers()["connection"],
        "close",
        "it is said that nothing more is read"
    );
    assert_eq!(answer.json::<Fault>().await.unwrap().code, "too_large");
    let nonsense = laptop
        .request(reqwest::Method::POST, "/push")
        .body("<html>")
        .send()
        .await
        .unwrap();
    assert_eq!(nonsense.status(), 422);
    assert_eq!(nonsense.json::<Fault>().await.unwrap().code, "invalid");
    assert!(laptop.feed().await.is_empty());
}
