//! Whether the database is still what it was when the shop was closed.
//!
//! Closing leaves a seal: the file's size, time and BLAKE3. A file with the size and the time of its seal but with
//! other bytes was spoilt by the disk, also where SQLite would not see it. Without a seal that fits, the last end was
//! not a clean one, and SQLite's own quick check is run.

use super::{disk, snapshot};
use crate::fault::{Code, Fault, Result};
use crate::folder::Folder;
use serde::{Deserialize, Serialize};
use sqlx::Connection;
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

/// Looks at a database before it is opened; the seal is broken by that. Fault `ShopDamaged`.
pub(crate) async fn look(folder: &Folder) -> Result<()> {
    let database = folder.database();
    if !database.exists() {
        return Ok(());
    }
    let sealed = {
        let (path, database) = (seal_path(folder.root()), database.clone());
        disk::off(move || is_sealed(&path, &database)).await?
    };
    if sealed == Some(false) {
        tracing::error!("the database is not what it was when the shop was closed");
        return Err(Code::ShopDamaged.into());
    }
    if sealed.is_none() {
        let mut connection = snapshot::connect(&database).await?;
        let sound = snapshot::is_sound(&mut connection, "PRAGMA quick_check(1)").await;
        // What it rolled back or carried over is kept whatever it says now.
        let _later = connection.close().await;
        if !sound? {
            return Err(Code::ShopDamaged.into());
        }
    }
    match fs::remove_file(seal_path(folder.root())) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Fault::from(error)),
        _ => Ok(()),
    }
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
