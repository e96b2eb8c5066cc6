//! zstd, both ways, and bombs.

use crate::check::{Fail, Verdict, holds, same};
use crate::feed::Reader;
use crate::laptop::title;
use crate::moment::id;
use crate::shop::Shop;
use crate::wire::{Reply, send};
use api::feed::FeedPage;
use api::intent::{Outcome, PushAnswer};
use api::limits::PUSH_BYTES;
use reqwest::Method;
use serde_json::json;
use std::time::Duration;

/// In which a bomb must be refused.
const AT_ONCE: Duration = Duration::from_secs(1);

fn packed(bytes: &[u8], level: i32) -> Result<Vec<u8>, Fail> {
    zstd::bulk::compress(bytes, level).map_err(|error| Fail::miss("bytes to compress", error))
}

async fn push(shop: &Shop<'_>, body: Vec<u8>) -> Result<Reply, Fail> {
    let request = shop
        .one
        .request(Method::POST, "/push")
        .header("content-encoding", "zstd");
    send(request.body(body)).await
}

pub async fn bodies(shop: &Shop<'_>) -> Verdict {
    for level in [1, 19] {
        let intents = [shop.one.value(title(&id(), "Comprimida"))?];
        let body = json!({"intents": intents}).to_string();
        let answer: PushAnswer = push(shop, packed(body.as_bytes(), level)?).await?.good()?;
        same("outcome", &answer.answers[0].outcome, &Outcome::Applied)?;
        // Plain is the same intent.
        let answer: PushAnswer = shop.one.push_reply(&intents).await?.good()?;
        same("outcome", &answer.answers[0].outcome, &Outcome::Already)?;
    }
    let lease = json!({"id": id(), "indicator": shop.indicator(), "count": 1}).to_string();
    let request = shop
        .one
        .request(Method::POST, "/leases")
        .header("content-encoding", "zstd");
    send(request.body(packed(lease.as_bytes(), 3)?))
        .await?
        .good::<api::lease::Lease>()
        .map(drop)
}

pub async fn answers(shop: &Shop<'_>) -> Verdict {
    let mut reader = Reader::default();
    reader.catch_up(&shop.one).await?;
    holds(
        reader.records.len() > 20,
        "a feed with something in it",
        reader.records.len(),
    )?;
    let get = async |encodings: &str| {
        let request = shop.one.request(Method::GET, "/feed?limit=20");
        send(request.header("accept-encoding", encodings)).await
    };
    let plain = get("identity").await?;
    same(
        "the plain answer's encoding",
        &plain.header("content-encoding"),
        &"",
    )?;
    let page: FeedPage = plain.good()?;
    let mut small = get("zstd").await?;
    same("the encoding", &small.header("content-encoding"), &"zstd")?;
    let varies = small.header("vary").to_lowercase();
    holds(
        varies.contains("accept-encoding"),
        "Vary: accept-encoding (RFC 9110 §12.5.5)",
        varies,
    )?;
    holds(
        small.bytes.len() * 2 < plain.bytes.len(),
        "half the bytes or less",
        (small.bytes.len(), plain.bytes.len()),
    )?;
    let bytes = zstd::stream::decode_all(small.bytes.as_slice());
    small.bytes = bytes.map_err(|error| Fail::miss("a zstd body", error))?;
    same(
        "the entries inside",
        &small.good::<FeedPage>()?.entries,
        &page.entries,
    )?;
    // Who says that it reads none gets none (RFC 9110 §12.5.3).
    let none = get("zstd;q=0, gzip").await?;
    holds(
        none.header("content-encoding") != "zstd",
        "no zstd for q=0",
        none.header("content-encoding"),
    )
}

/// A frame of blocks that repeat one byte (RFC 8878 §3.1.1.2): four bytes for each 128 KiB.
fn repeated(blocks: usize) -> Vec<u8> {
    // Magic; no content size, no checksum, a window of 8 MiB.
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 13 << 3];
    for n in 0..blocks {
        let last = u32::from(n + 1 == blocks);
        let header = (128 * 1024) << 3 | 1 << 1 | last;
        frame.extend_from_slice(&header.to_le_bytes()[..3]);
        frame.push(b' ');
    }
    frame
}

pub async fn bombs(shop: &Shop<'_>) -> Verdict {
    let one_too_many = vec![b' '; PUSH_BYTES + 1];
    // A window of 2^41 bytes: who allocates what is asked for falls over.
    let mut window = repeated(4);
    window[5] = 31 << 3;
    // A promise of 2^62 bytes.
    let mut promise = vec![0x28, 0xb5, 0x2f, 0xfd, 0b1100_0000, 13 << 3];
    promise.extend_from_slice(&(1_u64 << 62).to_le_bytes());
    promise.extend_from_slice(&repeated(4)[6..]);
    let many_frames = packed(&vec![b' '; 1024 * 1024], 3)?.repeat(3_000);
    let huge = [
        ("one byte too many", packed(&one_too_many, 3)?),
        ("256 MiB of spaces", packed(&vec![b' '; 256 * 1024 * 1024], 3)?),
        ("50 GiB in blocks that repeat", repeated(400_000)),
        ("3 GiB in 3,000 frames", many_frames),
    ];
    for (what, bomb) in huge {
        let reply = push(shop, bomb).await?;
        let told = reply.is(413, "too_large");
        told.map_err(|fail| Fail::miss(format!("{what}: 413 too_large"), fail.to_string()))?;
        holds(
            reply.took < AT_ONCE,
            &format!("{what}: refused within 1 s"),
            reply.took,
        )?;
    }
    for (what, bomb) in [("a huge window", window), ("a huge promise", promise)] {
        let reply = push(shop, bomb).await?;
        holds(
            (400..500).contains(&reply.status),
            &format!("{what}: a refusal"),
            reply.said(),
        )?;
        holds(
            reply.took < AT_ONCE,
            &format!("{what}: refused within 1 s"),
            reply.took,
        )?;
    }
    // The small routes have their own limit, and a chunk is no larger for being packed.
    let bomb = repeated(100);
    for path in ["/leases", "/device/token"] {
        let request = shop
            .one
            .request(Method::POST, path)
            .header("content-encoding", "zstd");
        send(request.body(bomb.clone())).await?.is(413, "too_large")?;
    }
    let (_, hash) = super::photos::jpeg(500);
    shop.one.offer(&hash, 500).await?;
    let request = shop.one.chunk(&hash, 0).header("content-encoding", "zstd");
    send(request.body(bomb)).await?.is_refused()?;
    shop.one.does(title(&id(), "Sigue en pie")).await
}

pub async fn broken(shop: &Shop<'_>) -> Verdict {
    let intents = [shop.one.value(title(&id(), "Partida"))?];
    let whole = packed(json!({"intents": intents}).to_string().as_bytes(), 3)?;
    for end in (0..whole.len()).step_by(7) {
        push(shop, whole[..end].to_vec()).await?.is(422, "invalid")?;
    }
    let mut noise = whole.clone();
    noise.extend_from_slice(b"and more");
    let mut flipped = whole.clone();
    flipped[0] ^= 1;
    let plain = json!({"intents": []}).to_string().into_bytes();
    for body in [noise, flipped, plain, Vec::new()] {
        push(shop, body).await?.is(422, "invalid")?;
    }
    // What it does not read it says so, and does not guess.
    let request = shop
        .one
        .request(Method::POST, "/push")
        .header("content-encoding", "br");
    send(request.body(whole)).await?.is(415, "invalid")
}
