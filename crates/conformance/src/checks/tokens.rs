//! Access tokens, refresh tokens, revoked laptops.

use crate::check::{Fail, Verdict, holds};
use crate::laptop::Laptop;
use crate::shop::Shop;
use crate::wire::{Reply, send};
use api::auth::{Me, TokenAnswer, code};
use api::fault::code::{LAPTOP_REVOKED, TOKEN_EXPIRED};
use futures_util::StreamExt;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;
use std::time::Duration;

/// The grace of a used refresh token, and a little.
const GRACE: Duration = Duration::from_secs(66);
/// In which an open stream must have noticed that its laptop was revoked.
const NOTICED: Duration = Duration::from_secs(15);

pub async fn without(shop: &Shop<'_>) -> Verdict {
    for path in ["/me", "/laptops", "/feed", "/events", "/parity"] {
        let reply = send(shop.wire.request(Method::GET, path)).await?;
        reply.is(401, TOKEN_EXPIRED)?;
        let challenge = reply.header("www-authenticate").to_lowercase();
        holds(
            challenge.starts_with("bearer"),
            "a challenge (RFC 6750 §3)",
            challenge,
        )?;
    }
    for path in ["/push", "/leases", "/records"] {
        send(shop.wire.request(Method::POST, path).body("{}"))
            .await?
            .is(401, TOKEN_EXPIRED)?;
    }
    for made_up in ["x", "", "a b", &"x".repeat(5_000)] {
        let request = shop.wire.request(Method::GET, "/me").bearer_auth(made_up);
        send(request).await?.is(401, TOKEN_EXPIRED)?;
    }
    // RFC 9110 §11.1: the scheme's case is no matter.
    let authorization = format!("bearer {}", shop.one.access);
    let request = shop
        .wire
        .request(Method::GET, "/me")
        .header("authorization", authorization);
    send(request).await?.good::<Me>().map(drop)
}

async fn refresh(shop: &Shop<'_>, refresh_token: &str) -> Result<Reply, Fail> {
    shop.token(&json!({"grant_type": "refresh_token", "refresh_token": refresh_token}))
        .await
}

fn token_of(laptop: &Laptop) -> Result<&str, Fail> {
    laptop
        .refresh
        .as_deref()
        .ok_or_else(|| Fail::miss("a refresh token", "none"))
}

pub async fn rotates(shop: &Shop<'_>) -> Verdict {
    let laptop = shop.spare("Conformance: refresh").await?;
    let first = token_of(&laptop)?;
    let reply = refresh(shop, first).await?;
    holds(
        reply.header("cache-control").contains("no-store"),
        "no-store (RFC 6749 §5.1)",
        reply.header("cache-control"),
    )?;
    let second: TokenAnswer = reply.good()?;
    holds(second.refresh_token != first, "another refresh token", "the same")?;
    // The answer got lost: for a minute the old one is good once more.
    let retried: TokenAnswer = refresh(shop, first).await?.good()?;
    for tokens in [&second, &retried] {
        laptop.with(tokens).get("/me").await?.good::<Me>()?;
        let next: TokenAnswer = refresh(shop, &tokens.refresh_token).await?.good()?;
        laptop.with(&next).get("/me").await?.good::<Me>()?;
    }
    // The access token from before lives until it runs out.
    laptop.get("/me").await?.good::<Me>().map(drop)
}

pub async fn raced(shop: &Shop<'_>) -> Verdict {
    let laptop = shop.spare("Conformance: race").await?;
    let token = token_of(&laptop)?;
    for reply in join_all((0..3).map(|_| refresh(shop, token))).await {
        let tokens: TokenAnswer = reply?.good()?;
        laptop.with(&tokens).get("/me").await?.good::<Me>()?;
    }
    Ok(())
}

pub async fn reused(shop: &Shop<'_>) -> Verdict {
    shop.patient()?;
    let laptop = shop.spare("Conformance: copied").await?;
    let copied = token_of(&laptop)?;
    let next: TokenAnswer = refresh(shop, copied).await?.good()?;
    laptop.with(&next).get("/me").await?.good::<Me>()?;
    // Beside it one whose answer got lost: nothing of it is ever used.
    let unlucky = shop.spare("Conformance: unlucky").await?;
    let lost = token_of(&unlucky)?;
    refresh(shop, lost).await?.good::<TokenAnswer>()?;
    tokio::time::sleep(GRACE).await;
    let found: TokenAnswer = refresh(shop, lost).await?.good()?;
    unlucky.with(&found).get("/me").await?.good::<Me>()?;
    refresh(shop, copied).await?.is(400, code::INVALID_GRANT)?;
    refresh(shop, &next.refresh_token)
        .await?
        .is(400, code::INVALID_GRANT)?;
    laptop.with(&next).get("/me").await?.is(401, LAPTOP_REVOKED)
}

pub async fn revoked(shop: &Shop<'_>) -> Verdict {
    let lost = shop.spare("Conformance: lost").await?;
    let stream = lost.request(Method::GET, "/events").send().await?;
    let path = format!("/laptops/{}", lost.id);
    let gone = send(shop.one.request(Method::DELETE, &path)).await?;
    holds(gone.status == 204, "204", gone.said())?;
    lost.get("/feed").await?.is(401, LAPTOP_REVOKED)?;
    lost.push_reply(&[]).await?.is(401, LAPTOP_REVOKED)?;
    refresh(shop, token_of(&lost)?)
        .await?
        .is(400, code::INVALID_GRANT)?;
    let listed: Vec<api::auth::Laptop> = shop.one.get("/laptops").await?.good()?;
    let marked = listed
        .iter()
        .any(|laptop| laptop.id == lost.id && laptop.revoked_ms.is_some());
    holds(marked, "the laptop listed as revoked", &listed)?;
    for nobody in ["nobody", "%00", "%F0%9F%8E%A8"] {
        let nobody = shop.one.request(Method::DELETE, &format!("/laptops/{nobody}"));
        send(nobody).await?.is(404, "not_found")?;
    }
    let mut bytes = stream.bytes_stream();
    let ended = tokio::time::timeout(NOTICED, async { while let Some(Ok(_)) = bytes.next().await {} }).await;
    holds(
        ended.is_ok(),
        "the laptop's open stream to end within 15 s",
        "it goes on",
    )
}
