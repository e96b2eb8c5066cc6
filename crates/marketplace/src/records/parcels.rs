//! Parcels.

use super::read_state;
use crate::error::Error;
use api::order::ParcelState;
use sqlx::AnyConnection;

#[derive(Clone, Debug)]
pub struct Parcel {
    pub shop_id: String,
    pub state: ParcelState,
}

#[derive(sqlx::FromRow)]
struct Row {
    shop_id: String,
    state: String,
}

impl Row {
    fn parcel(self) -> Result<Parcel, Error> {
        Ok(Parcel {
            state: read_state(&self.state)?,
            shop_id: self.shop_id,
        })
    }
}

pub async fn get(connection: &mut AnyConnection, id: &str) -> Result<Option<Parcel>, Error> {
    let row: Option<Row> = sqlx::query_as("SELECT shop_id, state FROM parcels WHERE id = $1")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    row.map(Row::parcel).transpose()
}

pub async fn by_number(connection: &mut AnyConnection, s10: &str) -> Result<Option<Parcel>, Error> {
    let row: Option<Row> = sqlx::query_as("SELECT shop_id, state FROM parcels WHERE s10 = $1")
        .bind(s10)
        .fetch_optional(connection)
        .await?;
    row.map(Row::parcel).transpose()
}

pub async fn of_order(connection: &mut AnyConnection, order: &str) -> Result<Vec<ParcelState>, Error> {
    let rows: Vec<Row> = sqlx::query_as("SELECT shop_id, state FROM parcels WHERE order_id = $1 ORDER BY id")
        .bind(order)
        .fetch_all(connection)
        .await?;
    rows.into_iter().map(|row| Ok(row.parcel()?.state)).collect()
}

/// Adds the parcel or saves its new state; its number stays.
pub async fn put(connection: &mut AnyConnection, shop: &str, state: &ParcelState) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO parcels (id, shop_id, order_id, s10, drop_off_id, state) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (id) DO UPDATE SET drop_off_id = excluded.drop_off_id, state = excluded.state",
    )
    .bind(&state.parcel.id)
    .bind(shop)
    .bind(&state.parcel.order_id)
    .bind(&state.parcel.s10)
    .bind(&state.drop_off_id)
    .bind(serde_json::to_string(state)?)
    .execute(connection)
    .await?;
    Ok(())
}
