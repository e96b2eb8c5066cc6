//! Opening a folder: which photos are in it, which pieces there are.

use super::view::MatchPiece;
use super::{Content, FolderTable, Inner};
use crate::Shop;
use crate::fault::{Fault, Result};
use crate::photos::matching::{File, Piece};
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use tokio::sync::mpsc;

/// Endings of files that are photos or that people take for such.
const ENDINGS: [&str; 20] = [
    "jpg", "jpeg", "jpe", "png", "webp", "heic", "heif", "avif", "tif", "tiff", "gif", "bmp", "dng", "cr2",
    "cr3", "nef", "arw", "raf", "orf", "rw2",
];
/// Folders in folders: deeper than any camera writes.
const DEPTH: usize = 12;

impl Shop {
    /// Reads a folder and all that lie in it, and says which photo is whose, by its name. What happens later is told
    /// by the receiver.
    ///
    /// Faults: `NotFound`, `NoPermission`.
    pub async fn folder_table(
        &self,
        folder: &Path,
    ) -> Result<(FolderTable, mpsc::UnboundedReceiver<super::MatchChange>)> {
        let root = folder.to_owned();
        let paths = tokio::task::spawn_blocking(move || photos_in(&root, usize::MAX))
            .await
            .map_err(Fault::internal)?
            .map_err(|error| Fault::from(error).with("file", folder.display()))?;
        let pieces = self
            .match_pieces()
            .await?
            .into_iter()
            .map(|piece| Piece {
                id: piece.id,
                sku: piece.sku,
                title: piece.title,
            })
            .collect();
        let files: Vec<File> = paths
            .into_iter()
            .map(|path| File {
                path,
                ..File::default()
            })
            .collect();
        let (told, heard) = mpsc::unbounded_channel();
        let id = self.world().id();
        let mut content = Content {
            unread: files.len(),
            files,
            pieces,
            given: HashMap::new(),
            settled: HashMap::new(),
            thumbs: HashMap::new(),
            rows: Vec::new(),
            taking: None,
        };
        content.arrange(&id);
        let inner = Inner {
            shop: self.clone(),
            folder: folder.to_owned(),
            id,
            content: Mutex::new(content),
            closed: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
            told,
        };
        Ok((
            FolderTable {
                inner: Arc::new(inner),
            },
            heard,
        ))
    }

    /// The shop's pieces, to give photos to, in the order of their titles.
    pub async fn match_pieces(&self) -> Result<Vec<MatchPiece>> {
        let rows = sqlx::query!(
            r#"SELECT p.id, p.sku, p.title,
                 (SELECT small FROM product_photos f WHERE f.product_id = p.id ORDER BY f.place, f.hash LIMIT 1)
                 AS "photo?: String"
               FROM products p WHERE p.deleted = 0 ORDER BY p.title COLLATE NOCASE, p.id"#
        )
        .fetch_all(self.read())
        .await?;
        Ok(rows
            .into_iter()
            .map(|row| MatchPiece {
                id: row.id,
                sku: row.sku,
                title: row.title,
                photo: row.photo,
            })
            .collect())
    }
}

/// Photos in a folder and those below, by their paths from it, in the order of their names; no more than `most`.
/// Hidden files are left, and links to folders, which may lead round in a circle.
pub(super) fn photos_in(root: &Path, most: usize) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    walk(root, root, DEPTH, most, &mut found)?;
    Ok(found)
}

fn walk(root: &Path, folder: &Path, depth: usize, most: usize, found: &mut Vec<String>) -> io::Result<()> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    entries.sort();
    for path in entries {
        if found.len() >= most {
            break;
        }
        let hidden = path
            .file_name()
            .is_none_or(|name| name.to_string_lossy().starts_with('.'));
        if hidden || path.is_symlink() && path.is_dir() {
            continue;
        }
        if path.is_dir() {
            // A folder inside that may not be read hides no other.
            if depth > 0
                && let Err(error) = walk(root, &path, depth - 1, most, found)
            {
                tracing::warn!(%error, folder = %path.display(), "a folder was left out");
            }
        } else if is_photo(&path)
            && let Ok(relative) = path.strip_prefix(root)
        {
            let parts: Vec<String> = relative
                .components()
                .map(|part| part.as_os_str().to_string_lossy().into_owned())
                .collect();
            found.push(parts.join("/"));
        }
    }
    Ok(())
}

fn is_photo(path: &Path) -> bool {
    path.extension().is_some_and(|ending| {
        let ending = ending.to_string_lossy().to_lowercase();
        ENDINGS.contains(&ending.as_str())
    })
}
