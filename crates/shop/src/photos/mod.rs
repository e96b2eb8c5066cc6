//! Photos of pieces: by their content, in the order of the strip.

mod add;
mod card_paper;
pub(crate) mod coach;
mod develop;
pub mod develop_files;
pub(crate) mod files;
pub mod folder_table;
mod looks;
pub mod matching;
mod shots;
mod similar;
pub(crate) mod store;
mod strip;
pub mod view;

use crate::fault::{Code, Result};
use crate::writing::Writing;
use api::intent::Action;
use api::photo::PhotoRef;
use api::product::ProductState;

/// Puts a photo into a piece's strip and tells the marketplace.
pub(crate) async fn attach(
    writing: &mut Writing<'_>,
    state: &mut ProductState,
    photo: PhotoRef,
    place: String,
) -> Result<()> {
    let stamp = writing.stamp().await?;
    sync::products::attach(state, photo.clone(), place.clone(), &stamp);
    crate::catalog::store::write(writing, state, true).await?;
    let product_id = state.id.clone();
    let action = Action::AttachPhoto {
        product_id: product_id.clone(),
        photo,
        place,
    };
    writing.record(stamp, &product_id, Vec::new(), action).await?;
    Ok(())
}

/// A photo that the piece shows. Fault: `NotFound`.
fn showing(state: &ProductState, hash: &str) -> Result<PhotoRef> {
    let placed = state.photos.get(hash).filter(|placed| !placed.removed);
    Ok(placed.ok_or(Code::NotFound)?.photo.clone())
}

/// Tells anew what a photo is that stays where it is.
pub(crate) async fn restate(
    writing: &mut Writing<'_>,
    state: &mut ProductState,
    photo: PhotoRef,
) -> Result<()> {
    match state.photos.get(&photo.hash) {
        Some(there) if there.photo == photo => Ok(()),
        Some(there) => {
            let place = there.place.clone();
            attach(writing, state, photo, place).await
        }
        None => Err(Code::NotFound.into()),
    }
}
