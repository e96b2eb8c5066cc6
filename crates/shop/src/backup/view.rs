//! Backups as they are shown.

use crate::fault::Fault;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Why a backup was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum BackupReason {
    Daily,
    Asked,
    BeforeMigration,
    BeforeRestore,
}

impl BackupReason {
    /// The end of its folder's name.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Asked => "asked",
            Self::BeforeMigration => "before-migration",
            Self::BeforeRestore => "before-restore",
        }
    }
}

/// A backup in one of its places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BackupView {
    /// "here/20261122-184003-daily"
    pub id: String,
    /// In the folder or on the stick that the person chose.
    pub away: bool,
    pub made_ms: i64,
    /// Minutes that the laptop's zone was ahead of UTC then.
    pub offset_minutes: i32,
    pub reason: BackupReason,
    /// Pieces that were in the shop, the deleted ones not counted.
    pub pieces: i64,
    /// Orders that were not done yet.
    pub orders: i64,
    /// Photos with their originals.
    pub photos: i64,
    /// Bytes of the database and of every photo file it holds.
    pub bytes: i64,
    /// When it was last read back whole: when it was made, or in a drill.
    pub checked_ms: i64,
    /// What is written of it is as it was made.
    pub whole: bool,
}

/// The folder or stick that the person chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct AwayView {
    pub folder: String,
    /// It is plugged in.
    pub there: bool,
    /// When the last backup was put there.
    pub last_ms: Option<i64>,
}

/// A backup, drill or restore that is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BackupProgress {
    /// Files that are done, of so many.
    pub done: i64,
    pub of: i64,
}

/// Where the copies of this shop are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct BackupState {
    pub folder: String,
    pub away: Option<AwayView>,
    pub progress: Option<BackupProgress>,
    /// Why the last try did not succeed; the copies of before are still there.
    pub trouble: Option<Fault>,
    /// The newest first.
    pub backups: Vec<BackupView>,
}

/// What a drill found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Drill {
    pub backup: BackupView,
    /// Everything was as the manifest says, and the shop opened.
    pub whole: bool,
    pub files: i64,
    pub bytes: i64,
    pub pieces: i64,
    pub orders: i64,
    /// How long it took to have a shop again.
    pub ms: i64,
    /// What was not as it should be: paths.
    pub problems: Vec<String>,
}

/// What can be done about a shop that does not open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Rescue {
    /// The newest good backup first.
    pub backups: Vec<BackupView>,
    /// Copies in this folder or on this stick are not reachable now.
    pub away_missing: Option<String>,
}

/// What was carried over out of a broken database.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Salvaged {
    pub pieces: i64,
    pub orders: i64,
    pub movements: i64,
    pub photos: i64,
    /// Changes that were on their way to the marketplace.
    pub waiting: i64,
    /// Rows that could not be read.
    pub lost: i64,
    /// Where the broken file was put.
    pub kept: String,
}
