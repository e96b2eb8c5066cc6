//! The shot list: which photo tells what of a piece.

use super::{restate, showing};
use crate::Shop;
use crate::catalog::store as catalog;
use crate::catalog::view::Product;
use crate::fault::Result;
use api::photo::SHOTS;

/// The shot, or none when it is no such.
pub(super) fn known(shot: &str) -> String {
    SHOTS
        .into_iter()
        .find(|known| *known == shot)
        .unwrap_or_default()
        .to_owned()
}

impl Shop {
    /// Says which of the shots a photo is, or, with "", that it is none. Fault: `NotFound`.
    pub async fn photo_shot_set(&self, product_id: &str, hash: &str, shot: &str) -> Result<Product> {
        let mut writing = self.begin().await?;
        let mut state = catalog::state(writing.connection(), product_id).await?;
        let mut photo = showing(&state, hash)?;
        photo.shot = known(shot);
        restate(&mut writing, &mut state, photo).await?;
        writing.commit().await?;
        self.product(product_id).await
    }
}
