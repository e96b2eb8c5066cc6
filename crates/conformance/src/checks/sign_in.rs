//! Device authorization (RFC 8628).

use crate::check::{Fail, Verdict, holds};
use crate::shop::{Begun, Shop, poll};
use crate::wire::send;
use api::auth::{TokenAnswer, code};
use reqwest::Method;
use serde_json::json;
use std::time::Duration;

fn may(shop: &Shop<'_>) -> Verdict {
    if shop.plan.tokens.is_empty() {
        Ok(())
    } else {
        Err(Fail::left_out("it signs a laptop in: leave out --token"))
    }
}

/// Polls until the seller's word is known.
async fn decided(shop: &Shop<'_>, begun: &Begun) -> Result<crate::wire::Reply, Fail> {
    let interval = Duration::from_secs(begun.answer.interval.into());
    for _ in 0..=begun.answer.expires_in / begun.answer.interval.max(1) {
        let reply = shop.token(&poll(begun)).await?;
        let waits = [code::AUTHORIZATION_PENDING, code::SLOW_DOWN];
        if reply.status == 200 || !waits.contains(&reply.fault()?.code.as_str()) {
            return Ok(reply);
        }
        tokio::time::sleep(interval).await;
    }
    Err(Fail::miss("the seller's word", "none in time"))
}

pub async fn waits(shop: &Shop<'_>) -> Verdict {
    may(shop)?;
    let begun = shop.begin("Conformance: say yes").await?;
    let answer = &begun.answer;
    holds(
        answer.verification_uri_complete.contains(&answer.user_code),
        "the user's code in the address",
        answer,
    )?;
    holds(
        answer.expires_in > 0 && answer.interval > 0,
        "a life and an interval in seconds",
        answer,
    )?;
    shop.token(&poll(&begun))
        .await?
        .is(400, code::AUTHORIZATION_PENDING)?;
    shop.token(&poll(&begun)).await?.is(400, code::SLOW_DOWN)?;
    shop.hands
        .decide(&answer.verification_uri_complete, &answer.user_code, true)
        .await?;
    let tokens: TokenAnswer = decided(shop, &begun).await?.good()?;
    holds(
        (1..=900).contains(&tokens.expires_in),
        "an access token of at most 15 minutes",
        tokens.expires_in,
    )?;
    let laptop = shop.one.with(&tokens);
    laptop.get("/me").await?.good::<api::auth::Me>()?;
    let listed: Vec<api::auth::Laptop> = laptop.get("/laptops").await?.good()?;
    let this = listed
        .iter()
        .any(|listed| listed.this_one && listed.id == begun.laptop_id);
    holds(this, "the new laptop among the shop's", &listed)?;
    shop.token(&poll(&begun)).await?.is(400, code::INVALID_GRANT)
}

pub async fn may_say_no(shop: &Shop<'_>) -> Verdict {
    may(shop)?;
    let begun = shop.begin("Conformance: say no").await?;
    let answer = &begun.answer;
    shop.hands
        .decide(&answer.verification_uri_complete, &answer.user_code, false)
        .await?;
    decided(shop, &begun).await?.is(400, code::ACCESS_DENIED)
}

pub async fn made_up(shop: &Shop<'_>) -> Verdict {
    for code in ["made up", "", "\u{0}"] {
        let device = json!({"grant_type": "device_code", "device_code": code});
        shop.token(&device).await?.is(400, code::INVALID_GRANT)?;
        let refresh = json!({"grant_type": "refresh_token", "refresh_token": code});
        shop.token(&refresh).await?.is(400, code::INVALID_GRANT)?;
    }
    shop.token(&json!({"grant_type": "password", "password": "x"}))
        .await?
        .is_refused()
}

pub async fn bad_names(shop: &Shop<'_>) -> Verdict {
    let long = "x".repeat(81);
    for (id, name) in [
        ("", "Laptop"),
        ("a b", "Laptop"),
        ("lap", ""),
        ("lap", long.as_str()),
        ("lap", "a\u{0}b"),
    ] {
        let body = json!({"laptop_id": id, "laptop_name": name});
        let request = shop.wire.request(Method::POST, "/device/authorize").json(&body);
        send(request).await?.is(422, "invalid")?;
    }
    Ok(())
}
