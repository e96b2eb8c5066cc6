//! What can happen to a laptop's tokens, case by case. No race signs anybody out, and a copied token ends its family.
//!
//! | case | test |
//! |---|---|
//! | revoked, idle | `sign_in::a_revoked_laptop_says_so_and_still_works_on_its_own` |
//! | revoked in the middle of a push | [`revoked_in_the_middle_of_a_push`] |
//! | refresh replayed inside its grace | [`replayed_inside_the_grace_nobody_is_shut_out`] |
//! | refresh replayed after its grace | [`replayed_after_the_grace_the_family_ends`] |
//! | refresh raced by two tasks | [`raced_by_many_tasks_there_is_one_refresh`] |
//! | window and terminal on one shop | [`raced_by_window_and_terminal_one_of_them_has_the_shop`] |
//! | answer to a refresh lost | [`an_answer_lost_for_an_evening_signs_nobody_out`]; at once: `sign_in::tokens_outlive_a_restart_and_are_kept_before_they_are_used` |
//! | one answer to a refresh lost or cut | [`one_lost_answer_to_a_refresh_is_asked_for_once_more`] |
//! | answer to a refresh cut | [`an_answer_cut_in_its_middle_is_asked_for_again`] |
//! | access expired only | [`with_the_access_expired_a_refresh_helps`] |
//! | access and refresh gone | [`with_both_gone_only_a_sign_in_helps`] |
//! | keyring missing | [`without_a_keyring_a_passphrase_keeps_the_key`]; for now only: `sign_in::without_a_keyring_a_sign_in_holds_for_now` |
//! | keyring locked, then unlocked | [`a_keyring_locked_at_first_is_asked_again`] |
//! | keyring gone while running | [`a_keyring_that_goes_and_comes_loses_nothing`] |
//! | sealed file: right, wrong, damaged, forgotten | [`a_sealed_file_opens_for_its_passphrase_only`], [`a_damaged_file_and_a_forgotten_passphrase_end_in_a_new_sign_in`] |
//! | laptop cloned | [`a_copied_folder_unseals_nothing`]; with a keyring: `backup::moved` |
//! | clock wrong by a year | [`a_clock_wrong_by_a_year_signs_nobody_out`] |

use super::world::{LONG, Laptop, Market, SELLER, keep_syncing, noise, until, until_carried, until_phase};
use darkroom::Darkroom;
use marketplace::accounts::refresh::{self, Refreshed};
use serde_json::Value;
use shop::credentials::secrets::{Memory, NoPlace, SecretStore};
use shop::credentials::view::{KeyPlace, SignInStep};
use shop::syncing::view::SyncPhase;
use shop::world::{System, World};
use shop::{Code, Shop};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use testkit::proxy::{Fate, Proxy};

const QUARTER_HOUR: i64 = 15 * 60_000;
const HOUR: i64 = 4 * QUARTER_HOUR;
const YEAR: i64 = 365 * 24 * HOUR;
const PHRASE: &str = "olla comal y molcajete";

/// A keyring that can be shut, or gone.
#[derive(Default)]
struct Door {
    shut: AtomicBool,
    secrets: Memory,
}

impl Door {
    fn shut(&self, shut: bool) {
        self.shut.store(shut, Ordering::SeqCst);
    }

    fn open(&self) -> Result<&Memory, NoPlace> {
        if self.shut.load(Ordering::SeqCst) {
            Err(NoPlace)
        } else {
            Ok(&self.secrets)
        }
    }
}

impl SecretStore for Door {
    fn load(&self, laptop_id: &str) -> Result<Option<String>, NoPlace> {
        self.open()?.load(laptop_id)
    }

    fn save(&self, laptop_id: &str, secret: &str) -> Result<(), NoPlace> {
        self.open()?.save(laptop_id, secret)
    }

    fn forget(&self, laptop_id: &str) -> Result<(), NoPlace> {
        self.open()?.forget(laptop_id)
    }
}

/// A laptop with this keyring, approved by its seller.
async fn signed_in_with(market: &Market, door: &Arc<Door>) -> (Laptop, SignInStep) {
    let a = Laptop::new().await;
    a.shop.keep_secrets_in(Arc::clone(door) as _);
    let step = approve(&a, market).await;
    (a, step)
}

async fn approve(laptop: &Laptop, market: &Market) -> SignInStep {
    let code = laptop.shop.sign_in_begin(&market.url()).await.unwrap();
    market.decide(SELLER, &code.user_code, true).await;
    laptop.shop.sign_in_poll().await.unwrap()
}

async fn restart_with(laptop: Laptop, door: &Arc<Door>) -> Laptop {
    let laptop = laptop.restart().await;
    laptop.shop.keep_secrets_in(Arc::clone(door) as _);
    laptop
}

async fn key(shop: &Shop) -> KeyPlace {
    shop.state().await.unwrap().key
}

fn refresh_token(laptop: &Laptop) -> String {
    let kept = laptop.secrets.load(laptop.shop.laptop_id()).unwrap().unwrap();
    let kept: Value = serde_json::from_str(&kept).unwrap();
    kept["refresh"].as_str().unwrap().to_owned()
}

/// Whoever has a copy of a refresh token uses it, so long from now.
async fn stolen(market: &Market, token: &str, in_ms: i64) -> bool {
    let now_ms = System.now_ms() + in_ms;
    let used = refresh::refresh(market.server().database(), token, now_ms).await;
    matches!(used.unwrap(), Refreshed::Tokens(_))
}

/// Something is done to the marketplace's records.
async fn at_the_marketplace(market: &Market, sql: &'static str) {
    let mut tx = market.server().database().begin().await.unwrap();
    sqlx::query(sql).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}

async fn cannot_sync(laptop: &Laptop, code: Code) {
    assert_eq!(laptop.shop.sync_once(LONG).await.unwrap_err().code, code);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn revoked_in_the_middle_of_a_push() {
    let market = Market::start().await;
    let proxy = Proxy::to(market.address()).await;
    let a = Laptop::signed_in(&market, &proxy.url()).await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    a.sync().await;
    // The push is taken, its answer never comes; then the laptop is shut out.
    let piece = a.piece("A medio camino", noise(64, 1)).await;
    proxy.next("/push", 99, Fate::LoseAnswer);
    a.shop.sync_once(LONG).await.unwrap();
    assert!(proxy.lost("/push") > 0);
    b.shop.laptop_revoke(a.shop.laptop_id()).await.unwrap();
    proxy.clear();
    let state = a.shop.sync_once(LONG).await.unwrap();
    assert_eq!(state.phase, SyncPhase::Revoked);
    assert!(state.waiting > 0, "nothing is taken for sent");
    a.title(&piece.id, "Después").await;
    // Let in again it goes on where it was, and nothing counts twice.
    a.sign_in(&market, &proxy.url()).await;
    let state = a.sync().await;
    assert!(state.refused.is_empty(), "{:?}", state.refused);
    b.sync().await;
    let there = b.shop.product(&piece.id).await.unwrap();
    assert_eq!((there.title.as_str(), there.on_hand), ("Después", 3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replayed_inside_the_grace_nobody_is_shut_out() {
    let market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let first = refresh_token(&a);
    a.clock.by_ms.fetch_add(QUARTER_HOUR, Ordering::SeqCst);
    a.sync().await;
    assert_ne!(refresh_token(&a), first);
    assert!(stolen(&market, &first, 30_000).await);
    for _ in 0..2 {
        a.clock.by_ms.fetch_add(QUARTER_HOUR, Ordering::SeqCst);
        a.sync().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replayed_after_the_grace_the_family_ends() {
    let market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    let copied = refresh_token(&a);
    a.clock.by_ms.fetch_add(QUARTER_HOUR, Ordering::SeqCst);
    a.sync().await;
    let newest = refresh_token(&a);
    assert!(
        !stolen(&market, &copied, 120_000).await,
        "the copy is good for nothing"
    );
    assert!(!stolen(&market, &newest, 120_000).await, "and the family with it");
    let piece = a.piece("Después del robo", noise(64, 2)).await;
    let state = a.shop.sync_once(LONG).await.unwrap();
    assert_eq!((state.phase, state.waiting > 0), (SyncPhase::Revoked, true));
    // The seller's other laptop is another family; this one comes back with a new sign-in.
    b.sync().await;
    a.sign_in(&market, &market.url()).await;
    a.sync().await;
    b.sync().await;
    assert!(b.shop.product(&piece.id).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn raced_by_many_tasks_there_is_one_refresh() {
    let market = Market::start().await;
    let proxy = Proxy::to(market.address()).await;
    let a = Laptop::signed_in(&market, &proxy.url()).await;
    let syncing = keep_syncing(&a);
    until_carried(&a.shop).await;
    for _ in 0..3 {
        let before = proxy.count("/device/token");
        a.clock.by_ms.fetch_add(QUARTER_HOUR, Ordering::SeqCst);
        let asking: Vec<_> = (0..8)
            .map(|_| {
                let shop = a.shop.clone();
                tokio::spawn(async move { shop.laptop_list().await.map(|laptops| laptops.len()) })
            })
            .collect();
        a.shop.sync_now().await.unwrap();
        for asked in asking {
            assert_eq!(asked.await.unwrap().unwrap(), 1);
        }
        until_carried(&a.shop).await;
        assert_eq!(proxy.count("/device/token"), before + 1);
    }
    syncing.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn raced_by_window_and_terminal_one_of_them_has_the_shop() {
    let market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    a.clock.by_ms.fetch_add(QUARTER_HOUR, Ordering::SeqCst);
    let window = async { a.sync().await };
    let terminal = async { Shop::open(a.folder.path()).await.map(drop) };
    let (_, second) = tokio::join!(window, terminal);
    assert_eq!(second.unwrap_err().code, Code::ShopOpenElsewhere);
    // One after the other they go on with each other's tokens.
    let window = refresh_token(&a);
    let a = a.restart().await;
    a.clock.by_ms.fetch_add(QUARTER_HOUR, Ordering::SeqCst);
    a.sync().await;
    assert_ne!(refresh_token(&a), window);
    let a = a.restart().await;
    a.clock.by_ms.fetch_add(QUARTER_HOUR, Ordering::SeqCst);
    a.sync().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_lost_for_an_evening_signs_nobody_out() {
    let market = Market::start().await;
    let proxy = Proxy::to(market.address()).await;
    let a = Laptop::signed_in(&market, &proxy.url()).await;
    let old = refresh_token(&a);
    a.clock.by_ms.fetch_add(QUARTER_HOUR, Ordering::SeqCst);
    proxy.next("/device/token", 99, Fate::LoseAnswer);
    let state = a.shop.sync_once(LONG).await.unwrap();
    assert_eq!(state.phase, SyncPhase::Offline);
    assert!(proxy.lost("/device/token") > 0 && refresh_token(&a) == old);
    proxy.clear();
    at_the_marketplace(
        &market,
        "UPDATE refresh_tokens SET used_ms = used_ms - 7200000 WHERE used_ms IS NOT NULL",
    )
    .await;
    let a = a.restart().await;
    a.sync().await;
    assert_ne!(refresh_token(&a), old);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_lost_answer_to_a_refresh_is_asked_for_once_more() {
    let market = Market::start().await;
    let proxy = Proxy::to(market.address()).await;
    let a = Laptop::signed_in(&market, &proxy.url()).await;
    a.sync().await;
    a.piece("Olla", noise(64, 1)).await;
    for fate in [Fate::LoseAnswer, Fate::CutAnswer] {
        let (old, before) = (refresh_token(&a), proxy.count("/device/token"));
        a.clock.by_ms.fetch_add(QUARTER_HOUR, Ordering::SeqCst);
        proxy.next("/device/token", 1, fate);
        // A terminal gives up at trouble: there was none.
        a.sync().await;
        assert_eq!(proxy.count("/device/token"), before + 2);
        assert_ne!(refresh_token(&a), old);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_cut_in_its_middle_is_asked_for_again() {
    let market = Market::start().await;
    let proxy = Proxy::to(market.address()).await;
    let a = Laptop::signed_in(&market, &proxy.url()).await;
    let old = refresh_token(&a);
    a.clock.by_ms.fetch_add(QUARTER_HOUR, Ordering::SeqCst);
    proxy.next("/device/token", 99, Fate::CutAnswer);
    let state = a.shop.sync_once(LONG).await.unwrap();
    assert!(
        matches!(state.phase, SyncPhase::Offline | SyncPhase::Troubled),
        "{state:?}"
    );
    assert_eq!(refresh_token(&a), old, "half a token is none");
    proxy.clear();
    a.sync().await;
    assert_ne!(refresh_token(&a), old);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_the_access_expired_a_refresh_helps() {
    let market = Market::start().await;
    let proxy = Proxy::to(market.address()).await;
    let a = Laptop::signed_in(&market, &proxy.url()).await;
    a.sync().await;
    let (old, before) = (refresh_token(&a), proxy.count("/device/token"));
    // By the laptop's clock it is good for a while yet.
    at_the_marketplace(&market, "UPDATE access_tokens SET expires_ms = 0").await;
    a.piece("Con llave nueva", noise(64, 3)).await;
    a.sync().await;
    assert_eq!(proxy.count("/device/token"), before + 1);
    at_the_marketplace(&market, "UPDATE access_tokens SET expires_ms = 0").await;
    assert_eq!(a.shop.laptop_list().await.unwrap().len(), 1);
    assert_ne!(refresh_token(&a), old);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_both_gone_only_a_sign_in_helps() {
    let market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    a.sync().await;
    at_the_marketplace(&market, "DELETE FROM access_tokens").await;
    at_the_marketplace(&market, "DELETE FROM refresh_tokens").await;
    let piece = a.piece("Sin llave", noise(64, 4)).await;
    let syncing = keep_syncing(&a);
    until_phase(&a.shop, SyncPhase::SignedOut).await;
    assert!(a.shop.sync_state().await.unwrap().waiting > 0);
    a.sign_in(&market, &market.url()).await;
    until_carried(&a.shop).await;
    syncing.stop().await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    b.sync().await;
    assert!(b.shop.product(&piece.id).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_keyring_a_passphrase_keeps_the_key() {
    let market = Market::start().await;
    let door = Arc::new(Door::default());
    door.shut(true);
    let (a, step) = signed_in_with(&market, &door).await;
    assert_eq!(
        (step, key(&a.shop).await),
        (SignInStep::DoneForNow, KeyPlace::ForNow)
    );
    assert_eq!(
        a.shop.key_keep("corta").await.unwrap_err().code,
        Code::PassphraseShort
    );
    assert_eq!(a.shop.key_keep(PHRASE).await.unwrap().key, KeyPlace::Passphrase);
    a.sync().await;

    // Next morning everything works but the carrying, which waits for the passphrase.
    let a = restart_with(a, &door).await;
    assert_eq!(key(&a.shop).await, KeyPlace::Locked);
    let syncing = keep_syncing(&a);
    let piece = a.piece("De madrugada", noise(64, 5)).await;
    until_phase(&a.shop, SyncPhase::SignedOut).await;
    assert_eq!(a.shop.laptop_list().await.unwrap_err().code, Code::KeyLocked);
    assert_eq!(
        a.shop.key_keep(PHRASE).await.unwrap_err().code,
        Code::KeyLocked,
        "what is locked is not overwritten"
    );
    a.shop.key_unlock(PHRASE).await.unwrap();
    until(&a.shop, "the piece carried", |shop| async move {
        let state = shop.sync_state().await.unwrap();
        state.phase == SyncPhase::Idle && state.waiting == 0
    })
    .await;
    syncing.stop().await;

    // New tokens are sealed as they come, and another sign-in is kept without being asked again.
    let sealed = std::fs::read(a.folder.path().join("key.sealed")).unwrap();
    a.clock.by_ms.fetch_add(QUARTER_HOUR, Ordering::SeqCst);
    a.sync().await;
    assert_ne!(std::fs::read(a.folder.path().join("key.sealed")).unwrap(), sealed);
    assert_eq!(approve(&a, &market).await, SignInStep::Done);
    let a = restart_with(a, &door).await;
    a.shop.key_unlock(PHRASE).await.unwrap();
    a.clock.by_ms.fetch_add(QUARTER_HOUR, Ordering::SeqCst);
    a.sync().await;
    assert!(a.shop.product(&piece.id).await.is_ok());

    // Signing out takes the file away.
    a.shop.sign_out().await.unwrap();
    assert!(!a.folder.path().join("key.sealed").exists());
    let a = restart_with(a, &door).await;
    assert_eq!(key(&a.shop).await, KeyPlace::Keyring);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_keyring_locked_at_first_is_asked_again() {
    let market = Market::start().await;
    let door = Arc::new(Door::default());
    let (a, step) = signed_in_with(&market, &door).await;
    assert_eq!((step, key(&a.shop).await), (SignInStep::Done, KeyPlace::Keyring));
    let a = restart_with(a, &door).await;
    door.shut(true);
    let syncing = keep_syncing(&a);
    until_phase(&a.shop, SyncPhase::SignedOut).await;
    assert_eq!(key(&a.shop).await, KeyPlace::KeyringShut);
    assert_eq!(
        a.shop.keyring_again().await.unwrap_err().code,
        Code::KeyringMissing
    );
    a.piece("Con el llavero cerrado", noise(64, 6)).await;
    door.shut(false);
    assert_eq!(a.shop.keyring_again().await.unwrap().key, KeyPlace::Keyring);
    until_carried(&a.shop).await;
    syncing.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_keyring_that_goes_and_comes_loses_nothing() {
    let market = Market::start().await;
    let door = Arc::new(Door::default());
    let (a, _) = signed_in_with(&market, &door).await;
    a.sync().await;
    // The entry is gone: the shop goes on with what it has, and the next refresh writes it anew.
    door.forget(a.shop.laptop_id()).unwrap();
    a.sync().await;
    a.clock.by_ms.fetch_add(QUARTER_HOUR, Ordering::SeqCst);
    a.sync().await;
    assert!(door.load(a.shop.laptop_id()).unwrap().is_some());
    // The keyring itself is gone for a while, and a refresh falls into it. It is said, and not put elsewhere.
    door.shut(true);
    a.clock.by_ms.fetch_add(QUARTER_HOUR, Ordering::SeqCst);
    a.sync().await;
    assert_eq!(key(&a.shop).await, KeyPlace::ForNow);
    assert!(!a.folder.path().join("key.sealed").exists());
    door.shut(false);
    // Closed in good order it is kept after all: the old one would have been taken for a copy.
    at_the_marketplace(
        &market,
        "UPDATE refresh_tokens SET used_ms = used_ms - 7200000 WHERE used_ms IS NOT NULL",
    )
    .await;
    let a = restart_with(a, &door).await;
    a.clock.by_ms.fetch_add(QUARTER_HOUR, Ordering::SeqCst);
    a.sync().await;
    assert_eq!(key(&a.shop).await, KeyPlace::Keyring);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sealed_file_opens_for_its_passphrase_only() {
    let market = Market::start().await;
    let door = Arc::new(Door::default());
    door.shut(true);
    let (a, _) = signed_in_with(&market, &door).await;
    a.shop.key_keep(PHRASE).await.unwrap();
    let a = restart_with(a, &door).await;
    let before = std::fs::read(a.folder.path().join("key.sealed")).unwrap();
    for wrong in ["", "olla", "Olla comal y molcajete", "olla comal y molcajetes"] {
        let fault = a.shop.key_unlock(wrong).await.unwrap_err();
        assert_eq!(fault.code, Code::PassphraseWrong, "{wrong}");
        cannot_sync(&a, Code::NotSignedIn).await;
    }
    // However often: nothing was counted, nothing was changed.
    assert_eq!(std::fs::read(a.folder.path().join("key.sealed")).unwrap(), before);
    let state = a.shop.key_unlock("  olla comal y molcajete ").await.unwrap();
    assert_eq!(state.key, KeyPlace::Passphrase);
    a.sync().await;

    // A backup goes without it; a keyring that works is preferred again with the next sign-in.
    a.shop.backup_now().await.unwrap();
    assert_eq!(named(&a.folder.path().join("backups"), "key.sealed"), 0);
    assert_eq!(named(a.folder.path(), "key.sealed"), 1);
    door.shut(false);
    assert_eq!(approve(&a, &market).await, SignInStep::Done);
    assert_eq!(key(&a.shop).await, KeyPlace::Keyring);
    assert_eq!(named(a.folder.path(), "key.sealed"), 0);
}

/// How many files below a folder have this name.
fn named(folder: &std::path::Path, name: &str) -> usize {
    let entries = std::fs::read_dir(folder).unwrap();
    entries
        .map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() {
                named(&path, name)
            } else {
                usize::from(path.file_name().is_some_and(|found| found == name))
            }
        })
        .sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_damaged_file_and_a_forgotten_passphrase_end_in_a_new_sign_in() {
    let market = Market::start().await;
    let door = Arc::new(Door::default());
    door.shut(true);
    let (a, _) = signed_in_with(&market, &door).await;
    a.shop.key_keep(PHRASE).await.unwrap();
    let file = a.folder.path().join("key.sealed");
    let whole = std::fs::read(&file).unwrap();
    std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    let a = restart_with(a, &door).await;
    assert_eq!(key(&a.shop).await, KeyPlace::Locked);
    assert_eq!(
        a.shop.key_unlock(PHRASE).await.unwrap_err().code,
        Code::KeyFileDamaged
    );
    let piece = a.piece("Sin frase", noise(64, 7)).await;
    // The same way out as for whoever forgot it.
    assert_eq!(approve(&a, &market).await, SignInStep::DoneForNow);
    assert!(!file.exists(), "an old passphrase is not asked for again");
    a.shop.key_keep("petate guaje y rebozo").await.unwrap();
    a.sync().await;
    let a = restart_with(a, &door).await;
    assert_eq!(
        a.shop.key_unlock(PHRASE).await.unwrap_err().code,
        Code::PassphraseWrong
    );
    a.shop.key_unlock("petate guaje y rebozo").await.unwrap();
    a.sync().await;
    assert!(a.shop.product(&piece.id).await.is_ok());
}

/// The system's clock on a computer of this name.
struct Computer(&'static str);

impl World for Computer {
    fn now_ms(&self) -> i64 {
        System.now_ms()
    }

    fn id(&self) -> String {
        System.id()
    }

    fn offset_minutes(&self) -> i32 {
        -360
    }

    fn machine(&self) -> Option<String> {
        Some(self.0.into())
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_copied_folder_unseals_nothing() {
    let market = Market::start().await;
    let open = async |folder: &std::path::Path, computer| {
        let shop = Shop::open_with(folder, Arc::new(Computer(computer)), Darkroom::here())
            .await
            .unwrap();
        let door = Door::default();
        door.shut(true);
        shop.keep_secrets_in(Arc::new(door));
        shop
    };
    let folder = tempfile::tempdir().unwrap();
    let shop = open(folder.path(), "first").await;
    let code = shop.sign_in_begin(&market.url()).await.unwrap();
    market.decide(SELLER, &code.user_code, true).await;
    shop.sign_in_poll().await.unwrap();
    shop.key_keep(PHRASE).await.unwrap();
    shop.close().await;

    let copy = tempfile::tempdir().unwrap();
    for file in ["shop.db", "key.sealed"] {
        std::fs::copy(folder.path().join(file), copy.path().join(file)).unwrap();
    }
    // Elsewhere it is another laptop, and the file another laptop's: not even the passphrase opens it there.
    let elsewhere = open(copy.path(), "second").await;
    assert_eq!(key(&elsewhere).await, KeyPlace::Keyring);
    elsewhere.key_unlock(PHRASE).await.unwrap();
    assert_eq!(
        elsewhere.sync_once(LONG).await.unwrap_err().code,
        Code::NotSignedIn
    );
    // At home the passphrase is all that is needed, and the copy has ended nothing.
    let home = open(folder.path(), "first").await;
    assert_eq!(key(&home).await, KeyPlace::Locked);
    home.key_unlock(PHRASE).await.unwrap();
    assert_eq!(home.sync_once(LONG).await.unwrap().phase, SyncPhase::Idle);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_clock_wrong_by_a_year_signs_nobody_out() {
    let market = Market::start().await;
    for (begun, then) in [(YEAR, 0), (-YEAR, 0), (0, YEAR), (0, -YEAR)] {
        let a = Laptop::new().await;
        a.clock.by_ms.store(begun, Ordering::SeqCst);
        a.sign_in(&market, &market.url()).await;
        a.sync().await;
        // The battery is changed, the clock is set, and the quarter of an hour has passed at the marketplace.
        a.clock.by_ms.store(then, Ordering::SeqCst);
        let a = a.restart().await;
        at_the_marketplace(&market, "UPDATE access_tokens SET expires_ms = 0").await;
        a.piece("Con otra hora", noise(64, 8)).await;
        for _ in 0..2 {
            a.sync().await;
            assert_eq!(a.shop.state().await.unwrap().key, KeyPlace::Keyring);
        }
    }
}
