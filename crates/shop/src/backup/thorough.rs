//! A look at the whole database while it is in use, after an end that was not clean.
//!
//! What it finds is said at once, and remembered: the shop does not open again before it is whole, and a way back is
//! offered then.

use super::{damage, disk, snapshot};
use crate::fault::{Code, Fault, Result};
use crate::folder::Folder;
use crate::writing::Area;
use sqlx::Connection;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast;
use tokio::task::JoinHandle;

/// Who closes the shop before it is done waits no longer; then it is done after the next opening.
const PATIENCE: Duration = Duration::from_secs(10);

fn mark(shop: &Path) -> PathBuf {
    shop.join("shop.suspect")
}

/// Whether something was found that was not looked at since.
pub fn is_suspected(shop: &Path) -> bool {
    mark(shop).exists()
}

pub fn clear(shop: &Path) -> Result<()> {
    match fs::remove_file(mark(shop)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Fault::from(error)),
        _ => Ok(()),
    }
}

/// A look that is under way, or was.
#[derive(Default)]
pub struct Look(Mutex<Option<JoinHandle<bool>>>);

impl Look {
    /// Begins to look. What is found is left in `trouble`, and told to whoever watches.
    pub fn begin(
        &self,
        folder: &Folder,
        trouble: Arc<Mutex<Option<Fault>>>,
        changes: broadcast::Sender<Vec<Area>>,
    ) {
        let (root, database) = (folder.root().to_owned(), folder.database());
        let looking = tokio::spawn(async move {
            match look(&database).await {
                Ok(true) => true,
                Ok(false) => {
                    tracing::error!("the database is damaged, and was so when it was opened");
                    if let Err(error) = disk::write(&mark(&root), b"") {
                        tracing::error!(%error, "that could not be written down");
                    }
                    let damaged = Fault::new(Code::ShopDamaged);
                    *trouble.lock().unwrap_or_else(PoisonError::into_inner) = Some(damaged);
                    // Nobody may be watching: a terminal's command has no window.
                    let _ = changes.send(vec![Area::Settings]);
                    false
                }
                Err(fault) => {
                    tracing::warn!(%fault, "the database could not be looked at as a whole");
                    false
                }
            }
        });
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(looking);
    }

    /// Waits for it. False when something was found, or when it is not known yet.
    pub async fn ends_well(&self) -> bool {
        let looking = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(mut looking) = looking else { return true };
        match tokio::time::timeout(PATIENCE, &mut looking).await {
            Ok(ended) => ended.unwrap_or(false),
            Err(_) => {
                looking.abort();
                false
            }
        }
    }
}

async fn look(database: &Path) -> Result<bool> {
    let mut connection = snapshot::connect(database).await?;
    let sound = damage::is_whole(&mut connection).await;
    // Whoever seals the database next must be alone with it.
    let _later = connection.close().await;
    match sound {
        // What is damaged enough cannot even be asked.
        Err(fault) if fault.code == Code::ShopDamaged => Ok(false),
        sound => sound,
    }
}
