//! The shop: everything that a seller can do, on SQLite. No window, no server.
//!
//! One folder is one shop: `shop.db`, `photos/`, `papers/`, `backups/`. A use case is one function that takes the
//! [`Shop`], does one local transaction and succeeds at once, online or not; what the marketplace must
//! hear of is written to the outbox in that transaction, and [`syncing`] carries it there later.

pub mod backup;
pub mod catalog;
pub mod conflicts;
pub mod credentials;
mod database;
pub mod fault;
pub mod folder;
pub mod orders;
pub mod photos;
pub mod qr;
pub mod settings;
pub mod shipping;
pub mod stock;
pub mod syncing;
pub mod today;
pub mod world;
pub mod writing;

use darkroom::Darkroom;
use fault::Result;
use folder::Folder;
use sqlx::SqlitePool;
use std::path::Path;
use std::sync::Arc;
use tokio::sync::{Notify, broadcast};
use world::{System, World};
use writing::Area;

pub use fault::{Code, Fault};

/// An open shop. Cheap to clone; the folder stays locked until the last clone is dropped.
#[derive(Clone)]
pub struct Shop {
    inner: Arc<Inner>,
}

struct Inner {
    folder: Folder,
    read: SqlitePool,
    write: SqlitePool,
    world: Arc<dyn World>,
    laptop_id: String,
    changes: broadcast::Sender<Vec<Area>>,
    /// Rung when the outbox or the uploads have something new.
    bell: Notify,
    sync: syncing::Shared,
    backups: backup::Shared,
    darkroom: Darkroom,
}

impl Shop {
    /// Opens the shop in a folder, made if it is not there.
    ///
    /// Faults: `ShopOpenElsewhere`, `FolderUnusable`, `NoPermission`, `DiskFull`, `ShopDamaged`, `ShopTooNew`.
    pub async fn open(folder: &Path) -> Result<Self> {
        Self::open_with(folder, Arc::new(System), Darkroom::here()).await
    }

    /// As [`Shop::open`], with the clock and the ids of `world`, and with photos decoded in `darkroom`: one that is
    /// [`Darkroom::apart`] survives whatever a photo does.
    pub async fn open_with(folder: &Path, world: Arc<dyn World>, darkroom: Darkroom) -> Result<Self> {
        let folder = Folder::take(folder)?;
        let (write, read, unsure) = database::open(&folder, world.as_ref()).await?;
        let laptop_id = backup::awaken::awaken(&write, world.as_ref()).await?;
        let (changes, _) = broadcast::channel(64);
        let sync = syncing::Shared::default();
        sync.keeper.live_in(folder.root(), &laptop_id);
        let backups = backup::Shared::default();
        if unsure {
            backups.look_thoroughly(&folder, changes.clone());
        }
        Ok(Self {
            inner: Arc::new(Inner {
                folder,
                read,
                write,
                world,
                laptop_id,
                changes,
                bell: Notify::new(),
                sync,
                backups,
                darkroom,
            }),
        })
    }

    pub fn folder(&self) -> &Folder {
        &self.inner.folder
    }

    /// The id that this laptop made for itself when the shop was first opened.
    pub fn laptop_id(&self) -> &str {
        &self.inner.laptop_id
    }

    pub fn world(&self) -> &dyn World {
        self.inner.world.as_ref()
    }

    /// What changed, transaction by transaction, whoever changed it.
    pub fn changes(&self) -> broadcast::Receiver<Vec<Area>> {
        self.inner.changes.subscribe()
    }

    /// Resolves when there is something new to send.
    pub(crate) async fn rung(&self) {
        self.inner.bell.notified().await;
    }

    pub(crate) fn ring(&self) {
        self.inner.bell.notify_one();
    }

    pub(crate) fn read(&self) -> &SqlitePool {
        &self.inner.read
    }

    pub(crate) fn backups(&self) -> &backup::Shared {
        &self.inner.backups
    }

    pub(crate) fn world_kept(&self) -> Arc<dyn World> {
        Arc::clone(&self.inner.world)
    }

    pub(crate) fn darkroom(&self) -> &Darkroom {
        &self.inner.darkroom
    }

    pub(crate) fn sync(&self) -> &syncing::Shared {
        &self.inner.sync
    }

    /// Closes the database, and seals it; the folder is free once every clone is dropped.
    pub async fn close(self) {
        self.sync().keeper.settle(self.laptop_id()).await;
        let sound = self.backups().looked_well().await;
        self.inner.read.close().await;
        self.inner.write.close().await;
        if !sound {
            // Without a seal it is looked at again when it is opened.
            return;
        }
        if let Err(fault) = backup::damage::seal(self.folder()) {
            tracing::warn!(%fault, "the closed database was not sealed");
        }
    }
}
