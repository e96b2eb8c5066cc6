//! Going back to a backup: into a folder beside, checked there, and then put in the place of what is now, which is
//! kept.
//!
//! Everything is made ready under `restoring.part`. Its new name, `restoring`, is the decision: from then on whoever
//! opens the shop finishes it ([`finish`]), however often the power goes.

use super::awaken::Restored;
use super::make::Step;
use super::manifest::{DATABASE, Manifest};
use super::place::Place;
use super::{disk, photos, snapshot};
use crate::fault::{Code, Fault, Result};
use crate::settings::store::name;
use crate::world::World;
use sqlx::Connection;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

pub const READY: &str = "restoring";
const PART: &str = "restoring.part";
/// Says below `kept` where what is now goes.
const NOTE: &str = "kept.txt";
/// The files of a database in use.
const LIVE: [&str; 3] = [DATABASE, "shop.db-wal", "shop.db-shm"];

/// A database in its scratch folder, not yet the shop's.
pub struct Scratch {
    shop: PathBuf,
    part: PathBuf,
}

impl Scratch {
    pub fn new(shop: &Path) -> Result<Self> {
        let part = shop.join(PART);
        disk::remove_folder(&part)?;
        fs::create_dir_all(&part)?;
        Ok(Self {
            shop: shop.to_owned(),
            part,
        })
    }

    pub fn database(&self) -> PathBuf {
        self.part.join(DATABASE)
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.part.join(name)
    }

    /// Marks the database as one that begins anew, and decides: it will be the shop's.
    pub async fn decide(self, restored: &Restored, world: &dyn World) -> Result<()> {
        let database = self.database();
        let mut connection = snapshot::connect(&database).await?;
        let marked = mark(&mut connection, restored).await;
        let closed = connection.close().await;
        marked?;
        closed?;
        snapshot::check(&database).await?;
        disk::flush(&database)?;
        let kept = kept_name(&self.shop, world);
        disk::write(&self.part.join(NOTE), kept.as_bytes())?;
        disk::flush_folder(&self.part);
        fs::rename(&self.part, self.shop.join(READY))?;
        disk::flush_folder(&self.shop);
        Ok(())
    }
}

/// A name below `kept` that nothing has yet.
fn kept_name(shop: &Path, world: &dyn World) -> String {
    let at_ms = world
        .now_ms()
        .saturating_add(i64::from(world.offset_minutes()) * 60_000);
    let moment = chrono::DateTime::from_timestamp_millis(at_ms).unwrap_or_default();
    let name = format!("{}", moment.format("%Y%m%d-%H%M%S"));
    let free = |name: &String| !shop.join("kept").join(name).exists();
    if free(&name) {
        return name;
    }
    let mut others = (2_u32..).map(|n| format!("{name}-{n}"));
    others.find(free).unwrap_or(name)
}

async fn mark(connection: &mut sqlx::SqliteConnection, restored: &Restored) -> Result<()> {
    let value = serde_json::to_string(restored)?;
    let mut writing = connection.begin().await?;
    sqlx::query("INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        .bind(name::RESTORED)
        .bind(value)
        .execute(&mut *writing)
        .await?;
    // The search's index is worked out of the pieces; rows may lie elsewhere in a copy.
    sqlx::query("INSERT INTO products_search (products_search) VALUES ('rebuild')")
        .execute(&mut *writing)
        .await?;
    writing.commit().await?;
    Ok(())
}

/// Copies a backup into the scratch folder and checks it there; its photos come to the shop. Gives the paths of photos
/// that are lost. Fault `BackupDamaged` when the database is not the one that was written.
pub async fn copy(
    place: &Place,
    backup: &str,
    scratch: &Scratch,
    step: Step,
) -> Result<(Manifest, Vec<String>)> {
    let folder = place.root.join(backup);
    let (from, to) = (folder.join(DATABASE), scratch.database());
    let (root, shop, link) = (place.root.clone(), scratch.shop.clone(), !place.away);
    let (manifest, lost) = disk::off(move || {
        let manifest = Manifest::read(&folder)?;
        // A copy, never a link: it will be written to.
        if !disk::place(&from, &to, &manifest.database_blake3, false)? {
            return Err(Code::BackupDamaged.into());
        }
        let lost = photos::bring(&manifest.photos, &root, &shop, link, step.as_ref())?;
        Ok((manifest, lost))
    })
    .await?;
    let facts = match snapshot::check(&scratch.database()).await {
        Ok(facts) => facts,
        Err(fault) if fault.code == Code::ShopDamaged => return Err(Code::BackupDamaged.into()),
        Err(fault) => return Err(fault),
    };
    if facts.rows != manifest.rows {
        return Err(Code::BackupDamaged.into());
    }
    Ok((manifest, lost))
}

/// Finishes a restore that was decided: what is now is put aside, and the restored database in its place. Nobody else
/// may have the shop open. Asked again after a power cut, it goes on where it was. True when there was one.
pub fn finish(shop: &Path) -> Result<bool> {
    let ready = shop.join(READY);
    let unfinished = shop.join(PART);
    if unfinished.exists() {
        disk::remove_folder(&unfinished)?;
    }
    if !ready.exists() {
        return Ok(false);
    }
    let restored = ready.join(DATABASE);
    if restored.exists() {
        let name = fs::read_to_string(ready.join(NOTE))?;
        let name = Path::new(name.trim())
            .file_name()
            .ok_or_else(|| Fault::internal("a restore does not say where to keep what is now"))?;
        keep(shop, &shop.join("kept").join(name))?;
        // While this is still under its old name, what lies at the shop's is not the restored one.
        fs::rename(&restored, shop.join(DATABASE))?;
        disk::flush_folder(shop);
    }
    disk::remove_folder(&ready)?;
    disk::flush_folder(shop);
    Ok(true)
}

/// Moves the files of a database that nobody has open.
fn keep(shop: &Path, kept: &Path) -> Result<()> {
    fs::create_dir_all(kept)?;
    for file in LIVE {
        rename_if_there(&shop.join(file), &kept.join(file))?;
    }
    disk::flush_folder(kept);
    kept.parent().map(disk::flush_folder);
    Ok(())
}

fn rename_if_there(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
