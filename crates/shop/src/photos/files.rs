//! Photos' bytes on the disk, under their hashes.

use crate::Shop;
use crate::fault::{Code, Fault, Result};
use crate::folder::Folder;
use std::path::{Path, PathBuf};
use tokio::fs;
use tokio::io::AsyncWriteExt;

/// A BLAKE3 name: nothing else may become part of a path.
pub(crate) fn is_hash(text: &str) -> bool {
    text.len() == 64
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// Where a rendition lies.
pub(crate) fn rendition(folder: &Folder, hash: &str) -> PathBuf {
    Folder::by_hash(&folder.renditions(), hash, "jpg")
}

/// Writes a file so that it is there whole or not at all. True when it was not there before.
pub(crate) async fn write(path: &Path, bytes: &[u8]) -> Result<bool> {
    if fs::try_exists(path).await? {
        return Ok(false);
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).await?;
    }
    let unfinished = path.with_extension("part");
    let written = async {
        let mut file = fs::File::create(&unfinished).await?;
        file.write_all(bytes).await?;
        file.sync_all().await?;
        fs::rename(&unfinished, path).await
    }
    .await;
    if let Err(error) = written {
        // Best effort: the half file has no name that anything looks for.
        let _ = fs::remove_file(&unfinished).await;
        return Err(error.into());
    }
    Ok(true)
}

impl Shop {
    /// A rendition's bytes by its hash. Fault: `NotFound` also for what is no hash.
    pub async fn rendition(&self, hash: &str) -> Result<Vec<u8>> {
        if !is_hash(hash) {
            return Err(Fault::new(Code::NotFound));
        }
        Ok(fs::read(rendition(self.folder(), hash)).await?)
    }
}
