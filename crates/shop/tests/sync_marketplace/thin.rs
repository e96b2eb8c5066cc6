//! An evening's work over a telephone line: 64 kbit/s, 600 ms, 5 % of packets lost. It is played faster than life, so
//! that it ends; `PUESTO_LINE_SPEED=1` plays it as it is (some 25 minutes).

use super::line::{Line, Weather};
use super::world::{Laptop, Market, keep_syncing, noise};
use shop::orders::view::OrderFilter;
use shop::syncing::view::SyncPhase;
use std::time::{Duration, Instant};
use testkit::visitor::Visitor;

const PIECES: u64 = 20;
const PHOTOS: u64 = 3;

async fn wait(laptop: &Laptop, most: Duration, what: &str, holds: impl AsyncFn(&Laptop) -> bool) {
    let mut changes = laptop.shop.changes();
    let mut states = laptop.shop.sync_watch();
    let waiting = async {
        while !holds(laptop).await {
            tokio::select! {
                _ = changes.recv() => {}
                _ = states.changed() => {}
            }
        }
    };
    if tokio::time::timeout(most, waiting).await.is_err() {
        panic!("{what} has not happened: {:?}", laptop.shop.sync_state().await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_evenings_work_arrives_over_a_telephone_line_and_orders_do_not_wait_for_it() {
    let asked = std::env::var("PUESTO_LINE_SPEED").ok();
    let speed: u64 = asked.and_then(|speed| speed.parse().ok()).unwrap_or(100);
    let patience = Duration::from_secs(3_600 * 100 / (speed * 100)).max(Duration::from_secs(120));
    let market = Market::start().await;
    let line = Line::to(market.address(), Weather::Clear).await;
    let laptop = Laptop::signed_in(&market, &line.url()).await;
    let mut ids = Vec::new();
    for n in 0..PIECES {
        let piece = laptop.piece(&format!("Olla {n}"), noise(400, n * 10 + 1)).await;
        for more in 1..PHOTOS {
            let photo = noise(400, n * 10 + 1 + 2 * more);
            laptop.shop.photo_add(&piece.id, "foto.png", photo).await.unwrap();
        }
        ids.push(piece.id);
    }
    let state = laptop.shop.sync_state().await.unwrap();
    assert_eq!(u64::from(state.photos_waiting), PIECES * PHOTOS);
    let bytes = u64::try_from(state.bytes_waiting).unwrap();
    line.set(Weather::Thin {
        bits_per_s: 64_000 * speed,
        delay: Duration::from_millis(600) / u32::try_from(speed).unwrap(),
        loss_percent: 5,
    });
    line.bytes();
    let begun = Instant::now();
    let syncing = keep_syncing(&laptop);
    wait(&laptop, patience, "the words", async |laptop| {
        laptop.shop.sync_state().await.unwrap().waiting == 0
    })
    .await;
    let words = begun.elapsed();
    Visitor::at(&market.url()).buy(&ids[0]).await;
    let bought = Instant::now();
    wait(&laptop, patience, "the order", async |laptop| {
        let open = laptop.shop.order_list(OrderFilter::Open).await;
        !open.unwrap().items.is_empty()
    })
    .await;
    let (order, left) = (
        bought.elapsed(),
        laptop.shop.sync_state().await.unwrap().photos_waiting,
    );
    wait(&laptop, patience, "all the photos", async |laptop| {
        let state = laptop.shop.sync_state().await.unwrap();
        state.phase == SyncPhase::Idle && state.photos_waiting == 0
    })
    .await;
    let all = begun.elapsed();
    syncing.stop().await;
    let (up, _) = line.bytes();
    println!(
        "{} photos, {bytes} bytes, at {speed} times 64 kbit/s: words {words:?}, order {order:?} with {left} photos \
         waiting, all {all:?}, {up} bytes up ({:.2} of the photos' own)",
        PIECES * PHOTOS,
        up as f64 / bytes as f64
    );
    assert!(left > 0, "the order waited for the photos");
    assert!(up < bytes * 11 / 10, "photos travelled twice");
}
