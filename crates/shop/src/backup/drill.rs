//! The drill: a backup brought back where it harms nothing, to know that it can be.

use super::awaken::Restored;
use super::make::Step;
use super::manifest::{self, Manifest};
use super::place::Place;
use super::restore::{self, Scratch};
use super::view::Drill;
use super::{disk, snapshot};
use crate::Shop;
use crate::fault::{Code, Result};
use crate::world::World;
use darkroom::Darkroom;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

pub async fn run(shop: &Path, place: &Place, name: &str, world: Arc<dyn World>, step: Step) -> Result<Drill> {
    let backup = place.view(name)?;
    let folder = shop.join("drill.part");
    disk::remove_folder(&folder)?;
    fs::create_dir_all(&folder)?;
    let since = Instant::now();
    let tried = try_out(&folder, place, name, Arc::clone(&world), step).await;
    let ms = i64::try_from(since.elapsed().as_millis()).unwrap_or(i64::MAX);
    let there = folder.clone();
    disk::off(move || Ok(disk::remove_folder(&there)?)).await?;
    let (manifest, problems) = match tried {
        Ok(found) => found,
        Err(fault) if matches!(fault.code, Code::BackupDamaged | Code::ShopDamaged) => (
            Manifest::read(&place.root.join(name))?,
            vec![manifest::DATABASE.to_owned()],
        ),
        Err(fault) => return Err(fault),
    };
    let whole = problems.is_empty();
    manifest::note_drill(&place.root.join(name), world.now_ms(), whole);
    Ok(Drill {
        backup: place.view(name).unwrap_or(backup),
        whole,
        files: i64::try_from(manifest.photos.len())
            .unwrap_or(i64::MAX)
            .saturating_add(1),
        bytes: i64::try_from(manifest.bytes()).unwrap_or(i64::MAX),
        pieces: manifest.pieces,
        orders: manifest.orders,
        ms,
        problems,
    })
}

/// Restores into a folder, opens it as a shop, and compares what is there with the manifest.
async fn try_out(
    folder: &Path,
    place: &Place,
    name: &str,
    world: Arc<dyn World>,
    step: Step,
) -> Result<(Manifest, Vec<String>)> {
    let scratch = Scratch::new(folder)?;
    // Every photo that comes over is read, byte by byte.
    let (manifest, mut problems) = restore::copy(place, name, &scratch, step).await?;
    scratch.decide(&Restored::default(), world.as_ref()).await?;
    // The whole way, as it would be in earnest.
    let shop = Box::pin(Shop::open_with(folder, world, Darkroom::here())).await?;
    let facts = async {
        let mut connection = shop.read().acquire().await?;
        snapshot::facts(&mut connection).await
    }
    .await;
    shop.close().await;
    let facts = facts?;
    if (facts.pieces, facts.orders) != (manifest.pieces, manifest.orders) {
        problems.push(manifest::DATABASE.to_owned());
    }
    Ok((manifest, problems))
}
