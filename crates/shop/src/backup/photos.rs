//! Photo files: in the shop, in a place for backups, and on their way between the two. Their names are what is in
//! them, so one that is there already is never copied again.

use super::disk;
use super::manifest::PhotoFile;
use crate::fault::{Code, Fault, Result};
use crate::photos::files::is_hash;
use std::fs;
use std::path::{Path, PathBuf};

const KINDS: [&str; 2] = ["photos/originals", "photos/renditions"];

/// Every file below the photo folders of a shop or of a place.
pub fn walk(root: &Path) -> Vec<PathBuf> {
    let folders = KINDS.iter().flat_map(|kind| entries(&root.join(kind)));
    folders.flat_map(|folder| entries(&folder)).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = fs::read_dir(folder).into_iter().flatten().flatten();
    read.map(|entry| entry.path()).collect()
}

/// "photos/originals/ab/ab….jpg"
pub fn relative(root: &Path, file: &Path) -> Option<String> {
    let path = file.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

/// The hash that a file's name says; none for what is not finished.
fn named(file: &Path) -> Option<String> {
    let stem = file.file_stem()?.to_str()?;
    let finished = file.extension().is_none_or(|end| end != "part");
    (finished && is_hash(stem)).then(|| stem.to_owned())
}

/// The photos that were put into a place.
pub struct Put {
    pub photos: Vec<PhotoFile>,
    pub damaged: Vec<String>,
}

/// Puts every photo file of a shop into a place, those that are not there yet. `step` hears how many are done, of how
/// many.
pub fn put(shop: &Path, place: &Path, link: bool, step: &dyn Fn(usize, usize)) -> Result<Put> {
    let files = walk(shop);
    let mut put = Put {
        photos: Vec::with_capacity(files.len()),
        damaged: Vec::new(),
    };
    for (n, file) in files.iter().enumerate() {
        step(n, files.len());
        let (Some(blake3), Some(path)) = (named(file), relative(shop, file)) else {
            continue;
        };
        let Ok(bytes) = fs::metadata(file).map(|file| file.len()) else {
            continue;
        };
        let to = place.join(&path);
        let there = fs::metadata(&to).is_ok_and(|there| there.len() == bytes);
        if !there {
            match disk::place(file, &to, &blake3, link) {
                Ok(true) => {}
                Ok(false) => {
                    tracing::warn!(
                        path,
                        "a photo is not what its name says and is left out of the backup"
                    );
                    put.damaged.push(path);
                    continue;
                }
                Err(error) => return Err(disk::fault(error, place)),
            }
        }
        put.photos.push(PhotoFile { path, blake3, bytes });
    }
    step(files.len(), files.len());
    Ok(put)
}

/// Brings the photos of a backup to a shop, those that it does not have. Gives the paths of those that are lost.
pub fn bring(
    photos: &[PhotoFile],
    place: &Path,
    shop: &Path,
    link: bool,
    step: &dyn Fn(usize, usize),
) -> Result<Vec<String>> {
    let mut lost = Vec::new();
    for (n, photo) in photos.iter().enumerate() {
        step(n, photos.len());
        if !is_photo(photo) {
            lost.push(photo.path.clone());
            continue;
        }
        let to = shop.join(&photo.path);
        if fs::metadata(&to).is_ok_and(|there| there.len() == photo.bytes) {
            continue;
        }
        match disk::place(&place.join(&photo.path), &to, &photo.blake3, link) {
            Ok(true) => {}
            Ok(false) => lost.push(photo.path.clone()),
            Err(error) => match Fault::from(error) {
                fault if fault.code == Code::DiskFull => return Err(fault),
                _ => lost.push(photo.path.clone()),
            },
        }
    }
    step(photos.len(), photos.len());
    Ok(lost)
}

/// A manifest may come from anywhere: only what looks like a photo of ours may become part of a path.
fn is_photo(photo: &PhotoFile) -> bool {
    let Some(rest) = KINDS
        .iter()
        .find_map(|kind| photo.path.strip_prefix(kind)?.strip_prefix('/'))
    else {
        return false;
    };
    let Some((folder, name)) = rest.split_once('/') else {
        return false;
    };
    let (stem, end) = name.split_once('.').unwrap_or((name, ""));
    is_hash(stem)
        && photo.blake3 == stem
        && stem.get(..2) == Some(folder)
        && end.bytes().all(|b| b.is_ascii_alphanumeric())
}
