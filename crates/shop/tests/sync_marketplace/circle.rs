//! What one laptop does is what the other one sees.

use super::world::{Laptop, Market, keep_syncing, noise, until, until_carried};
use shop::catalog::view::{FieldChange, ProductStatus};
use shop::orders::view::OrderFilter;
use shop::stock::view::MoveReason;
use std::time::{Duration, Instant};
use testkit::visitor::Visitor;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_piece_made_on_one_laptop_is_on_the_other_with_its_photo() {
    let market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    let made = a.piece("Olla de barro bruñido", noise(500, 1)).await;
    let waiting = a.shop.sync_state().await.unwrap();
    assert!(
        waiting.waiting >= 4 && waiting.photos_waiting == 1 && waiting.bytes_waiting > 0,
        "{waiting:?}"
    );

    let state = a.sync().await;
    assert_eq!((state.photos_waiting, state.bytes_waiting), (0, 0));
    assert!(state.last_ms.is_some());
    b.sync().await;

    let (at_a, at_b) = (
        a.shop.product(&made.id).await.unwrap(),
        b.shop.product(&made.id).await.unwrap(),
    );
    assert_eq!(at_b.title, "Olla de barro bruñido");
    assert_eq!((at_b.on_hand, at_b.status), (3, ProductStatus::OnSale));
    assert!(at_a.photos[0].sent && !at_a.waiting);
    for hash in [&at_a.photos[0].small, &at_a.photos[0].large] {
        let bytes = b.shop.rendition(hash).await.unwrap();
        assert_eq!(bytes, a.shop.rendition(hash).await.unwrap());
        assert_eq!(blake3::hash(&bytes).to_hex().as_str(), hash);
    }
    // Nothing is left to do: the second time nothing travels.
    assert_eq!(a.sync().await.waiting, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn edits_on_both_laptops_converge_and_stock_adds_up() {
    let market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    let id = a.piece("Jarro", noise(64, 2)).await.id;
    a.sync().await;
    b.sync().await;

    // Each without the other's knowledge: other fields, the same field, and the stock.
    a.title(&id, "Jarro chico").await;
    a.shop
        .product_edit(&id, vec![FieldChange::Materials("Barro".into())])
        .await
        .unwrap();
    a.shop.stock_move(&id, 2, MoveReason::Made, "").await.unwrap();
    b.shop
        .product_edit(&id, vec![FieldChange::Technique("Torno".into())])
        .await
        .unwrap();
    b.title(&id, "Jarro grande").await;
    b.shop
        .stock_move(&id, -1, MoveReason::Damaged, "se rompió")
        .await
        .unwrap();
    for laptop in [&a, &b, &a, &b] {
        laptop.sync().await;
    }
    let (at_a, at_b) = (
        a.shop.product(&id).await.unwrap(),
        b.shop.product(&id).await.unwrap(),
    );
    assert_eq!(at_a.title, "Jarro grande", "the later write wins");
    assert_eq!(
        (at_a.materials.as_str(), at_a.technique.as_str(), at_a.on_hand),
        ("Barro", "Torno", 4)
    );
    assert_eq!(
        (&at_a.title, &at_a.materials, &at_a.technique, at_a.on_hand),
        (&at_b.title, &at_b.materials, &at_b.technique, at_b.on_hand)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_arrives_within_a_second_and_what_is_done_about_it_goes_back() {
    let market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let piece = a.piece("Alebrije", noise(64, 3)).await;
    let syncing = keep_syncing(&a);
    until_carried(&a.shop).await;
    // The stream is open once what the marketplace already knew has come by it.
    until(&a.shop, "agreement", |shop| async move {
        shop.sync_state().await.unwrap().last_ms.is_some()
    })
    .await;

    Visitor::at(&market.url()).buy(&piece.id).await;
    let since = Instant::now();
    until(&a.shop, "the order", |shop| async move {
        !shop.order_list(OrderFilter::Open).await.unwrap().items.is_empty()
    })
    .await;
    assert!(since.elapsed() < Duration::from_secs(1), "{:?}", since.elapsed());
    let order = a
        .shop
        .order_list(OrderFilter::Open)
        .await
        .unwrap()
        .items
        .remove(0);
    assert_eq!(a.shop.product(&piece.id).await.unwrap().on_hand, 2);

    a.shop.order_accept(&order.id).await.unwrap();
    until_carried(&a.shop).await;
    syncing.stop().await;

    let b = Laptop::signed_in(&market, &market.url()).await;
    b.sync().await;
    let there = b
        .shop
        .order_list(OrderFilter::Open)
        .await
        .unwrap()
        .items
        .remove(0);
    let here = a
        .shop
        .order_list(OrderFilter::Open)
        .await
        .unwrap()
        .items
        .remove(0);
    assert_eq!((there.id, there.step), (here.id, here.step));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_is_shown_with_its_reason_and_can_be_tried_again_or_put_away() {
    let market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    let piece = a.piece("Rebozo", noise(64, 4)).await;
    a.sync().await;
    Visitor::at(&market.url()).buy(&piece.id).await;
    a.sync().await;
    b.sync().await;
    let order = a
        .shop
        .order_list(OrderFilter::Open)
        .await
        .unwrap()
        .items
        .remove(0);

    // One laptop cancels, the other one, which does not know, accepts.
    b.shop
        .order_cancel(&order.id, "Se rompió al empacar")
        .await
        .unwrap();
    b.sync().await;
    a.shop.order_accept(&order.id).await.unwrap();
    let state = a.sync().await;
    assert_eq!(state.refused.len(), 1, "{state:?}");
    let refused = &state.refused[0];
    assert_eq!(
        (refused.verb.as_str(), refused.code.as_str()),
        ("accept_order", "order_moved_on")
    );
    assert_eq!(
        (refused.subject.as_str(), refused.title.as_str()),
        (order.id.as_str(), order.number.as_str())
    );
    let open = a.shop.order_list(OrderFilter::Open).await.unwrap().items;
    assert!(
        open.is_empty(),
        "the order stands as the marketplace says: {open:?}"
    );

    let again = a.shop.refused_retry(&refused.id).await.unwrap();
    assert_eq!((again.waiting, again.refused.len()), (1, 0));
    let state = a.sync().await;
    assert_eq!(state.refused.len(), 1);
    let state = a.shop.refused_dismiss(&state.refused[0].id).await.unwrap();
    assert!(state.refused.is_empty());
    assert!(
        a.shop.refused_dismiss(&refused.id).await.is_err(),
        "it is not there any more"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn there_are_numbers_enough_to_work_without_a_network() {
    let market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    a.sync().await;
    let numbers = |laptop: &Laptop| {
        let file = laptop.folder.path().join("shop.db");
        async move {
            let url = format!("sqlite://{}?mode=ro", file.display());
            let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
            let rows: Vec<(String, i64, i64)> =
                sqlx::query_as(r#"SELECT indicator, first, "end" FROM leases ORDER BY indicator, first"#)
                    .fetch_all(&pool)
                    .await
                    .unwrap();
            pool.close().await;
            rows
        }
    };
    let first = numbers(&a).await;
    let wanted: std::collections::BTreeSet<&str> = postal::profile("MX")
        .unwrap()
        .services
        .iter()
        .filter(|service| service.tracked)
        .map(|service| service.indicator.as_str())
        .collect();
    let there: std::collections::BTreeSet<&str> = first.iter().map(|row| row.0.as_str()).collect();
    assert_eq!(there, wanted);
    assert!(first.iter().all(|(_, first, end)| end - first >= 20));
    a.sync().await;
    assert_eq!(numbers(&a).await, first, "no more than needed");
    let b = Laptop::signed_in(&market, &market.url()).await;
    b.sync().await;
    for (indicator, from, to) in numbers(&b).await {
        let clash = first
            .iter()
            .any(|row| row.0 == indicator && row.1 < to && from < row.2);
        assert!(!clash, "two laptops have the same {indicator} numbers");
    }
}
