//! Drop-offs.

use super::read_state;
use crate::error::Error;
use api::drop_off::{DropOffState, DropOffStatus};
use sqlx::AnyConnection;

#[derive(Clone, Debug)]
pub struct DropOff {
    pub shop_id: String,
    pub state: DropOffState,
}

#[derive(sqlx::FromRow)]
struct Row {
    shop_id: String,
    state: String,
}

impl Row {
    fn drop_off(self) -> Result<DropOff, Error> {
        Ok(DropOff {
            state: read_state(&self.state)?,
            shop_id: self.shop_id,
        })
    }
}

pub async fn get(connection: &mut AnyConnection, id: &str) -> Result<Option<DropOff>, Error> {
    let row: Option<Row> = sqlx::query_as("SELECT shop_id, state FROM drop_offs WHERE id = $1")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    row.map(Row::drop_off).transpose()
}

pub async fn by_number(connection: &mut AnyConnection, number: &str) -> Result<Option<DropOff>, Error> {
    let row: Option<Row> = sqlx::query_as("SELECT shop_id, state FROM drop_offs WHERE number = $1")
        .bind(number)
        .fetch_optional(connection)
        .await?;
    row.map(Row::drop_off).transpose()
}

/// Adds the drop-off or saves its new state; what it lists stays.
pub async fn put(connection: &mut AnyConnection, shop: &str, state: &DropOffState) -> Result<(), Error> {
    let status = match state.status {
        DropOffStatus::Closed => "closed",
        DropOffStatus::Left => "left",
        DropOffStatus::Accepted => "accepted",
        DropOffStatus::PartlyAccepted => "partly_accepted",
        DropOffStatus::Refused => "refused",
    };
    sqlx::query(
        "INSERT INTO drop_offs (id, shop_id, number, status, state) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (id) DO UPDATE SET status = excluded.status, state = excluded.state",
    )
    .bind(&state.drop_off.id)
    .bind(shop)
    .bind(&state.drop_off.number)
    .bind(status)
    .bind(serde_json::to_string(state)?)
    .execute(connection)
    .await?;
    Ok(())
}
