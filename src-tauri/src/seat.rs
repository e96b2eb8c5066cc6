//! The shop that the window sits in. Opened by the first command that needs it, so that a folder that
//! cannot be opened becomes words on the screen and another try, not a window that never comes.

use crate::arguments::Arguments;
use crate::watch;
use darkroom::Darkroom;
use shop::world::System;
use shop::{Code, Fault, Shop};
use std::path::PathBuf;
use std::sync::Arc;
use tauri::{AppHandle, Manager};
use tokio::sync::Mutex;

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
        let shop = Shop::open_with(&self.folder(app)?, Arc::new(System), self.darkroom.clone()).await?;
        watch::begin(app, &shop);
        *seat = Some(shop.clone());
        Ok(shop)
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
