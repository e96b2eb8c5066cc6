//! Where backups lie: in the shop's own folder, and in a folder or on a stick that the person chose.
//!
//! ```text
//! PLACE/20261122-184003-daily/    shop.db, manifest.json, manifest.blake3
//! PLACE/photos/originals/ab/…     the photos of all of them, each once, by its content
//! ```

use super::disk;
use super::manifest::Manifest;
use super::view::{BackupReason, BackupView};
use crate::fault::{Code, Fault, Result};
use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Says that a folder is one of ours, also on a stick whose folder stays when it is pulled out.
const MARK: &str = "puesto.txt";

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub root: PathBuf,
    pub away: bool,
    /// The beginning of its backups' ids.
    key: String,
}

impl Place {
    /// In the shop's own folder; made if need be.
    pub fn here(shop: &Path) -> Self {
        Self {
            root: shop.join("backups"),
            away: false,
            key: "here".into(),
        }
    }

    /// A folder of ours somewhere else.
    pub fn away(root: &Path) -> Self {
        let name = root.file_name().unwrap_or_default().to_string_lossy();
        Self {
            root: root.to_owned(),
            away: true,
            key: name.into_owned(),
        }
    }

    /// Makes the folder, and marks it.
    pub fn prepare(&self) -> Result<()> {
        let made = fs::create_dir_all(&self.root);
        let mark = self.root.join(MARK);
        made.and_then(|()| {
            if mark.exists() {
                Ok(())
            } else {
                disk::write(&mark, b"Puesto\n")
            }
        })
        .map_err(|error| disk::fault(error, &self.root))
    }

    pub fn is_there(&self) -> bool {
        self.root.join(MARK).is_file()
    }

    /// A name for a backup made at this moment that nothing has yet.
    pub fn name(&self, now_ms: i64, offset_minutes: i32, reason: BackupReason) -> String {
        let local = now_ms.saturating_add(i64::from(offset_minutes) * 60_000);
        let moment = chrono::DateTime::from_timestamp_millis(local).unwrap_or_default();
        let name = format!("{}-{}", moment.format("%Y%m%d-%H%M%S"), reason.key());
        let free = |name: &String| !self.root.join(name).exists();
        if free(&name) {
            return name;
        }
        let mut others = (2_u32..).map(|n| format!("{name}-{n}"));
        others.find(free).unwrap_or(name)
    }

    fn id(&self, name: &str) -> String {
        format!("{}/{name}", self.key)
    }

    /// Folders of finished backups.
    pub fn folders(&self) -> Vec<(String, PathBuf)> {
        let entries = fs::read_dir(&self.root).into_iter().flatten().flatten();
        entries
            .filter(|entry| entry.path().join(super::manifest::DATABASE).is_file())
            .filter_map(|entry| Some((entry.file_name().to_str()?.to_owned(), entry.path())))
            // Unfinished ones begin with a dot.
            .filter(|(name, _)| name.starts_with(|letter: char| letter.is_ascii_digit()))
            .collect()
    }

    /// The backups that can be read, the newest first.
    pub fn list(&self) -> Vec<BackupView> {
        let mut list: Vec<BackupView> = self
            .folders()
            .iter()
            .filter_map(|(name, folder)| {
                Some(
                    Manifest::read(folder)
                        .ok()?
                        .view(self.id(name), self.away, folder),
                )
            })
            .collect();
        list.sort_by(|a, b| (b.made_ms, &b.id).cmp(&(a.made_ms, &a.id)));
        list
    }

    pub fn view(&self, name: &str) -> Result<BackupView> {
        let folder = self.root.join(name);
        Ok(Manifest::read(&folder)?.view(self.id(name), self.away, &folder))
    }

    /// Takes away what an earlier run did not finish, and photos that no backup names any more. When a manifest cannot
    /// be read, no photo is taken away: it may be its.
    pub fn tidy(&self) {
        for entry in fs::read_dir(&self.root).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with('.') && name.ends_with(".part") {
                let _next_time = disk::remove_folder(&entry.path());
            }
        }
        let mut named = HashSet::new();
        for (_, folder) in self.folders() {
            match Manifest::read(&folder) {
                Ok(manifest) => named.extend(manifest.photos.into_iter().map(|photo| photo.path)),
                Err(_) => return,
            }
        }
        for file in super::photos::walk(&self.root) {
            let name = super::photos::relative(&self.root, &file);
            if name.is_none_or(|name| !named.contains(&name)) {
                let _next_time = fs::remove_file(&file);
            }
        }
    }
}

/// The place and the folder of a backup by its id, or by its path.
pub fn find(places: &[Place], id: &str) -> Result<(Place, String)> {
    for place in places {
        if let Some((name, _)) = place.folders().into_iter().find(|(name, _)| place.id(name) == id) {
            return Ok((place.clone(), name));
        }
    }
    let path = Path::new(id);
    let (Some(root), Some(name)) = (path.parent(), path.file_name().and_then(|name| name.to_str())) else {
        return Err(Code::NotFound.into());
    };
    if path.join(super::manifest::DATABASE).is_file() {
        return Ok((Place::away(root), name.to_owned()));
    }
    // The short way to say it: its name alone.
    for place in places {
        if place.folders().iter().any(|(there, _)| there == id) {
            return Ok((place.clone(), id.to_owned()));
        }
    }
    Err(Fault::new(Code::NotFound).with("backup", id))
}
