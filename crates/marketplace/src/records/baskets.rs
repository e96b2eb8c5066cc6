//! What a visitor has put in the basket.

use crate::error::Error;
use sqlx::{AnyConnection, AnyPool};

/// Puts a number of a piece in the basket, or takes it out with 0.
pub async fn set(
    connection: &mut AnyConnection,
    visitor: &str,
    product: &str,
    quantity: i64,
    now_ms: i64,
) -> Result<(), Error> {
    if quantity <= 0 {
        sqlx::query("DELETE FROM basket_lines WHERE visitor = $1 AND product_id = $2")
            .bind(visitor)
            .bind(product)
            .execute(connection)
            .await?;
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO basket_lines (visitor, product_id, quantity, added_ms) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (visitor, product_id) DO UPDATE SET quantity = excluded.quantity",
    )
    .bind(visitor)
    .bind(product)
    .bind(quantity)
    .bind(now_ms)
    .execute(connection)
    .await?;
    Ok(())
}

/// Pieces and how many of each, in the order in which they were put in.
pub async fn lines(pool: &AnyPool, visitor: &str) -> Result<Vec<(String, i64)>, Error> {
    Ok(sqlx::query_as(
        "SELECT product_id, quantity FROM basket_lines WHERE visitor = $1 ORDER BY added_ms, product_id",
    )
    .bind(visitor)
    .fetch_all(pool)
    .await?)
}

pub async fn clear(connection: &mut AnyConnection, visitor: &str) -> Result<(), Error> {
    sqlx::query("DELETE FROM basket_lines WHERE visitor = $1")
        .bind(visitor)
        .execute(connection)
        .await?;
    Ok(())
}

/// Baskets that nobody came back to.
pub async fn forget_before(connection: &mut AnyConnection, before_ms: i64) -> Result<(), Error> {
    sqlx::query("DELETE FROM basket_lines WHERE added_ms < $1")
        .bind(before_ms)
        .execute(connection)
        .await?;
    Ok(())
}
