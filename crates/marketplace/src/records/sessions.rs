//! Signed-in browsers.

use super::Database;
use super::accounts::Account;
use crate::error::Error;
use sqlx::AnyPool;

pub async fn open(
    database: &Database,
    token_hash: &str,
    account: &str,
    now_ms: i64,
    expires_ms: i64,
) -> Result<(), Error> {
    let mut tx = database.begin().await?;
    sqlx::query("DELETE FROM sessions WHERE expires_ms < $1")
        .bind(now_ms)
        .execute(&mut *tx)
        .await?;
    sqlx::query(
        "INSERT INTO sessions (token_hash, account_id, created_ms, expires_ms) VALUES ($1, $2, $3, $4)",
    )
    .bind(token_hash)
    .bind(account)
    .bind(now_ms)
    .bind(expires_ms)
    .execute(&mut *tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

pub async fn account(pool: &AnyPool, token_hash: &str, now_ms: i64) -> Result<Option<Account>, Error> {
    Ok(sqlx::query_as(
        "SELECT a.id, a.kind, a.email, a.name, a.password, a.shop_id, a.office \
         FROM sessions s JOIN accounts a ON a.id = s.account_id \
         WHERE s.token_hash = $1 AND s.expires_ms > $2",
    )
    .bind(token_hash)
    .bind(now_ms)
    .fetch_optional(pool)
    .await?)
}

pub async fn close(database: &Database, token_hash: &str) -> Result<(), Error> {
    let mut tx = database.begin().await?;
    sqlx::query("DELETE FROM sessions WHERE token_hash = $1")
        .bind(token_hash)
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(())
}

/// A new password signs every browser out.
pub async fn close_all(connection: &mut sqlx::AnyConnection, account: &str) -> Result<(), Error> {
    sqlx::query("DELETE FROM sessions WHERE account_id = $1")
        .bind(account)
        .execute(connection)
        .await?;
    Ok(())
}
