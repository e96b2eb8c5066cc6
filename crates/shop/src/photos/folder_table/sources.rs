//! Where photos may be: memory cards first, then the person's own folders.

use super::open::photos_in;
use super::view::PhotoSource;
use std::fs;
use std::path::{Path, PathBuf};

/// Photos of a folder are counted up to here.
const MOST: usize = 5_000;

/// `cards` are folders in which the system puts what is plugged in, one folder each; `own` are the person's, with
/// their kinds. Those that are not there or hold no photo are left out.
pub fn photo_sources(cards: &[PathBuf], own: &[(&str, PathBuf)]) -> Vec<PhotoSource> {
    let plugged = cards
        .iter()
        .filter_map(|place| fs::read_dir(place).ok())
        .flatten()
        .filter_map(Result::ok)
        .map(|entry| ("card", entry.path()))
        .filter(|(_, path)| path.is_dir());
    let own = own.iter().map(|(kind, path)| (*kind, path.clone()));
    plugged
        .chain(own)
        .filter_map(|(kind, path)| {
            let photos = photos_in(&path, MOST).ok()?.len();
            (photos > 0).then(|| PhotoSource {
                kind: kind.to_owned(),
                name: if kind == "card" {
                    name(&path)
                } else {
                    String::new()
                },
                path: path.display().to_string(),
                photos: super::count(photos),
            })
        })
        .collect()
}

fn name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}
