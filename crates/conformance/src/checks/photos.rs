//! Photos in chunks.

use crate::check::{Verdict, holds, same};
use crate::moment::id;
use crate::mutate::Dice;
use crate::shop::Shop;
use crate::wire::{cut as cut_body, send};
use api::limits::{CHUNK_BYTES, PHOTO_BYTES};
use api::photo::PhotoNeed;
use serde_json::json;

/// Bytes that begin as a JPEG does and that nobody has sent before.
pub fn jpeg(length: usize) -> (Vec<u8>, String) {
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0];
    bytes.extend_from_slice(id().as_bytes());
    let mut dice = Dice(
        bytes
            .iter()
            .fold(7, |sum, byte| sum * 31 % 1_000_003 + u64::from(*byte)),
    );
    while bytes.len() < length {
        bytes.extend_from_slice(&dice.roll().to_le_bytes());
    }
    bytes.truncate(length);
    let hash = blake3::hash(&bytes).to_hex().to_string();
    (bytes, hash)
}

fn part(bytes: &[u8], n: usize) -> &[u8] {
    let end = bytes.len().min((n + 1) * CHUNK_BYTES);
    &bytes[n * CHUNK_BYTES..end]
}

fn size(bytes: &[u8]) -> u64 {
    u64::try_from(bytes.len()).unwrap_or(u64::MAX)
}

pub async fn any_order(shop: &Shop<'_>) -> Verdict {
    let laptop = &shop.one;
    let (bytes, hash) = jpeg(2 * CHUNK_BYTES + 77);
    same(
        "missing",
        &laptop.offer(&hash, size(&bytes)).await?,
        &vec![0, 1, 2],
    )?;
    let need = async |n: usize| {
        laptop
            .send_chunk(&hash, n, part(&bytes, n))
            .await?
            .good::<PhotoNeed>()
    };
    same("after the last", &need(2).await?.missing, &vec![0, 1])?;
    same("the last once more", &need(2).await?.missing, &vec![0, 1])?;
    same("after the first", &need(0).await?.missing, &vec![1])?;
    same(
        "offered again",
        &laptop.offer(&hash, size(&bytes)).await?,
        &vec![1],
    )?;
    same("after the second", &need(1).await?.missing, &Vec::new())?;
    // Nobody sends again what is there: not this laptop, and no other.
    same("sent again", &need(0).await?.missing, &Vec::new())?;
    same(
        "offered again",
        &laptop.offer(&hash, size(&bytes)).await?,
        &Vec::new(),
    )?;
    same(
        "offered by the other",
        &shop.two()?.offer(&hash, size(&bytes)).await?,
        &Vec::new(),
    )
}

pub async fn cut(shop: &Shop<'_>) -> Verdict {
    let laptop = &shop.one;
    let (bytes, hash) = jpeg(CHUNK_BYTES + 40);
    laptop.offer(&hash, size(&bytes)).await?;
    let break_off = async |n: usize, after: usize| {
        let whole = part(&bytes, n);
        let request = laptop.chunk(&hash, n).header("content-length", whole.len());
        // There is no answer to half a request, or a refusal; never a success.
        match send(request.body(cut_body(whole, after))).await {
            Ok(reply) => holds(reply.status >= 400, "no success for half a chunk", reply.said()),
            Err(_) => Ok(()),
        }
    };
    for after in 0..40 {
        break_off(1, after).await?;
    }
    same("missing", &laptop.offer(&hash, size(&bytes)).await?, &vec![0, 1])?;
    let first = laptop.send_chunk(&hash, 0, part(&bytes, 0)).await?;
    same("after the first", &first.good::<PhotoNeed>()?.missing, &vec![1])?;
    let mut dice = Dice(shop.plan.seed);
    for _ in 0..6 {
        break_off(1, dice.below(40)).await?;
        break_off(0, dice.below(CHUNK_BYTES)).await?;
    }
    // What had arrived stays, and only the chunk that was cut travels again.
    same("missing", &laptop.offer(&hash, size(&bytes)).await?, &vec![1])?;
    let last = laptop.send_chunk(&hash, 1, part(&bytes, 1)).await?;
    same("after the last", &last.good::<PhotoNeed>()?.missing, &Vec::new())
}

pub async fn wrong_digest(shop: &Shop<'_>) -> Verdict {
    let laptop = &shop.one;
    let (bytes, hash) = jpeg(5_000);
    let (other, _) = jpeg(5_000);
    laptop.offer(&hash, size(&bytes)).await?;
    laptop
        .send_chunk(&hash, 0, &other)
        .await?
        .is(422, "wrong_digest")?;
    laptop.send_chunk(&hash, 0, &bytes).await?.is(404, "not_found")?;
    same(
        "offered again",
        &laptop.offer(&hash, size(&bytes)).await?,
        &vec![0],
    )?;
    let right = laptop.send_chunk(&hash, 0, &bytes).await?;
    same(
        "after the right bytes",
        &right.good::<PhotoNeed>()?.missing,
        &Vec::new(),
    )?;
    // What is no picture at all, though its digest is right.
    let text = format!("<svg onload=alert(1)>{}", id()).into_bytes();
    let hash = blake3::hash(&text).to_hex().to_string();
    laptop.offer(&hash, size(&text)).await?;
    laptop.send_chunk(&hash, 0, &text).await?.is(422, "invalid")
}

pub async fn wrong_chunks(shop: &Shop<'_>) -> Verdict {
    let laptop = &shop.one;
    let (bytes, hash) = jpeg(CHUNK_BYTES + 500);
    laptop
        .send_chunk(&hash, 0, part(&bytes, 0))
        .await?
        .is(404, "not_found")?;
    laptop.offer(&hash, size(&bytes)).await?;
    laptop
        .send_chunk(&hash, 2, &bytes[..10])
        .await?
        .is(422, "invalid")?;
    laptop
        .send_chunk(&hash, 1, &bytes[..499])
        .await?
        .is(422, "invalid")?;
    laptop
        .send_chunk(&hash, 1, &bytes[..501])
        .await?
        .is(422, "invalid")?;
    laptop.send_chunk(&hash, 0, &[]).await?.is(422, "invalid")?;
    laptop
        .send_chunk(&hash, 0, &bytes[..CHUNK_BYTES + 1])
        .await?
        .is(413, "too_large")?;
    for n in ["-1", "x", "4294967296", "0/1"] {
        let path = format!("/photos/{hash}/chunks/{n}");
        send(laptop.request(reqwest::Method::PUT, &path).body("x"))
            .await?
            .is(404, "not_found")?;
    }
    same("missing", &laptop.offer(&hash, size(&bytes)).await?, &vec![0, 1])
}

pub async fn sizes(shop: &Shop<'_>) -> Verdict {
    let laptop = &shop.one;
    let (_, hash) = jpeg(100);
    for bytes in [
        json!(0),
        json!(PHOTO_BYTES + 1),
        json!(u64::MAX),
        json!(-1),
        json!("many"),
    ] {
        let reply = laptop
            .post(&format!("/photos/{hash}"), &json!({"bytes": bytes}))
            .await?;
        reply.is(422, "invalid")?;
    }
    for name in [
        "x",
        "..%2f..%2fetc%2fpasswd",
        "%00",
        &hash.to_uppercase(),
        &hash[..63],
    ] {
        let reply = laptop
            .post(&format!("/photos/{name}"), &json!({"bytes": 5}))
            .await?;
        reply.is(404, "not_found")?;
    }
    // Another size begins anew.
    let full = u64::try_from(CHUNK_BYTES).unwrap_or(0);
    same("missing", &laptop.offer(&hash, 100).await?, &vec![0])?;
    let most = usize::try_from(PHOTO_BYTES.div_ceil(full)).unwrap_or(0);
    same("missing", &laptop.offer(&hash, PHOTO_BYTES).await?.len(), &most)?;
    same("missing", &laptop.offer(&hash, full + 1).await?, &vec![0, 1])
}
