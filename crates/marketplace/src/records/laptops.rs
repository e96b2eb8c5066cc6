//! The laptops of a shop.

use crate::error::Error;
use sqlx::{AnyConnection, AnyPool};

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Laptop {
    pub id: String,
    pub name: String,
    pub signed_in_ms: i64,
    pub seen_ms: i64,
    pub revoked_ms: Option<i64>,
}

pub async fn of_shop(pool: &AnyPool, shop: &str) -> Result<Vec<Laptop>, Error> {
    Ok(sqlx::query_as(
        "SELECT id, name, signed_in_ms, seen_ms, revoked_ms FROM laptops \
         WHERE shop_id = $1 ORDER BY signed_in_ms DESC, id",
    )
    .bind(shop)
    .fetch_all(pool)
    .await?)
}

/// A new sign-in of a laptop; one that was revoked is welcome again, for a person approved it.
pub async fn sign_in(
    connection: &mut AnyConnection,
    shop: &str,
    id: &str,
    name: &str,
    now_ms: i64,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO laptops (shop_id, id, name, signed_in_ms, seen_ms) VALUES ($1, $2, $3, $4, $4) \
         ON CONFLICT (shop_id, id) DO UPDATE SET name = excluded.name, \
         signed_in_ms = excluded.signed_in_ms, seen_ms = excluded.seen_ms, revoked_ms = NULL",
    )
    .bind(shop)
    .bind(id)
    .bind(name)
    .bind(now_ms)
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn seen(connection: &mut AnyConnection, shop: &str, id: &str, now_ms: i64) -> Result<(), Error> {
    sqlx::query("UPDATE laptops SET seen_ms = $3 WHERE shop_id = $1 AND id = $2 AND seen_ms < $3")
        .bind(shop)
        .bind(id)
        .bind(now_ms)
        .execute(connection)
        .await?;
    Ok(())
}

/// Revokes a laptop and all its tokens. Whether there was such a laptop.
pub async fn revoke(
    connection: &mut AnyConnection,
    shop: &str,
    id: &str,
    now_ms: i64,
) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE laptops SET revoked_ms = COALESCE(revoked_ms, $3) WHERE shop_id = $1 AND id = $2",
    )
    .bind(shop)
    .bind(id)
    .bind(now_ms)
    .execute(&mut *connection)
    .await?;
    sqlx::query(
        "UPDATE token_families SET revoked_ms = $3 \
         WHERE shop_id = $1 AND laptop_id = $2 AND revoked_ms IS NULL",
    )
    .bind(shop)
    .bind(id)
    .bind(now_ms)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}
