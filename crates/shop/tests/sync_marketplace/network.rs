//! Whatever the network does, nothing is lost and nothing doubled.

use super::world::{Laptop, Market, keep_syncing, noise, until, until_carried, until_phase};
use shop::stock::view::MoveReason;
use shop::syncing::view::SyncPhase;
use std::sync::atomic::Ordering;
use std::time::Duration;
use testkit::proxy::{Fate, Proxy};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_push_whose_answer_is_lost_counts_once() {
    let mut market = Market::start().await;
    let proxy = Proxy::to(market.address()).await;
    let a = Laptop::signed_in(&market, &proxy.url()).await;
    let id = a.piece("Plato", noise(64, 1)).await.id;
    proxy.next("/push", 1, Fate::LoseAnswer);
    let syncing = keep_syncing(&a);
    until_carried(&a.shop).await;
    syncing.stop().await;
    assert!(proxy.count("/push") >= 2, "it was sent again");

    // The same, with the marketplace gone before the second try and the app started anew.
    a.shop.stock_move(&id, 5, MoveReason::Made, "").await.unwrap();
    let lost = proxy.lost("/push");
    proxy.next("/push", usize::MAX, Fate::LoseAnswer);
    let syncing = keep_syncing(&a);
    until(&a.shop, "a lost answer", |_| {
        let again = proxy.lost("/push") > lost;
        async move { again }
    })
    .await;
    syncing.stop().await;
    proxy.clear();
    assert_eq!(a.shop.sync_state().await.unwrap().waiting, 1);
    market.stop().await;
    let a = a.restart().await;
    market.start_again().await;
    a.sync().await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    b.sync().await;
    assert_eq!(b.shop.product(&id).await.unwrap().on_hand, 8);
    assert_eq!(
        b.shop.stock_history(&id).await.unwrap().len(),
        a.shop.stock_history(&id).await.unwrap().len()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_marketplace_that_is_stopped_is_offline_and_then_everything_goes_out() {
    let mut market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let syncing = keep_syncing(&a);
    until_carried(&a.shop).await;
    market.stop().await;
    let id = a.piece("Cazuela", noise(64, 2)).await.id;
    until_phase(&a.shop, SyncPhase::Offline).await;
    let state = a.shop.sync_state().await.unwrap();
    assert!(state.waiting > 0 && state.next_ms.is_some(), "{state:?}");
    a.title(&id, "Cazuela grande").await;

    market.start_again().await;
    a.shop.sync_now().await.unwrap();
    until_carried(&a.shop).await;
    syncing.stop().await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    b.sync().await;
    assert_eq!(b.shop.product(&id).await.unwrap().title, "Cazuela grande");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_answers_html_is_no_marketplace_and_loses_nothing() {
    let market = Market::start().await;
    let proxy = Proxy::to(market.address()).await;
    let a = Laptop::signed_in(&market, &proxy.url()).await;
    let id = a.piece("Sarape", noise(64, 3)).await.id;
    for fate in [Fate::Html, Fate::Redirect] {
        proxy.next("/api/v1/", usize::MAX, fate);
        let state = a.shop.sync_once(Duration::from_secs(30)).await.unwrap();
        assert_eq!(state.phase, SyncPhase::Troubled, "{fate:?}");
        assert!(state.waiting > 0 && state.refused.is_empty());
        proxy.clear();
    }
    a.sync().await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    b.sync().await;
    assert_eq!(b.shop.product(&id).await.unwrap().title, "Sarape");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_photo_goes_on_where_it_was_cut() {
    let market = Market::start().await;
    let proxy = Proxy::to(market.address()).await;
    let a = Laptop::signed_in(&market, &proxy.url()).await;
    let product = a.piece("Tapiz", noise(1600, 4)).await;
    let large = product.photos[0].large.clone();
    let bytes = a.shop.rendition(&large).await.unwrap().len();
    let chunks = bytes.div_ceil(api::limits::CHUNK_BYTES);
    assert!(chunks >= 2, "the photo is too small to be cut: {bytes} bytes");

    let last = format!("{large}/chunks/{}", chunks - 1);
    proxy.next(&last, 1, Fate::LoseRequest);
    let syncing = keep_syncing(&a);
    until(&a.shop, "the cut", |_| {
        let cut = proxy.count(&last) > 0;
        async move { cut }
    })
    .await;
    syncing.stop().await;
    assert_eq!(a.shop.sync_state().await.unwrap().waiting, 0, "text goes first");
    let a = a.restart().await;
    a.sync().await;
    assert_eq!(
        proxy.count(&format!("{large}/chunks/")),
        chunks + 1,
        "one chunk travelled twice, no more"
    );

    let b = Laptop::signed_in(&market, &market.url()).await;
    b.sync().await;
    assert_eq!(b.shop.rendition(&large).await.unwrap().len(), bytes);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_app_goes_on_where_it_was() {
    let market = Market::start().await;
    let proxy = Proxy::to(market.address()).await;
    let a = Laptop::signed_in(&market, &proxy.url()).await;
    let id = a.piece("Máscara", noise(64, 5)).await.id;
    // The marketplace has it, and the app dies before it hears so.
    proxy.next("/push", usize::MAX, Fate::LoseAnswer);
    let syncing = keep_syncing(&a);
    until(&a.shop, "a push", |_| {
        let pushed = proxy.lost("/push") > 0;
        async move { pushed }
    })
    .await;
    syncing.stop().await;
    proxy.clear();
    let a = a.restart().await;
    assert!(a.shop.sync_state().await.unwrap().waiting > 0);
    a.sync().await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    b.sync().await;
    assert_eq!(b.shop.product(&id).await.unwrap().on_hand, 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_put_back_to_an_earlier_day_takes_a_new_epoch() {
    let market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let id = a.piece("Vasija", noise(64, 6)).await.id;
    a.sync().await;
    a.shop.clone().close().await;
    let file = a.folder.path().join("shop.db");
    let a = a.restart().await;
    let kept = std::fs::read(&file).unwrap();
    a.title(&id, "Vasija del martes").await;
    a.shop
        .stock_move(&id, 4, MoveReason::Made, "martes")
        .await
        .unwrap();
    a.sync().await;

    // The copy of Monday is put back; Wednesday's work uses the numbers of Tuesday's.
    let Laptop {
        folder,
        secrets,
        clock,
        shop,
    } = a;
    shop.clone().close().await;
    std::fs::write(&file, kept).unwrap();
    let a = Laptop {
        folder,
        secrets,
        clock,
        shop,
    }
    .restart()
    .await;
    a.shop
        .stock_move(&id, 10, MoveReason::Made, "miércoles")
        .await
        .unwrap();
    a.title(&id, "Vasija del miércoles").await;
    let state = a.sync().await;
    assert!(state.refused.is_empty(), "{state:?}");
    let at_a = a.shop.product(&id).await.unwrap();
    assert_eq!((at_a.title.as_str(), at_a.on_hand), ("Vasija del miércoles", 17));
    let b = Laptop::signed_in(&market, &market.url()).await;
    b.sync().await;
    let at_b = b.shop.product(&id).await.unwrap();
    assert_eq!((at_b.title.as_str(), at_b.on_hand), ("Vasija del miércoles", 17));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_laptop_set_to_2099_neither_wins_for_ever_nor_stops() {
    let market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    let id = a.piece("Cántaro", noise(64, 7)).await.id;
    a.sync().await;
    b.sync().await;
    a.clock.by_ms.store(73 * 365 * 86_400_000, Ordering::SeqCst);
    a.title(&id, "Cántaro de 2099").await;
    a.sync().await;
    b.sync().await;
    assert_eq!(b.shop.product(&id).await.unwrap().title, "Cántaro de 2099");
    b.title(&id, "Cántaro de hoy").await;
    b.sync().await;
    a.sync().await;
    assert_eq!(b.shop.product(&id).await.unwrap().title, "Cántaro de hoy");
    assert_eq!(a.shop.product(&id).await.unwrap().title, "Cántaro de hoy");
}
