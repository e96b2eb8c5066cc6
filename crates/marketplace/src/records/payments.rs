//! What was paid for an order, and what was given back.

use super::Database;
use crate::error::Error;
use api::product::Money;
use sqlx::{AnyConnection, AnyPool};

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Payment {
    pub id: String,
    pub order_id: String,
    pub provider: String,
    pub reference: String,
    pub amount_minor: i64,
    pub currency: String,
    pub status: String,
}

pub async fn add(
    connection: &mut AnyConnection,
    order: &str,
    provider: &str,
    reference: &str,
    amount: &Money,
    now_ms: i64,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO payments (id, order_id, provider, reference, amount_minor, currency, status, at_ms) \
         VALUES ($1, $2, $3, $4, $5, $6, 'held', $7)",
    )
    .bind(crate::random::id())
    .bind(order)
    .bind(provider)
    .bind(reference)
    .bind(amount.minor)
    .bind(&amount.currency)
    .bind(now_ms)
    .execute(connection)
    .await?;
    Ok(())
}

/// What was held is taken.
pub async fn mark_paid(database: &Database, reference: &str) -> Result<(), Error> {
    let mut tx = database.begin().await?;
    sqlx::query("UPDATE payments SET status = 'paid' WHERE reference = $1 AND status = 'held'")
        .bind(reference)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// The order was cancelled: its money has to go back.
pub async fn mark_due(connection: &mut AnyConnection, order: &str) -> Result<(), Error> {
    sqlx::query(
        "UPDATE payments SET status = 'refund_due' WHERE order_id = $1 AND status IN ('held', 'paid')",
    )
    .bind(order)
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn due(pool: &AnyPool) -> Result<Vec<Payment>, Error> {
    Ok(sqlx::query_as(
        "SELECT id, order_id, provider, reference, amount_minor, currency, status \
         FROM payments WHERE status = 'refund_due' ORDER BY at_ms, id LIMIT 100",
    )
    .fetch_all(pool)
    .await?)
}

pub async fn mark_refunded(database: &Database, id: &str) -> Result<(), Error> {
    let mut tx = database.begin().await?;
    sqlx::query("UPDATE payments SET status = 'refunded' WHERE id = $1")
        .bind(id)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}
