//! Shops.

use super::read_state;
use crate::error::Error;
use api::place::Address;
use sqlx::{AnyConnection, AnyPool};

#[derive(Clone, Debug)]
pub struct Shop {
    pub id: String,
    pub name: String,
    pub operator: String,
    pub currency: String,
    pub country: String,
    pub address: Address,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    name: String,
    operator: String,
    currency: String,
    country: String,
    address: String,
}

pub async fn get(pool: &AnyPool, id: &str) -> Result<Option<Shop>, Error> {
    let row: Option<Row> =
        sqlx::query_as("SELECT id, name, operator, currency, country, address FROM shops WHERE id = $1")
            .bind(id)
            .fetch_optional(pool)
            .await?;
    row.map(|row| {
        Ok(Shop {
            address: read_state(&row.address)?,
            id: row.id,
            name: row.name,
            operator: row.operator,
            currency: row.currency,
            country: row.country,
        })
    })
    .transpose()
}

/// Adds the shop, or gives it new particulars.
pub async fn put(connection: &mut AnyConnection, shop: &Shop, now_ms: i64) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO shops (id, name, operator, currency, country, address, created_ms) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, operator = excluded.operator, \
         currency = excluded.currency, country = excluded.country, address = excluded.address",
    )
    .bind(&shop.id)
    .bind(&shop.name)
    .bind(&shop.operator)
    .bind(&shop.currency)
    .bind(&shop.country)
    .bind(serde_json::to_string(&shop.address)?)
    .bind(now_ms)
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes the lock of the shop's row until the end of the transaction: an update that changes nothing
/// locks on both databases, which `FOR UPDATE` does not.
pub async fn lock(connection: &mut AnyConnection, id: &str) -> Result<(), Error> {
    sqlx::query("UPDATE shops SET feed_position = feed_position WHERE id = $1")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Counts the shop's orders up by one.
pub async fn next_order(connection: &mut AnyConnection, id: &str) -> Result<i64, Error> {
    Ok(sqlx::query_scalar(
        "UPDATE shops SET orders_taken = orders_taken + 1 WHERE id = $1 RETURNING orders_taken",
    )
    .bind(id)
    .fetch_one(connection)
    .await?)
}

/// Name and currency, within a transaction.
pub async fn name_and_currency(connection: &mut AnyConnection, id: &str) -> Result<(String, String), Error> {
    Ok(sqlx::query_as("SELECT name, currency FROM shops WHERE id = $1")
        .bind(id)
        .fetch_one(connection)
        .await?)
}
