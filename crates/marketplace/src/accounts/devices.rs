//! Device authorization (RFC 8628): a laptop waits while its seller says yes in a browser.

use super::refresh;
use crate::clock::now_ms;
use crate::error::Error;
use crate::random;
use crate::records::grants::{self, Grant, status};
use crate::records::{Database, laptops, tokens};
use api::auth::TokenAnswer;

/// Seconds that a code lives, and between two polls.
pub const LIFE_S: u32 = 600;
pub const INTERVAL_S: u32 = 5;
/// A poll that comes a little early, because clocks and networks shake, is all right.
const EARLIEST_MS: i64 = 4_000;

/// RFC 8628 §6.1: no vowels, so that no words come out, and nothing that looks like something else.
const LETTERS: &[u8; 20] = b"BCDFGHJKLMNPQRSTVWXZ";

/// The two codes of a sign-in that has begun.
pub struct Started {
    pub device_code: String,
    pub user_code: String,
}

pub async fn start(
    database: &Database,
    laptop_id: &str,
    laptop_name: &str,
    now_ms: i64,
) -> Result<Started, Error> {
    let device_code = random::token()?;
    // 20^8 codes: two alike within ten minutes are all but impossible, and then the second is refused.
    let user_code = new_user_code()?;
    let grant = Grant {
        device_hash: random::hashed(&device_code),
        user_code: user_code.clone(),
        laptop_id: laptop_id.to_owned(),
        laptop_name: laptop_name.to_owned(),
        status: status::PENDING.to_owned(),
        shop_id: None,
        expires_ms: now_ms + i64::from(LIFE_S) * 1000,
        polled_ms: 0,
    };
    let mut tx = database.begin().await?;
    grants::add(&mut tx, &grant, now_ms).await?;
    tx.commit().await?;
    Ok(Started {
        device_code,
        user_code,
    })
}

fn new_user_code() -> Result<String, Error> {
    let mut code = String::with_capacity(9);
    for place in 0..8 {
        if place == 4 {
            code.push('-');
        }
        let letter = usize::try_from(random::below(LETTERS.len() as u64)?).unwrap_or(0);
        code.push(char::from(LETTERS[letter % LETTERS.len()]));
    }
    Ok(code)
}

/// A code as a person typed it, in the form in which it is kept; none when it cannot be one.
pub fn tidy_user_code(typed: &str) -> Option<String> {
    let letters: String = typed
        .chars()
        .filter(char::is_ascii_alphabetic)
        .map(|letter| letter.to_ascii_uppercase())
        .take(9)
        .collect();
    let good = letters.len() == 8 && letters.bytes().all(|letter| LETTERS.contains(&letter));
    good.then(|| format!("{}-{}", &letters[..4], &letters[4..]))
}

/// What a poll comes to.
pub enum Polled {
    Tokens(TokenAnswer),
    Pending,
    TooSoon,
    Expired,
    Denied,
    Unknown,
}

pub async fn poll(database: &Database, device_code: &str, now_ms: i64) -> Result<Polled, Error> {
    let hash = random::hashed(device_code);
    let mut tx = database.begin().await?;
    let Some(grant) = grants::poll(&mut tx, &hash, now_ms).await? else {
        return Ok(Polled::Unknown);
    };
    let polled = match (grant.status.as_str(), grant.shop_id) {
        (status::USED, _) => Polled::Unknown,
        _ if grant.expires_ms <= now_ms => Polled::Expired,
        (status::DENIED, _) => Polled::Denied,
        (status::APPROVED, Some(shop)) => {
            let family = random::id();
            laptops::sign_in(&mut tx, &shop, &grant.laptop_id, &grant.laptop_name, now_ms).await?;
            tokens::new_family(&mut tx, &family, &shop, &grant.laptop_id, now_ms).await?;
            grants::use_up(&mut tx, &hash).await?;
            Polled::Tokens(refresh::issue(&mut tx, &family, None, now_ms).await?)
        }
        _ if now_ms - grant.polled_ms < EARLIEST_MS => Polled::TooSoon,
        _ => Polled::Pending,
    };
    tx.commit().await?;
    Ok(polled)
}

/// The seller's word on a code. Whether it counted: it does once, and in time.
pub async fn decide(database: &Database, user_code: &str, shop: &str, approve: bool) -> Result<bool, Error> {
    let decision = if approve { status::APPROVED } else { status::DENIED };
    let mut tx = database.begin().await?;
    let counted = grants::decide(&mut tx, user_code, shop, decision, now_ms()).await?;
    tx.commit().await?;
    Ok(counted)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn codes_are_read_however_they_are_typed() {
        let code = new_user_code().unwrap();
        assert_eq!(tidy_user_code(&code), Some(code.clone()));
        assert_eq!(tidy_user_code(&code.to_lowercase().replace('-', " ")), Some(code));
        assert_eq!(tidy_user_code("BCDF-GHJA"), None);
        assert_eq!(tidy_user_code("BCDF-GHJ"), None);
        assert_eq!(tidy_user_code("BCDF-GHJKL"), None);
        assert_eq!(tidy_user_code(""), None);
    }
}
