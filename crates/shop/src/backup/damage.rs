//! Whether the database is still what it was when the shop was closed.
//!
//! Closing leaves a seal: the file's size, time and BLAKE3. A file with the size and the time of its seal but with
//! other bytes was spoilt by the disk, also where SQLite would not see it. Without a seal that fits, the last end was
//! not a clean one: each table is looked at by SQLite before the shop opens; the file as a whole, the index for searching
//! and what is written twice in the background after that ([`super::thorough`]).

use super::place::Place;
use super::{disk, snapshot, thorough};
use crate::fault::{Code, Fault, Result};
use crate::folder::Folder;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Seal {
    bytes: u64,
    /// Nanoseconds from 1970.
    changed: u128,
    blake3: String,
}

fn seal_path(shop: &Path) -> PathBuf {
    shop.join("shop.seal")
}

fn stand(database: &Path) -> std::io::Result<(u64, u128)> {
    let file = fs::metadata(database)?;
    let changed = file.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok((file.len(), changed.as_nanos()))
}

/// Seals a database that is closed. Where SQLite has left something beside it, there is no seal.
pub(crate) fn seal(folder: &Folder) -> Result<()> {
    let database = folder.database();
    let open = |end: &str| fs::metadata(database.with_extension(end)).is_ok_and(|file| file.len() > 0);
    if open("db-wal") || open("db-journal") {
        return Ok(());
    }
    let (bytes, changed) = stand(&database)?;
    let (blake3, _) = disk::hash(&database)?;
    let seal = Seal {
        bytes,
        changed,
        blake3,
    };
    Ok(disk::write(
        &seal_path(folder.root()),
        &serde_json::to_vec(&seal)?,
    )?)
}

/// Looks at a database before it is opened; the seal is broken by that. True when it was not looked at as a whole, which is
/// to be done while it is in use. Fault `ShopDamaged`.
pub(crate) async fn look(folder: &Folder) -> Result<bool> {
    let database = folder.database();
    if fs::metadata(&database).map_or(0, |file| file.len()) == 0 {
        // A new shop, or one whose database is gone: then there are backups of it.
        return if Place::here(folder.root()).list().is_empty() {
            Ok(false)
        } else {
            Err(Code::ShopDamaged.into())
        };
    }
    let suspected = thorough::is_suspected(folder.root());
    let sealed = {
        let (path, database) = (seal_path(folder.root()), database.clone());
        disk::off(move || is_sealed(&path, &database)).await?
    };
    if sealed == Some(false) {
        tracing::error!("the database is not what it was when the shop was closed");
        return Err(Code::ShopDamaged.into());
    }
    let looked_at = sealed.is_none() || suspected;
    if looked_at {
        let mut connection = snapshot::connect(&database).await?;
        let sound = if suspected {
            is_whole(&mut connection).await
        } else {
            tables_are_sound(&mut connection).await
        };
        // What it rolled back or carried over is kept whatever it says now.
        let _later = connection.close().await;
        if !sound? {
            return Err(Code::ShopDamaged.into());
        }
    }
    if suspected {
        thorough::clear(folder.root())?;
    }
    match fs::remove_file(seal_path(folder.root())) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Fault::from(error)),
        _ => Ok(looked_at && !suspected),
    }
}

/// Whether the whole file, and what is written twice in it, is as it should be.
pub(super) async fn is_whole(connection: &mut SqliteConnection) -> Result<bool> {
    Ok(snapshot::is_sound(connection, "PRAGMA quick_check(1)").await? && agrees(connection).await?)
}

/// Whether each table, and what is indexed of it, is as it should be. It takes a fraction of what a look at the whole file
/// and at all that is written in it takes.
async fn tables_are_sound(connection: &mut SqliteConnection) -> Result<bool> {
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL %'",
    )
    .fetch_all(&mut *connection)
    .await?;
    for table in tables {
        let question = format!("PRAGMA quick_check(\"{}\")", table.replace('"', "\"\""));
        let said: Vec<String> = sqlx::query_scalar(AssertSqlSafe(question))
            .fetch_all(&mut *connection)
            .await?;
        if said != ["ok"] {
            tracing::error!(table, ?said, "the database is damaged");
            return Ok(false);
        }
    }
    Ok(true)
}

/// SQLite sees to its pages, not to the words on them. Whatever is written down twice must say the same twice.
async fn agrees(connection: &mut SqliteConnection) -> Result<bool> {
    const TWICE: [(&str, &str); 5] = [
        (
            "products",
            "SELECT NOT EXISTS (SELECT 1 FROM products WHERE NOT json_valid(state) OR json_extract(state, '$.id') <> id
                 OR title <> CASE json_type(state, '$.fields.title.value')
                     WHEN 'text' THEN json_extract(state, '$.fields.title.value') ELSE '' END
                 OR story <> CASE json_type(state, '$.fields.story.value')
                     WHEN 'text' THEN json_extract(state, '$.fields.story.value') ELSE '' END)",
        ),
        (
            "orders",
            "SELECT NOT EXISTS (SELECT 1 FROM orders WHERE NOT json_valid(state) OR json_extract(state, '$.id') <> id)",
        ),
        (
            "outbox",
            "SELECT NOT EXISTS (SELECT 1 FROM outbox WHERE NOT json_valid(body) OR json_extract(body, '$.id') <> id
                 OR json_extract(body, '$.action.verb') <> verb)",
        ),
        (
            "parcels",
            "SELECT NOT EXISTS (SELECT 1 FROM parcels WHERE NOT json_valid(events))",
        ),
        (
            "movements",
            "SELECT NOT EXISTS (SELECT 1 FROM products WHERE on_hand <>
                 (SELECT COALESCE(SUM(delta), 0) FROM movements WHERE product_id = products.id))",
        ),
    ];
    let tables = snapshot::tables(connection).await?;
    for (table, question) in TWICE {
        if !tables.iter().any(|name| name == table) {
            continue;
        }
        let agrees: std::result::Result<bool, _> =
            sqlx::query_scalar(question).fetch_one(&mut *connection).await;
        match agrees.map_err(Fault::from) {
            Ok(true) => {}
            // What is no text at all cannot even be asked.
            Ok(false) => {
                tracing::error!(table, "what is written twice does not agree");
                return Ok(false);
            }
            Err(fault) if fault.code == Code::Internal => return Ok(false),
            Err(fault) => return Err(fault),
        }
    }
    Ok(true)
}

/// None when there is no seal that could say anything: the file was written to since.
fn is_sealed(path: &Path, database: &Path) -> Result<Option<bool>> {
    let seal = fs::read(path).ok();
    let seal: Option<Seal> = seal.and_then(|text| serde_json::from_slice(&text).ok());
    let Some(seal) = seal else { return Ok(None) };
    if stand(database)? != (seal.bytes, seal.changed) {
        return Ok(None);
    }
    Ok(Some(disk::hash(database)?.0 == seal.blake3))
}
