//! Device codes that wait for a seller's word (RFC 8628).

use crate::error::Error;
use sqlx::{AnyConnection, AnyPool};

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Grant {
    pub device_hash: String,
    pub user_code: String,
    pub laptop_id: String,
    pub laptop_name: String,
    pub status: String,
    pub shop_id: Option<String>,
    pub expires_ms: i64,
    pub polled_ms: i64,
}

pub mod status {
    pub const PENDING: &str = "pending";
    pub const APPROVED: &str = "approved";
    pub const DENIED: &str = "denied";
    pub const USED: &str = "used";
}

pub async fn add(connection: &mut AnyConnection, grant: &Grant, now_ms: i64) -> Result<(), Error> {
    sqlx::query("DELETE FROM device_grants WHERE expires_ms < $1")
        .bind(now_ms - crate::clock::DAY_MS)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO device_grants (device_hash, user_code, laptop_id, laptop_name, status, expires_ms, polled_ms) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&grant.device_hash)
    .bind(&grant.user_code)
    .bind(&grant.laptop_id)
    .bind(&grant.laptop_name)
    .bind(&grant.status)
    .bind(grant.expires_ms)
    .bind(grant.polled_ms)
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn by_user_code(pool: &AnyPool, user_code: &str, now_ms: i64) -> Result<Option<Grant>, Error> {
    Ok(sqlx::query_as(
        "SELECT device_hash, user_code, laptop_id, laptop_name, status, shop_id, expires_ms, polled_ms \
         FROM device_grants WHERE user_code = $1 AND expires_ms > $2",
    )
    .bind(user_code)
    .bind(now_ms)
    .fetch_optional(pool)
    .await?)
}

/// Reads the grant and notes the poll; the update first, so that two polls at once queue up.
pub async fn poll(
    connection: &mut AnyConnection,
    device_hash: &str,
    now_ms: i64,
) -> Result<Option<Grant>, Error> {
    sqlx::query("UPDATE device_grants SET expires_ms = expires_ms WHERE device_hash = $1")
        .bind(device_hash)
        .execute(&mut *connection)
        .await?;
    let grant = sqlx::query_as(
        "SELECT device_hash, user_code, laptop_id, laptop_name, status, shop_id, expires_ms, polled_ms \
         FROM device_grants WHERE device_hash = $1",
    )
    .bind(device_hash)
    .fetch_optional(&mut *connection)
    .await?;
    sqlx::query("UPDATE device_grants SET polled_ms = $2 WHERE device_hash = $1")
        .bind(device_hash)
        .bind(now_ms)
        .execute(connection)
        .await?;
    Ok(grant)
}

/// Writes the seller's word, if none was given yet. Whether it counted.
pub async fn decide(
    connection: &mut AnyConnection,
    user_code: &str,
    shop: &str,
    decision: &str,
    now_ms: i64,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE device_grants SET status = $3, shop_id = $2 \
         WHERE user_code = $1 AND status = 'pending' AND expires_ms > $4",
    )
    .bind(user_code)
    .bind(shop)
    .bind(decision)
    .bind(now_ms)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}

pub async fn use_up(connection: &mut AnyConnection, device_hash: &str) -> Result<(), Error> {
    sqlx::query("UPDATE device_grants SET status = 'used' WHERE device_hash = $1")
        .bind(device_hash)
        .execute(connection)
        .await?;
    Ok(())
}
