//! Lies about renditions: what is lacking of one that is sent, and what comes for one that is fetched.

use super::{LONG, Stage};
use crate::liar::{JSON, Liar, Lie};
use crate::time::hurried;
use crate::world::{Laptop, noise};
use serde_json::json;
use shop::syncing::view::SyncState;
use std::time::Instant;

/// Requests while a piece and its two renditions are sent or fetched, each part tried a few times.
const REQUESTS: usize = 40;

async fn lied_to(stage: &Stage, name: &str, at: &'static str, lie: &Lie) -> SyncState {
    stage.liar.lies(&[(at, lie.clone())]);
    let hurried = hurried();
    let began = tokio::time::Instant::now();
    let state = stage.deceived.shop.sync_once(LONG).await.unwrap();
    assert!(
        began.elapsed() < LONG,
        "{name}: it did not come to rest by itself"
    );
    drop(hurried);
    assert!(stage.liar.told() > 0, "{name}: nobody listened");
    let requests = stage.liar.requests();
    assert!(requests <= REQUESTS, "{name}: {requests} requests");
    stage.liar.is_honest();
    state
}

async fn same_photo(name: &str, from: &Laptop, to: &Laptop, id: &str) {
    let (photos, here) = (
        from.shop.product(id).await.unwrap().photos,
        to.shop.product(id).await.unwrap().photos,
    );
    assert_eq!((photos.len(), here.len()), (1, 1), "{name}");
    assert_eq!(here[0].hash, photos[0].hash, "{name}");
    for hash in [&photos[0].small, &photos[0].large] {
        let (there, here) = (from.shop.rendition(hash).await, to.shop.rendition(hash).await);
        assert_eq!(there.unwrap(), here.unwrap(), "{name}");
    }
}

#[tokio::test]
async fn a_photo_that_is_sent_waits_until_it_is_truly_there() {
    const OFFER: &str = "POST /api/v1/photos/";
    const CHUNK: &str = "PUT /api/v1/photos/";
    let stage = Stage::set().await;
    let need = |missing: serde_json::Value| Lie::json("200 OK", json!({ "missing": missing }).to_string());
    let many: Vec<u32> = (0..20_000).collect();
    let no = |code: &str| {
        Lie::json(
            "422 Unprocessable Content",
            json!({"code": code, "message": ""}).to_string(),
        )
    };
    let cases = [
        ("lacks a chunk that there is not", OFFER, need(json!([7]))),
        ("lacks the last chunk of all", OFFER, need(json!([u32::MAX]))),
        ("lacks 20,000 chunks", OFFER, need(json!(many))),
        ("lacks less than nothing", OFFER, need(json!([-1]))),
        ("always lacks the same", CHUNK, need(json!([0]))),
        ("always lacks something", CHUNK, need(json!([0, 0, 0]))),
        ("never saw the chunk", CHUNK, no("not_found")),
        ("says that it is another", CHUNK, no("wrong_digest")),
        ("does not want it", OFFER, no("too_large")),
        (
            "breaks",
            CHUNK,
            Lie::json("500 Internal Server Error", r#"{"code":"internal","message":""}"#),
        ),
        (
            "says thanks in HTML",
            CHUNK,
            Lie::answer("200 OK", "content-type: text/html\r\n", "gracias"),
        ),
        ("hangs up", CHUNK, Lie::HangUp),
        (
            "sends elsewhere",
            CHUNK,
            Lie::answer("307 Temporary Redirect", "location: /api/v1/photos\r\n", ""),
        ),
    ];
    let began = Instant::now();
    let count = cases.len();
    for (seed, (name, at, lie)) in (10..).step_by(2).zip(cases) {
        let id = stage.deceived.piece(name, noise(24, seed)).await.id;
        let state = lied_to(&stage, name, at, &lie).await;
        assert_eq!(state.photos_waiting, 1, "{name}: {state:?}");
        let state = stage.deceived.sync().await;
        assert_eq!(state.photos_waiting, 0, "{name}: {state:?}");
        stage.other.sync().await;
        same_photo(name, &stage.deceived, &stage.other, &id).await;
    }
    println!("{count} lies in {:?}", began.elapsed());
}

#[tokio::test]
async fn a_photo_that_is_fetched_is_what_its_name_says_or_nothing() {
    let stage = Stage::set().await;
    let jpeg = "content-type: image/jpeg\r\n";
    let another = stage.deceived.shop.product(&stage.mine).await.unwrap().photos[0]
        .small
        .clone();
    let another = stage.deceived.shop.rendition(&another).await.unwrap();
    let chunked = format!("HTTP/1.1 200 OK\r\n{jpeg}transfer-encoding: chunked\r\n\r\n");
    let mut piece = b"8000\r\n".to_vec();
    piece.extend([0xff; 0x8000]);
    piece.extend(b"\r\n");
    let html = "<html><body>Acepta los términos para navegar</body></html>";
    let cases = [
        ("another photo", Lie::answer("200 OK", jpeg, &another)),
        ("nothing", Lie::answer("200 OK", jpeg, "")),
        (
            "a page",
            Lie::answer("200 OK", "content-type: text/html\r\n", html),
        ),
        ("a page that says JPEG", Lie::answer("200 OK", jpeg, html)),
        (
            "a photo that says HTML",
            Lie::answer("200 OK", "content-type: text/html\r\n", &another),
        ),
        ("JSON", Lie::answer("200 OK", JSON, "{}")),
        ("no end", Lie::Endless(chunked.into_bytes(), piece)),
        (
            "a length of 10 GB",
            Lie::say(&format!(
                "HTTP/1.1 200 OK\r\n{jpeg}content-length: 10000000000\r\n\r\nJFIF"
            )),
        ),
        ("no photo", Lie::say("HTTP/1.1 204 No Content\r\n\r\n")),
        (
            "packed",
            Lie::answer("200 OK", &format!("{jpeg}content-encoding: zstd\r\n"), "ABCD"),
        ),
        (
            "elsewhere",
            Lie::answer("302 Found", "location: http://127.0.0.1:1/foto.jpg\r\n", ""),
        ),
        (
            "not there",
            Lie::answer("404 Not Found", "content-type: text/html\r\n", html),
        ),
        ("gone", Lie::json("410 Gone", r#"{"code":"gone","message":""}"#)),
        ("a shut door", Lie::HangUp),
    ];
    let began = Instant::now();
    let count = cases.len();
    for (seed, (name, lie)) in (50..).step_by(2).zip(cases) {
        let product = stage.other.piece(name, noise(24, seed)).await;
        stage.other.sync().await;
        let is_endless = matches!(lie, Lie::Endless(..));
        lied_to(&stage, name, "GET /photos/", &lie).await;
        // The words are here, and nothing lies in the photo's place.
        let here = stage.deceived.shop.product(&product.id).await.unwrap();
        assert_eq!(here.title, name);
        for hash in [&here.photos[0].small, &here.photos[0].large] {
            assert!(stage.deceived.shop.rendition(hash).await.is_err(), "{name}");
        }
        if is_endless {
            check_taken(&stage.liar);
        }
        stage.deceived.sync().await;
        same_photo(name, &stage.other, &stage.deceived, &product.id).await;
    }
    println!("{count} lies in {:?}", began.elapsed());
}

fn check_taken(liar: &Liar) {
    // What lies between the two ends of a connection is taken without being read.
    const ON_THE_WAY: u64 = 12 << 20;
    let taken = liar.taken() / liar.told() as u64;
    assert!(taken <= api::limits::PHOTO_BYTES + ON_THE_WAY, "{taken} bytes");
    assert_eq!(liar.left(), liar.told(), "somebody still listens");
}
