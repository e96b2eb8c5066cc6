//! Tokens of laptops: families of rotating refresh tokens, and the short access tokens made from them.

use crate::error::Error;
use sqlx::{AnyConnection, AnyPool};

/// Who stands behind an access token.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Bearer {
    pub family_id: String,
    pub shop_id: String,
    pub laptop_id: String,
    pub expires_ms: i64,
    pub revoked_ms: Option<i64>,
    pub seen_ms: i64,
    /// Whether it is known that the answer with this token arrived.
    pub proven_ms: Option<i64>,
}

pub async fn bearer(pool: &AnyPool, token_hash: &str) -> Result<Option<Bearer>, Error> {
    Ok(sqlx::query_as(
        "SELECT f.id AS family_id, f.shop_id, f.laptop_id, t.expires_ms, f.revoked_ms, l.seen_ms, \
         r.proven_ms \
         FROM access_tokens t JOIN token_families f ON f.id = t.family_id \
         LEFT JOIN refresh_tokens r ON r.token_hash = t.refresh_hash \
         JOIN laptops l ON l.shop_id = f.shop_id AND l.id = f.laptop_id \
         WHERE t.token_hash = $1",
    )
    .bind(token_hash)
    .fetch_optional(pool)
    .await?)
}

pub async fn is_revoked(pool: &AnyPool, family: &str) -> Result<bool, Error> {
    let revoked: Option<Option<i64>> =
        sqlx::query_scalar("SELECT revoked_ms FROM token_families WHERE id = $1")
            .bind(family)
            .fetch_optional(pool)
            .await?;
    Ok(!matches!(revoked, Some(None)))
}

/// A new family for a laptop that was just approved; the ones before it end.
pub async fn new_family(
    connection: &mut AnyConnection,
    id: &str,
    shop: &str,
    laptop: &str,
    now_ms: i64,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE token_families SET revoked_ms = $3 WHERE shop_id = $1 AND laptop_id = $2 AND revoked_ms IS NULL",
    )
    .bind(shop)
    .bind(laptop)
    .bind(now_ms)
    .execute(&mut *connection)
    .await?;
    sqlx::query("INSERT INTO token_families (id, shop_id, laptop_id, created_ms) VALUES ($1, $2, $3, $4)")
        .bind(id)
        .bind(shop)
        .bind(laptop)
        .bind(now_ms)
        .execute(connection)
        .await?;
    Ok(())
}

pub async fn issue(
    connection: &mut AnyConnection,
    family: &str,
    access_hash: &str,
    access_expires_ms: i64,
    refresh_hash: &str,
    parent_hash: Option<&str>,
    now_ms: i64,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM access_tokens WHERE expires_ms < $1")
        .bind(now_ms - crate::clock::DAY_MS)
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO access_tokens (token_hash, family_id, expires_ms, refresh_hash) VALUES ($1, $2, $3, $4)",
    )
    .bind(access_hash)
    .bind(family)
    .bind(access_expires_ms)
    .bind(refresh_hash)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO refresh_tokens (token_hash, family_id, issued_ms, parent_hash) VALUES ($1, $2, $3, $4)",
    )
    .bind(refresh_hash)
    .bind(family)
    .bind(now_ms)
    .bind(parent_hash)
    .execute(connection)
    .await?;
    Ok(())
}

/// An access token is used: the answer that brought it has arrived.
pub async fn prove(connection: &mut AnyConnection, access_hash: &str, now_ms: i64) -> Result<(), Error> {
    sqlx::query(
        "UPDATE refresh_tokens SET proven_ms = $2 WHERE proven_ms IS NULL \
         AND token_hash = (SELECT refresh_hash FROM access_tokens WHERE token_hash = $1)",
    )
    .bind(access_hash)
    .bind(now_ms)
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether anything that a refresh token brought was used.
pub async fn answer_arrived(connection: &mut AnyConnection, token_hash: &str) -> Result<bool, Error> {
    let child: Option<String> = sqlx::query_scalar(
        "SELECT token_hash FROM refresh_tokens WHERE parent_hash = $1 \
         AND (used_ms IS NOT NULL OR proven_ms IS NOT NULL) LIMIT 1",
    )
    .bind(token_hash)
    .fetch_optional(connection)
    .await?;
    Ok(child.is_some())
}

/// A refresh token with its family.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Refresh {
    pub family_id: String,
    pub used_ms: Option<i64>,
    pub revoked_ms: Option<i64>,
    pub shop_id: String,
    pub laptop_id: String,
}

/// Reads a refresh token under its family's lock, so that two uses at once are told apart.
pub async fn refresh(connection: &mut AnyConnection, token_hash: &str) -> Result<Option<Refresh>, Error> {
    sqlx::query(
        "UPDATE token_families SET created_ms = created_ms \
         WHERE id = (SELECT family_id FROM refresh_tokens WHERE token_hash = $1)",
    )
    .bind(token_hash)
    .execute(&mut *connection)
    .await?;
    Ok(sqlx::query_as(
        "SELECT r.family_id, r.used_ms, f.revoked_ms, f.shop_id, f.laptop_id \
         FROM refresh_tokens r JOIN token_families f ON f.id = r.family_id WHERE r.token_hash = $1",
    )
    .bind(token_hash)
    .fetch_optional(connection)
    .await?)
}

pub async fn mark_used(connection: &mut AnyConnection, token_hash: &str, now_ms: i64) -> Result<(), Error> {
    sqlx::query("UPDATE refresh_tokens SET used_ms = $2 WHERE token_hash = $1 AND used_ms IS NULL")
        .bind(token_hash)
        .bind(now_ms)
        .execute(connection)
        .await?;
    Ok(())
}

pub async fn revoke_family(connection: &mut AnyConnection, family: &str, now_ms: i64) -> Result<(), Error> {
    sqlx::query("UPDATE token_families SET revoked_ms = $2 WHERE id = $1 AND revoked_ms IS NULL")
        .bind(family)
        .bind(now_ms)
        .execute(connection)
        .await?;
    Ok(())
}
