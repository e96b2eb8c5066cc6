//! The one place that gives access tokens: refreshed early, by one request at a time, and the next
//! refresh token kept in the keyring before the new access token is used.

use super::secrets::{Keyring, NoPlace, SecretStore};
use crate::Shop;
use crate::syncing::wire::{SMALL_ANSWER, Wire};
use api::auth::{TokenAnswer, TokenRequest, code};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use sync::engine::words::Trouble;
use tokio::sync::{Mutex, OwnedMutexGuard};

/// A token that runs out within this time is refreshed before it is used.
const EARLY_MS: i64 = 60_000;
/// A keyring that asks a person to unlock it may take this long.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Tokens {
    pub access: String,
    pub refresh: String,
    /// By this laptop's clock.
    pub expires_ms: i64,
}

impl Tokens {
    pub fn of(answer: TokenAnswer, now_ms: i64) -> Self {
        let life_ms = i64::from(answer.expires_in) * 1000;
        Self {
            access: answer.access_token,
            refresh: answer.refresh_token,
            expires_ms: now_ms + life_ms,
        }
    }
}

#[derive(Default)]
struct Held {
    /// Whether the keyring was asked already.
    loaded: bool,
    tokens: Option<Tokens>,
}

pub(crate) struct Keeper {
    store: RwLock<Arc<dyn SecretStore>>,
    held: Arc<Mutex<Held>>,
}

impl Default for Keeper {
    fn default() -> Self {
        Self {
            store: RwLock::new(Arc::new(Keyring)),
            held: Arc::default(),
        }
    }
}

impl Keeper {
    pub fn replace_store(&self, store: Arc<dyn SecretStore>) {
        *self.store.write().unwrap_or_else(PoisonError::into_inner) = store;
    }

    fn store(&self) -> Arc<dyn SecretStore> {
        Arc::clone(&self.store.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Asks the store on a thread that may block.
    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&dyn SecretStore) -> Result<T, NoPlace> + Send + 'static,
    ) -> Result<T, NoPlace> {
        let store = self.store();
        let asking = tokio::task::spawn_blocking(move || question(store.as_ref()));
        match tokio::time::timeout(PATIENCE, asking).await {
            Ok(Ok(answer)) => answer,
            _ => Err(NoPlace),
        }
    }

    /// Whether secrets can be kept here.
    pub async fn has_place(&self, laptop_id: &str) -> bool {
        let name = format!("{laptop_id}-probe");
        let probe = move |store: &dyn SecretStore| {
            store.save(&name, "probe")?;
            store.forget(&name)
        };
        self.ask(probe).await.is_ok()
    }

    async fn loaded(&self, laptop_id: &str) -> OwnedMutexGuard<Held> {
        let mut held = Arc::clone(&self.held).lock_owned().await;
        if !held.loaded {
            let id = laptop_id.to_owned();
            let stored = self.ask(move |store| store.load(&id)).await;
            held.tokens = stored
                .ok()
                .flatten()
                .and_then(|secret| serde_json::from_str(&secret).ok());
            held.loaded = true;
        }
        held
    }

    pub async fn has_tokens(&self, laptop_id: &str) -> bool {
        self.loaded(laptop_id).await.tokens.is_some()
    }

    async fn save(&self, laptop_id: &str, tokens: &Tokens) -> bool {
        let (id, Ok(secret)) = (laptop_id.to_owned(), serde_json::to_string(tokens)) else {
            return false;
        };
        self.ask(move |store| store.save(&id, &secret)).await.is_ok()
    }

    /// Takes tokens over. False when they live in memory only.
    pub async fn put(&self, laptop_id: &str, tokens: Tokens) -> bool {
        let mut held = Arc::clone(&self.held).lock_owned().await;
        let kept = self.save(laptop_id, &tokens).await;
        *held = Held {
            loaded: true,
            tokens: Some(tokens),
        };
        kept
    }

    pub async fn forget(&self, laptop_id: &str) {
        let mut held = Arc::clone(&self.held).lock_owned().await;
        *held = Held {
            loaded: true,
            tokens: None,
        };
        let id = laptop_id.to_owned();
        // Without a keyring there is nothing to forget.
        let _ = self.ask(move |store| store.forget(&id)).await;
    }

    /// A token that is good for a while yet.
    pub async fn access(&self, shop: &Shop, wire: &Wire) -> Result<String, Trouble> {
        let held = self.loaded(shop.laptop_id()).await;
        let tokens = held.tokens.clone().ok_or(Trouble::SignInNeeded)?;
        if tokens.expires_ms - shop.world().now_ms() > EARLY_MS {
            return Ok(tokens.access);
        }
        refresh(shop, wire, held, tokens).await
    }

    /// A new token, for the present one was refused.
    pub async fn renew(&self, shop: &Shop, wire: &Wire) -> Result<(), Trouble> {
        let held = self.loaded(shop.laptop_id()).await;
        let tokens = held.tokens.clone().ok_or(Trouble::SignInNeeded)?;
        refresh(shop, wire, held, tokens).await.map(drop)
    }
}

/// Runs to its end even when nobody waits any more: a refresh token is good for one use, and the answer
/// to it brings the only next one.
async fn refresh(
    shop: &Shop,
    wire: &Wire,
    mut held: OwnedMutexGuard<Held>,
    old: Tokens,
) -> Result<String, Trouble> {
    let (shop, wire) = (shop.clone(), wire.clone());
    let refreshing = tokio::spawn(async move {
        let request = TokenRequest::RefreshToken {
            refresh_token: old.refresh.clone(),
        };
        let sent = wire.post("/device/token").json(&request).send().await;
        let answer = match wire.read::<TokenAnswer>(sent, SMALL_ANSWER).await {
            Ok(answer) => answer,
            Err(Trouble::Refused { code }) if code == code::INVALID_GRANT => {
                return Err(why_refused(&wire, &old.access).await);
            }
            Err(trouble) => return Err(trouble),
        };
        let tokens = Tokens::of(answer, shop.world().now_ms());
        if !shop.sync().keeper.save(shop.laptop_id(), &tokens).await {
            tracing::warn!("the new token could not be put into the keyring");
        }
        let access = tokens.access.clone();
        held.tokens = Some(tokens);
        Ok(access)
    });
    refreshing.await.unwrap_or_else(|error| {
        Err(Trouble::Local {
            cause: error.to_string(),
        })
    })
}

/// A refresh token is also refused when the laptop was revoked: the old access token still tells.
async fn why_refused(wire: &Wire, access: &str) -> Trouble {
    let sent = wire.get("/me").bearer_auth(access).send().await;
    match wire.read::<serde_json::Value>(sent, SMALL_ANSWER).await {
        Err(Trouble::Revoked) => Trouble::Revoked,
        _ => Trouble::SignInNeeded,
    }
}
