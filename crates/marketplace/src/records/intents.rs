//! Intents that were answered for good, kept so that the same one is never applied twice.

use crate::error::Error;
use sqlx::AnyConnection;
use sync::authority::Answered;

#[derive(sqlx::FromRow)]
struct Row {
    digest: String,
    refused: Option<String>,
    present_kind: Option<String>,
    present_id: Option<String>,
}

pub async fn get(connection: &mut AnyConnection, shop: &str, id: &str) -> Result<Option<Answered>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT digest, refused, present_kind, present_id FROM intents WHERE shop_id = $1 AND id = $2",
    )
    .bind(shop)
    .bind(id)
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|row| Answered {
        digest: row.digest,
        refused: row.refused,
        present: row.present_kind.zip(row.present_id),
    }))
}

/// The highest epoch that was seen of a laptop, 0 when none was.
pub async fn epoch(connection: &mut AnyConnection, shop: &str, laptop: &str) -> Result<i64, Error> {
    Ok(sqlx::query_scalar(
        "SELECT COALESCE(MAX(epoch), 0) FROM intents WHERE shop_id = $1 AND laptop_id = $2",
    )
    .bind(shop)
    .bind(laptop)
    .fetch_one(connection)
    .await?)
}

pub async fn seq_is_taken(
    connection: &mut AnyConnection,
    shop: &str,
    laptop: &str,
    epoch: i64,
    seq: i64,
) -> Result<bool, Error> {
    let id: Option<String> = sqlx::query_scalar(
        "SELECT id FROM intents WHERE shop_id = $1 AND laptop_id = $2 AND epoch = $3 AND seq = $4",
    )
    .bind(shop)
    .bind(laptop)
    .bind(epoch)
    .bind(seq)
    .fetch_optional(connection)
    .await?;
    Ok(id.is_some())
}

/// One answered intent as it is written down.
pub struct Record<'a> {
    pub shop: &'a str,
    pub laptop: &'a str,
    pub id: &'a str,
    pub epoch: i64,
    pub seq: i64,
    pub answered: Answered,
    pub now_ms: i64,
}

pub async fn add(connection: &mut AnyConnection, record: &Record<'_>) -> Result<(), Error> {
    let (present_kind, present_id) = match &record.answered.present {
        Some((kind, id)) => (Some(kind), Some(id)),
        None => (None, None),
    };
    sqlx::query(
        "INSERT INTO intents \
         (shop_id, id, laptop_id, epoch, seq, digest, refused, present_kind, present_id, received_ms) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(record.shop)
    .bind(record.id)
    .bind(record.laptop)
    .bind(record.epoch)
    .bind(record.seq)
    .bind(&record.answered.digest)
    .bind(&record.answered.refused)
    .bind(present_kind)
    .bind(present_id)
    .bind(record.now_ms)
    .execute(connection)
    .await?;
    Ok(())
}
