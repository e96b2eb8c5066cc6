//! Tracking numbers in stock: enough of each indicator to work a while without a network.

use crate::Shop;
use crate::fault::Result;
use crate::settings::store as settings;
use crate::writing::Area;
use api::lease::{Lease, LeaseRequest};
use postal::S10;
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

/// Below this many unused numbers more are asked for.
const ENOUGH: i64 = 20;
const ASKED: u32 = 100;

/// The next block to ask for. The request is written down first, so that asking again after a cut gives
/// the same block.
pub async fn wanted(shop: &Shop) -> Result<Option<LeaseRequest>> {
    let Some(profile) = shop.me().await?.and_then(|me| postal::profile(&me.operator)) else {
        return Ok(None);
    };
    let indicators: BTreeSet<&str> = profile
        .services
        .iter()
        .filter(|service| service.tracked)
        .map(|service| service.indicator.as_str())
        .collect();
    let mut lacking = Vec::new();
    let mut connection = shop.read().acquire().await?;
    // By the marketplace's time: a laptop set to 2099 would find every block expired.
    let now_ms = shop
        .world()
        .now_ms()
        .saturating_add(settings::clock(&mut connection).await?.offset_ms);
    for indicator in indicators {
        let unused = sqlx::query_scalar!(
            r#"SELECT COALESCE(SUM("end" - next), 0) AS "unused!: i64" FROM leases
               WHERE indicator = ? AND expires_ms > ?"#,
            indicator,
            now_ms
        )
        .fetch_one(&mut *connection)
        .await?;
        if unused < ENOUGH {
            lacking.push(indicator);
        }
    }
    drop(connection);
    if lacking.is_empty() {
        return Ok(None);
    }
    // In turn, so that one that is refused holds up no other.
    let turn = shop.sync().lease_turn.fetch_add(1, Ordering::Relaxed);
    let indicator = lacking[turn % lacking.len()];
    let mut writing = shop.begin().await?;
    let (id, count) = (writing.id(), i64::from(ASKED));
    sqlx::query!(
        "INSERT INTO lease_requests (id, indicator, count) VALUES (?, ?, ?) ON CONFLICT (indicator) DO NOTHING",
        id,
        indicator,
        count
    )
    .execute(writing.connection())
    .await?;
    let row = sqlx::query!(
        "SELECT id, count FROM lease_requests WHERE indicator = ?",
        indicator
    )
    .fetch_one(writing.connection())
    .await?;
    writing.commit().await?;
    let count = u32::try_from(row.count).unwrap_or(ASKED);
    Ok(Some(LeaseRequest {
        id: row.id,
        indicator: indicator.to_owned(),
        count,
    }))
}

/// Whether a block is what was asked for, for this laptop, of numbers that may be on a label.
pub async fn is_sound(shop: &Shop, request: &LeaseRequest, lease: &Lease) -> Result<bool> {
    let profile = shop.me().await?.and_then(|me| postal::profile(&me.operator));
    let is_ours = profile.is_some_and(|profile| profile.country == lease.country);
    let count = lease.end.saturating_sub(lease.first);
    Ok(is_ours
        && lease.id == request.id
        && lease.indicator == request.indicator
        && lease.laptop_id == shop.laptop_id()
        && (1..=request.count).contains(&count)
        && S10::new(&lease.indicator, lease.end - 1, &lease.country).is_ok())
}

/// Puts a block into stock; the same block again changes nothing.
pub async fn save(shop: &Shop, lease: &Lease) -> Result<()> {
    let mut writing = shop.begin().await?;
    let (first, end) = (i64::from(lease.first), i64::from(lease.end));
    sqlx::query!(
        r#"INSERT INTO leases (id, indicator, country, first, "end", next, issued_ms, expires_ms)
           VALUES (?1, ?2, ?3, ?4, ?5, ?4, ?6, ?7) ON CONFLICT (id) DO NOTHING"#,
        lease.id,
        lease.indicator,
        lease.country,
        first,
        end,
        lease.issued_ms,
        lease.expires_ms
    )
    .execute(writing.connection())
    .await?;
    sqlx::query!("DELETE FROM lease_requests WHERE id = ?", lease.id)
        .execute(writing.connection())
        .await?;
    writing.touches(Area::Shipping);
    writing.commit().await
}
