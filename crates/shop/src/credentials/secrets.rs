//! Where secrets lie: the system's keyring. Never on the disk in the clear.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

const SERVICE: &str = "puesto";

/// There is no place for secrets here: no keyring, or one that stays locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no place for secrets")]
pub struct NoPlace;

/// A place for one secret per laptop. Calls may block, for as long as a person takes to unlock it.
pub trait SecretStore: Send + Sync {
    fn load(&self, laptop_id: &str) -> Result<Option<String>, NoPlace>;
    fn save(&self, laptop_id: &str, secret: &str) -> Result<(), NoPlace>;
    fn forget(&self, laptop_id: &str) -> Result<(), NoPlace>;
}

/// The system's keyring: Secret Service, Keychain, Credential Manager.
pub struct Keyring;

impl Keyring {
    fn entry(laptop_id: &str) -> Result<keyring::Entry, NoPlace> {
        keyring::Entry::new(SERVICE, laptop_id).map_err(no_place)
    }
}

impl SecretStore for Keyring {
    fn load(&self, laptop_id: &str) -> Result<Option<String>, NoPlace> {
        match Self::entry(laptop_id)?.get_password() {
            Ok(secret) => Ok(Some(secret)),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(error) => Err(no_place(error)),
        }
    }

    fn save(&self, laptop_id: &str, secret: &str) -> Result<(), NoPlace> {
        Self::entry(laptop_id)?.set_password(secret).map_err(no_place)
    }

    fn forget(&self, laptop_id: &str) -> Result<(), NoPlace> {
        match Self::entry(laptop_id)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(error) => Err(no_place(error)),
        }
    }
}

fn no_place(error: keyring::Error) -> NoPlace {
    // The error may quote the secret's attributes, never the secret.
    tracing::warn!(%error, "the keyring cannot be used");
    NoPlace
}

/// Secrets that are gone with the process; for tests, and for a computer without a keyring.
#[derive(Debug, Default)]
pub struct Memory {
    secrets: Mutex<BTreeMap<String, String>>,
}

impl SecretStore for Memory {
    fn load(&self, laptop_id: &str) -> Result<Option<String>, NoPlace> {
        Ok(self
            .secrets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(laptop_id)
            .cloned())
    }

    fn save(&self, laptop_id: &str, secret: &str) -> Result<(), NoPlace> {
        let mut secrets = self.secrets.lock().unwrap_or_else(PoisonError::into_inner);
        secrets.insert(laptop_id.to_owned(), secret.to_owned());
        Ok(())
    }

    fn forget(&self, laptop_id: &str) -> Result<(), NoPlace> {
        self.secrets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(laptop_id);
        Ok(())
    }
}
