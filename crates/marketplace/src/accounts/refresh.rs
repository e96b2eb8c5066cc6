//! Access tokens of a quarter of an hour and the refresh tokens that bring the next ones.
//!
//! A refresh token is good once. Used again within a minute it is a laptop that never got the answer, or two of its
//! threads at once. Used again later it is a copy, and the whole family ends (RFC 9700 §4.14) - unless nothing that the
//! first use brought was ever used: then that answer got lost, on a line that is there for an hour a day.

use crate::clock::MINUTE_MS;
use crate::error::Error;
use crate::random;
use crate::records::{Database, tokens};
use api::auth::TokenAnswer;
use sqlx::AnyConnection;

pub const ACCESS_LIFE_S: u32 = 15 * 60;
const GRACE_MS: i64 = MINUTE_MS;

pub enum Refreshed {
    Tokens(TokenAnswer),
    Refused,
}

pub async fn refresh(database: &Database, token: &str, now_ms: i64) -> Result<Refreshed, Error> {
    let hash = random::hashed(token);
    let mut tx = database.begin().await?;
    let Some(found) = tokens::refresh(&mut tx, &hash).await? else {
        return Ok(Refreshed::Refused);
    };
    let answer = match found.used_ms {
        _ if found.revoked_ms.is_some() => Refreshed::Refused,
        Some(used) if now_ms - used > GRACE_MS && tokens::answer_arrived(&mut tx, &hash).await? => {
            tracing::warn!(shop = %found.shop_id, laptop = %found.laptop_id, "a used refresh token came again");
            tokens::revoke_family(&mut tx, &found.family_id, now_ms).await?;
            Refreshed::Refused
        }
        _ => {
            tokens::mark_used(&mut tx, &hash, now_ms).await?;
            Refreshed::Tokens(issue(&mut tx, &found.family_id, Some(&hash), now_ms).await?)
        }
    };
    tx.commit().await?;
    Ok(answer)
}

/// A new pair of tokens of a family, in return for the refresh token `parent`.
pub async fn issue(
    connection: &mut AnyConnection,
    family: &str,
    parent: Option<&str>,
    now_ms: i64,
) -> Result<TokenAnswer, Error> {
    let answer = TokenAnswer {
        access_token: random::token()?,
        refresh_token: random::token()?,
        expires_in: ACCESS_LIFE_S,
    };
    tokens::issue(
        connection,
        family,
        &random::hashed(&answer.access_token),
        now_ms + i64::from(ACCESS_LIFE_S) * 1000,
        &random::hashed(&answer.refresh_token),
        parent,
        now_ms,
    )
    .await?;
    Ok(answer)
}
