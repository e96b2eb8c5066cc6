//! Photos arriving in chunks, in any order, over as many days as it takes.
//!
//! Chunks are kept by shop until the whole is hashed: only what is what its name says is shared.

use super::{PhotoStore, name};
use crate::error::Error;
use crate::records::{Database, photos};
use api::limits::{CHUNK_BYTES, PHOTO_BYTES};
use bytes::{Bytes, BytesMut};

/// How a chunk was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Received {
    /// These chunks are still missing.
    Missing(Vec<u32>),
    Whole,
    /// The photo was not offered first, or its size was another one.
    NotOffered,
    /// No chunk of this photo has this number or this length.
    WrongChunk,
    /// The whole is not what its name says; everything of it is forgotten.
    WrongDigest,
    /// The whole is no JPEG; everything of it is forgotten.
    NotAJpeg,
}

/// Unfinished uploads of one shop; the oldest go when there are more.
const UNFINISHED: usize = 64;

/// One shop's upload of one photo.
pub struct Upload<'a> {
    pub database: &'a Database,
    pub store: &'a dyn PhotoStore,
    pub shop: &'a str,
    pub hash: &'a str,
}

impl Upload<'_> {
    /// Which chunks are missing; none when the marketplace has the photo, whoever sent it.
    pub async fn offer(&self, bytes: u64, now_ms: i64) -> Result<Received, Error> {
        if photos::is_whole(self.database.read(), self.hash).await? {
            return Ok(Received::Whole);
        }
        let Ok(size) = i64::try_from(bytes) else {
            return Ok(Received::WrongChunk);
        };
        if bytes == 0 || bytes > PHOTO_BYTES {
            return Ok(Received::WrongChunk);
        }
        let mut tx = self.database.begin().await?;
        let said = photos::start(&mut tx, self.shop, self.hash, size, now_ms).await?;
        let mut old = Vec::new();
        if said != size {
            // One of the two sizes was wrong: begin again with the newer.
            old.push((self.hash.to_owned(), chunk_count(said)));
            photos::forget(&mut tx, self.shop, self.hash).await?;
            photos::start(&mut tx, self.shop, self.hash, size, now_ms).await?;
        }
        let unfinished = photos::unfinished(&mut tx, self.shop).await?;
        for (hash, bytes) in unfinished
            .iter()
            .take(unfinished.len().saturating_sub(UNFINISHED))
        {
            photos::forget(&mut tx, self.shop, hash).await?;
            old.push((hash.clone(), chunk_count(*bytes)));
        }
        let mut there = photos::chunks(&mut tx, self.shop, self.hash).await?;
        if missing(size, &there).is_empty() {
            // All came and yet it is not whole: it was cut off while it was put together.
            photos::forget(&mut tx, self.shop, self.hash).await?;
            photos::start(&mut tx, self.shop, self.hash, size, now_ms).await?;
            there.clear();
        }
        tx.commit().await?;
        for (hash, chunks) in old {
            self.remove_chunks(&hash, chunks).await?;
        }
        Ok(Received::Missing(missing(size, &there)))
    }

    /// Takes one chunk; the last one that was missing completes the photo.
    pub async fn chunk(&self, n: u32, chunk: Bytes, now_ms: i64) -> Result<Received, Error> {
        if photos::is_whole(self.database.read(), self.hash).await? {
            return Ok(Received::Whole);
        }
        let Some(size) = photos::size(self.database.read(), self.shop, self.hash).await? else {
            return Ok(Received::NotOffered);
        };
        if length(size, n) != Some(chunk.len()) {
            return Ok(Received::WrongChunk);
        }
        self.store.put(&self.chunk_name(self.hash, n), chunk).await?;
        let mut tx = self.database.begin().await?;
        photos::add_chunk(&mut tx, self.shop, self.hash, i64::from(n)).await?;
        let there = photos::chunks(&mut tx, self.shop, self.hash).await?;
        tx.commit().await?;
        let missing = missing(size, &there);
        if missing.is_empty() {
            self.complete(size, now_ms).await
        } else {
            Ok(Received::Missing(missing))
        }
    }

    async fn complete(&self, size: i64, now_ms: i64) -> Result<Received, Error> {
        let chunks = chunk_count(size);
        let mut whole = BytesMut::with_capacity(usize::try_from(size).unwrap_or(0));
        for n in 0..chunks {
            match self.store.get(&self.chunk_name(self.hash, n)).await? {
                Some(chunk) => whole.extend_from_slice(&chunk),
                // Another request completed it, or the store lost it: offering again tells which.
                None => return Ok(Received::NotOffered),
            }
        }
        let whole = whole.freeze();
        let fault = if blake3::hash(&whole).to_hex().as_str() != self.hash {
            Some(Received::WrongDigest)
        } else if !whole.starts_with(&[0xff, 0xd8, 0xff]) {
            Some(Received::NotAJpeg)
        } else {
            None
        };
        if fault.is_none() {
            self.store.put(&name(self.hash), whole).await?;
        }
        let mut tx = self.database.begin().await?;
        if fault.is_none() {
            photos::add_whole(&mut tx, self.hash, size, now_ms).await?;
        }
        photos::forget(&mut tx, self.shop, self.hash).await?;
        tx.commit().await?;
        self.remove_chunks(self.hash, chunks).await?;
        Ok(fault.unwrap_or(Received::Whole))
    }

    async fn remove_chunks(&self, hash: &str, chunks: u32) -> Result<(), Error> {
        for n in 0..chunks {
            self.store.remove(&self.chunk_name(hash, n)).await?;
        }
        Ok(())
    }

    fn chunk_name(&self, hash: &str, n: u32) -> String {
        format!("chunks/{}/{hash}/{n}", self.shop)
    }
}

fn chunk_count(size: i64) -> u32 {
    let chunks = size.unsigned_abs().div_ceil(CHUNK_BYTES as u64);
    u32::try_from(chunks).unwrap_or(u32::MAX)
}

/// How long a chunk must be; none when there is no such chunk.
fn length(size: i64, n: u32) -> Option<usize> {
    let start = u64::from(n) * CHUNK_BYTES as u64;
    let rest = size.unsigned_abs().checked_sub(start).filter(|rest| *rest > 0)?;
    usize::try_from(rest.min(CHUNK_BYTES as u64)).ok()
}

fn missing(size: i64, there: &[i64]) -> Vec<u32> {
    (0..chunk_count(size))
        .filter(|n| !there.contains(&i64::from(*n)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_chunk_is_shorter() {
        let full = CHUNK_BYTES as i64;
        assert_eq!((chunk_count(1), length(1, 0), length(1, 1)), (1, Some(1), None));
        assert_eq!(
            (chunk_count(full), length(full, 0), length(full, 1)),
            (1, Some(CHUNK_BYTES), None)
        );
        assert_eq!((chunk_count(full + 5), length(full + 5, 1)), (2, Some(5)));
        assert_eq!(missing(3 * full, &[1]), [0, 2]);
        assert_eq!(length(full, u32::MAX), None);
    }
}
