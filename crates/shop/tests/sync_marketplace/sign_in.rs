//! Signing in, being shut out, and keeping tokens.

use super::world::{Laptop, Market, SELLER, keep_syncing, noise, until_carried, until_phase};
use shop::Code;
use shop::credentials::secrets::{NoPlace, SecretStore};
use shop::credentials::view::SignInStep;
use shop::syncing::view::SyncPhase;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use testkit::proxy::{Fate, Proxy};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_code_is_shown_and_the_seller_says_yes() {
    let market = Market::start().await;
    let laptop = Laptop::new().await;
    let code = laptop
        .shop
        .sign_in_begin(&format!(" {}/ ", market.url()))
        .await
        .unwrap();
    assert_eq!(code.user_code.len(), 9, "{code:?}");
    assert!(code.address_with_code.contains(&code.user_code) && code.address.starts_with(&market.url()));
    let side = code.qr.len().isqrt();
    assert!(side >= 21 && side * side == code.qr.len());
    assert_eq!(laptop.shop.sign_in_poll().await.unwrap(), SignInStep::Waiting);
    assert!(!laptop.shop.state().await.unwrap().signed_in);
    market.decide(SELLER, &code.user_code, true).await;
    // Asked too soon it is not even sent.
    assert_eq!(laptop.shop.sign_in_poll().await.unwrap(), SignInStep::Waiting);
    laptop.clock.by_ms.fetch_add(6_000, Ordering::SeqCst);
    assert_eq!(laptop.shop.sign_in_poll().await.unwrap(), SignInStep::Done);

    let state = laptop.shop.state().await.unwrap();
    assert!(state.signed_in && !state.new);
    assert_eq!(
        (state.email.as_str(), state.shop_name.as_str()),
        (SELLER, "Taller Núñez")
    );
    assert_eq!(
        (state.place.as_str(), state.currency.as_str()),
        ("Tlaquepaque, Jalisco", "MXN")
    );
    let laptops = laptop.shop.laptop_list().await.unwrap();
    assert!(laptops.len() == 1 && laptops[0].this_one && !laptops[0].revoked);
    assert_eq!(
        laptop.shop.sign_in_poll().await.unwrap_err().code,
        Code::NotSignedIn,
        "it is over"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_and_too_late_are_told_apart() {
    let market = Market::start().await;
    let laptop = Laptop::new().await;
    let code = laptop.shop.sign_in_begin(&market.url()).await.unwrap();
    market.decide(SELLER, &code.user_code, false).await;
    assert_eq!(laptop.shop.sign_in_poll().await.unwrap(), SignInStep::Denied);

    let code = laptop.shop.sign_in_begin(&market.url()).await.unwrap();
    laptop
        .clock
        .by_ms
        .fetch_add(code.expires_ms - laptop.clock_now(), Ordering::SeqCst);
    assert_eq!(laptop.shop.sign_in_poll().await.unwrap(), SignInStep::Expired);

    laptop.shop.sign_in_begin(&market.url()).await.unwrap();
    laptop.shop.sign_in_cancel().await;
    assert_eq!(
        laptop.shop.sign_in_poll().await.unwrap_err().code,
        Code::NotSignedIn
    );
    assert!(!laptop.shop.state().await.unwrap().signed_in);
}

impl Laptop {
    fn clock_now(&self) -> i64 {
        use shop::world::World;
        self.clock.now_ms()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_addresses_are_told_in_their_own_words() {
    let mut market = Market::start().await;
    let proxy = Proxy::to(market.address()).await;
    let laptop = Laptop::new().await;
    let begin = async |address: &str| laptop.shop.sign_in_begin(address).await.unwrap_err().code;
    assert_eq!(begin("").await, Code::AddressNotUnderstood);
    assert_eq!(begin("http://mercado.example").await, Code::AddressNotUnderstood);
    for fate in [Fate::Html, Fate::Redirect] {
        proxy.next("/device/", 1, fate);
        assert_eq!(begin(&proxy.url()).await, Code::ServerNotAMarketplace, "{fate:?}");
    }
    // A path of the storefront is no marketplace either.
    assert_eq!(
        begin(&format!("{}/piece", market.url())).await,
        Code::ServerNotAMarketplace
    );
    let url = market.url();
    market.stop().await;
    assert_eq!(begin(&url).await, Code::ServerUnreachable);
    assert_eq!(laptop.shop.sync_now().await.unwrap_err().code, Code::NotSignedIn);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_revoked_laptop_says_so_and_still_works_on_its_own() {
    let market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    let syncing = keep_syncing(&a);
    until_carried(&a.shop).await;
    let id = a.shop.laptop_id().to_owned();
    let laptops = b.shop.laptop_revoke(&id).await.unwrap();
    assert!(laptops.iter().any(|laptop| laptop.id == id && laptop.revoked));

    a.shop.sync_now().await.unwrap();
    until_phase(&a.shop, SyncPhase::Revoked).await;
    let piece = a.piece("Hecha sin permiso", noise(64, 1)).await;
    assert_eq!(
        a.shop.product(&piece.id).await.unwrap().title,
        "Hecha sin permiso"
    );
    assert_eq!(a.shop.laptop_list().await.unwrap_err().code, Code::LaptopRevoked);
    syncing.stop().await;

    // It is known after a restart too, and a new sign-in helps: nothing was lost.
    let a = a.restart().await;
    assert_eq!(a.shop.sync_state().await.unwrap().phase, SyncPhase::Revoked);
    a.sign_in(&market, &market.url()).await;
    a.sync().await;
    b.sync().await;
    assert_eq!(
        b.shop.product(&piece.id).await.unwrap().title,
        "Hecha sin permiso"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signing_out_forgets_the_tokens_and_keeps_the_work() {
    let market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let syncing = keep_syncing(&a);
    until_carried(&a.shop).await;
    assert!(a.secrets.load(a.shop.laptop_id()).unwrap().is_some());
    let state = a.shop.sign_out().await.unwrap();
    assert!(!state.signed_in && a.secrets.load(a.shop.laptop_id()).unwrap().is_none());
    until_phase(&a.shop, SyncPhase::SignedOut).await;
    let piece = a.piece("Entre dos sesiones", noise(64, 2)).await;
    a.sign_in(&market, &market.url()).await;
    until_carried(&a.shop).await;
    syncing.stop().await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    b.sync().await;
    assert!(b.shop.product(&piece.id).await.is_ok());
    // The laptop that signed out was shut out by the marketplace, and let in again.
    let laptops = b.shop.laptop_list().await.unwrap();
    assert_eq!(laptops.iter().filter(|laptop| laptop.revoked).count(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tokens_outlive_a_restart_and_are_kept_before_they_are_used() {
    let market = Market::start().await;
    let proxy = Proxy::to(market.address()).await;
    let a = Laptop::signed_in(&market, &proxy.url()).await;
    let first = a.secrets.load(a.shop.laptop_id()).unwrap().unwrap();
    let a = a.restart().await;
    a.sync().await;
    assert_eq!(
        a.secrets.load(a.shop.laptop_id()).unwrap().unwrap(),
        first,
        "still good: not refreshed"
    );

    // A quarter of an hour later, several requests at once: one refresh.
    let before = proxy.count("/device/token");
    a.clock.by_ms.fetch_add(15 * 60_000, Ordering::SeqCst);
    a.sync().await;
    assert_eq!(proxy.count("/device/token"), before + 1);
    let second = a.secrets.load(a.shop.laptop_id()).unwrap().unwrap();
    assert_ne!(first, second);

    // The answer to a refresh is lost: within its grace the old one is good once more.
    let before = proxy.count("/device/token");
    a.clock.by_ms.fetch_add(15 * 60_000, Ordering::SeqCst);
    proxy.next("/device/token", 1, Fate::LoseAnswer);
    a.sync().await;
    assert_eq!(proxy.count("/device/token"), before + 2);
    let third = a.secrets.load(a.shop.laptop_id()).unwrap().unwrap();
    assert_ne!(second, third);
}

/// A keyring that nobody unlocks.
struct Locked;

impl SecretStore for Locked {
    fn load(&self, _: &str) -> Result<Option<String>, NoPlace> {
        Err(NoPlace)
    }

    fn save(&self, _: &str, _: &str) -> Result<(), NoPlace> {
        Err(NoPlace)
    }

    fn forget(&self, _: &str) -> Result<(), NoPlace> {
        Err(NoPlace)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_keyring_a_sign_in_holds_for_now() {
    let market = Market::start().await;
    let a = Laptop::new().await;
    a.shop.keep_secrets_in(Arc::new(Locked));
    assert_eq!(
        a.shop.check_keyring().await.unwrap_err().code,
        Code::KeyringMissing
    );
    let code = a.shop.sign_in_begin(&market.url()).await.unwrap();
    market.decide(SELLER, &code.user_code, true).await;
    assert_eq!(a.shop.sign_in_poll().await.unwrap(), SignInStep::DoneForNow);
    a.piece("Por ahora", noise(64, 3)).await;
    a.sync().await;

    // After a restart the app is there, works, and asks to sign in again.
    let a = a.restart().await;
    a.shop.keep_secrets_in(Arc::new(Locked));
    let id = a.shop.product_create().await.unwrap().id;
    assert_eq!(
        a.shop.sync_once(Duration::from_secs(30)).await.unwrap_err().code,
        Code::NotSignedIn
    );
    assert!(a.shop.product(&id).await.is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_sellers_pieces_never_end_in_anothers_shop() {
    let market = Market::start().await;
    market.add_seller("ana@example.mx", "Ana", "Taller Ana").await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    a.piece("De María", noise(64, 4)).await;
    a.shop.sign_out().await.unwrap();
    let code = a.shop.sign_in_begin(&market.url()).await.unwrap();
    market.decide("ana@example.mx", &code.user_code, true).await;
    let fault = a.shop.sign_in_poll().await.unwrap_err();
    assert_eq!(fault.code, Code::OtherSellersShop);
    assert!(!a.shop.state().await.unwrap().signed_in);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn paused_nothing_travels_until_it_goes_on() {
    let market = Market::start().await;
    let proxy = Proxy::to(market.address()).await;
    let a = Laptop::signed_in(&market, &proxy.url()).await;
    let syncing = keep_syncing(&a);
    until_carried(&a.shop).await;
    assert_eq!(a.shop.sync_pause(true).await.unwrap().phase, SyncPhase::Paused);
    until_phase(&a.shop, SyncPhase::Paused).await;
    let pushes = proxy.count("/push");
    a.piece("En pausa", noise(64, 5)).await;
    assert!(a.shop.sync_state().await.unwrap().waiting > 0);
    syncing.stop().await;
    // It stays so over a restart.
    let a = a.restart().await;
    let syncing = keep_syncing(&a);
    until_phase(&a.shop, SyncPhase::Paused).await;
    assert_eq!(proxy.count("/push"), pushes);
    a.shop.sync_pause(false).await.unwrap();
    until_carried(&a.shop).await;
    syncing.stop().await;
}
