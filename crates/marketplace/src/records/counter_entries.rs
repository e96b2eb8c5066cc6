//! What clerks entered, for the list of the day.

use crate::error::Error;
use sqlx::{AnyConnection, AnyPool};

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CounterEntry {
    pub id: String,
    pub office: String,
    pub account_id: String,
    pub parcel_id: String,
    pub s10: String,
    pub code: String,
    pub reason: String,
    pub at_ms: i64,
}

pub async fn add(connection: &mut AnyConnection, entry: &CounterEntry) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO counter_entries (id, office, account_id, parcel_id, s10, code, reason, at_ms) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(&entry.id)
    .bind(&entry.office)
    .bind(&entry.account_id)
    .bind(&entry.parcel_id)
    .bind(&entry.s10)
    .bind(&entry.code)
    .bind(&entry.reason)
    .bind(entry.at_ms)
    .execute(connection)
    .await?;
    Ok(())
}

/// The newest entries of an office since a time.
pub async fn since(
    pool: &AnyPool,
    office: &str,
    from_ms: i64,
    limit: i64,
) -> Result<Vec<CounterEntry>, Error> {
    Ok(sqlx::query_as(
        "SELECT id, office, account_id, parcel_id, s10, code, reason, at_ms FROM counter_entries \
         WHERE office = $1 AND at_ms >= $2 ORDER BY at_ms DESC, id DESC LIMIT $3",
    )
    .bind(office)
    .bind(from_ms)
    .bind(limit)
    .fetch_all(pool)
    .await?)
}
