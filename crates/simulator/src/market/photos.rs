//! Photos arriving in chunks.

use super::Market;
use crate::fault::Fault;
use crate::photo::{self, chunks};
use api::fault::code;
use std::collections::BTreeMap;

/// Unfinished uploads that it keeps; the oldest go. Few, so that some do.
const UNFINISHED: usize = 4;

#[derive(Clone, Debug, Default)]
pub(super) struct Photos {
    whole: BTreeMap<String, Vec<u64>>,
    unfinished: BTreeMap<String, Unfinished>,
    begun: u64,
}

#[derive(Clone, Debug)]
struct Unfinished {
    begun: u64,
    bytes: u64,
    there: BTreeMap<u32, u64>,
}

impl Unfinished {
    fn missing(&self) -> Vec<u32> {
        (0..chunks(self.bytes))
            .filter(|n| !self.there.contains_key(n))
            .collect()
    }
}

impl Market {
    /// Which chunks are missing.
    pub fn offer(&mut self, hash: &str, bytes: u64) -> Vec<u32> {
        let photos = &mut self.photos;
        if photos.whole.contains_key(hash) {
            return Vec::new();
        }
        photos.begun += 1;
        let new = Unfinished {
            begun: photos.begun,
            bytes,
            there: BTreeMap::new(),
        };
        let upload = photos.unfinished.entry(hash.to_owned()).or_insert(new);
        let missing = upload.missing();
        if photos.unfinished.len() > UNFINISHED
            && let Some(oldest) = photos.unfinished.iter().min_by_key(|(_, upload)| upload.begun)
        {
            let oldest = oldest.0.clone();
            photos.unfinished.remove(&oldest);
        }
        missing
    }

    /// Takes a chunk; the last one that was missing completes the photo. Which are still missing, or why it is refused.
    pub fn chunk(&mut self, hash: &str, n: u32, content: u64) -> Result<Vec<u32>, &'static str> {
        let fault = self.fault;
        let photos = &mut self.photos;
        if photos.whole.contains_key(hash) {
            return Ok(Vec::new());
        }
        let upload = photos.unfinished.get_mut(hash).ok_or(code::NOT_FOUND)?;
        if n >= chunks(upload.bytes) {
            return Err(code::INVALID);
        }
        upload.there.insert(n, content);
        let missing = upload.missing();
        if !missing.is_empty() {
            let early = fault == Some(Fault::WholeTooSoon) && missing.len() == 1;
            return Ok(if early { Vec::new() } else { missing });
        }
        let whole: Vec<u64> = upload.there.values().copied().collect();
        photos.unfinished.remove(hash);
        if whole != photo::whole(hash) && fault != Some(Fault::WholeNotHashed) {
            return Err(code::WRONG_DIGEST);
        }
        photos.whole.insert(hash.to_owned(), whole);
        Ok(missing)
    }

    /// A whole photo.
    pub fn photo(&self, hash: &str) -> Option<&Vec<u64>> {
        self.photos.whole.get(hash)
    }
}
