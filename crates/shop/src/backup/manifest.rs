//! What is in a backup: written beside its database, with a hash of its own.

use super::disk;
use super::view::{BackupReason, BackupView};
use crate::fault::{Code, Fault, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

pub const DATABASE: &str = "shop.db";
const NAME: &str = "manifest.json";
/// BLAKE3 of `manifest.json`.
const SEAL: &str = "manifest.blake3";
/// What the last drill found.
const DRILL: &str = "drill.json";
const FORMAT: u32 = 1;

/// A photo file by its path below the shop's folder, which is also its path below the place. Its BLAKE3 is its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoFile {
    pub path: String,
    pub blake3: String,
    pub bytes: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    pub made_ms: i64,
    pub offset_minutes: i32,
    pub reason: BackupReason,
    /// The app that made it.
    pub version: String,
    /// The last step of the schema.
    pub schema: i64,
    pub laptop_id: String,
    pub shop_name: String,
    pub database_bytes: u64,
    pub database_blake3: String,
    /// Rows of every table.
    pub rows: BTreeMap<String, i64>,
    pub pieces: i64,
    pub orders: i64,
    pub photos: Vec<PhotoFile>,
    /// Photo files of the shop that were not what their names say, and were left out.
    pub damaged: Vec<String>,
}

#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct DrillNote {
    at_ms: i64,
    whole: bool,
}

impl Manifest {
    pub const FORMAT: u32 = FORMAT;

    pub fn write(&self, folder: &Path) -> Result<()> {
        let text = serde_json::to_vec(self)?;
        let seal = blake3::hash(&text).to_hex();
        let written = disk::write(&folder.join(NAME), &text)
            .and_then(|()| disk::write(&folder.join(SEAL), seal.as_bytes()));
        written.map_err(|error| disk::fault(error, folder))
    }

    /// Fault `BackupDamaged` when it is not what was written, `ShopTooNew` when a newer Puesto wrote it.
    pub fn read(folder: &Path) -> Result<Self> {
        let damaged = |_| Fault::new(Code::BackupDamaged);
        let text = fs::read(folder.join(NAME)).map_err(damaged)?;
        let seal = fs::read_to_string(folder.join(SEAL)).map_err(damaged)?;
        if blake3::hash(&text).to_hex().as_str() != seal.trim() {
            return Err(Code::BackupDamaged.into());
        }
        let manifest: Self = serde_json::from_slice(&text).map_err(|_| Fault::new(Code::ShopTooNew))?;
        if manifest.format > FORMAT {
            return Err(Code::ShopTooNew.into());
        }
        Ok(manifest)
    }

    pub fn bytes(&self) -> u64 {
        let photos: u64 = self.photos.iter().map(|photo| photo.bytes).sum();
        self.database_bytes + photos
    }

    /// As it is shown; `folder` is where it lies.
    pub fn view(&self, id: String, away: bool, folder: &Path) -> BackupView {
        let note = fs::read(folder.join(DRILL)).ok();
        let note: Option<DrillNote> = note.and_then(|text| serde_json::from_slice(&text).ok());
        // Cheap enough for a list: that it is there with all its bytes. A drill reads every byte.
        let there = fs::metadata(folder.join(DATABASE)).is_ok_and(|file| file.len() == self.database_bytes);
        let originals = self
            .photos
            .iter()
            .filter(|photo| photo.path.starts_with("photos/originals/"));
        BackupView {
            id,
            away,
            made_ms: self.made_ms,
            offset_minutes: self.offset_minutes,
            reason: self.reason,
            pieces: self.pieces,
            orders: self.orders,
            photos: i64::try_from(originals.count()).unwrap_or(i64::MAX),
            bytes: i64::try_from(self.bytes()).unwrap_or(i64::MAX),
            checked_ms: note.map_or(self.made_ms, |note| note.at_ms),
            whole: there && note.is_none_or(|note| note.whole),
        }
    }
}

/// Notes what a drill found. A place that cannot be written to any more keeps its backups all the same.
pub fn note_drill(folder: &Path, at_ms: i64, whole: bool) {
    let note = serde_json::to_vec(&DrillNote { at_ms, whole }).unwrap_or_default();
    if let Err(error) = disk::write(&folder.join(DRILL), &note) {
        tracing::warn!(%error, "what the drill found was not noted");
    }
}
