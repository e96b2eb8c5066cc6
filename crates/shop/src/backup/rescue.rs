//! The way back to work from a shop that does not open: the newest good backup, or what can still be read. The broken
//! database is put aside, never thrown away. Nothing here needs an open shop; the shop opens as always afterwards.

use super::awaken::Restored;
use super::place;
use super::restore::{self, Scratch};
use super::view::{BackupView, Rescue, Salvaged};
use super::{away, list, make, salvage};
use crate::database;
use crate::fault::{Code, Result};
use crate::folder::Folder;
use crate::world::World;
use std::path::Path;

/// What the shop in a folder can be brought back from.
pub async fn look(shop: &Path) -> Result<Rescue> {
    let shop = shop.to_owned();
    super::disk::off(move || {
        let away = away::Away::read(&shop).map(|away| away.view());
        Ok(Rescue {
            backups: list(&shop).into_iter().filter(|backup| backup.whole).collect(),
            away_missing: away.filter(|away| !away.there).map(|away| away.folder),
        })
    })
    .await
}

/// Brings a backup back in the place of a shop that does not open, with what can still be read of the changes that the
/// marketplace has not heard of. Gives the backup, and how many such changes there were.
///
/// Faults: `NotFound`, `BackupDamaged`, `DiskFull`, `ShopOpenElsewhere`.
pub async fn restore(shop: &Path, id: &str, world: &dyn World) -> Result<(BackupView, i64)> {
    let folder = Folder::take(shop)?;
    let (place, name) = place::find(&away::places(shop), id)?;
    let view = place.view(&name)?;
    let scratch = Scratch::new(shop)?;
    let (manifest, _) = restore::copy(&place, &name, &scratch, make::silent()).await?;
    let waiting = if folder.database().is_file() {
        let found = salvage::read(&folder.database(), &scratch.file("broken.db")).await?;
        salvage::add_waiting(&found, &scratch.database()).await?
    } else {
        0
    };
    let restored = Restored {
        epoch: 0,
        made_ms: manifest.made_ms,
    };
    scratch.decide(&restored, world).await?;
    restore::finish(shop)?;
    Ok((view, waiting))
}

/// Carries over what can be read of a shop that does not open into a new one. Fault `ShopDamaged` when that is nothing;
/// then everything is as it was.
pub async fn salvage(shop: &Path, world: &dyn World) -> Result<Salvaged> {
    let folder = Folder::take(shop)?;
    let scratch = Scratch::new(shop)?;
    let found = salvage::read(&folder.database(), &scratch.file("broken.db")).await?;
    if found.is_empty() {
        return Err(Code::ShopDamaged.into());
    }
    database::create(&scratch.database()).await?;
    let mut salvaged = salvage::write_all(&found, &scratch.database()).await?;
    let restored = Restored {
        epoch: 0,
        made_ms: world.now_ms(),
    };
    scratch.decide(&restored, world).await?;
    restore::finish(shop)?;
    salvaged.kept = shop.join("kept").display().to_string();
    Ok(salvaged)
}

/// Puts a database that nothing can be read of aside and an empty one in its place; what the marketplace knows comes
/// back from there after signing in.
pub async fn begin_again(shop: &Path, world: &dyn World) -> Result<()> {
    let _folder = Folder::take(shop)?;
    let scratch = Scratch::new(shop)?;
    database::create(&scratch.database()).await?;
    scratch.decide(&Restored::default(), world).await?;
    restore::finish(shop)?;
    Ok(())
}
