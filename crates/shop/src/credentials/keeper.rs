//! The one place that gives access tokens: refreshed early, by one request at a time, and the next
//! refresh token kept in the keyring or the sealed file before the new access token is used.

use super::sealed::{self, Key, Unopened};
use super::secrets::{Keyring, NoPlace, SecretStore};
use super::view::KeyPlace;
use crate::Shop;
use crate::syncing::wire::{SMALL_ANSWER, Wire};
use api::auth::{TokenAnswer, TokenRequest, code};
use serde::{Deserialize, Serialize};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::Duration;
use sync::engine::words::Trouble;
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::Instant;
use zeroize::Zeroizing;

/// A token that runs out within this time is refreshed before it is used.
const EARLY_MS: i64 = 60_000;
/// A keyring that asks a person to unlock it may take this long.
const PATIENCE: Duration = Duration::from_secs(30);
/// A refresh that got no answer within this time has found a network that is not there.
const AGAIN: Duration = Duration::from_secs(20);
/// When the shop is being closed.
const LAST_TRY: Duration = Duration::from_secs(3);

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

/// Where tokens lie that outlive the window.
enum Place {
    Keyring,
    /// A sealed file; without its key nothing comes out of it or goes into it.
    Sealed(Option<Arc<Key>>),
    /// Nowhere: a person said so, or there is no place.
    Memory,
}

struct Held {
    /// Whether the keyring or the file was asked already.
    loaded: bool,
    tokens: Option<Tokens>,
    place: Place,
    /// These tokens are newer than what lies there.
    unsaved: bool,
}

pub(crate) struct Keeper {
    store: RwLock<Arc<dyn SecretStore>>,
    /// The sealed file, once the shop's folder is known.
    file: OnceLock<PathBuf>,
    held: Arc<Mutex<Held>>,
    /// What a person is told; nobody waits for a keyring to read it.
    shown: std::sync::Mutex<KeyPlace>,
}

impl Default for Keeper {
    fn default() -> Self {
        Self {
            store: RwLock::new(Arc::new(Keyring)),
            file: OnceLock::new(),
            held: Arc::new(Mutex::new(Held {
                loaded: false,
                tokens: None,
                place: Place::Keyring,
                unsaved: false,
            })),
            shown: std::sync::Mutex::default(),
        }
    }
}

impl Keeper {
    pub fn replace_store(&self, store: Arc<dyn SecretStore>) {
        *self.store.write().unwrap_or_else(PoisonError::into_inner) = store;
    }

    /// Learns which shop's and which laptop's keeper it is, before anything else is asked of it.
    pub fn live_in(&self, folder: &Path, laptop_id: &str) {
        let file = self.file.get_or_init(|| folder.join(sealed::FILE));
        if sealed::is_there(file, laptop_id) {
            self.show(KeyPlace::Locked);
        }
    }

    pub fn place(&self) -> KeyPlace {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn show(&self, place: KeyPlace) {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }

    fn file(&self) -> std::io::Result<PathBuf> {
        self.file.get().cloned().ok_or_else(|| ErrorKind::NotFound.into())
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

    /// Whether secrets can be kept in the keyring.
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
        if held.loaded {
            return held;
        }
        held.loaded = true;
        // A file that a passphrase sealed came after whatever a keyring may still have.
        if self.place() == KeyPlace::Locked {
            held.place = Place::Sealed(None);
            return held;
        }
        let id = laptop_id.to_owned();
        match self.ask(move |store| store.load(&id)).await {
            Ok(stored) => {
                held.tokens = stored.and_then(|secret| serde_json::from_str(&Zeroizing::new(secret)).ok());
                self.show(KeyPlace::Keyring);
            }
            Err(NoPlace) => self.show(KeyPlace::KeyringShut),
        }
        held
    }

    /// The keyring is asked anew, next time.
    pub async fn ask_again(&self) {
        let mut held = self.held.lock().await;
        if held.tokens.is_none() {
            held.loaded = false;
        }
    }

    pub async fn has_tokens(&self, laptop_id: &str) -> bool {
        self.loaded(laptop_id).await.tokens.is_some()
    }

    async fn save_in_keyring(&self, laptop_id: &str, tokens: &Tokens) -> bool {
        let (id, Ok(secret)) = (laptop_id.to_owned(), serde_json::to_string(tokens)) else {
            return false;
        };
        self.ask(move |store| store.save(&id, &Zeroizing::new(secret)))
            .await
            .is_ok()
    }

    async fn save_in_file(&self, laptop_id: &str, key: Arc<Key>, tokens: &Tokens) -> std::io::Result<()> {
        let (file, id) = (self.file()?, laptop_id.to_owned());
        let secret = Zeroizing::new(serde_json::to_vec(tokens)?);
        let sealing = tokio::task::spawn_blocking(move || sealed::seal(&file, &id, &key, &secret));
        sealing.await.map_err(std::io::Error::other)?
    }

    /// Writes new tokens to where the old ones lie. What cannot be written is not kept elsewhere instead: it is
    /// said, and tried again with the next tokens and when the shop is closed.
    async fn save(&self, laptop_id: &str, held: &mut Held, tokens: &Tokens) {
        held.unsaved = match &held.place {
            Place::Keyring => {
                let kept = self.save_in_keyring(laptop_id, tokens).await;
                self.show(if kept { KeyPlace::Keyring } else { KeyPlace::ForNow });
                !kept
            }
            Place::Sealed(Some(key)) => {
                let written = self.save_in_file(laptop_id, Arc::clone(key), tokens).await;
                if let Err(error) = &written {
                    tracing::warn!(%error, "the sealed file could not be written");
                }
                self.show(match written {
                    Ok(()) => KeyPlace::Passphrase,
                    Err(_) => KeyPlace::ForNow,
                });
                written.is_err()
            }
            Place::Sealed(None) | Place::Memory => false,
        };
        if held.unsaved {
            tracing::warn!("the new token could not be kept");
        }
    }

    /// Takes the tokens of a new sign-in over: into the keyring; else into the file that is open; else they live in
    /// memory only, and the answer is false. A file that waits for its passphrase has nothing of worth any more.
    pub async fn put(&self, laptop_id: &str, tokens: Tokens) -> bool {
        let mut held = Arc::clone(&self.held).lock_owned().await;
        let open = match &held.place {
            Place::Sealed(Some(key)) => Some(Arc::clone(key)),
            _ => None,
        };
        let (place, shown) = if self.save_in_keyring(laptop_id, &tokens).await {
            (Place::Keyring, KeyPlace::Keyring)
        } else {
            let written = match &open {
                Some(key) => self
                    .save_in_file(laptop_id, Arc::clone(key), &tokens)
                    .await
                    .is_ok(),
                None => false,
            };
            match open.filter(|_| written) {
                Some(key) => (Place::Sealed(Some(key)), KeyPlace::Passphrase),
                None => (Place::Memory, KeyPlace::ForNow),
            }
        };
        if !matches!(place, Place::Sealed(_)) {
            self.remove_file();
        }
        let kept = shown != KeyPlace::ForNow;
        self.show(shown);
        *held = Held {
            loaded: true,
            tokens: Some(tokens),
            place,
            unsaved: false,
        };
        kept
    }

    /// Moves the tokens into a file that this passphrase seals.
    pub async fn seal_with(&self, laptop_id: &str, passphrase: Zeroizing<String>) -> std::io::Result<()> {
        let mut held = self.loaded(laptop_id).await;
        let Some(tokens) = held.tokens.clone() else {
            return Err(ErrorKind::NotFound.into());
        };
        let making = tokio::task::spawn_blocking(move || Key::new(&passphrase));
        let key = Arc::new(making.await.map_err(std::io::Error::other)??);
        self.save_in_file(laptop_id, Arc::clone(&key), &tokens).await?;
        let was_in_keyring = matches!(held.place, Place::Keyring);
        held.place = Place::Sealed(Some(key));
        held.unsaved = false;
        self.show(KeyPlace::Passphrase);
        if was_in_keyring {
            let id = laptop_id.to_owned();
            // One that does not answer is not asked any more while the file is there.
            let _ = self.ask(move |store| store.forget(&id)).await;
        }
        Ok(())
    }

    /// Opens the sealed file.
    pub async fn unlock(&self, laptop_id: &str, passphrase: Zeroizing<String>) -> Result<(), Unopened> {
        let mut held = self.loaded(laptop_id).await;
        if !matches!(held.place, Place::Sealed(None)) {
            return Ok(());
        }
        let (file, id) = (self.file()?, laptop_id.to_owned());
        let opening = tokio::task::spawn_blocking(move || sealed::open(&file, &id, &passphrase));
        let (key, secret) = opening.await.map_err(std::io::Error::other)??;
        let tokens = serde_json::from_slice(&secret).map_err(|_| Unopened::Damaged)?;
        held.tokens = Some(tokens);
        held.place = Place::Sealed(Some(Arc::new(key)));
        self.show(KeyPlace::Passphrase);
        Ok(())
    }

    pub async fn forget(&self, laptop_id: &str) {
        let mut held = Arc::clone(&self.held).lock_owned().await;
        *held = Held {
            loaded: true,
            tokens: None,
            place: Place::Keyring,
            unsaved: false,
        };
        self.remove_file();
        self.show(KeyPlace::Keyring);
        let id = laptop_id.to_owned();
        // Without a keyring there is nothing to forget.
        let _ = self.ask(move |store| store.forget(&id)).await;
    }

    fn remove_file(&self) {
        if let Err(error) = self.file().and_then(|file| sealed::remove(&file)) {
            tracing::warn!(%error, "the sealed file could not be removed");
        }
    }

    /// Before the shop is closed: what could not be kept is tried once more, but nobody is made to wait.
    pub async fn settle(&self, laptop_id: &str) {
        let last_try = async {
            let mut held = self.held.lock().await;
            if let Some(tokens) = held.tokens.clone().filter(|_| held.unsaved) {
                self.save(laptop_id, &mut held, &tokens).await;
            }
        };
        if tokio::time::timeout(LAST_TRY, last_try).await.is_err() {
            tracing::warn!("the key's place did not answer before the shop was closed");
        }
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
        let ask = async || {
            let sent = wire.send(wire.post("/device/token").json(&request)).await;
            wire.read::<TokenAnswer>(sent, SMALL_ANSWER).await
        };
        let began = Instant::now();
        let mut answered = ask().await;
        if matches!(answered, Err(Trouble::Unreachable)) && began.elapsed() < AGAIN {
            // The answer got lost, perhaps: within its grace the same token gives a good pair once more.
            answered = ask().await;
        }
        let answer = match answered {
            Ok(answer) => answer,
            Err(Trouble::Refused { code }) if code == code::INVALID_GRANT => {
                return Err(why_refused(&wire, &old.access).await);
            }
            Err(trouble) => return Err(trouble),
        };
        let tokens = Tokens::of(answer, shop.world().now_ms());
        shop.sync()
            .keeper
            .save(shop.laptop_id(), &mut held, &tokens)
            .await;
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
    let sent = wire.send(wire.get("/me").bearer_auth(access)).await;
    match wire.read::<serde_json::Value>(sent, SMALL_ANSWER).await {
        Err(Trouble::Revoked) => Trouble::Revoked,
        _ => Trouble::SignInNeeded,
    }
}
