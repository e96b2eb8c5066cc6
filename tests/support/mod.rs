//! What the stories stand on: the real window, a real browser, a real marketplace.
#![allow(dead_code, reason = "each story uses a part of it")]

pub mod app;
pub mod browser;
pub mod day;
pub mod disk;
pub mod marketplace;
pub mod notifications;
pub mod page;
pub mod pieces;
pub mod programs;
pub mod shopping;
pub mod viewer;

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

/// Waits for something that no page tells. `what` names it when it never comes.
pub async fn until(what: &str, condition: impl Fn() -> bool) {
    let began = tokio::time::Instant::now();
    while !condition() {
        assert!(began.elapsed() < page::PATIENCE, "it never came to this: {what}");
        tokio::time::sleep(page::GLANCE).await;
    }
}
