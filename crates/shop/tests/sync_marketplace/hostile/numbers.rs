//! Lies about blocks of tracking numbers: none that could not be on a label comes into stock.

use super::LONG;
use crate::liar::{Liar, Lie};
use crate::time::hurried;
use crate::world::{Laptop, Market};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

/// Blocks in stock, and numbers in them.
async fn stock(laptop: &Laptop) -> (i64, i64) {
    let file = SqliteConnectOptions::new().filename(laptop.folder.path().join("shop.db"));
    let pool = SqlitePoolOptions::new()
        .connect_with(file.read_only(true))
        .await
        .unwrap();
    let stock = sqlx::query_as(r#"SELECT COUNT(*), COALESCE(SUM("end" - next), 0) FROM leases"#)
        .fetch_one(&pool)
        .await
        .unwrap();
    pool.close().await;
    stock
}

type Twist = fn(&mut Value);

#[tokio::test]
async fn no_block_comes_into_stock_that_could_not_be_on_a_label() {
    let market = Market::start().await;
    let liar = Liar::before(market.address()).await;
    let laptop = Laptop::signed_in(&market, &liar.url()).await;
    let cases: [(&str, Twist); 9] = [
        ("empty", |lease| lease["end"] = lease["first"].clone()),
        ("reversed", |lease| {
            let first = lease["first"].clone();
            lease["first"] = lease["end"].clone();
            lease["end"] = first;
        }),
        ("of another country", |lease| lease["country"] = json!("ZZ")),
        ("of no country", |lease| lease["country"] = json!("México")),
        ("of four thousand million", |lease| {
            lease["first"] = json!(0);
            lease["end"] = json!(u32::MAX);
        }),
        ("beyond eight digits", |lease| {
            lease["first"] = json!(100_000_000);
            lease["end"] = json!(100_000_100);
        }),
        ("another's", |lease| lease["laptop_id"] = json!("another")),
        ("of another kind", |lease| lease["indicator"] = json!("LX")),
        ("of another request", |lease| lease["id"] = json!("another")),
    ];
    for (name, twist) in cases {
        liar.lies(&[("POST /api/v1/leases", Lie::twist(twist))]);
        let hurried = hurried();
        let state = laptop.shop.sync_once(LONG).await.unwrap();
        drop(hurried);
        assert!(liar.told() > 0, "{name}: nobody asked");
        assert!(liar.requests() < 60, "{name}: {} requests", liar.requests());
        assert_eq!(stock(&laptop).await.0, 0, "a block {name}: {state:?}");
    }
    // The blocks that the marketplace gave meanwhile are those that it gives again.
    liar.is_honest();
    laptop.sync().await;
    let (blocks, numbers) = stock(&laptop).await;
    assert!(
        blocks > 0 && numbers == blocks * 100,
        "{blocks} blocks, {numbers} numbers"
    );
}

#[tokio::test]
async fn blocks_that_have_expired_are_not_asked_for_without_end() {
    let market = Market::start().await;
    let liar = Liar::before(market.address()).await;
    let laptop = Laptop::signed_in(&market, &liar.url()).await;
    for expires_ms in [0, i64::MIN] {
        liar.lies(&[(
            "POST /api/v1/leases",
            Lie::twist(move |lease| lease["expires_ms"] = json!(expires_ms)),
        )]);
        let hurried = hurried();
        laptop.shop.sync_once(LONG).await.unwrap();
        drop(hurried);
        assert!((1..=20).contains(&liar.told()), "{} blocks", liar.told());
    }
    liar.is_honest();
    laptop.sync().await;
}
