//! Which photos are whole, and which chunks of the others have come.

use crate::error::Error;
use sqlx::{AnyConnection, AnyPool};

pub async fn is_whole(pool: &AnyPool, hash: &str) -> Result<bool, Error> {
    let bytes: Option<i64> = sqlx::query_scalar("SELECT bytes FROM photos WHERE hash = $1")
        .bind(hash)
        .fetch_optional(pool)
        .await?;
    Ok(bytes.is_some())
}

pub async fn add_whole(
    connection: &mut AnyConnection,
    hash: &str,
    bytes: i64,
    now_ms: i64,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO photos (hash, bytes, completed_ms) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING",
    )
    .bind(hash)
    .bind(bytes)
    .bind(now_ms)
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes an upload and gives the size that was first said.
pub async fn start(
    connection: &mut AnyConnection,
    shop: &str,
    hash: &str,
    bytes: i64,
    now_ms: i64,
) -> Result<i64, Error> {
    sqlx::query(
        "INSERT INTO uploads (shop_id, hash, bytes, started_ms) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (shop_id, hash) DO NOTHING",
    )
    .bind(shop)
    .bind(hash)
    .bind(bytes)
    .bind(now_ms)
    .execute(&mut *connection)
    .await?;
    Ok(
        sqlx::query_scalar("SELECT bytes FROM uploads WHERE shop_id = $1 AND hash = $2")
            .bind(shop)
            .bind(hash)
            .fetch_one(connection)
            .await?,
    )
}

pub async fn size(pool: &AnyPool, shop: &str, hash: &str) -> Result<Option<i64>, Error> {
    Ok(
        sqlx::query_scalar("SELECT bytes FROM uploads WHERE shop_id = $1 AND hash = $2")
            .bind(shop)
            .bind(hash)
            .fetch_optional(pool)
            .await?,
    )
}

/// The uploads of a shop that were not finished, the oldest first.
pub async fn unfinished(connection: &mut AnyConnection, shop: &str) -> Result<Vec<(String, i64)>, Error> {
    Ok(
        sqlx::query_as("SELECT hash, bytes FROM uploads WHERE shop_id = $1 ORDER BY started_ms, hash")
            .bind(shop)
            .fetch_all(connection)
            .await?,
    )
}

pub async fn add_chunk(connection: &mut AnyConnection, shop: &str, hash: &str, n: i64) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO upload_chunks (shop_id, hash, n) VALUES ($1, $2, $3) ON CONFLICT (shop_id, hash, n) DO NOTHING",
    )
    .bind(shop)
    .bind(hash)
    .bind(n)
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn chunks(connection: &mut AnyConnection, shop: &str, hash: &str) -> Result<Vec<i64>, Error> {
    Ok(
        sqlx::query_scalar("SELECT n FROM upload_chunks WHERE shop_id = $1 AND hash = $2 ORDER BY n")
            .bind(shop)
            .bind(hash)
            .fetch_all(connection)
            .await?,
    )
}

/// Forgets an upload; the bytes are the caller's.
pub async fn forget(connection: &mut AnyConnection, shop: &str, hash: &str) -> Result<(), Error> {
    sqlx::query("DELETE FROM upload_chunks WHERE shop_id = $1 AND hash = $2")
        .bind(shop)
        .bind(hash)
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM uploads WHERE shop_id = $1 AND hash = $2")
        .bind(shop)
        .bind(hash)
        .execute(connection)
        .await?;
    Ok(())
}
