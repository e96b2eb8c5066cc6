//! Real laptops and a real marketplace, each on its SQLite, through a network that cuts, drips, doubles and lies: when it
//! heals, all agree, and every database is whole (R2 and R3). How many rounds: `PUESTO_STORMS`.
//!
//! Each round is a storm of its seed over a world of one marketplace and two laptops. A world serves for some rounds, so
//! that what one leaves behind meets the next; worlds run side by side, and waits between two tries take no time.

use super::line::{Dice, Line, Weather};
use super::time::hurried;
use super::world::{Laptop, Market, noise};
use shop::catalog::view::{FieldChange, Price};
use shop::stock::view::MoveReason;
use shop::syncing::view::SyncPhase;
use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Rounds of one world.
const ROUNDS: u64 = 25;
/// Every wait of one syncing together is shorter.
const LONG: Duration = Duration::from_secs(120);

fn rounds(otherwise: u64) -> u64 {
    let asked = std::env::var("PUESTO_STORMS").ok();
    asked.and_then(|rounds| rounds.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn whatever_the_network_does_all_agree_when_it_heals() {
    let rounds = rounds(200);
    let (began, next, told) = (Instant::now(), AtomicU64::new(0), AtomicU64::new(0));
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(8);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let first = next.fetch_add(ROUNDS, Ordering::Relaxed);
                    if first >= rounds {
                        return;
                    }
                    let runtime = tokio::runtime::Builder::new_current_thread()
                        .enable_all()
                        .build()
                        .unwrap();
                    let syncs = runtime.block_on(weathers(first..rounds.min(first + ROUNDS)));
                    told.fetch_add(syncs, Ordering::Relaxed);
                }
            });
        }
    });
    println!(
        "{rounds} rounds in {:?} on {threads} threads: {} syncs in a storm",
        began.elapsed(),
        told.into_inner()
    );
}

/// A world through these rounds; how often a laptop synced in a storm.
async fn weathers(rounds: Range<u64>) -> u64 {
    let market = Market::start().await;
    let line = Line::to(market.address(), Weather::Clear).await;
    let laptops = [
        Laptop::signed_in(&market, &line.url()).await,
        Laptop::signed_in(&market, &line.url()).await,
    ];
    let databases = [
        laptops[0].folder.path().join("shop.db"),
        laptops[1].folder.path().join("shop.db"),
        market.folder().join("marketplace.db"),
    ];
    let first = rounds.start;
    let mut syncs = 0;
    let mut ids = Vec::new();
    let mut on_hand: BTreeMap<String, i64> = BTreeMap::new();
    for round in rounds {
        let mut dice = Dice(round);
        line.set(Weather::Storm(round));
        if (round - first).is_multiple_of(10) {
            let id = laptops[0]
                .piece(&format!("Olla {round}"), noise(16, 2 * round + 1))
                .await
                .id;
            on_hand.insert(id.clone(), 3);
            ids.push(id);
        }
        for step in 0..4 {
            let laptop = &laptops[usize::try_from(dice.roll(2)).unwrap()];
            let id = &ids[usize::try_from(dice.roll(ids.len() as u64)).unwrap()];
            // A piece that the other laptop has not heard of yet is nobody's to edit there.
            if laptop.shop.product(id).await.is_ok() {
                work(laptop, id, &mut dice, &mut on_hand, &format!("{round}-{step}")).await;
            }
            if dice.roll(2) == 0 {
                syncs += 1;
                // It comes to rest whatever happens, and never loses its sign-in.
                let hurried = hurried();
                let state = laptop.shop.sync_once(LONG).await.unwrap();
                drop(hurried);
                assert!(
                    !matches!(state.phase, SyncPhase::SignedOut | SyncPhase::Revoked),
                    "round {round}: {state:?}"
                );
                assert!(state.refused.is_empty(), "round {round}: {state:?}");
            }
        }
        line.set(Weather::Clear);
        // What the second one brings is the first one's to fetch.
        let brings = laptops[1].shop.sync_state().await.unwrap().waiting > 0;
        for laptop in laptops.iter().chain(brings.then_some(&laptops[0])) {
            let state = laptop.shop.sync_once(LONG).await.unwrap();
            let stands = (state.phase, state.waiting, state.photos_waiting);
            assert_eq!(stands, (SyncPhase::Idle, 0, 0), "round {round}: {state:?}");
        }
        agree(&databases, &on_hand, round).await;
    }
    for id in &ids {
        let photos = laptops[1].shop.product(id).await.unwrap().photos;
        assert_eq!(photos.len(), 1, "{id}");
        for hash in [&photos[0].large, &photos[0].small] {
            let sent = laptops[0].shop.rendition(hash).await.unwrap();
            assert_eq!(laptops[1].shop.rendition(hash).await.unwrap(), sent);
        }
    }
    syncs
}

/// Something that a person does.
async fn work(laptop: &Laptop, id: &str, dice: &mut Dice, on_hand: &mut BTreeMap<String, i64>, what: &str) {
    match dice.roll(3) {
        0 => laptop.title(id, &format!("Olla {what}")).await,
        1 => {
            let price = Price {
                minor: i64::try_from(10_000 + dice.roll(90_000)).unwrap(),
                currency: "MXN".into(),
            };
            laptop
                .shop
                .product_edit(id, vec![FieldChange::Price(Some(price))])
                .await
                .unwrap();
        }
        _ => {
            let delta = i64::try_from(dice.roll(4)).unwrap() + 1;
            laptop
                .shop
                .stock_move(id, delta, MoveReason::Made, "")
                .await
                .unwrap();
            *on_hand.get_mut(id).unwrap() += delta;
        }
    }
}

async fn open(database: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(database).read_only(true);
    options.connect().await.unwrap()
}

/// Everything that was moved, by id: piece and number.
async fn movements(database: &mut SqliteConnection) -> Vec<(String, String, i64)> {
    sqlx::query_as("SELECT id, product_id, delta FROM movements ORDER BY id")
        .fetch_all(database)
        .await
        .unwrap()
}

/// Both laptops and the marketplace hold the same, each of them is whole, and what is on hand is the sum of what was
/// moved.
async fn agree(databases: &[PathBuf; 3], on_hand: &BTreeMap<String, i64>, round: u64) {
    // Opened anew: a connection keeps what it knows of the full-text index over the writes of others, and its check would
    // find them at fault.
    let mut databases = [
        open(&databases[0]).await,
        open(&databases[1]).await,
        open(&databases[2]).await,
    ];
    for (n, database) in databases.iter_mut().enumerate() {
        let check: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check")
            .fetch_all(&mut *database)
            .await
            .unwrap();
        assert_eq!(check, ["ok"], "round {round}, database {n}");
        let there: Vec<(String, i64, i64)> = sqlx::query_as(
            "SELECT id, on_hand, (SELECT COALESCE(SUM(delta), 0) FROM movements m WHERE m.product_id = p.id)
             FROM products p ORDER BY id",
        )
        .fetch_all(&mut *database)
        .await
        .unwrap();
        let right: Vec<(String, i64, i64)> = on_hand.iter().map(|(id, n)| (id.clone(), *n, *n)).collect();
        assert_eq!(
            there, right,
            "round {round}, database {n}: a movement was lost or doubled"
        );
    }
    let [mut a, mut b, mut market] = databases;
    let (a, b, market) = (&mut a, &mut b, &mut market);
    let said = movements(market).await;
    assert_eq!(movements(a).await, said, "round {round}");
    assert_eq!(movements(b).await, said, "round {round}");
    assert_eq!(shown(a).await, shown(b).await, "round {round}");
    let prices: Vec<(String, Option<i64>)> =
        sqlx::query_as("SELECT id, price_minor FROM products ORDER BY id")
            .fetch_all(market)
            .await
            .unwrap();
    let here: Vec<(String, Option<i64>)> = shown(a)
        .await
        .into_iter()
        .map(|piece| (piece.0, piece.2))
        .collect();
    assert_eq!(here, prices, "round {round}");
}

/// What a person sees of a piece that must be the same everywhere: name, price, photos.
async fn shown(laptop: &mut SqliteConnection) -> Vec<(String, String, Option<i64>, Option<String>)> {
    sqlx::query_as(
        "SELECT id, title, price_minor, (SELECT group_concat(hash) FROM product_photos WHERE product_id = p.id)
         FROM products p ORDER BY id",
    )
    .fetch_all(laptop)
    .await
    .unwrap()
}
