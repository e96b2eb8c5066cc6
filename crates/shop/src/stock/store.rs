//! The ledger in the database.

use super::view::StockLine;
use crate::fault::Result;
use api::stock::{Movement, Reason};
use serde_json::Value;
use sqlx::SqliteConnection;
use std::collections::BTreeMap;

/// The text that a reason is stored and travels as.
pub fn reason_key(reason: Reason) -> String {
    serde_json::to_value(reason)
        .ok()
        .and_then(|key| key.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// Adds a movement; one that is there already changes nothing.
pub async fn add(connection: &mut SqliteConnection, movement: &Movement) -> Result<()> {
    let reason = reason_key(movement.reason);
    sqlx::query!(
        "INSERT INTO movements (id, product_id, delta, reason, order_id, note, at_ms, by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        movement.id,
        movement.product_id,
        movement.delta,
        reason,
        movement.order_id,
        movement.note,
        movement.at_ms,
        movement.by
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// As [`add`] of each, and the pieces' own counts are brought up to it.
pub async fn add_all(connection: &mut SqliteConnection, movements: &[Movement]) -> Result<()> {
    let rows = serde_json::to_string(movements)?;
    sqlx::query!(
        "INSERT INTO movements (id, product_id, delta, reason, order_id, note, at_ms, by)
         SELECT value ->> 'id', value ->> 'product_id', value ->> 'delta', value ->> 'reason', value ->> 'order_id',
             COALESCE(value ->> 'note', ''), value ->> 'at_ms', value ->> 'by'
         FROM json_each(?) WHERE true ON CONFLICT (id) DO NOTHING",
        rows
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "UPDATE products SET on_hand = sums.on_hand
         FROM (SELECT product_id, SUM(delta) AS on_hand FROM movements
               WHERE product_id IN (SELECT value ->> 'product_id' FROM json_each(?)) GROUP BY product_id) AS sums
         WHERE products.id = sums.product_id AND products.on_hand <> sums.on_hand",
        rows
    )
    .execute(&mut *connection)
    .await?;
    Ok(())
}

/// These movements as they travel.
pub async fn states(connection: &mut SqliteConnection, ids: &[String]) -> Result<BTreeMap<String, Value>> {
    let ids = serde_json::to_string(ids)?;
    let rows = sqlx::query!(
        "SELECT id, product_id, delta, reason, order_id, note, at_ms, by FROM movements
         WHERE id IN (SELECT value FROM json_each(?))",
        ids
    )
    .fetch_all(connection)
    .await?;
    let mut states = BTreeMap::new();
    for row in rows {
        let movement = Movement {
            id: row.id.clone(),
            product_id: row.product_id,
            delta: row.delta,
            reason: serde_json::from_value(Value::from(row.reason))?,
            order_id: row.order_id,
            note: row.note,
            at_ms: row.at_ms,
            by: row.by,
        };
        states.insert(row.id, serde_json::to_value(movement)?);
    }
    Ok(states)
}

pub async fn remove(connection: &mut SqliteConnection, id: &str) -> Result<()> {
    sqlx::query!("DELETE FROM movements WHERE id = ?", id)
        .execute(connection)
        .await?;
    Ok(())
}

/// The sum of the ledger.
pub async fn on_hand(connection: &mut SqliteConnection, product_id: &str) -> Result<i64> {
    let sum = sqlx::query_scalar!(
        r#"SELECT COALESCE(SUM(delta), 0) AS "sum!: i64" FROM movements WHERE product_id = ?"#,
        product_id
    )
    .fetch_one(connection)
    .await?;
    Ok(sum)
}

/// Brings the piece's own count up to the ledger.
pub async fn refresh(connection: &mut SqliteConnection, product_id: &str) -> Result<()> {
    let sum = on_hand(connection, product_id).await?;
    sqlx::query!(
        "UPDATE products SET on_hand = ? WHERE id = ? AND on_hand <> ?",
        sum,
        product_id,
        sum
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn history(connection: &mut SqliteConnection, product_id: &str) -> Result<Vec<StockLine>> {
    let rows = sqlx::query!(
        r#"SELECT id, delta, reason, note, order_id, at_ms,
               SUM(delta) OVER (ORDER BY at_ms, id) AS "balance!: i64"
           FROM movements WHERE product_id = ? ORDER BY at_ms DESC, id DESC LIMIT 500"#,
        product_id
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| StockLine {
            id: row.id,
            delta: row.delta,
            reason: row.reason,
            note: row.note,
            order_id: row.order_id,
            at_ms: row.at_ms,
            balance: row.balance,
        })
        .collect())
}
