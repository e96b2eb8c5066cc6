//! Files that were dropped on the window: it can read them but does not know where they lie, so they are laid down
//! in a folder of the shop's own first.

use crate::fault::{Code, Fault, Result};
use crate::folder::Folder;
use std::path::{Component, Path, PathBuf};

/// A folder for what is dropped, emptied when it is begun and when it is dropped.
pub struct Stage {
    folder: PathBuf,
}

impl Stage {
    pub async fn begin(shop: &Folder) -> Result<Stage> {
        let folder = shop.staged();
        clear(&folder).await?;
        tokio::fs::create_dir_all(&folder).await?;
        Ok(Stage { folder })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Lays down a file by its path below what was dropped. Fault: `NotFound` for a path that leads elsewhere.
    pub async fn put(&self, path: &str, bytes: &[u8]) -> Result<()> {
        let path = Path::new(path);
        let inside = path.components().all(|part| matches!(part, Component::Normal(_)));
        if !inside || path.as_os_str().is_empty() {
            return Err(Fault::new(Code::NotFound).with("file", path.display()));
        }
        let to = self.folder.join(path);
        if let Some(parent) = to.parent() {
            tokio::fs::create_dir_all(parent).await?;
        }
        let written = tokio::fs::write(&to, bytes).await;
        if written.is_err() {
            // Half of a photo is none.
            let _gone = tokio::fs::remove_file(&to).await;
        }
        Ok(written?)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            tracing::debug!(%error, "what was laid down is cleared when the next is begun");
        }
    }
}

async fn clear(folder: &Path) -> Result<()> {
    match tokio::fs::remove_dir_all(folder).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
