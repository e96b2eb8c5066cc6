//! Making one backup: under another name, read back, and only then under its own.

use super::manifest::{DATABASE, Manifest};
use super::place::Place;
use super::view::{BackupReason, BackupView};
use super::{disk, photos, rotation, snapshot};
use crate::fault::{Code, Fault, Result};
use crate::world::World;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Hears how many files are done, of how many.
pub type Step = Arc<dyn Fn(usize, usize) + Send + Sync>;

pub fn silent() -> Step {
    Arc::new(|_, _| {})
}

/// Makes a backup of the shop in a folder, at a place, and lets those go that are not kept any longer. When it faults,
/// nothing of it is left and nothing else was touched.
///
/// Faults: `DiskFull`, `NoPermission`, `BackupAway`, `FolderUnusable` with the place's path; `ShopDamaged` when the
/// shop itself cannot be read.
pub async fn make(
    shop: &Path,
    place: &Place,
    reason: BackupReason,
    world: &dyn World,
    step: Step,
) -> Result<BackupView> {
    place.prepare()?;
    place.tidy();
    let (made_ms, offset_minutes) = (world.now_ms(), world.offset_minutes());
    let name = place.name(made_ms, offset_minutes, reason);
    let part = place.root.join(format!(".{name}.part"));
    let made = write(shop, place, &part, reason, (made_ms, offset_minutes), step).await;
    let finished = made.and_then(|()| finish(place, &part, &name));
    if finished.is_err() {
        let (part, place) = (part.clone(), place.clone());
        disk::off(move || {
            let _best_effort = disk::remove_folder(&part);
            place.tidy();
            Ok(())
        })
        .await?;
    }
    finished?;
    let place = place.clone();
    disk::off(move || {
        rotate(&place);
        place.view(&name)
    })
    .await
}

async fn write(
    shop: &Path,
    place: &Place,
    part: &Path,
    reason: BackupReason,
    (made_ms, offset_minutes): (i64, i32),
    step: Step,
) -> Result<()> {
    fs::create_dir_all(part).map_err(|error| disk::fault(error, &place.root))?;
    let copy = part.join(DATABASE);
    let at = |fault: Fault| match fault.code {
        Code::DiskFull | Code::NoPermission => fault.with("path", place.root.display()),
        _ => fault,
    };
    // The database before the photos: every photo that it names was on the disk before it was named.
    let facts = snapshot::take(&shop.join(DATABASE), &copy).await.map_err(at)?;
    let (from, to): (PathBuf, PathBuf) = (shop.to_owned(), place.root.clone());
    // On the shop's own disk a second copy of a photo would be lost together with the first.
    let link = !place.away;
    let read_back = copy.clone();
    let (put, (database_blake3, database_bytes)) = disk::off(move || {
        let put = photos::put(&from, &to, link, step.as_ref())?;
        let hash = disk::hash(&read_back).map_err(|error| disk::fault(error, &to))?;
        Ok((put, hash))
    })
    .await?;
    let manifest = Manifest {
        format: Manifest::FORMAT,
        made_ms,
        offset_minutes,
        reason,
        version: env!("CARGO_PKG_VERSION").into(),
        schema: facts.schema,
        laptop_id: facts.laptop_id,
        shop_name: facts.shop_name,
        database_bytes,
        database_blake3,
        rows: facts.rows,
        pieces: facts.pieces,
        orders: facts.orders,
        photos: put.photos,
        damaged: put.damaged,
    };
    manifest.write(part).map_err(at)?;
    if Manifest::read(part)? == manifest {
        Ok(())
    } else {
        Err(Code::BackupDamaged.into())
    }
}

fn finish(place: &Place, part: &Path, name: &str) -> Result<()> {
    disk::flush_folder(part);
    fs::rename(part, place.root.join(name)).map_err(|error| disk::fault(error, &place.root))?;
    disk::flush_folder(&place.root);
    Ok(())
}

/// Lets go what is not kept any longer; there is a new one, whole, by now.
fn rotate(place: &Place) {
    let list: Vec<BackupView> = place.list().into_iter().filter(|backup| backup.whole).collect();
    let spare = rotation::spare(&list);
    for id in &spare {
        let Some(name) = id.rsplit('/').next() else {
            continue;
        };
        // Out of the list at once, whatever happens while it is removed.
        let going = place.root.join(format!(".{name}.part"));
        if fs::rename(place.root.join(name), &going).is_ok() {
            let _next_time = disk::remove_folder(&going);
        }
    }
    if !spare.is_empty() {
        place.tidy();
    }
}
