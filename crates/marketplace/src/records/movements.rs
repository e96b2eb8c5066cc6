//! The ledger of stock.

use crate::error::Error;
use api::stock::Movement;
use sqlx::AnyConnection;

/// Adds a movement. Whether it is new: a movement is known by its id and counts once.
pub async fn add(connection: &mut AnyConnection, shop: &str, movement: &Movement) -> Result<bool, Error> {
    let done = sqlx::query(
        "INSERT INTO movements (id, shop_id, product_id, delta, order_id, at_ms) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (id) DO NOTHING",
    )
    .bind(&movement.id)
    .bind(shop)
    .bind(&movement.product_id)
    .bind(movement.delta)
    .bind(&movement.order_id)
    .bind(movement.at_ms)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}
