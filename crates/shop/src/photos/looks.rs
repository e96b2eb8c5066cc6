//! The editing table: a photo's look in a piece. The original stays as it came from the camera.

use super::develop::develop;
use super::view::{LookEdit, LookView};
use super::{files, restate, showing, store};
use crate::Shop;
use crate::catalog::store as catalog;
use crate::catalog::view::Product;
use crate::fault::{Code, Result};
use crate::folder::Folder;
use imaging::{Look, Settings};

impl Shop {
    /// What is known for editing a photo. Faults: `NotFound`, `PhotoOriginalElsewhere`.
    pub async fn photo_look(&self, product_id: &str, hash: &str) -> Result<LookView> {
        self.shown(product_id, hash).await?;
        let mut read = self.read().acquire().await?;
        let known = store::known(&mut read, hash).await?;
        Ok(LookView {
            look: store::look(&mut read, product_id, hash).await?.into(),
            plain: known.large,
            width: known.width,
            height: known.height,
        })
    }

    /// Develops a photo again from its original with this look; the look that does nothing gives the photo back as
    /// it was. Faults: `NotFound`, `PhotoOriginalElsewhere`, `DiskFull`; after each of them the photo is what it was.
    pub async fn photo_look_set(&self, product_id: &str, hash: &str, look: LookEdit) -> Result<Product> {
        self.look_set(product_id, hash, look.into()).await?;
        self.product(product_id).await
    }

    /// Gives a photo's light and colour to others of the piece; their crops stay. Those whose original is on
    /// another laptop are left.
    pub async fn photo_look_copy(&self, product_id: &str, hash: &str, to: &[String]) -> Result<Product> {
        let from = {
            let mut read = self.read().acquire().await?;
            store::look(&mut read, product_id, hash).await?
        };
        for other in to.iter().filter(|other| *other != hash) {
            let look = {
                let mut read = self.read().acquire().await?;
                store::look(&mut read, product_id, other).await?
            };
            match self.look_set(product_id, other, look.with_light_of(&from)).await {
                Err(fault) if fault.code == Code::PhotoOriginalElsewhere => {}
                set => set?,
            }
        }
        self.product(product_id).await
    }

    /// Files first, then the rows that name them, as when a photo is added.
    async fn look_set(&self, product_id: &str, hash: &str, look: Look) -> Result<()> {
        self.shown(product_id, hash).await?;
        let known = {
            let mut read = self.read().acquire().await?;
            store::known(&mut read, hash).await?
        };
        let original = Folder::by_hash(&self.folder().originals(), hash, &known.format);
        let bytes = match tokio::fs::read(&original).await {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(Code::PhotoOriginalElsewhere.into());
            }
            read => read?,
        };
        let settings = Settings {
            look,
            // It was taken once; whether it is whole was asked then.
            take_damaged: true,
            ..Settings::default()
        };
        let (_, developed) = develop(self, bytes, settings).await?;
        for rendition in [&developed.large, &developed.small] {
            files::write(
                &files::rendition(self.folder(), &rendition.hash),
                &rendition.bytes,
            )
            .await?;
        }
        let mut writing = self.begin().await?;
        let mut state = catalog::state(writing.connection(), product_id).await?;
        let before = showing(&state, hash)?;
        if look.is_none() {
            store::forget_look(&mut writing, product_id, hash).await?;
        } else {
            store::keep_look(&mut writing, product_id, &look, &developed).await?;
        }
        let mut photo = before.clone();
        photo.large = developed.large.hash.clone();
        photo.small = developed.small.hash.clone();
        photo.width = developed.large.width;
        photo.height = developed.large.height;
        restate(&mut writing, &mut state, photo).await?;
        store::send(&mut writing, &developed.large, &developed.small).await?;
        store::spare(&mut writing, [&before.large, &before.small]).await?;
        writing.commit().await
    }

    /// Fault `NotFound` when the piece does not show such a photo.
    async fn shown(&self, product_id: &str, hash: &str) -> Result<()> {
        let product = self.product(product_id).await?;
        match product.photos.iter().any(|photo| photo.hash == hash) {
            true => Ok(()),
            false => Err(Code::NotFound.into()),
        }
    }
}
