//! The ledger of stock.

use crate::error::Error;
use api::stock::Movement;
use sqlx::AnyConnection;

/// Whether a movement is in the ledger, whoever's it is: it is known by its id and counts once.
pub async fn is_known(connection: &mut AnyConnection, id: &str) -> Result<bool, Error> {
    let known: Option<String> = sqlx::query_scalar("SELECT id FROM movements WHERE id = $1")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    Ok(known.is_some())
}

pub async fn add(connection: &mut AnyConnection, shop: &str, movement: &Movement) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO movements (id, shop_id, product_id, delta, order_id, at_ms) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&movement.id)
    .bind(shop)
    .bind(&movement.product_id)
    .bind(movement.delta)
    .bind(&movement.order_id)
    .bind(movement.at_ms)
    .execute(connection)
    .await?;
    Ok(())
}
