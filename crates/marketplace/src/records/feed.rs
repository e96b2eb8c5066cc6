//! The feed: the newest state of each record of a shop, by position.

use super::many::{places, portions};
use super::{Database, read_state};
use crate::error::Error;
use api::feed::{Entry, OwnEntry, kind};
use api::parity::{RecordDigest, RecordName};
use serde_json::Value;
use sqlx::{AnyConnection, AnyPool};
use std::collections::BTreeMap;
use sync::parity::{self, Sum};

/// What a first reading brings first, and how many such parts there are.
pub mod part {
    /// Open orders, their parcels and drop-offs: what there is to do today.
    pub const OPEN: i64 = 0;
    /// Pieces and their stock.
    pub const PIECES: i64 = 1;
    /// What is over.
    pub const HISTORY: i64 = 2;
    pub const ALL: i64 = 3;
}

pub(super) fn urgency(kind: &str, state: &Value) -> i64 {
    let text = |name: &str| state.get(name).and_then(Value::as_str).unwrap_or_default();
    let open = match kind {
        kind::ORDER => !matches!(text("status"), "shipped" | "delivered" | "cancelled"),
        kind::PARCEL => state
            .get("events")
            .and_then(Value::as_array)
            .is_none_or(Vec::is_empty),
        kind::DROP_OFF => matches!(text("status"), "closed" | "left"),
        _ => return part::PIECES,
    };
    if open { part::OPEN } else { part::HISTORY }
}

/// Digests are kept in a signed column, bit for bit.
pub(super) fn stored(number: u64) -> i64 {
    i64::from_ne_bytes(number.to_ne_bytes())
}

pub(super) fn read(number: i64) -> u64 {
    u64::from_ne_bytes(number.to_ne_bytes())
}

/// How far a feed is, and the sum of all records there.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    pub position: i64,
    pub sum: Sum,
}

/// Takes the shop's lock until the end of the transaction and reads the feed's head: an update that changes nothing
/// locks on both databases.
pub(super) async fn lock(connection: &mut AnyConnection, shop: &str) -> Result<Head, Error> {
    let (position, sum): (i64, i64) = sqlx::query_as(
        "UPDATE shops SET feed_position = feed_position WHERE id = $1 RETURNING feed_position, feed_sum",
    )
    .bind(shop)
    .fetch_one(connection)
    .await?;
    Ok(Head {
        position,
        sum: Sum(read(sum)),
    })
}

pub(super) async fn set_head(connection: &mut AnyConnection, shop: &str, head: Head) -> Result<(), Error> {
    sqlx::query("UPDATE shops SET feed_position = $2, feed_sum = $3 WHERE id = $1")
        .bind(shop)
        .bind(head.position)
        .bind(stored(head.sum.0))
        .execute(connection)
        .await?;
    Ok(())
}

async fn set_sum(connection: &mut AnyConnection, shop: &str, sum: Sum) -> Result<(), Error> {
    sqlx::query("UPDATE shops SET feed_sum = $2 WHERE id = $1")
        .bind(shop)
        .bind(stored(sum.0))
        .execute(connection)
        .await?;
    Ok(())
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

/// Entries after a position, in their order. Pieces and movements that came from `own` laptop are without their states.
pub async fn after(
    pool: &AnyPool,
    shop: &str,
    position: i64,
    limit: i64,
    own: Option<&str>,
) -> Result<(Vec<Entry>, Vec<OwnEntry>), Error> {
    #[derive(sqlx::FromRow)]
    struct Changed {
        #[sqlx(flatten)]
        row: Row,
        digest: i64,
        laptop_id: Option<String>,
    }
    let rows: Vec<Changed> = sqlx::query_as(
        "SELECT kind, record_id, position, digest, laptop_id, \
             CASE WHEN laptop_id = $4 AND kind IN ($5, $6) THEN '' ELSE state END AS state FROM feed \
         WHERE shop_id = $1 AND position > $2 ORDER BY position LIMIT $3",
    )
    .bind(shop)
    .bind(position)
    .bind(limit)
    .bind(own)
    .bind(kind::PRODUCT)
    .bind(kind::MOVEMENT)
    .fetch_all(pool)
    .await?;
    let (mut entries, mut brief) = (Vec::new(), Vec::new());
    for Changed {
        row,
        digest,
        laptop_id,
    } in rows
    {
        let is_own = own.is_some() && laptop_id.as_deref() == own;
        if is_own && matches!(row.kind.as_str(), kind::PRODUCT | kind::MOVEMENT) {
            brief.push(OwnEntry {
                position: row.position.unsigned_abs(),
                kind: row.kind,
                id: row.record_id,
                digest: Sum(read(digest)).to_string(),
            });
        } else {
            entries.push(row.entry()?);
        }
    }
    Ok((entries, brief))
}

/// Entries of one part of a first reading: those between two positions, in their order.
pub async fn of_part(
    pool: &AnyPool,
    shop: &str,
    part: i64,
    after: i64,
    until: i64,
    limit: i64,
) -> Result<Vec<Entry>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT kind, record_id, position, state FROM feed \
         WHERE shop_id = $1 AND urgency = $2 AND position > $3 AND position <= $4 ORDER BY position LIMIT $5",
    )
    .bind(shop)
    .bind(part)
    .bind(after)
    .bind(until)
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

/// How these records of one kind stand; those that are not there are left out.
pub async fn of_kind(
    connection: &mut AnyConnection,
    shop: &str,
    kind: &str,
    ids: &[String],
) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::new();
    for portion in portions(ids) {
        let sql = places(3, portion.len()).of("SELECT kind, record_id, position, state FROM feed \
             WHERE shop_id = $1 AND kind = $2 AND record_id IN ({})");
        let mut query = sqlx::query_as(sql).bind(shop).bind(kind);
        for id in portion {
            query = query.bind(id);
        }
        let rows: Vec<Row> = query.fetch_all(&mut *connection).await?;
        for row in rows {
            entries.push(row.entry()?);
        }
    }
    Ok(entries)
}

/// How these records stand; those that are not there are left out.
pub async fn named(pool: &AnyPool, shop: &str, names: &[RecordName]) -> Result<Vec<Entry>, Error> {
    let mut entries = Vec::with_capacity(names.len());
    let mut connection = pool.acquire().await?;
    for name in names {
        entries.extend(present(&mut connection, shop, &name.kind, &name.id).await?);
    }
    Ok(entries)
}

/// How far the feed is.
pub async fn position(pool: &AnyPool, shop: &str) -> Result<i64, Error> {
    Ok(head(pool, shop).await?.0)
}

/// How far the feed is, and the sum of all records there.
pub async fn head(pool: &AnyPool, shop: &str) -> Result<(i64, Sum), Error> {
    let (position, sum): (i64, i64) =
        sqlx::query_as("SELECT feed_position, feed_sum FROM shops WHERE id = $1")
            .bind(shop)
            .fetch_one(pool)
            .await?;
    Ok((position, Sum(read(sum))))
}

async fn digests(pool: &AnyPool, shop: &str) -> Result<Vec<(String, String, i64)>, Error> {
    Ok(
        sqlx::query_as("SELECT kind, record_id, digest FROM feed WHERE shop_id = $1")
            .bind(shop)
            .fetch_all(pool)
            .await?,
    )
}

/// The sum of each bucket that is not empty.
pub async fn buckets(pool: &AnyPool, shop: &str) -> Result<BTreeMap<String, String>, Error> {
    let mut sums: BTreeMap<u8, Sum> = BTreeMap::new();
    for (kind, id, digest) in digests(pool, shop).await? {
        let sum = sums.entry(parity::bucket(&kind, &id)).or_default();
        *sum = sum.with(read(digest));
    }
    Ok(sums
        .into_iter()
        .map(|(bucket, sum)| (parity::bucket_name(bucket), sum.to_string()))
        .collect())
}

/// The records of a bucket, by name.
pub async fn of_bucket(pool: &AnyPool, shop: &str, bucket: u8) -> Result<Vec<RecordDigest>, Error> {
    let digests = digests(pool, shop).await?;
    Ok(digests
        .into_iter()
        .filter(|(kind, id, _)| parity::bucket(kind, id) == bucket)
        .map(|(kind, id, digest)| RecordDigest {
            kind,
            id,
            digest: Sum(read(digest)).to_string(),
        })
        .collect())
}

/// Gives digests to what was written before there were any.
pub async fn complete(database: &Database) -> Result<(), Error> {
    loop {
        let mut tx = database.begin().await?;
        let rows: Vec<(String, String, String, String)> = sqlx::query_as(
            "SELECT shop_id, kind, record_id, state FROM feed WHERE urgency < 0 ORDER BY shop_id LIMIT 1000",
        )
        .fetch_all(&mut *tx)
        .await?;
        if rows.is_empty() {
            return Ok(());
        }
        for (shop, kind, id, state) in rows {
            let state: Value = read_state(&state)?;
            let digest = parity::digest(&kind, &id, &state);
            sqlx::query(
                "UPDATE feed SET digest = $4, urgency = $5 WHERE shop_id = $1 AND kind = $2 AND record_id = $3",
            )
            .bind(&shop)
            .bind(&kind)
            .bind(&id)
            .bind(stored(digest))
            .bind(urgency(&kind, &state))
            .execute(&mut *tx)
            .await?;
            let sum: i64 = sqlx::query_scalar("SELECT feed_sum FROM shops WHERE id = $1")
                .bind(&shop)
                .fetch_one(&mut *tx)
                .await?;
            set_sum(&mut tx, &shop, Sum(read(sum)).with(digest)).await?;
        }
        tx.commit().await?;
    }
}
