//! Proof that this laptop holds what the marketplace said, and finding again what got lost.

use super::feed;
use super::wire::{PAGE_ANSWER, Wire};
use crate::Shop;
use crate::fault::{Fault, Result};
use crate::settings::store::{self as settings, name};
use crate::writing::Writing;
use api::feed::{Entry, OwnEntry};
use api::limits::ENTRIES_PER_PAGE;
use api::parity::{ParityAnswer, RecordName, RecordsAnswer, RecordsRequest};
use sqlx::SqliteConnection;
use std::collections::{BTreeMap, BTreeSet};
use sync::engine::words::Trouble;
use sync::parity::{self, Sum};

/// Digests are kept in a signed column, bit for bit.
fn stored(number: u64) -> i64 {
    i64::from_ne_bytes(number.to_ne_bytes())
}

fn read(number: i64) -> u64 {
    u64::from_ne_bytes(number.to_ne_bytes())
}

/// The sum of all that the marketplace said.
pub async fn sum(connection: &mut SqliteConnection) -> Result<Sum> {
    let kept = settings::get(connection, name::SUM).await?;
    Ok(kept.and_then(|sum| sum.parse().ok()).unwrap_or_default())
}

/// Takes note of entries as the marketplace said them, whether this version understands them or not.
pub async fn note(writing: &mut Writing<'_>, entries: &[Entry]) -> Result<()> {
    let said = entries.iter().map(|entry| Said {
        kind: &entry.kind,
        id: &entry.id,
        digest: parity::digest(&entry.kind, &entry.id, &entry.state),
    });
    note_said(writing, said.collect()).await
}

/// As [`note`], of entries that stand here as they do there.
pub async fn note_own(writing: &mut Writing<'_>, own: &[OwnEntry]) -> Result<()> {
    let mut said = Vec::with_capacity(own.len());
    for entry in own {
        said.push(Said {
            kind: &entry.kind,
            id: &entry.id,
            digest: entry.digest.parse::<Sum>().map_err(Fault::internal)?.0,
        });
    }
    note_said(writing, said).await
}

struct Said<'a> {
    kind: &'a str,
    id: &'a str,
    digest: u64,
}

async fn note_said(writing: &mut Writing<'_>, said: Vec<Said<'_>>) -> Result<()> {
    if said.is_empty() {
        return Ok(());
    }
    let connection = writing.connection();
    let names: Vec<(&str, &str)> = said.iter().map(|said| (said.kind, said.id)).collect();
    let names = serde_json::to_string(&names)?;
    let rows = sqlx::query!(
        "SELECT base.kind, base.id, base.digest FROM json_each(?) AS said
         JOIN base ON base.kind = said.value ->> 0 AND base.id = said.value ->> 1",
        names
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut digests: BTreeMap<(String, String), u64> = rows
        .into_iter()
        .map(|row| ((row.kind, row.id), read(row.digest)))
        .collect();
    let mut sum = sum(connection).await?;
    let mut rows = Vec::with_capacity(said.len());
    for Said { kind, id, digest } in said {
        let before = digests.insert((kind.to_owned(), id.to_owned()), digest);
        sum = sum.without(before.unwrap_or(0)).with(digest);
        rows.push((kind, id, stored(digest)));
    }
    let rows = serde_json::to_string(&rows)?;
    sqlx::query!(
        "INSERT INTO base (kind, id, digest) SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?) WHERE true
         ON CONFLICT (kind, id) DO UPDATE SET digest = excluded.digest",
        rows
    )
    .execute(&mut *connection)
    .await?;
    settings::set(connection, name::SUM, &sum.to_string()).await
}

/// What is here of a record may not be what the marketplace said: the next reconcile fetches it.
pub async fn doubt(writing: &mut Writing<'_>, kind: &str, id: &str) -> Result<()> {
    let connection = writing.connection();
    let before = sqlx::query_scalar!("SELECT digest FROM base WHERE kind = ? AND id = ?", kind, id)
        .fetch_optional(&mut *connection)
        .await?;
    if let Some(before) = before {
        let sum = sum(connection).await?.without(read(before));
        sqlx::query!("UPDATE base SET digest = 0 WHERE kind = ? AND id = ?", kind, id)
            .execute(&mut *connection)
            .await?;
        settings::set(connection, name::SUM, &sum.to_string()).await?;
    }
    Ok(())
}

/// The feed is read anew: what the marketplace said before counts no more.
pub async fn forget(connection: &mut SqliteConnection) -> Result<()> {
    sqlx::query!("DELETE FROM base").execute(&mut *connection).await?;
    settings::remove(connection, name::SUM).await
}

/// How many records the marketplace has told of.
pub async fn count(shop: &Shop) -> Result<u64> {
    let count = sqlx::query_scalar!(r#"SELECT COUNT(*) AS "count!: i64" FROM base"#)
        .fetch_one(&mut *shop.read().acquire().await?)
        .await?;
    Ok(count.unsigned_abs())
}

async fn bases(shop: &Shop) -> Result<BTreeMap<RecordName, u64>> {
    let mut connection = shop.read().acquire().await?;
    let rows = sqlx::query!("SELECT kind, id, digest FROM base")
        .fetch_all(&mut *connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let name = RecordName {
                kind: row.kind,
                id: row.id,
            };
            (name, read(row.digest))
        })
        .collect())
}

fn sums(bases: &BTreeMap<RecordName, u64>) -> BTreeMap<String, String> {
    let mut sums: BTreeMap<u8, Sum> = BTreeMap::new();
    for (name, digest) in bases {
        let sum = sums.entry(parity::bucket(&name.kind, &name.id)).or_default();
        *sum = sum.with(*digest);
    }
    sums.into_iter()
        .map(|(bucket, sum)| (parity::bucket_name(bucket), sum.to_string()))
        .collect()
}

/// Finds the records that differ and takes them over anew.
///
/// Trouble `Gone` when the marketplace does not have a record that it once told of: then it was put back to an earlier
/// day without saying so, and everything is read and offered again.
pub async fn mend(shop: &Shop, wire: &Wire, token: &str) -> std::result::Result<(), Trouble> {
    let local = |fault: Fault| Trouble::Local {
        cause: fault.to_string(),
    };
    let ours = bases(shop).await.map_err(local)?;
    let ParityAnswer::Buckets(theirs) = ask(wire, token, None).await? else {
        return Err(Trouble::NotAMarketplace);
    };
    if theirs.keys().any(|bucket| !is_bucket(bucket)) {
        return Err(Trouble::NotAMarketplace);
    }
    let our_sums = sums(&ours);
    let differing: BTreeSet<&String> = our_sums
        .keys()
        .chain(theirs.keys())
        .filter(|bucket| our_sums.get(*bucket) != theirs.get(*bucket))
        .collect();
    let mut lacking = Vec::new();
    for bucket in differing {
        let ParityAnswer::Records(records) = ask(wire, token, Some(bucket)).await? else {
            return Err(Trouble::NotAMarketplace);
        };
        let mut there = BTreeSet::new();
        for record in records {
            let name = RecordName {
                kind: record.kind,
                id: record.id,
            };
            let digest = record
                .digest
                .parse::<Sum>()
                .map_err(|_| Trouble::NotAMarketplace)?;
            if ours.get(&name) != Some(&digest.0) {
                lacking.push(name.clone());
            }
            there.insert(name);
        }
        let in_bucket = |name: &RecordName| {
            parity::bucket_name(parity::bucket(&name.kind, &name.id)) == *bucket && !there.contains(name)
        };
        if ours.keys().any(in_bucket) {
            tracing::warn!(bucket, "the marketplace does not have what it once said");
            return Err(Trouble::Gone);
        }
    }
    tracing::warn!(records = lacking.len(), "what differs is taken over anew");
    for names in lacking.chunks(ENTRIES_PER_PAGE) {
        let entries = records(wire, token, names.to_vec()).await?;
        feed::apply_entries(shop, entries).await.map_err(local)?;
    }
    Ok(())
}

/// These records as they stand now, without those that the marketplace does not have.
pub async fn records(
    wire: &Wire,
    token: &str,
    records: Vec<RecordName>,
) -> std::result::Result<Vec<Entry>, Trouble> {
    let asked = records.len();
    let request = RecordsRequest { records };
    let sent = wire.send_packed("/records", token, &request, None).await?;
    let answer: RecordsAnswer = wire.read(sent, PAGE_ANSWER).await?;
    if answer.entries.len() > asked {
        return Err(Trouble::NotAMarketplace);
    }
    Ok(answer.entries)
}

fn is_bucket(name: &str) -> bool {
    u8::from_str_radix(name, 16).is_ok_and(|bucket| parity::bucket_name(bucket) == name)
}

async fn ask(wire: &Wire, token: &str, bucket: Option<&str>) -> std::result::Result<ParityAnswer, Trouble> {
    let query: Vec<(&str, String)> = bucket
        .map(|bucket| ("bucket", bucket.to_owned()))
        .into_iter()
        .collect();
    let sent = wire
        .send(wire.get_with("/parity", &query)?.bearer_auth(token))
        .await;
    wire.read(sent, PAGE_ANSWER).await
}
