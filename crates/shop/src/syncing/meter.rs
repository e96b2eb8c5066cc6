//! Bytes that travel, for people who pay by the megabyte.

use super::thrift;
use crate::Shop;
use crate::fault::Result;
use crate::settings::store::{self as settings, name};
use sqlx::SqliteConnection;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts requests and answers, heads and bodies, both ways, and the event stream. What is around them is the network's and
/// is not known here: names looked up, TCP, TLS, and the marks of a body that comes in pieces.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meter(Arc<AtomicU64>);

impl Meter {
    pub fn count(&self, bytes: usize) {
        self.0
            .fetch_add(u64::try_from(bytes).unwrap_or(0), Ordering::Relaxed);
    }

    fn read(&self) -> i64 {
        i64::try_from(self.0.load(Ordering::Relaxed)).unwrap_or(i64::MAX)
    }
}

/// Bytes that travelled today, where the person is.
pub async fn today(shop: &Shop, connection: &mut SqliteConnection) -> Result<i64> {
    Ok(kept(shop, connection).await? + shop.sync().meter.read())
}

async fn kept(shop: &Shop, connection: &mut SqliteConnection) -> Result<i64> {
    let kept = settings::get(connection, name::DATA_USED)
        .await?
        .unwrap_or_default();
    let (day, bytes) = kept.split_once(' ').unwrap_or_default();
    let is_today = day == thrift::day(shop.world()).to_string();
    Ok(if is_today { bytes.parse().unwrap_or(0) } else { 0 })
}

/// Writes down what was counted, so that a restart does not forget it.
pub async fn keep(shop: &Shop, connection: &mut SqliteConnection) -> Result<()> {
    let counted = shop.sync().meter.read();
    let bytes = kept(shop, connection).await? + counted;
    let day = thrift::day(shop.world());
    settings::set(connection, name::DATA_USED, &format!("{day} {bytes}")).await?;
    shop.sync()
        .meter
        .0
        .fetch_sub(counted.unsigned_abs(), Ordering::Relaxed);
    Ok(())
}
