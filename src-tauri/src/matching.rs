//! The folder of photos that is open, while somebody shares them out.

use crate::watch::tell;
use shop::photos::folder_table::view::{MatchTable, PhotoSource};
use shop::photos::folder_table::{FolderTable, Stage, photo_sources};
use shop::{Code, Fault, Shop};
use std::path::PathBuf;
use tauri::{AppHandle, Manager};
use tokio::sync::Mutex;

/// At most one folder is open.
#[derive(Default)]
pub struct Matching(Mutex<Open>);

#[derive(Default)]
struct Open {
    table: Option<FolderTable>,
    /// What was offered last: the page opens no other folder by its name.
    offered: Vec<String>,
    /// What is being dropped on the window, until the table of it is opened.
    arriving: Option<Stage>,
    /// What the open table was made of.
    staged: Option<Stage>,
}

impl Matching {
    pub async fn open(&self, app: &AppHandle, shop: &Shop, folder: PathBuf) -> Result<MatchTable, Fault> {
        let (table, mut changes) = shop.folder_table(&folder).await?;
        let view = table.table();
        let mut open = self.0.lock().await;
        if let Some(before) = open.table.replace(table.clone()) {
            before.close();
        }
        open.staged = None;
        tauri::async_runtime::spawn(async move { table.read().await });
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            while let Some(change) = changes.recv().await {
                tell(&app, "match-changed", change);
            }
        });
        Ok(view)
    }

    /// One of those that [`Matching::sources`] has offered. Fault: `NotFound` for any other.
    pub async fn open_offered(&self, app: &AppHandle, shop: &Shop, path: &str) -> Result<MatchTable, Fault> {
        if !self.0.lock().await.offered.iter().any(|offered| offered == path) {
            return Err(Fault::new(Code::NotFound).with("file", path));
        }
        self.open(app, shop, PathBuf::from(path)).await
    }

    /// With what was dropped on the window. Fault: `NotFound` when nothing was.
    pub async fn open_staged(&self, app: &AppHandle, shop: &Shop) -> Result<MatchTable, Fault> {
        let stage = self.0.lock().await.arriving.take().ok_or(Code::NotFound)?;
        let view = self.open(app, shop, stage.folder().to_owned()).await?;
        self.0.lock().await.staged = Some(stage);
        Ok(view)
    }

    pub async fn stage(&self, shop: &Shop, path: &str, bytes: &[u8]) -> Result<(), Fault> {
        let mut open = self.0.lock().await;
        if open.arriving.is_none() {
            // One folder for all: what lies in it from before is no longer looked at.
            if let Some(before) = open.table.take() {
                before.close();
            }
            open.staged = None;
            open.arriving = Some(Stage::begin(shop.folder()).await?);
        }
        match &open.arriving {
            Some(stage) => stage.put(path, bytes).await,
            None => Err(Code::NotFound.into()),
        }
    }

    pub async fn table(&self) -> Result<FolderTable, Fault> {
        let open = self.0.lock().await;
        open.table.clone().ok_or_else(|| Code::NotFound.into())
    }

    pub async fn close(&self) {
        let mut open = self.0.lock().await;
        if let Some(table) = open.table.take() {
            table.close();
        }
        open.staged = None;
        open.arriving = None;
    }

    pub async fn sources(&self, app: &AppHandle) -> Result<Vec<PhotoSource>, Fault> {
        let paths = app.path();
        let own: Vec<(&str, PathBuf)> = [
            ("pictures", paths.picture_dir()),
            ("downloads", paths.download_dir()),
            ("desktop", paths.desktop_dir()),
        ]
        .into_iter()
        .filter_map(|(kind, path)| Some((kind, path.ok()?)))
        .collect();
        let sources = tauri::async_runtime::spawn_blocking(move || photo_sources(&plugged(), &own))
            .await
            .map_err(Fault::internal)?;
        self.0.lock().await.offered = sources.iter().map(|source| source.path.clone()).collect();
        Ok(sources)
    }
}

/// Where the system shows what is plugged in: a folder each.
#[cfg(target_os = "linux")]
fn plugged() -> Vec<PathBuf> {
    let mut places = Vec::new();
    if let Some(user) = std::env::var_os("USER") {
        places.extend(["/media", "/run/media"].map(|base| PathBuf::from(base).join(&user)));
    }
    // Cameras and phones on a cable.
    if let Some(runtime) = std::env::var_os("XDG_RUNTIME_DIR") {
        places.push(PathBuf::from(runtime).join("gvfs"));
    }
    places
}

#[cfg(target_os = "macos")]
fn plugged() -> Vec<PathBuf> {
    vec![PathBuf::from("/Volumes")]
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn plugged() -> Vec<PathBuf> {
    // A card has a letter of its own; the system's disk is not looked through.
    ('D'..='Z')
        .map(|letter| PathBuf::from(format!("{letter}:\\")))
        .collect()
}
