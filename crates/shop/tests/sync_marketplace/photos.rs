//! Edited photos on their way, and a day's cap.

use super::world::{Laptop, Market, noise};
use shop::Code;
use shop::photos::view::LookEdit;
use shop::syncing::view::SyncPhase;
use std::sync::atomic::Ordering;
use std::time::Duration;

const DAY_MS: i64 = 86_400_000;

fn brighter(exposure: i16) -> LookEdit {
    LookEdit {
        exposure,
        ..LookEdit::default()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edit_is_on_the_other_laptop_which_cannot_edit_it() {
    let market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    let made = a.piece("Olla", noise(400, 1)).await;
    let hash = made.photos[0].hash.clone();
    a.sync().await;
    b.sync().await;

    a.shop
        .photo_look_set(&made.id, &hash, brighter(50))
        .await
        .unwrap();
    a.shop.photo_shot_set(&made.id, &hash, "front").await.unwrap();
    a.sync().await;
    b.sync().await;
    let (at_a, at_b) = (
        a.shop.product(&made.id).await.unwrap(),
        b.shop.product(&made.id).await.unwrap(),
    );
    assert_ne!(at_a.photos[0].large, made.photos[0].large);
    assert_eq!(at_b.photos[0].large, at_a.photos[0].large);
    assert_eq!(at_b.photos[0].shot, "front");
    let bytes = b.shop.rendition(&at_b.photos[0].large).await.unwrap();
    assert_eq!(blake3::hash(&bytes).to_hex().as_str(), at_b.photos[0].large);
    assert!(at_a.photos[0].editable && !at_b.photos[0].editable);
    let there = b.shop.photo_look_set(&made.id, &hash, brighter(0)).await;
    assert_eq!(there.unwrap_err().code, Code::PhotoOriginalElsewhere);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pictures_that_nobody_will_see_are_not_sent() {
    let market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let made = a.piece("Olla", noise(400, 1)).await;
    let hash = &made.photos[0].hash;
    let one = a.shop.sync_state().await.unwrap().bytes_waiting;
    for exposure in [10, 20, 30] {
        a.shop
            .photo_look_set(&made.id, hash, brighter(exposure))
            .await
            .unwrap();
    }
    let state = a.shop.sync_state().await.unwrap();
    assert!(
        state.bytes_waiting < one * 3 / 2,
        "{} of {one}",
        state.bytes_waiting
    );
    // Back to what it was: its own pictures wait again.
    let plain = a.shop.photo_look_set(&made.id, hash, brighter(0)).await.unwrap();
    assert_eq!(plain.photos[0].large, made.photos[0].large);
    assert_eq!(a.shop.sync_state().await.unwrap().bytes_waiting, one);
    let state = a.sync().await;
    assert_eq!(state.today_bytes, one);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_days_cap_holds_photos_back_and_words_never() {
    let market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let refused = a.shop.sync_cap_set(Some(1)).await;
    assert_eq!(refused.unwrap_err().code, Code::OutOfRange);
    a.shop.sync_cap_set(Some(5)).await.unwrap();
    let mut bytes = 0;
    let mut pieces = Vec::new();
    // Noise hardly compresses: some of these are enough for more than five megabytes.
    for seed in 1..9 {
        pieces.push(a.piece("Olla", noise(1500, seed)).await.id);
        bytes = a.shop.sync_state().await.unwrap().bytes_waiting;
    }
    assert!(bytes > 6_000_000, "{bytes}");

    let state = a.shop.sync_once(Duration::from_secs(60)).await.unwrap();
    assert_eq!((state.phase, state.waiting), (SyncPhase::Idle, 0), "{state:?}");
    assert!(state.capped && state.cap_bytes == Some(5_000_000));
    assert!(state.today_bytes <= 5_000_000 && state.today_bytes > 3_000_000);
    assert_eq!(state.today_bytes + state.bytes_waiting, bytes);
    // The small ones went first: a second laptop shows every piece.
    let b = Laptop::signed_in(&market, &market.url()).await;
    b.sync().await;
    for id in &pieces {
        let product = b.shop.product(id).await.unwrap();
        assert!(b.shop.rendition(&product.photos[0].small).await.is_ok());
    }

    // The next day so much more goes; lifted, all of it.
    a.clock.by_ms.fetch_add(DAY_MS, Ordering::SeqCst);
    let next = a.shop.sync_once(Duration::from_secs(60)).await.unwrap();
    assert!(
        next.today_bytes > 0 && next.bytes_waiting < state.bytes_waiting,
        "{next:?}"
    );
    let lifted = a.shop.sync_cap_lift().await.unwrap();
    assert!(!lifted.capped);
    let all = a.sync().await;
    assert_eq!((all.bytes_waiting, all.photos_waiting), (0, 0));
}
