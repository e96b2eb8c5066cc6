//! Backups of a shop: made every day, before whatever may go wrong, and when they are asked for; brought back; and
//! tried out.
//!
//! A backup is a folder with a copy of the database and a manifest; its photos lie beside, each once for all backups of
//! that place ([`place`]). It is made under another name and read back before it counts ([`make`]). Going back is made
//! ready beside the shop, decided by one renaming, and finished by whoever opens the shop next ([`restore`]); the shop
//! then takes a new epoch and new numbers ([`awaken`]).

pub(crate) mod awaken;
mod away;
mod daily;
pub(crate) mod damage;
mod disk;
mod drill;
pub(crate) mod make;
mod manifest;
mod photos;
pub(crate) mod place;
pub mod rescue;
pub(crate) mod restore;
mod rotation;
mod salvage;
mod snapshot;
mod thorough;
pub mod view;

pub use daily::Daily;

use crate::Shop;
use crate::fault::{Code, Fault, Result};
use crate::folder::Folder;
use crate::settings::store as settings;
use crate::writing::Area;
use awaken::Restored;
use away::Away;
use make::Step;
use place::Place;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{broadcast, watch};
use view::{BackupProgress, BackupReason, BackupState, BackupView, Drill};

/// What whoever asks about backups shares.
pub struct Shared {
    /// One at a time.
    turn: tokio::sync::Mutex<()>,
    progress: watch::Sender<Option<BackupProgress>>,
    trouble: Arc<Mutex<Option<Fault>>>,
    look: thorough::Look,
}

impl Default for Shared {
    fn default() -> Self {
        Self {
            turn: tokio::sync::Mutex::default(),
            progress: watch::Sender::new(None),
            trouble: Arc::default(),
            look: thorough::Look::default(),
        }
    }
}

impl Shared {
    /// Begins to look at a whole database that is in use.
    pub(crate) fn look_thoroughly(&self, folder: &Folder, changes: broadcast::Sender<Vec<Area>>) {
        self.look.begin(folder, Arc::clone(&self.trouble), changes);
    }

    /// Whether there is nothing against sealing the database.
    pub(crate) async fn looked_well(&self) -> bool {
        self.look.ends_well().await
    }

    fn note(&self, trouble: Option<Fault>) {
        *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = trouble;
    }
}

impl Shop {
    /// Where the copies of this shop are, and how the last one went.
    pub async fn backup_state(&self) -> Result<BackupState> {
        let root = self.folder().root().to_owned();
        let (progress, trouble) = {
            let shared = self.backups();
            let trouble = shared
                .trouble
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .clone();
            (*shared.progress.borrow(), trouble)
        };
        disk::off(move || {
            Ok(BackupState {
                folder: Place::here(&root).root.display().to_string(),
                away: Away::read(&root).map(|away| away.view()),
                progress,
                trouble,
                backups: list(&root),
            })
        })
        .await
    }

    /// Tells of a backup, drill or restore that is under way.
    pub fn backup_watch(&self) -> watch::Receiver<Option<BackupProgress>> {
        self.backups().progress.subscribe()
    }

    /// Makes a backup now, here, and in the chosen folder when it is plugged in. Gives the one made here.
    ///
    /// Faults: those of [`make::make`]; `BackupAway` when only the copy here was made.
    pub async fn backup_now(&self) -> Result<BackupView> {
        self.back_up(BackupReason::Asked).await
    }

    /// Makes a backup in one folder, which need not be the chosen one. Faults as [`Shop::backup_now`].
    pub async fn backup_to(&self, folder: &Path) -> Result<BackupView> {
        let root = self.folder().root();
        let away = Away::read(root).filter(|away| away.folder == folder);
        let mut away = match away {
            Some(away) => away,
            None => Away::choose(root, folder, self.laptop_id())?,
        };
        let _turn = self.backups().turn.lock().await;
        let made = self.make_at(&away.place(), BackupReason::Asked).await?;
        away.last_ms = Some(made.made_ms);
        away.write(root)?;
        Ok(made)
    }

    /// Chooses the folder or stick that copies go to as well; none to do without. Faults `FolderUnusable`,
    /// `NoPermission`, `BackupAway`.
    pub async fn backup_folder_set(&self, folder: Option<&Path>) -> Result<BackupState> {
        let root = self.folder().root();
        match folder {
            Some(folder) => drop(Away::choose(root, folder, self.laptop_id())?),
            None => Away::forget(root)?,
        }
        self.backups().note(None);
        self.backup_state().await
    }

    pub(crate) async fn back_up(&self, reason: BackupReason) -> Result<BackupView> {
        let _turn = self.backups().turn.lock().await;
        let root = self.folder().root();
        let made = self.make_at(&Place::here(root), reason).await;
        let away = match (&made, Away::read(root)) {
            (Ok(_), Some(away)) => self.back_up_away(away, reason).await,
            _ => Ok(()),
        };
        // A stick that is in a drawer is no trouble: the panel says that it is not there.
        let trouble = made.as_ref().err().cloned().or_else(|| {
            away.as_ref()
                .err()
                .filter(|fault| fault.code != Code::BackupAway)
                .cloned()
        });
        self.backups().note(trouble);
        let made = made?;
        away.map(|()| made)
    }

    async fn back_up_away(&self, mut away: Away, reason: BackupReason) -> Result<()> {
        let place = away.place();
        if !place.is_there() {
            return Err(Fault::new(Code::BackupAway).with("path", away.folder.display()));
        }
        away.last_ms = Some(self.make_at(&place, reason).await?.made_ms);
        away.write(self.folder().root())
    }

    async fn make_at(&self, place: &Place, reason: BackupReason) -> Result<BackupView> {
        let step = self.backup_step();
        let made = make::make(self.folder().root(), place, reason, self.world(), step).await;
        self.backups().progress.send_replace(None);
        made
    }

    fn backup_step(&self) -> Step {
        let progress = self.backups().progress.clone();
        Arc::new(move |done, of| {
            // Not for each of sixty thousand files.
            if done % 64 == 0 || done == of {
                let whole = |n| i64::try_from(n).unwrap_or(i64::MAX);
                progress.send_replace(Some(BackupProgress {
                    done: whole(done),
                    of: whole(of),
                }));
            }
        })
    }

    /// Brings a backup back into a folder of its own, opens it as a shop, and says what was found. The shop stays as it
    /// is. Fault `NotFound`.
    pub async fn backup_drill(&self, id: &str) -> Result<Drill> {
        let _turn = self.backups().turn.lock().await;
        let (place, name) = self.backup_find(id)?;
        let drill = drill::run(
            self.folder().root(),
            &place,
            &name,
            self.world_kept(),
            self.backup_step(),
        )
        .await;
        self.backups().progress.send_replace(None);
        drill
    }

    /// Makes everything ready for going back to a backup; the shop as it is now is backed up first. It happens when the
    /// shop is opened next, which is to be at once: what is written until then is only in that last backup's past.
    ///
    /// Faults: `NotFound`, `BackupDamaged`, `DiskFull`.
    pub async fn backup_restore(&self, id: &str) -> Result<BackupView> {
        let (place, name) = self.backup_find(id)?;
        let view = place.view(&name)?;
        let root = self.folder().root();
        let _turn = self.backups().turn.lock().await;
        self.make_at(&Place::here(root), BackupReason::BeforeRestore)
            .await?;
        let scratch = restore::Scratch::new(root)?;
        let copied = restore::copy(&place, &name, &scratch, self.backup_step()).await;
        self.backups().progress.send_replace(None);
        let (manifest, lost) = copied?;
        if !lost.is_empty() {
            tracing::warn!(lost = lost.len(), "photos of the backup are lost");
        }
        let epoch = settings::epoch(&mut *self.read().acquire().await?).await?;
        let restored = Restored {
            epoch,
            made_ms: manifest.made_ms,
        };
        scratch.decide(&restored, self.world()).await?;
        Ok(view)
    }

    fn backup_find(&self, id: &str) -> Result<(Place, String)> {
        place::find(&away::places(self.folder().root()), id)
    }

    /// Tells whoever shows the list that it has changed.
    pub(crate) fn backups_changed(&self) {
        let _nobody = self.inner.changes.send(vec![Area::Settings]);
    }
}

fn list(shop: &Path) -> Vec<BackupView> {
    let mut list: Vec<BackupView> = away::places(shop).iter().flat_map(Place::list).collect();
    list.sort_by(|a, b| (b.made_ms, a.away, &b.id).cmp(&(a.made_ms, b.away, &a.id)));
    list
}

/// Whether a restore of the shop in this folder was decided and is still to be finished.
pub fn is_restoring(shop: &Path) -> bool {
    shop.join(restore::READY).is_dir()
}
