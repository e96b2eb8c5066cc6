//! Arranging the strip: moving, taking off, putting back.

use crate::Shop;
use crate::catalog::store as catalog;
use crate::catalog::view::Product;
use crate::fault::{Code, Result};
use api::intent::Action;
use api::product::ProductState;

impl Shop {
    /// Moves a photo to a position, counted from 0 without it.
    pub async fn photo_move(&self, product_id: &str, hash: &str, to: u32) -> Result<Product> {
        let mut writing = self.begin().await?;
        let mut state = catalog::state(writing.connection(), product_id).await?;
        if !sync::products::strip(&state)
            .iter()
            .any(|placed| placed.photo.hash == hash)
        {
            return Err(Code::NotFound.into());
        }
        let place = place_at(&state, hash, to);
        let stamp = writing.stamp().await?;
        sync::products::place(&mut state, hash, place.clone(), &stamp);
        catalog::write(&mut writing, &state, true).await?;
        let action = Action::PlacePhoto {
            product_id: product_id.into(),
            hash: hash.into(),
            place,
        };
        writing.record(stamp, product_id, Vec::new(), action).await?;
        writing.commit().await?;
        self.product(product_id).await
    }

    /// Takes a photo off a piece. Its files stay, so that it can be put back.
    pub async fn photo_remove(&self, product_id: &str, hash: &str) -> Result<Product> {
        let mut writing = self.begin().await?;
        let mut state = catalog::state(writing.connection(), product_id).await?;
        let stamp = writing.stamp().await?;
        sync::products::detach(&mut state, hash, &stamp);
        catalog::write(&mut writing, &state, true).await?;
        let action = Action::DetachPhoto {
            product_id: product_id.into(),
            hash: hash.into(),
        };
        writing.record(stamp, product_id, Vec::new(), action).await?;
        writing.commit().await?;
        self.product(product_id).await
    }

    /// Puts a photo that was taken off back to its position.
    pub async fn photo_restore(&self, product_id: &str, hash: &str, to: u32) -> Result<Product> {
        let mut writing = self.begin().await?;
        let mut state = catalog::state(writing.connection(), product_id).await?;
        let photo = state.photos.get(hash).ok_or(Code::NotFound)?.photo.clone();
        let place = place_at(&state, hash, to);
        super::attach(&mut writing, &mut state, photo, place).await?;
        writing.commit().await?;
        self.product(product_id).await
    }
}

/// A place for a photo so that it stands at a position among the others.
fn place_at(state: &ProductState, hash: &str, to: u32) -> String {
    let strip = sync::products::strip(state);
    let others: Vec<&str> = strip
        .iter()
        .filter(|placed| placed.photo.hash != hash)
        .map(|placed| placed.place.as_str())
        .collect();
    let to = usize::try_from(to).unwrap_or(usize::MAX).min(others.len());
    let before = to.checked_sub(1).and_then(|index| others.get(index)).copied();
    sync::places::between(before, others.get(to).copied())
}
