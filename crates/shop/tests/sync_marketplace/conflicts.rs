//! Two laptops write the same thing, and two sales find one piece.

use super::world::{Laptop, Market, keep_syncing, noise, until, until_carried};
use shop::catalog::view::{FieldChange, Price};
use shop::conflicts::view::{Choice, ConflictValue};
use shop::fault::Code;
use shop::stock::view::MoveReason;
use shop::today::view::TaskKind;

async fn price(laptop: &Laptop, id: &str, minor: i64) {
    let price = Price {
        minor,
        currency: "MXN".into(),
    };
    laptop
        .shop
        .product_edit(id, vec![FieldChange::Price(Some(price))])
        .await
        .unwrap();
}

fn minor(value: &ConflictValue) -> i64 {
    match value {
        ConflictValue::Price(Some(price)) => price.minor,
        other => panic!("{other:?} is no price"),
    }
}

async fn two() -> (Market, Laptop, Laptop, String) {
    let market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let id = a.piece("Olla", noise(64, 1)).await.id;
    a.sync().await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    b.sync().await;
    (market, a, b, id)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_prices_without_knowing_of_each_other_wait_for_a_word() {
    let (_market, a, b, id) = two().await;
    price(&a, &id, 45_000).await;
    price(&b, &id, 48_000).await;
    a.sync().await;
    b.sync().await;
    a.sync().await;
    for (laptop, kept_here) in [(&a, false), (&b, true)] {
        let [conflict] = &laptop.shop.conflict_list().await.unwrap()[..] else {
            panic!("not one conflict");
        };
        assert_eq!(
            (conflict.field.as_str(), conflict.title.as_str()),
            ("price", "Olla")
        );
        assert_eq!(minor(&conflict.kept.value), 48_000, "the later stands");
        assert_eq!(minor(&conflict.lost.value), 45_000);
        assert_eq!((conflict.kept.here, conflict.lost.here), (kept_here, !kept_here));
        assert!(conflict.photo.is_some() && !conflict.can_keep_both);
        assert_eq!(laptop.shop.sync_state().await.unwrap().conflicts, 1);
        let tasks = laptop.shop.today().await.unwrap().tasks;
        assert!(
            tasks
                .iter()
                .any(|task| task.kind == TaskKind::Conflict && task.count == 1)
        );
    }

    let open = a.shop.conflict_list().await.unwrap();
    let left = a
        .shop
        .conflict_settle(&open[0].id, Choice::TakeOther)
        .await
        .unwrap();
    assert!(left.is_empty());
    a.sync().await;
    b.sync().await;
    for laptop in [&a, &b] {
        let product = laptop.shop.product(&id).await.unwrap();
        assert_eq!(product.price.unwrap().minor, 45_000);
        assert!(laptop.shop.conflict_list().await.unwrap().is_empty());
    }
    let late = b
        .shop
        .conflict_settle(&open[0].id, Choice::Keep)
        .await
        .unwrap_err();
    assert_eq!(late.code, Code::NotFound, "it is settled already");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_has_seen_the_other_value_makes_no_conflict_and_texts_can_both_stay() {
    let (_market, a, b, id) = two().await;
    price(&a, &id, 45_000).await;
    a.sync().await;
    b.sync().await;
    price(&b, &id, 48_000).await;
    b.sync().await;
    a.sync().await;
    assert!(a.shop.conflict_list().await.unwrap().is_empty());

    for (laptop, story) in [(&a, "Del torno de Rosa."), (&b, "Barro de Atzompa.")] {
        laptop
            .shop
            .product_edit(&id, vec![FieldChange::Story(story.into())])
            .await
            .unwrap();
    }
    a.sync().await;
    b.sync().await;
    let open = b.shop.conflict_list().await.unwrap();
    assert!(open[0].can_keep_both);
    b.shop.conflict_settle(&open[0].id, Choice::Both).await.unwrap();
    b.sync().await;
    a.sync().await;
    let story = a.shop.product(&id).await.unwrap().story;
    assert!(
        story.contains("torno de Rosa") && story.contains("Atzompa"),
        "{story}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_piece_that_two_laptops_sold_is_told_on_both_with_both_sales() {
    let (_market, a, b, id) = two().await;
    for laptop in [&a, &b] {
        laptop
            .shop
            .stock_move(&id, -2, MoveReason::Fair, "")
            .await
            .unwrap();
    }
    a.sync().await;
    b.sync().await;
    a.sync().await;
    for laptop in [&a, &b] {
        assert_eq!(
            laptop.shop.product(&id).await.unwrap().on_hand,
            -1,
            "never clamped"
        );
        let [oversold] = &laptop.shop.oversold_list().await.unwrap()[..] else {
            panic!("not one piece");
        };
        assert_eq!((oversold.lacking, oversold.sales.len()), (1, 2));
        assert!(
            oversold
                .sales
                .iter()
                .all(|sale| sale.reason == "fair" && sale.quantity == 2)
        );
        assert_eq!(oversold.sales.iter().filter(|sale| sale.here).count(), 1);
        let tasks = laptop.shop.today().await.unwrap().tasks;
        assert!(
            tasks
                .iter()
                .any(|task| task.kind == TaskKind::SoldTwice && task.subject == id)
        );
    }
    // She makes another one: all is well again, everywhere.
    a.shop.stock_move(&id, 1, MoveReason::Made, "").await.unwrap();
    a.sync().await;
    b.sync().await;
    assert!(b.shop.oversold_list().await.unwrap().is_empty());
    assert_eq!(b.shop.sync_state().await.unwrap().oversold, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_laptop_that_was_let_in_meanwhile_is_called_by_its_name() {
    let market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let id = a.piece("Olla", noise(64, 1)).await.id;
    // It asks who there is when it begins, and then once a day.
    let syncing = keep_syncing(&a);
    until_carried(&a.shop).await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    b.sync().await;
    a.shop.sync_pause(true).await.unwrap();
    price(&a, &id, 45_000).await;
    price(&b, &id, 48_000).await;
    b.sync().await;
    a.shop.sync_pause(false).await.unwrap();
    until(&a.shop, "both have names", |shop| async move {
        let open = shop.conflict_list().await.unwrap();
        open.first()
            .is_some_and(|conflict| !conflict.kept.laptop.is_empty() && !conflict.lost.laptop.is_empty())
    })
    .await;
    syncing.stop().await;
}
