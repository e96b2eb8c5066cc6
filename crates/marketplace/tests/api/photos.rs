//! Photos in chunks: cut off and taken up again, wrong, too large, shared.

use crate::harness::{Laptop, World};
use api::fault::Fault;
use reqwest::{Method, Response};
use serde_json::{Value, json};

crate::on_both_databases!(
    a_cut_upload_goes_on_where_it_was,
    wrong_bytes_are_refused_and_forgotten,
    only_jpegs_and_only_so_large,
);

/// Bytes that begin like a JPEG.
fn jpeg(length: usize, seed: u8) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff];
    bytes.extend((3..length).map(|n| (n as u8).wrapping_mul(31) ^ seed));
    bytes
}

async fn offer(laptop: &Laptop, hash: &str, bytes: usize) -> Response {
    let request = laptop.request(Method::POST, &format!("/photos/{hash}"));
    request.json(&json!({"bytes": bytes})).send().await.unwrap()
}

async fn chunk(laptop: &Laptop, hash: &str, n: usize, bytes: &[u8]) -> Response {
    let request = laptop.request(Method::PUT, &format!("/photos/{hash}/chunks/{n}"));
    request.body(bytes.to_vec()).send().await.unwrap()
}

async fn missing(response: Response) -> Value {
    assert_eq!(response.status(), 200);
    response.json::<Value>().await.unwrap()["missing"].clone()
}

async fn a_cut_upload_goes_on_where_it_was(mut world: World) {
    const FULL: usize = api::limits::CHUNK_BYTES;
    let photo = jpeg(2 * FULL + 77, 1);
    let hash = blake3::hash(&photo).to_hex().to_string();
    let email = world.seller("Rosa").await;
    let laptop = world.laptop_of(&email, "laptop").await;
    assert_eq!(
        missing(offer(&laptop, &hash, photo.len()).await).await,
        json!([0, 1, 2])
    );
    assert_eq!(
        missing(chunk(&laptop, &hash, 2, &photo[2 * FULL..]).await).await,
        json!([0, 1])
    );
    assert_eq!(
        missing(chunk(&laptop, &hash, 0, &photo[..FULL]).await).await,
        json!([1])
    );
    assert_eq!(
        world
            .http
            .get(world.url(&format!("/photos/{hash}.jpg")))
            .send()
            .await
            .unwrap()
            .status(),
        404
    );
    world.restart().await;
    let laptop = laptop.at(world.server.address());
    assert_eq!(
        missing(offer(&laptop, &hash, photo.len()).await).await,
        json!([1])
    );
    assert_eq!(
        chunk(&laptop, &hash, 1, &photo[..10]).await.status(),
        422,
        "not a chunk's length"
    );
    assert_eq!(
        chunk(&laptop, &hash, 3, &photo[..10]).await.status(),
        422,
        "no such chunk"
    );
    assert_eq!(
        missing(chunk(&laptop, &hash, 1, &photo[FULL..2 * FULL]).await).await,
        json!([])
    );
    let shown = world
        .http
        .get(world.url(&format!("/photos/{hash}.jpg")))
        .send()
        .await
        .unwrap();
    assert_eq!(shown.status(), 200);
    assert_eq!(shown.headers()["content-type"], "image/jpeg");
    assert!(
        shown.headers()["cache-control"]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    assert_eq!(shown.bytes().await.unwrap(), photo);
    // Another shop with the same picture sends nothing.
    let elena = world.laptop("Elena").await;
    assert_eq!(missing(offer(&elena, &hash, photo.len()).await).await, json!([]));
}

async fn wrong_bytes_are_refused_and_forgotten(world: World) {
    let photo = jpeg(5000, 2);
    let hash = blake3::hash(&photo).to_hex().to_string();
    let laptop = world.laptop("Rosa").await;
    missing(offer(&laptop, &hash, photo.len()).await).await;
    let refused = chunk(&laptop, &hash, 0, &jpeg(5000, 3)).await;
    assert_eq!(refused.status(), 422);
    assert_eq!(refused.json::<Fault>().await.unwrap().code, "wrong_digest");
    assert_eq!(
        chunk(&laptop, &hash, 0, &photo).await.status(),
        404,
        "it has to be offered again"
    );
    assert_eq!(
        missing(offer(&laptop, &hash, photo.len()).await).await,
        json!([0])
    );
    assert_eq!(missing(chunk(&laptop, &hash, 0, &photo).await).await, json!([]));
}

async fn only_jpegs_and_only_so_large(world: World) {
    let laptop = world.laptop("Rosa").await;
    let text = b"<svg onload=alert(1)>".to_vec();
    let hash = blake3::hash(&text).to_hex().to_string();
    missing(offer(&laptop, &hash, text.len()).await).await;
    let refused = chunk(&laptop, &hash, 0, &text).await;
    assert_eq!(refused.json::<Fault>().await.unwrap().code, "invalid");
    for bytes in [0, 10 * 1024 * 1024 + 1] {
        assert_eq!(offer(&laptop, &hash, bytes).await.status(), 422);
    }
    assert_eq!(offer(&laptop, "../../etc/passwd", 5).await.status(), 404);
    assert_eq!(offer(&laptop, &hash.to_uppercase(), 5).await.status(), 404);
    let large = vec![0; (1 << 20) + 1];
    missing(offer(&laptop, &hash, 2 << 20).await).await;
    let refused = chunk(&laptop, &hash, 0, &large).await;
    assert_eq!(refused.status(), 413);
    assert_eq!(refused.json::<Fault>().await.unwrap().code, "too_large");
}
