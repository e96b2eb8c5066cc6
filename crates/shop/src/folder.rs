//! The folder that a shop lives in, and its lock.

use crate::fault::{Code, Fault, Result, of_the_disk};
use fs4::FileExt;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// A folder that no other process has open as a shop.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// Held for as long as the shop is open; the system lets go of it when the process dies.
    _lock: File,
}

impl Folder {
    /// Makes the folder if need be and takes its lock.
    pub fn take(root: &Path) -> Result<Self> {
        let unusable = |error: std::io::Error| match of_the_disk(&error) {
            Some(code) => code.into(),
            None => Fault::new(Code::FolderUnusable).with("path", root.display()),
        };
        fs::create_dir_all(root).map_err(unusable)?;
        keep_private(root);
        let lock = File::create(root.join("shop.lock")).map_err(unusable)?;
        match FileExt::try_lock(&lock) {
            Ok(()) => {}
            Err(fs4::TryLockError::WouldBlock) => return Err(Code::ShopOpenElsewhere.into()),
            Err(fs4::TryLockError::Error(error)) => return Err(unusable(error)),
        }
        let folder = Self {
            root: root.to_owned(),
            _lock: lock,
        };
        // Whoever opens a shop finishes what a restore has begun, also one that the power cut off.
        crate::backup::restore::finish(root)?;
        for path in [folder.originals(), folder.renditions(), folder.papers()] {
            fs::create_dir_all(path).map_err(unusable)?;
        }
        Ok(folder)
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn database(&self) -> PathBuf {
        self.root.join("shop.db")
    }

    pub fn originals(&self) -> PathBuf {
        self.root.join("photos/originals")
    }

    pub fn renditions(&self) -> PathBuf {
        self.root.join("photos/renditions")
    }

    /// Photos on their way from a phone; emptied whenever a door is opened.
    pub fn arriving(&self) -> PathBuf {
        self.root.join("photos/arriving")
    }

    /// Photos that were dropped on the window, on their way to their pieces; emptied when others come.
    pub fn staged(&self) -> PathBuf {
        self.root.join("photos/staged")
    }

    /// Labels and slips as they were printed.
    pub fn papers(&self) -> PathBuf {
        self.root.join("papers")
    }

    /// A file by its hash, in one of 256 folders so that none grows too long to list.
    pub fn by_hash(base: &Path, hash: &str, extension: &str) -> PathBuf {
        base.join(hash.get(..2).unwrap_or("00"))
            .join(format!("{hash}.{extension}"))
    }
}

/// Buyers' addresses are in here: only this person may look (POSIX; on Windows the profile's folder is private).
#[cfg(unix)]
fn keep_private(root: &Path) {
    use std::os::unix::fs::PermissionsExt;
    if let Err(error) = fs::set_permissions(root, fs::Permissions::from_mode(0o700)) {
        tracing::warn!(%error, "the shop's folder could not be made private");
    }
}

#[cfg(not(unix))]
fn keep_private(_root: &Path) {}
