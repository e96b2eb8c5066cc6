//! From a purchase in the storefront to the order on the laptop.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use shop::Shop;
use shop::catalog::view::{FieldChange, Price};
use shop::orders::view::OrderFilter;
use shop::stock::view::MoveReason;
use shop::syncing::Syncing;
use testkit::visitor::Visitor;

use crate::market::Market;

pub const ORDERS: usize = 40;

/// Milliseconds from the answer to the buyer until the shop tells its window, for each of the orders, sorted.
pub async fn run(shop: &Shop, market: &Market) -> Result<Vec<f64>> {
    let piece = shop.product_create().await?.id;
    let changes = vec![
        FieldChange::Title("Olla de todos los días".into()),
        FieldChange::Price(Some(Price {
            minor: 78_000,
            currency: "MXN".into(),
        })),
        FieldChange::WeightG(Some(900)),
        FieldChange::Branch("ceramics".into()),
    ];
    shop.product_edit(&piece, changes).await?;
    shop.stock_move(&piece, i64::try_from(ORDERS)?, MoveReason::Made, "")
        .await?;
    shop.photo_add(&piece, "foto.png", crate::photo::noise(64)?)
        .await?;
    shop.product_publish(&piece).await?;
    crate::laptop::carry(shop).await?;
    let syncing = Syncing::spawn(shop.clone());
    let mut changes = shop.changes();
    let mut times = Vec::new();
    for n in 1..=ORDERS {
        Visitor::at(&market.url()).buy(&piece).await;
        let bought = Instant::now();
        let here = async {
            while shop.order_list(OrderFilter::Open).await?.items.len() < n {
                changes.recv().await.ok();
            }
            anyhow::Ok(())
        };
        tokio::time::timeout(Duration::from_secs(60), here)
            .await
            .context("an order did not come")??;
        times.push(bought.elapsed().as_secs_f64() * 1000.0);
    }
    syncing.stop().await;
    times.sort_by(f64::total_cmp);
    Ok(times)
}
