//! Renditions on the disk, on their way to the marketplace, and on their way here.

use super::Disk;
use crate::photo::{bytes, renditions, urgency};
use api::product::ProductState;
use std::collections::BTreeSet;
use sync::engine::words::Upload;

impl Disk {
    /// A person takes a photo: its renditions are to be sent, once for ever.
    pub fn develop(&mut self, original: &str) {
        for hash in renditions(original) {
            self.files.insert(hash.clone());
            self.uploads.entry(hash).or_insert(false);
        }
    }

    /// Whatever a piece shows and is not here is to be fetched.
    pub(super) fn want(&mut self, state: &ProductState) {
        for placed in sync::products::strip(state) {
            for hash in [&placed.photo.small, &placed.photo.large] {
                if !self.files.contains(hash) {
                    self.downloads.insert(hash.clone());
                }
            }
        }
    }

    pub fn load_upload(&self, except: &BTreeSet<String>) -> Option<Upload> {
        let waiting = self
            .uploads
            .iter()
            .filter(|(hash, sent)| !**sent && !except.contains(*hash));
        let (hash, _) = waiting.min_by_key(|(hash, _)| (urgency(hash), *hash))?;
        Some(Upload {
            hash: hash.clone(),
            bytes: bytes(hash),
        })
    }

    pub fn load_download(&self, except: &BTreeSet<String>) -> Option<String> {
        let wanted = self.downloads.iter().filter(|hash| !except.contains(*hash));
        wanted.min_by_key(|hash| (urgency(hash), *hash)).cloned()
    }

    pub fn mark_sent(&mut self, hash: &str) {
        if let Some(sent) = self.uploads.get_mut(hash) {
            *sent = true;
        }
    }

    /// A photo has come, and is what its name says.
    pub fn keep(&mut self, hash: &str) {
        self.files.insert(hash.to_owned());
        self.downloads.remove(hash);
    }
}
