//! The feed: the newest state of each record of a shop, by position.

use super::read_state;
use crate::error::Error;
use api::feed::Entry;
use sqlx::{AnyConnection, AnyPool};

/// Writes a state under the shop's next position and gives that.
pub async fn write(
    connection: &mut AnyConnection,
    shop: &str,
    kind: &str,
    id: &str,
    state: &str,
) -> Result<i64, Error> {
    let position: i64 = sqlx::query_scalar(
        "UPDATE shops SET feed_position = feed_position + 1 WHERE id = $1 RETURNING feed_position",
    )
    .bind(shop)
    .fetch_one(&mut *connection)
    .await?;
    sqlx::query(
        "INSERT INTO feed (shop_id, kind, record_id, position, state) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (shop_id, kind, record_id) DO UPDATE SET position = excluded.position, state = excluded.state",
    )
    .bind(shop)
    .bind(kind)
    .bind(id)
    .bind(position)
    .bind(state)
    .execute(connection)
    .await?;
    Ok(position)
}

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    record_id: String,
    position: i64,
    state: String,
}

impl Row {
    fn entry(self) -> Result<Entry, Error> {
        Ok(Entry {
            position: self.position.unsigned_abs(),
            state: read_state(&self.state)?,
            kind: self.kind,
            id: self.record_id,
        })
    }
}

/// Entries after a position, in their order.
pub async fn after(pool: &AnyPool, shop: &str, position: i64, limit: i64) -> Result<Vec<Entry>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT kind, record_id, position, state FROM feed \
         WHERE shop_id = $1 AND position > $2 ORDER BY position LIMIT $3",
    )
    .bind(shop)
    .bind(position)
    .bind(limit)
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(Row::entry).collect()
}

/// How one record stands.
pub async fn present(
    connection: &mut AnyConnection,
    shop: &str,
    kind: &str,
    id: &str,
) -> Result<Option<Entry>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT kind, record_id, position, state FROM feed WHERE shop_id = $1 AND kind = $2 AND record_id = $3",
    )
    .bind(shop)
    .bind(kind)
    .bind(id)
    .fetch_optional(connection)
    .await?;
    row.map(Row::entry).transpose()
}

/// How far the feed is.
pub async fn position(pool: &AnyPool, shop: &str) -> Result<i64, Error> {
    Ok(
        sqlx::query_scalar("SELECT feed_position FROM shops WHERE id = $1")
            .bind(shop)
            .fetch_one(pool)
            .await?,
    )
}
