//! Sizes, and bodies that are none.

use crate::check::{Verdict, holds, same};
use crate::laptop::{set, title};
use crate::moment::id;
use crate::shop::Shop;
use crate::wire::send;
use api::intent::{Outcome, PushAnswer};
use api::limits::{INTENTS_PER_PUSH, PUSH_BYTES};
use reqwest::Method;
use serde_json::{Value, json};

pub async fn bad_json(shop: &Shop<'_>) -> Verdict {
    let deep = "[".repeat(10_000);
    let bodies: [&[u8]; 10] = [
        b"",
        b"<html>",
        b"null",
        b"[]",
        b"{",
        b"{\"intents\":7}",
        b"{\"intents\":[}",
        b"{\"intents\":[\"\xff\"]}",
        b"{\"intents\":[]}x",
        deep.as_bytes(),
    ];
    for body in bodies {
        for path in ["/push", "/leases"] {
            let request = shop.one.request(Method::POST, path).body(body.to_vec());
            send(request).await?.is(422, "invalid")?;
        }
    }
    Ok(())
}

pub async fn too_large(shop: &Shop<'_>) -> Verdict {
    let many = vec![json!({}); INTENTS_PER_PUSH + 1];
    shop.one.push_reply(&many).await?.is(413, "too_large")?;
    let huge = vec![json!("x".repeat(PUSH_BYTES))];
    shop.one.push_reply(&huge).await?.is(413, "too_large")?;
    // The rest is not read: the next request has a connection of its own.
    shop.one.does(title(&id(), "Después de lo grande")).await
}

pub async fn just_right(shop: &Shop<'_>) -> Verdict {
    let piece = id();
    let mut values: Vec<Value> = Vec::new();
    for _ in 0..INTENTS_PER_PUSH {
        values.push(shop.one.value(set(&piece, json!({"story": "ñ".repeat(200)})))?);
    }
    let mut body = json!({"intents": values}).to_string().into_bytes();
    holds(body.len() < PUSH_BYTES, "a body to fill up", body.len())?;
    body.resize(PUSH_BYTES, b' ');
    let request = shop.one.request(Method::POST, "/push").body(body.clone());
    let answer: PushAnswer = send(request).await?.good()?;
    let applied = answer
        .answers
        .iter()
        .all(|answer| answer.outcome == Outcome::Applied);
    same("answers", &answer.answers.len(), &INTENTS_PER_PUSH)?;
    holds(applied, "all applied", &answer)?;
    body.push(b' ');
    let request = shop.one.request(Method::POST, "/push").body(body);
    send(request).await?.is(413, "too_large")
}

pub async fn unknown(shop: &Shop<'_>) -> Verdict {
    let laptop = &shop.one;
    let mut value = laptop.value(title(&id(), "Con más"))?;
    value["mood"] = json!({"good": true});
    value["stamp"]["zone"] = json!("America/Mexico_City");
    value["action"]["why"] = json!("because");
    let reply = laptop
        .post("/push", &json!({"intents": [value], "battery": 0.5}))
        .await?;
    same(
        "outcome",
        &reply.good::<PushAnswer>()?.answers[0].outcome,
        &Outcome::Applied,
    )?;
    let lease = json!({"id": id(), "indicator": shop.indicator(), "count": 1, "for": "María"});
    laptop
        .post("/leases", &lease)
        .await?
        .good::<api::lease::Lease>()?;
    laptop
        .get("/feed?limit=1&colour=red")
        .await?
        .good::<api::feed::FeedPage>()?;
    laptop.get("/no-such-route").await?.is(404, "not_found")?;
    send(laptop.request(Method::DELETE, "/push"))
        .await?
        .is(405, "invalid")
}
