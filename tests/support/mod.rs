//! What the stories stand on: the real window, a real browser, a real marketplace.
#![allow(dead_code, reason = "each story uses a part of it")]

pub mod app;
pub mod browser;
pub mod marketplace;
pub mod page;
pub mod programs;
pub mod shopping;

use std::path::PathBuf;

/// What a story may go wrong with.
pub type Outcome = Result<(), Box<dyn std::error::Error>>;

/// A folder that is gone when the story ends.
pub fn folder() -> tempfile::TempDir {
    tempfile::Builder::new()
        .prefix("puesto-story-")
        .tempdir()
        .expect("a temporary folder")
}

/// Where pictures of the screens are kept, as artefacts to look at.
pub fn pictures() -> PathBuf {
    let folder = programs::target().join("stories");
    std::fs::create_dir_all(&folder).expect("a folder for pictures");
    folder
}
