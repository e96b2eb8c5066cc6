//! Who asks: the laptop behind an access token.

use super::fault::ApiFault;
use crate::clock::{MINUTE_MS, now_ms};
use crate::push::Sender;
use crate::random;
use crate::records::{laptops, tokens};
use crate::state::App;
use api::fault::code;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};

/// A laptop that is signed in.
#[derive(Clone, Debug)]
pub struct Laptop {
    pub shop_id: String,
    pub id: String,
    pub family_id: String,
    /// When its access token runs out.
    pub expires_ms: i64,
}

impl Laptop {
    pub fn sender(&self) -> Sender {
        Sender {
            shop: self.shop_id.clone(),
            laptop: self.id.clone(),
            now_ms: now_ms(),
        }
    }
}

impl FromRequestParts<App> for Laptop {
    type Rejection = ApiFault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let token = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split_once(' '))
            // RFC 9110 §11.1: the scheme's case is no matter.
            .filter(|(scheme, token)| scheme.eq_ignore_ascii_case("bearer") && token.len() <= 200)
            .map(|(_, token)| token)
            .ok_or_else(expired)?;
        let hash = random::hashed(token);
        let bearer = tokens::bearer(app.database.read(), &hash).await?;
        let bearer = bearer.ok_or_else(expired)?;
        if bearer.revoked_ms.is_some() {
            return Err(ApiFault::new(
                StatusCode::UNAUTHORIZED,
                code::LAPTOP_REVOKED,
                "this laptop was revoked",
            ));
        }
        let now = now_ms();
        if bearer.expires_ms <= now {
            return Err(expired());
        }
        if now - bearer.seen_ms > MINUTE_MS || bearer.proven_ms.is_none() {
            let mut tx = app.database.begin().await?;
            tokens::prove(&mut tx, &hash, now).await?;
            laptops::seen(&mut tx, &bearer.shop_id, &bearer.laptop_id, now).await?;
            tx.commit().await.map_err(crate::Error::from)?;
        }
        Ok(Self {
            shop_id: bearer.shop_id,
            id: bearer.laptop_id,
            family_id: bearer.family_id,
            expires_ms: bearer.expires_ms,
        })
    }
}

fn expired() -> ApiFault {
    ApiFault::new(
        StatusCode::UNAUTHORIZED,
        code::TOKEN_EXPIRED,
        "there is no token, or it has run out",
    )
}
