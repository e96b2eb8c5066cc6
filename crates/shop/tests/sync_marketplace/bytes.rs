//! What syncing costs in bytes and time, counted on the line (P6, P7, P8).

use super::line::{Line, Weather};
use super::world::{Laptop, Market, keep_syncing, noise, until, until_carried};
use shop::catalog::view::{FieldChange, Price};
use std::time::{Duration, Instant};
use testkit::visitor::Visitor;

async fn quiet_pair() -> (Market, Line, Laptop) {
    let market = Market::start().await;
    let line = Line::to(market.address(), Weather::Clear).await;
    let laptop = Laptop::signed_in(&market, &line.url()).await;
    (market, line, laptop)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_field_costs_at_most_thirty_bytes_in_a_batch() {
    const PIECES: usize = 120;
    let (_market, line, laptop) = quiet_pair().await;
    let mut ids = Vec::new();
    for n in 0..PIECES {
        let id = laptop.shop.product_create().await.unwrap().id;
        laptop.title(&id, &format!("Olla {n}")).await;
        ids.push(id);
    }
    laptop.sync().await;
    line.bytes();
    for (n, id) in ids.iter().enumerate() {
        let price = Price {
            minor: 10_000 + i64::try_from(n * n * 37 % 90_000).unwrap(),
            currency: "MXN".into(),
        };
        laptop
            .shop
            .product_edit(id, vec![FieldChange::Price(Some(price))])
            .await
            .unwrap();
    }
    let before = line.bytes();
    assert_eq!(before, (0, 0), "nothing goes out by itself here");
    laptop.sync().await;
    let (up, down) = line.bytes();
    println!(
        "{PIECES} changed prices: {up} bytes up ({:.1} each), {down} down",
        up as f64 / PIECES as f64
    );
    assert!(up / PIECES as u64 <= 60, "{up} bytes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_person_is_told_of_data_is_what_was_on_the_line() {
    let (_market, line, laptop) = quiet_pair().await;
    laptop.sync().await;
    let told = async || {
        laptop
            .shop
            .sync_state()
            .await
            .unwrap()
            .used_today_bytes
            .unsigned_abs()
    };
    line.bytes();
    let before = told().await;
    for n in 0..5 {
        let id = laptop.piece(&format!("Olla {n}"), noise(64, n)).await.id;
        laptop.title(&id, "Otra").await;
        laptop.sync().await;
    }
    let ((up, down), told) = (line.bytes(), told().await - before);
    println!("{up} bytes up, {down} down, {told} told");
    assert!(
        told.abs_diff(up + down) * 100 <= up + down,
        "{told} of {}",
        up + down
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_quiet_reconcile_is_one_short_request() {
    let (_market, line, laptop) = quiet_pair().await;
    laptop.piece("Olla", noise(64, 1)).await;
    // To its rest: blocks of numbers come one after the other, and all cost the same.
    laptop.sync().await;
    let syncing = keep_syncing(&laptop);
    let (up, down) = quiet_round(&laptop, &line).await;
    syncing.stop().await;
    println!("a quiet reconcile: {up} bytes up, {down} down");
    assert!(up > 0, "it asked");
    assert!(up + down <= 400, "{up} + {down} bytes");
}

/// The bytes of a round that brings nothing: what the first rounds still have to say is over once two of them cost the
/// same.
async fn quiet_round(laptop: &Laptop, line: &Line) -> (u64, u64) {
    let mut last = (0, 0);
    for _ in 0..50 {
        let before = laptop.shop.sync_state().await.unwrap().last_ms;
        line.bytes();
        // Rounds are told apart by the millisecond.
        tokio::time::sleep(Duration::from_millis(2)).await;
        laptop.shop.sync_now().await.unwrap();
        until(&laptop.shop, "a round that agrees", |shop| async move {
            shop.sync_state().await.unwrap().last_ms > before
        })
        .await;
        let bytes = line.bytes();
        if bytes == last {
            return bytes;
        }
        last = bytes;
    }
    panic!("no two rounds cost the same: {last:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_order_is_on_the_laptop_at_once() {
    let (market, _line, laptop) = quiet_pair().await;
    let piece = laptop.piece("Olla", noise(64, 1)).await;
    laptop
        .shop
        .stock_move(&piece.id, 30, shop::stock::view::MoveReason::Made, "")
        .await
        .unwrap();
    let syncing = keep_syncing(&laptop);
    until_carried(&laptop.shop).await;
    let mut times = Vec::new();
    for n in 1..=12_usize {
        let mut visitor = Visitor::at(&market.url());
        let placed = visitor.buy(&piece.id);
        placed.await;
        let bought = Instant::now();
        until(&laptop.shop, "the order", |shop| async move {
            let open = shop.order_list(shop::orders::view::OrderFilter::Open).await;
            open.unwrap().items.len() == n
        })
        .await;
        times.push(bought.elapsed());
    }
    syncing.stop().await;
    times.sort();
    println!("order to laptop: median {:?}, slowest {:?}", times[6], times[11]);
    assert!(times[11] < Duration::from_secs(5));
}
