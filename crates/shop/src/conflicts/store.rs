//! Conflicts in the database, and the names of the laptops that they are between.

use super::view::{Conflict, ConflictSide, ConflictValue};
use crate::catalog::view::Price;
use crate::fault::{Code, Fault, Result};
use crate::writing::{Area, Writing};
use api::auth::Laptop;
use api::conflict::ConflictState;
use api::feed::Entry;
use api::product::{Money, Stamped, field};
use serde_json::Value;
use sqlx::SqliteConnection;

/// Takes over a conflict from the marketplace. What was settled here stays settled while the word about it is on its
/// way.
pub(crate) async fn apply(writing: &mut Writing<'_>, entry: &Entry) -> Result<()> {
    let said: ConflictState = serde_json::from_value(entry.state.clone())?;
    let stored = entry.state.to_string();
    let on_its_way = sqlx::query_scalar!(
        "SELECT created_ms FROM outbox WHERE subject = ? AND verb = 'settle_conflict' AND status = 'waiting' LIMIT 1",
        said.id
    )
    .fetch_optional(writing.connection())
    .await?;
    let settled_ms = said.settled_ms.or(on_its_way);
    sqlx::query!(
        "INSERT INTO conflicts (id, product_id, field, state, at_ms, settled_ms) VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET state = excluded.state, at_ms = excluded.at_ms,
             settled_ms = excluded.settled_ms",
        said.id,
        said.product_id,
        said.field,
        stored,
        said.at_ms,
        settled_ms
    )
    .execute(writing.connection())
    .await?;
    writing.touches(Area::Catalog);
    Ok(())
}

/// An open conflict; `NotFound` when there is none, or when it is settled.
pub async fn get(connection: &mut SqliteConnection, id: &str) -> Result<ConflictState> {
    let stored = sqlx::query_scalar!(
        "SELECT state FROM conflicts WHERE id = ? AND settled_ms IS NULL",
        id
    )
    .fetch_optional(connection)
    .await?
    .ok_or(Code::NotFound)?;
    serde_json::from_str(&stored).map_err(|_| Fault::new(Code::ShopDamaged))
}

pub async fn settle(writing: &mut Writing<'_>, id: &str) -> Result<()> {
    let now_ms = writing.now_ms();
    sqlx::query!("UPDATE conflicts SET settled_ms = ? WHERE id = ?", now_ms, id)
        .execute(writing.connection())
        .await?;
    Ok(())
}

/// How many wait for a person's word.
pub(crate) async fn count(connection: &mut SqliteConnection) -> Result<u32> {
    Ok(sqlx::query_scalar!(
        r#"SELECT COUNT(*) AS "count!: u32" FROM conflicts c JOIN products p ON p.id = c.product_id
           WHERE c.settled_ms IS NULL"#
    )
    .fetch_one(connection)
    .await?)
}

pub async fn open(connection: &mut SqliteConnection, this_laptop: &str) -> Result<Vec<Conflict>> {
    let rows = sqlx::query!(
        r#"SELECT c.state, p.title,
               (SELECT small FROM product_photos WHERE product_id = p.id ORDER BY place, hash LIMIT 1)
               AS "photo?: String"
           FROM conflicts c JOIN products p ON p.id = c.product_id
           WHERE c.settled_ms IS NULL ORDER BY c.at_ms DESC, c.id LIMIT 200"#
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut conflicts = Vec::with_capacity(rows.len());
    for row in rows {
        let state: ConflictState =
            serde_json::from_str(&row.state).map_err(|_| Fault::new(Code::ShopDamaged))?;
        conflicts.push(Conflict {
            kept: side(connection, &state.field, state.kept, this_laptop).await?,
            lost: side(connection, &state.field, state.lost, this_laptop).await?,
            can_keep_both: matches!(state.field.as_str(), field::STORY | field::TITLE),
            id: state.id,
            product_id: state.product_id,
            title: row.title,
            photo: row.photo,
            field: state.field,
        });
    }
    Ok(conflicts)
}

async fn side(
    connection: &mut SqliteConnection,
    name: &str,
    written: Stamped,
    this_laptop: &str,
) -> Result<ConflictSide> {
    let laptop = written.stamp.laptop;
    Ok(ConflictSide {
        value: shown(name, written.value),
        at_ms: written.stamp.ms,
        here: laptop == this_laptop,
        laptop: laptop_name(connection, &laptop).await?,
    })
}

fn shown(name: &str, value: Value) -> ConflictValue {
    match name {
        field::PRICE => {
            ConflictValue::Price(serde_json::from_value::<Money>(value).ok().map(|money| Price {
                minor: money.minor,
                currency: money.currency,
            }))
        }
        field::PUBLISHED | field::DELETED => ConflictValue::YesNo(value.as_bool().unwrap_or(false)),
        _ => ConflictValue::Text(value.as_str().unwrap_or_default().to_owned()),
    }
}

/// What a person calls a laptop of the shop, empty when it is not known here.
pub(crate) async fn laptop_name(connection: &mut SqliteConnection, id: &str) -> Result<String> {
    let name = sqlx::query_scalar!("SELECT name FROM laptops WHERE id = ?", id)
        .fetch_optional(connection)
        .await?;
    Ok(name.unwrap_or_default())
}

/// Whether a conflict or a movement that oversold a piece is by a laptop whose name is not known here.
pub(crate) async fn any_stranger(connection: &mut SqliteConnection) -> Result<bool> {
    let one = sqlx::query_scalar!(
        r#"SELECT EXISTS (
               SELECT 1 FROM conflicts WHERE settled_ms IS NULL
                   AND (json_extract(state, '$.kept.stamp.laptop') NOT IN (SELECT id FROM laptops)
                        OR json_extract(state, '$.lost.stamp.laptop') NOT IN (SELECT id FROM laptops))
               UNION ALL
               SELECT 1 FROM products p JOIN movements m ON m.product_id = p.id
               WHERE p.on_hand < 0 AND p.deleted = 0 AND m.delta < 0 AND m.order_id IS NULL
                   AND m.reason IN ('sold', 'sold_elsewhere', 'fair') AND m.by NOT IN (SELECT id FROM laptops)
           ) AS "any!: bool""#
    )
    .fetch_one(connection)
    .await?;
    Ok(one)
}

/// Takes note of what the shop's laptops are called.
pub(crate) async fn learn_laptops(writing: &mut Writing<'_>, laptops: &[Laptop]) -> Result<()> {
    for laptop in laptops {
        let learned = sqlx::query!(
            "INSERT INTO laptops (id, name) VALUES (?, ?)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name WHERE name <> excluded.name",
            laptop.id,
            laptop.name
        )
        .execute(writing.connection())
        .await?;
        if learned.rows_affected() > 0 {
            // Whoever shows a name shows it anew.
            writing.touches(Area::Catalog);
        }
    }
    Ok(())
}
