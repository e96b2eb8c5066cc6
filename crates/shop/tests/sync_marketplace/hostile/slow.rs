//! Lies of time: silence, drips, and years to wait. The clock of waits is moved by hand, so that a minute takes no time
//! and a slow machine changes nothing.

use super::{FEED, PUSH, Stage};
use crate::liar::{JSON, Lie};
use crate::time::{a_moment, still};
use crate::world::{keep_syncing, noise};
use shop::stock::view::MoveReason;
use shop::syncing::view::{SyncPhase, SyncState};
use std::time::Duration;
use tokio::task::JoinHandle;

/// Longer than any request may take.
const EVER: Duration = Duration::from_secs(3_600);

fn begun(head: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\n{head}").into_bytes()
}

#[tokio::test]
async fn silence_is_the_end_of_a_request_in_its_own_time() {
    const OFFER: &str = "POST /api/v1/photos/";
    const CHUNK: &str = "PUT /api/v1/photos/";
    let stage = Stage::set().await;
    let _still = still();
    let in_the_body = || {
        Lie::Silence(begun(&format!(
            "{JSON}content-length: 900\r\n\r\n{{\"entries\":["
        )))
    };
    let cases = [
        ("no word", FEED, Lie::Silence(Vec::new()), 60),
        ("half a head", FEED, Lie::Silence(begun("content-ty")), 60),
        ("half a page", FEED, in_the_body(), 60),
        ("no word to a push", PUSH, Lie::Silence(Vec::new()), 240),
        ("half of what was answered", PUSH, in_the_body(), 240),
        (
            "only hints that it comes",
            FEED,
            Lie::Endless(Vec::new(), b"HTTP/1.1 103 Early Hints\r\n\r\n".to_vec()),
            60,
        ),
        ("no word to a photo", OFFER, Lie::Silence(Vec::new()), 60),
        ("no word to a chunk", CHUNK, Lie::Silence(Vec::new()), 300),
    ];
    for (seed, (name, at, lie, seconds)) in (100..).step_by(2).zip(cases) {
        stage.liar.lies(&[(at, lie)]);
        stage
            .deceived
            .shop
            .stock_move(&stage.mine, 1, MoveReason::Made, "")
            .await
            .unwrap();
        stage
            .deceived
            .shop
            .photo_add(&stage.mine, "foto.png", noise(16, seed))
            .await
            .unwrap();
        let shop = stage.deceived.shop.clone();
        let syncing = tokio::spawn(async move { shop.sync_once(EVER).await });
        stage.liar.has_begun().await;
        tokio::time::advance(Duration::from_secs(seconds - 2)).await;
        assert_eq!(stage.liar.left(), 0, "{name}: it had {seconds} s");
        tokio::time::advance(Duration::from_secs(3)).await;
        is_left(&stage, syncing, name).await;
        assert_eq!(
            stage.deceived.shop.sync_state().await.unwrap().photos_waiting,
            0,
            "{name}"
        );
        stage
            .deceived
            .shop
            .photo_remove(&stage.mine, &last_photo(&stage).await)
            .await
            .unwrap();
    }
    stage.other.sync().await;
    assert_eq!(
        stage.other.shop.product(&stage.mine).await.unwrap().on_hand,
        3 + 8
    );
}

/// The lie is left; with the truth syncing then comes to its end, and everything is carried.
async fn is_left(stage: &Stage, syncing: JoinHandle<shop::fault::Result<SyncState>>, name: &str) {
    let mut looks = 0;
    while stage.liar.left() == 0 {
        looks += 1;
        assert!(looks < 10_000, "{name}: somebody still listens");
        a_moment().await;
    }
    assert_eq!(stage.liar.told(), 1, "{name}");
    stage.liar.is_honest();
    while !syncing.is_finished() {
        a_moment().await;
    }
    let phase = syncing.await.unwrap().unwrap().phase;
    assert!(
        matches!(phase, SyncPhase::Idle | SyncPhase::Offline),
        "{name}: {phase:?}"
    );
    stage.deceived.sync().await;
}

async fn last_photo(stage: &Stage) -> String {
    let product = stage.deceived.shop.product(&stage.mine).await.unwrap();
    product.photos.last().unwrap().hash.clone()
}

#[tokio::test]
async fn one_byte_now_and_then_does_not_hold_a_request_for_ever() {
    let stage = Stage::set().await;
    let _still = still();
    let body = begun(&format!("{JSON}content-length: 1000000\r\n\r\n"));
    for (name, at, head, seconds) in [
        ("a page that drips", FEED, body.clone(), 60),
        ("a head that drips", FEED, b"HTTP/1.1 ".to_vec(), 60),
        ("answers that drip", PUSH, body, 240),
    ] {
        stage.liar.lies(&[(at, Lie::Drip(head))]);
        stage
            .deceived
            .shop
            .stock_move(&stage.mine, 1, MoveReason::Made, "")
            .await
            .unwrap();
        let shop = stage.deceived.shop.clone();
        let syncing = tokio::spawn(async move { shop.sync_once(EVER).await });
        for _ in 0..(seconds / 10) {
            stage.liar.has_begun().await;
            assert_eq!(stage.liar.left(), 0, "{name}: it had {seconds} s");
            stage.liar.drop_falls();
            tokio::time::advance(Duration::from_secs(10)).await;
        }
        tokio::time::advance(Duration::from_secs(1)).await;
        is_left(&stage, syncing, name).await;
    }
    stage.other.sync().await;
    assert_eq!(
        stage.other.shop.product(&stage.mine).await.unwrap().on_hand,
        3 + 3
    );
}

#[tokio::test]
async fn a_silent_stream_is_left_and_years_are_not_waited() {
    const EVENTS: &str = "GET /api/v1/events";
    let stage = Stage::set().await;
    let _still = still();
    let silent = Lie::Silence(begun("content-type: text/event-stream\r\n\r\n"));
    let years = Lie::answer("503 Service Unavailable", "retry-after: 31556952000000\r\n", "");
    for (name, lie, wait) in [("silence", silent, 41), ("years", years, 5 * 60)] {
        stage.liar.lies(&[(EVENTS, lie)]);
        let syncing = keep_syncing(&stage.deceived);
        while stage.liar.told() == 0 {
            a_moment().await;
        }
        stage.liar.is_honest();
        stage.other.title(&stage.theirs, name).await;
        stage.other.sync().await;
        tokio::time::advance(Duration::from_secs(wait)).await;
        // Then the stream is tried again, with a wait of a second at most.
        let mut looks = 0;
        while stage.deceived.shop.product(&stage.theirs).await.unwrap().title != name {
            looks += 1;
            assert!(looks < 1_000, "{name}: nothing was heard");
            a_moment().await;
        }
        syncing.stop().await;
    }
}
