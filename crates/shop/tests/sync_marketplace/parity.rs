//! What got lost on the way, or on the disk, is noticed and found again.

use super::world::{Laptop, Market, noise};
use shop::fault::Code;
use shop::syncing::view::SyncPhase;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};

/// The database beside the open shop, as whatever spoils it would have it.
pub async fn database(laptop: &Laptop) -> SqliteConnection {
    let file = laptop.folder.path().join("shop.db");
    SqliteConnectOptions::new()
        .filename(file)
        .foreign_keys(false)
        .connect()
        .await
        .unwrap()
}

pub async fn run(connection: &mut SqliteConnection, sql: &'static str, values: &[&str]) {
    let mut query = sqlx::query(sql);
    for value in values {
        query = query.bind(*value);
    }
    query.execute(connection).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_piece_that_got_lost_here_comes_again_by_itself() {
    let market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    let mut ids = Vec::new();
    for n in 0..5 {
        ids.push(a.piece(&format!("Olla {n}"), noise(64, n)).await.id);
    }
    a.sync().await;
    let b = Laptop::signed_in(&market, &market.url()).await;
    b.sync().await;

    // As if a page of the feed had been taken for read without being written down.
    let mut file = database(&b).await;
    run(&mut file, "DELETE FROM products WHERE id = ?", &[&ids[2]]).await;
    run(
        &mut file,
        "DELETE FROM movements WHERE product_id = ?",
        &[&ids[2]],
    )
    .await;
    run(&mut file, "DELETE FROM base", &[]).await;
    run(&mut file, "DELETE FROM settings WHERE name = 'sum'", &[]).await;
    drop(file);
    let lost = b.shop.product(&ids[2]).await.unwrap_err();
    assert_eq!(lost.code, Code::NotFound);

    b.sync().await;
    let found = b.shop.product(&ids[2]).await.unwrap();
    assert_eq!((found.title.as_str(), found.on_hand), ("Olla 2", 3));
    assert_eq!(b.shop.sync_state().await.unwrap().phase, SyncPhase::Idle);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_marketplace_that_lost_what_it_said_is_offered_it_again() {
    let mut market = Market::start().await;
    let a = Laptop::signed_in(&market, &market.url()).await;
    a.piece("Olla", noise(64, 1)).await;
    a.sync().await;
    market.stop().await;
    let yesterday = market.copy();
    market.start_again().await;
    let late = a.piece("Jarro", noise(64, 2)).await.id;
    a.sync().await;

    // Put back to the copy, with and without the operator's saying so.
    for said in [false, true] {
        market.stop().await;
        market.put_back(&yesterday);
        if said {
            market.mark_restored().await;
        }
        market.start_again().await;
        // Others have gone on meanwhile: the old cursor is not ahead of the feed.
        let other = Laptop::signed_in(&market, &market.url()).await;
        for n in 0..6 {
            other.piece(&format!("Otra {n}"), noise(32, 10 + n)).await;
        }
        other.sync().await;
        assert_eq!(other.shop.product(&late).await.unwrap_err().code, Code::NotFound);
        a.sign_in(&market, &market.url()).await;
        a.sync().await;
        other.sync().await;
        let again = other.shop.product(&late).await.unwrap();
        assert_eq!(
            (again.title.as_str(), again.on_hand),
            ("Jarro", 3),
            "said: {said}"
        );
        assert_eq!(a.shop.product(&late).await.unwrap().on_hand, 3);
    }
}
