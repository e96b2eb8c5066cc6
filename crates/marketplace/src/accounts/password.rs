//! Passwords, kept by argon2id.

use crate::error::Error;
use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};

/// Bytes; more is no password but an attempt to keep the processor busy.
pub const LONGEST: usize = 200;
/// Letters.
pub const SHORTEST: usize = 10;

/// The PHC text of a password with a fresh salt. Takes tens of milliseconds: off the async threads.
pub async fn hash(password: String) -> Result<String, Error> {
    blocking(move || {
        let hash = Argon2::default().hash_password(password.as_bytes());
        hash.map(|hash| hash.to_string())
            .map_err(|error| Error::Password(error.to_string()))
    })
    .await?
}

/// Whether it is the password. `None` for an account that does not exist takes as long as one that does,
/// so that nobody learns from the time who has an account.
pub async fn matches(password: String, kept: Option<String>) -> Result<bool, Error> {
    blocking(move || {
        let argon = Argon2::default();
        let Some(kept) = kept else {
            let _ = argon.hash_password(password.as_bytes());
            return Ok(false);
        };
        let kept = PasswordHash::new(&kept).map_err(|error| Error::Password(error.to_string()))?;
        Ok(argon.verify_password(password.as_bytes(), &kept).is_ok())
    })
    .await?
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Error::Password(error.to_string()))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[tokio::test]
    async fn only_the_right_password_matches_and_no_two_hashes_are_alike() {
        let one = hash("barro negro 7".to_owned()).await.unwrap();
        let two = hash("barro negro 7".to_owned()).await.unwrap();
        assert_ne!(one, two);
        assert!(one.starts_with("$argon2id$"));
        assert!(
            matches("barro negro 7".to_owned(), Some(one.clone()))
                .await
                .unwrap()
        );
        assert!(!matches("barro negro 8".to_owned(), Some(one)).await.unwrap());
        assert!(!matches("barro negro 7".to_owned(), None).await.unwrap());
    }
}
