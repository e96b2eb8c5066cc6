//! The shop that the window sits in. Opened by the first command that needs it, so that a folder that
//! cannot be opened becomes words on the screen and another try, not a window that never comes.

use crate::arguments::Arguments;
use crate::watch;
use darkroom::Darkroom;
use shop::world::System;
use shop::{Code, Fault, Shop, backup};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tauri::{AppHandle, Manager};
use tokio::sync::Mutex;

/// How long closing may take.
const LEAVE: Duration = Duration::from_secs(3);
/// How often, and how soon again, a shop is tried that is about to be restored.
const TRIES: u32 = 40;
const AGAIN: Duration = Duration::from_millis(100);

pub struct Seat {
    arguments: Arguments,
    darkroom: Darkroom,
    shop: Mutex<Option<Shop>>,
}

impl Seat {
    pub fn new(arguments: Arguments) -> Self {
        Self {
            arguments,
            darkroom: Darkroom::apart(),
            shop: Mutex::new(None),
        }
    }

    pub fn arguments(&self) -> &Arguments {
        &self.arguments
    }

    /// The open shop; opens it, and begins to sync, when it is not.
    pub async fn shop(&self, app: &AppHandle) -> Result<Shop, Fault> {
        let mut seat = self.shop.lock().await;
        if let Some(shop) = seat.as_ref() {
            return Ok(shop.clone());
        }
        let shop = self.open(&self.folder(app)?).await?;
        watch::begin(app, &shop);
        *seat = Some(shop.clone());
        Ok(shop)
    }

    /// The folder of a shop that is not open.
    pub async fn closed(&self, app: &AppHandle) -> Result<PathBuf, Fault> {
        if self.shop.lock().await.is_some() {
            return Err(Code::ShopOpenElsewhere.into());
        }
        self.folder(app)
    }

    /// Closes the shop as the app ends, so that the next start knows that all is as it was left.
    pub async fn close(&self) {
        if let Some(shop) = self.shop.lock().await.take() {
            let closed = tokio::time::timeout(LEAVE, shop.close()).await;
            if closed.is_err() {
                tracing::warn!("the shop was still busy when the app ended");
            }
        }
    }

    async fn open(&self, folder: &Path) -> Result<Shop, Fault> {
        let mut left = TRIES;
        loop {
            let opened = Shop::open_with(folder, Arc::new(System), self.darkroom.clone()).await;
            match opened {
                // The app was started again to go back to a copy, and the one before is just ending.
                Err(fault)
                    if fault.code == Code::ShopOpenElsewhere && left > 0 && backup::is_restoring(folder) =>
                {
                    left -= 1;
                    tokio::time::sleep(AGAIN).await;
                }
                opened => return opened,
            }
        }
    }

    fn folder(&self, app: &AppHandle) -> Result<PathBuf, Fault> {
        match &self.arguments.shop {
            Some(folder) => Ok(folder.clone()),
            None => {
                let data = app
                    .path()
                    .data_dir()
                    .map_err(|_| Fault::new(Code::FolderUnusable).with("path", "~"))?;
                Ok(data.join("puesto").join("shop"))
            }
        }
    }
}
