//! Intents that were answered for good, kept so that the same one is never applied twice.

use super::many::{places, portions, values};
use crate::error::Error;
use sqlx::AnyConnection;
use std::collections::{BTreeMap, BTreeSet};
use sync::authority::Answered;

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    digest: String,
    refused: Option<String>,
    present_kind: Option<String>,
    present_id: Option<String>,
}

/// Those of these intents that were answered.
pub async fn answered(
    connection: &mut AnyConnection,
    shop: &str,
    ids: &[String],
) -> Result<BTreeMap<String, Answered>, Error> {
    let mut answered = BTreeMap::new();
    for portion in portions(ids) {
        let sql = places(2, portion.len()).of("SELECT id, digest, refused, present_kind, present_id FROM intents WHERE shop_id = $1 AND id IN ({})");
        let mut query = sqlx::query_as(sql).bind(shop);
        for id in portion {
            query = query.bind(id);
        }
        let rows: Vec<Row> = query.fetch_all(&mut *connection).await?;
        answered.extend(rows.into_iter().map(|row| {
            let before = Answered {
                digest: row.digest,
                refused: row.refused,
                present: row.present_kind.zip(row.present_id),
            };
            (row.id, before)
        }));
    }
    Ok(answered)
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

/// Those of these numbers of an epoch that the laptop has used.
pub async fn taken(
    connection: &mut AnyConnection,
    shop: &str,
    laptop: &str,
    epoch: i64,
    numbers: &[i64],
) -> Result<BTreeSet<i64>, Error> {
    let mut taken = BTreeSet::new();
    for portion in portions(numbers) {
        let sql = places(4, portion.len()).of(
            "SELECT seq FROM intents WHERE shop_id = $1 AND laptop_id = $2 AND epoch = $3 AND seq IN ({})",
        );
        let mut query = sqlx::query_scalar(sql).bind(shop).bind(laptop).bind(epoch);
        for number in portion {
            query = query.bind(number);
        }
        let rows: Vec<i64> = query.fetch_all(&mut *connection).await?;
        taken.extend(rows);
    }
    Ok(taken)
}

/// One answered intent as it is written down.
pub struct Record {
    pub id: String,
    pub epoch: i64,
    pub seq: i64,
    pub answered: Answered,
}

pub async fn add(
    connection: &mut AnyConnection,
    (shop, laptop): (&str, &str),
    records: &[Record],
    now_ms: i64,
) -> Result<(), Error> {
    for portion in portions(records) {
        let sql = values(portion.len(), 10).of("INSERT INTO intents \
             (shop_id, id, laptop_id, epoch, seq, digest, refused, present_kind, present_id, received_ms) VALUES {}");
        let mut query = sqlx::query(sql);
        for record in portion {
            let present = record.answered.present.as_ref();
            query = query
                .bind(shop)
                .bind(&record.id)
                .bind(laptop)
                .bind(record.epoch)
                .bind(record.seq)
                .bind(&record.answered.digest)
                .bind(&record.answered.refused)
                .bind(present.map(|(kind, _)| kind))
                .bind(present.map(|(_, id)| id))
                .bind(now_ms);
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}
