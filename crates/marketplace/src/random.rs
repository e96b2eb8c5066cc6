//! Randomness and ids, taken from the system in one place.

use crate::error::Error;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// `bytes` random bytes (at most 64) as lower-case hex.
pub fn hex(bytes: usize) -> Result<String, Error> {
    let mut buffer = [0_u8; 64];
    let part = &mut buffer[..bytes.min(64)];
    getrandom::fill(part)?;
    Ok(part.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// A secret of 256 bits, for a cookie or a token.
pub fn token() -> Result<String, Error> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

/// A number from 0 up to but without `end`, even enough for serial numbers and codes.
pub fn below(end: u64) -> Result<u64, Error> {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes) % end.max(1))
}

#[expect(clippy::disallowed_methods, reason = "this is the door")]
pub fn id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// How a secret is kept: who reads the database cannot sign in with it. Tokens are random, so a fast
/// hash is right; passwords have argon2.
pub fn hashed(token: &str) -> String {
    blake3::hash(token.as_bytes()).to_hex().to_string()
}
