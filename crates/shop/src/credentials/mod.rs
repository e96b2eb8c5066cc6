//! Tokens, where they are kept, and signing in.

pub mod address;
pub(crate) mod keeper;
mod laptops;
pub mod passphrase;
mod sealed;
pub mod secrets;
pub(crate) mod sign_in;
pub mod view;

use crate::Shop;
use secrets::SecretStore;
use std::sync::Arc;

impl Shop {
    /// Keeps secrets in another place than the system's keyring. Before anything else is asked of the shop.
    pub fn keep_secrets_in(&self, store: Arc<dyn SecretStore>) {
        self.sync().keeper.replace_store(store);
    }
}
