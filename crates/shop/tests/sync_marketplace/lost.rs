//! A marketplace that was put back to an earlier day does not have everything any more, and neither has every laptop.

use super::parity::{database, run};
use super::world::{Laptop, Market, noise};
use shop::Code;
use shop::orders::view::OrderFilter;
use shop::stock::view::MoveReason;
use tempfile::TempDir;
use testkit::visitor::Visitor;

async fn a_copy(market: &mut Market) -> TempDir {
    market.stop().await;
    let copy = market.copy();
    market.start_again().await;
    copy
}

async fn put_back(market: &mut Market, copy: &TempDir) {
    market.stop().await;
    market.put_back(copy);
    market.mark_restored().await;
    market.start_again().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_piece_that_its_maker_and_the_marketplace_lost_comes_back_from_whoever_has_it() {
    let mut market = Market::start().await;
    let yesterday = a_copy(&mut market).await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let made = a.piece("Olla", noise(64, 1)).await;
    a.title(&made.id, "Olla grande").await;
    a.sync().await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    b.sync().await;
    // Its maker's laptop is one of yesterday, too: it does not know of the piece.
    drop(a);
    put_back(&mut market, &yesterday).await;
    b.shop
        .stock_move(&made.id, 2, MoveReason::Made, "")
        .await
        .unwrap();
    b.sign_in(&market, &market.url()).await;
    // Nothing of it waits for ever.
    b.sync().await;
    let c = Laptop::signed_in(&market, &market.url()).await;
    c.sync().await;
    for laptop in [&b, &c] {
        let piece = laptop.shop.product(&made.id).await.unwrap();
        assert_eq!((piece.title.as_str(), piece.on_hand), ("Olla grande", 5));
        assert_eq!(piece.price.map(|price| price.minor), Some(78_000));
        assert_eq!(piece.photos.len(), 1);
        assert_eq!(laptop.shop.sync_state().await.unwrap().conflicts, 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_to_a_piece_that_nobody_has_is_refused_in_the_end() {
    let mut market = Market::start().await;
    let yesterday = a_copy(&mut market).await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let id = a.piece("Olla", noise(64, 1)).await.id;
    a.sync().await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    b.sync().await;
    drop(a);
    b.shop.stock_move(&id, 2, MoveReason::Made, "").await.unwrap();
    put_back(&mut market, &yesterday).await;
    b.sign_in(&market, &market.url()).await;
    // What was saved from its broken disk is the change, and not the piece.
    let mut file = database(&b).await;
    run(&mut file, "DELETE FROM products WHERE id = ?", &[&id]).await;
    let state = b.shop.sync_once(super::world::LONG).await.unwrap();
    assert_eq!(
        (state.waiting, state.refused.len()),
        (1, 0),
        "others may have it: {state:?}"
    );
    let older =
        "UPDATE outbox SET created_ms = created_ms - 8 * 86400000 WHERE subject = ? AND status = 'waiting'";
    run(&mut file, older, &[&id]).await;
    let state = b.shop.sync_once(super::world::LONG).await.unwrap();
    let [refused] = &state.refused[..] else {
        panic!("not one was refused: {state:?}");
    };
    assert_eq!((refused.code.as_str(), state.waiting), ("no_such_product", 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_that_only_the_shop_knows_of_is_told() {
    let mut market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let piece = a.piece("Olla", noise(64, 1)).await;
    a.sync().await;
    Visitor::at(&market.url()).buy(&piece.id).await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    let yesterday = a_copy(&mut market).await;
    Visitor::at(&market.url()).buy(&piece.id).await;
    let before = a.sync().await;
    assert!(before.lost_orders.is_empty());
    let orders = a.shop.order_list(OrderFilter::Open).await.unwrap().items;
    assert_eq!(orders.len(), 2);

    put_back(&mut market, &yesterday).await;
    a.sign_in(&market, &market.url()).await;
    let state = a.sync().await;
    let [lost] = &state.lost_orders[..] else {
        panic!("not one order is lost: {state:?}");
    };
    let order = orders.iter().find(|order| order.id == lost.id).unwrap();
    assert_eq!(
        (&lost.number, &lost.buyer_name),
        (&order.number, &order.buyer_name)
    );
    assert!(!lost.gone_out && lost.s10.is_none() && lost.placed_ms >= orders[0].placed_ms);
    let id = lost.id.clone();
    assert!(b.sync().await.lost_orders.is_empty(), "it never heard of it");

    // It is told until the person has seen to it, also after a restart.
    let a = a.restart().await;
    assert_eq!(a.shop.sync_state().await.unwrap().lost_orders.len(), 1);
    let state = a.shop.lost_order_dismiss(&id).await.unwrap();
    assert!(state.lost_orders.is_empty());
    let again = a.shop.lost_order_dismiss(&id).await.unwrap_err();
    assert_eq!(again.code, Code::NotFound);
    assert!(a.sync().await.lost_orders.is_empty());
    assert!(a.shop.order(&id).await.is_ok(), "it is here all the same");
}
