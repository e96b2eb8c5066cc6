//! Taking a photo in: developed, put on the disk, into the strip and on the way to the marketplace.

use super::develop::develop;
use super::files;
use super::view::{PhotoAdded, PhotoHow};
use crate::Shop;
use crate::catalog::store as catalog;
use crate::fault::{Code, Fault, Result};
use crate::folder::Folder;
use api::limits;
use api::photo::PhotoRef;
use imaging::{Developed, Settings};
use std::path::PathBuf;

/// Letters of a file's name that are worth keeping.
const FILE_NAME_LETTERS: usize = 200;

impl Shop {
    /// Adds a photo at the end of a piece's strip.
    ///
    /// Faults: `PhotoEmpty`, `PhotoNotAnImage`, `PhotoUnsupported`, `PhotoTooLarge`, `PhotoTruncated`,
    /// `PhotoDamaged`, `TooManyPhotos`, `NotFound`, `DiskFull`; after each of them nothing was added.
    pub async fn photo_add(&self, product_id: &str, file_name: &str, bytes: Vec<u8>) -> Result<PhotoAdded> {
        self.photo_add_as(product_id, file_name, bytes, PhotoHow::default())
            .await
    }

    /// As [`Shop::photo_add`], with what is known of the photo.
    pub async fn photo_add_as(
        &self,
        product_id: &str,
        file_name: &str,
        bytes: Vec<u8>,
        how: PhotoHow,
    ) -> Result<PhotoAdded> {
        // Asked before the work: a strip that is full needs no decoding.
        let before = self.product(product_id).await?;
        if before.photos.len() >= limits::PHOTOS_PER_PIECE {
            return Err(Fault::new(Code::TooManyPhotos).with("most", limits::PHOTOS_PER_PIECE));
        }
        let content = imaging::content_name(&bytes);
        if before.photos.iter().any(|photo| photo.hash == content) {
            return Ok(PhotoAdded {
                product: before,
                hash: content,
                duplicate: true,
                notes: Vec::new(),
                similar: None,
            });
        }
        let settings = Settings {
            take_damaged: how.keep_damaged,
            ..Settings::default()
        };
        let (bytes, developed) = develop(self, bytes, settings).await?;
        let mut fresh = Vec::new();
        let added = self
            .keep(product_id, file_name, &bytes, &developed, &how, &mut fresh)
            .await;
        if added.is_err() {
            for path in fresh {
                // Nothing points at them; a leftover would only take room.
                let _ = tokio::fs::remove_file(path).await;
            }
        }
        added
    }

    /// Files first, then the rows that name them. `fresh` gets the files that were not there before.
    async fn keep(
        &self,
        product_id: &str,
        file_name: &str,
        bytes: &[u8],
        developed: &Developed,
        how: &PhotoHow,
        fresh: &mut Vec<PathBuf>,
    ) -> Result<PhotoAdded> {
        let original = Folder::by_hash(
            &self.folder().originals(),
            &developed.content,
            developed.format.extension(),
        );
        for (path, content) in [
            (original, bytes),
            (
                files::rendition(self.folder(), &developed.large.hash),
                &developed.large.bytes,
            ),
            (
                files::rendition(self.folder(), &developed.small.hash),
                &developed.small.bytes,
            ),
        ] {
            if files::write(&path, content).await? {
                fresh.push(path);
            }
        }
        let mut writing = self.begin().await?;
        let mut state = catalog::state(writing.connection(), product_id).await?;
        let strip = sync::products::strip(&state);
        if strip.len() >= limits::PHOTOS_PER_PIECE {
            return Err(Fault::new(Code::TooManyPhotos).with("most", limits::PHOTOS_PER_PIECE));
        }
        let place = sync::places::between(strip.last().map(|last| last.place.as_str()), None);
        let file_name: String = file_name
            .chars()
            .filter(|c| !c.is_control())
            .take(FILE_NAME_LETTERS)
            .collect();
        super::store::keep(&mut writing, developed, bytes.len(), &file_name).await?;
        // One that was taken off and comes again comes as it is.
        super::store::forget_look(&mut writing, product_id, &developed.content).await?;
        let photo = PhotoRef {
            hash: developed.content.clone(),
            large: developed.large.hash.clone(),
            small: developed.small.hash.clone(),
            width: developed.large.width,
            height: developed.large.height,
            alt: String::new(),
            shot: super::shots::known(&how.shot),
        };
        super::attach(&mut writing, &mut state, photo, place).await?;
        writing.commit().await?;
        let notes = developed
            .notes
            .iter()
            .map(|note| note.code().to_owned())
            .collect();
        let product = self.product(product_id).await?;
        let similar = match how.unseen {
            true => None,
            false => self.similar(product_id, developed.likeness).await?,
        };
        Ok(PhotoAdded {
            product,
            hash: developed.content.clone(),
            duplicate: false,
            notes,
            similar,
        })
    }
}
