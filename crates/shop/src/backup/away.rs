//! The folder or stick that the person chose. It is written down beside the backups, not in the database: it must be
//! known when the database cannot be read, and a restore must not change it.

use super::disk;
use super::place::Place;
use super::view::AwayView;
use crate::fault::{Code, Fault, Result};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

const NOTE: &str = "away.json";
/// How our folders on a stick are called: each laptop has one of its own.
const FOLDER: &str = "Puesto-copias-";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Away {
    /// What the person chose.
    pub folder: PathBuf,
    /// Our folder in it.
    pub own: String,
    pub last_ms: Option<i64>,
}

impl Away {
    pub fn read(shop: &Path) -> Option<Self> {
        let text = fs::read(Place::here(shop).root.join(NOTE)).ok()?;
        serde_json::from_slice(&text).ok()
    }

    pub fn write(&self, shop: &Path) -> Result<()> {
        let here = Place::here(shop);
        here.prepare()?;
        Ok(disk::write(&here.root.join(NOTE), &serde_json::to_vec(self)?)?)
    }

    /// Takes a folder into use and marks it, so that it is known again.
    pub fn choose(shop: &Path, folder: &Path, laptop_id: &str) -> Result<Self> {
        if folder.starts_with(shop) || !folder.is_absolute() {
            return Err(Fault::new(Code::FolderUnusable).with("path", folder.display()));
        }
        // The end of the id is drawn by chance; its beginning is a time.
        let tail: String = laptop_id.chars().rev().take(6).collect();
        let away = Self {
            folder: folder.to_owned(),
            own: format!("{FOLDER}{}", tail.chars().rev().collect::<String>()),
            last_ms: None,
        };
        if !folder.is_dir() {
            return Err(Fault::new(Code::BackupAway).with("path", folder.display()));
        }
        away.place().prepare()?;
        away.write(shop)?;
        Ok(away)
    }

    pub fn forget(shop: &Path) -> Result<()> {
        match fs::remove_file(Place::here(shop).root.join(NOTE)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    pub fn place(&self) -> Place {
        Place::away(&self.folder.join(&self.own))
    }

    pub fn view(&self) -> AwayView {
        AwayView {
            folder: self.folder.display().to_string(),
            there: self.place().is_there(),
            last_ms: self.last_ms,
        }
    }

    /// Ours, and those of other laptops: one that was lost is brought back from its stick.
    fn places(&self) -> Vec<Place> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let named = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(FOLDER));
        named
            .map(|entry| Place::away(&entry.path()))
            .filter(Place::is_there)
            .collect()
    }
}

/// Every place with backups that this shop can be brought back from, its own folder first.
pub fn places(shop: &Path) -> Vec<Place> {
    let mut places = vec![Place::here(shop)];
    places.extend(Away::read(shop).map(|away| away.places()).unwrap_or_default());
    places
}
