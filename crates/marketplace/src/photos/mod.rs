//! The bytes of photos: where they are kept, and how they arrive in chunks.

mod files;
mod s3;
pub mod upload;

use crate::error::Error;
use bytes::Bytes;
use futures_util::future::BoxFuture;
use std::path::Path;
use std::sync::Arc;

/// Keeps bytes under names made of letters, digits, `/`, `-` and `.`.
pub trait PhotoStore: Send + Sync {
    /// Writes the whole or nothing.
    fn put<'a>(&'a self, name: &'a str, bytes: Bytes) -> BoxFuture<'a, Result<(), Error>>;
    fn get<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Option<Bytes>, Error>>;
    /// Nothing happens when there is none.
    fn remove<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<(), Error>>;
}

/// Files in the data folder, or an object store by its URL.
pub fn open_store(data: &Path, url: Option<&str>) -> Result<Arc<dyn PhotoStore>, Error> {
    Ok(match url {
        None => Arc::new(files::Files::new(data.join("photos"))),
        Some(url) => Arc::new(s3::Objects::open(url)?),
    })
}

/// The name of a whole photo.
pub fn name(hash: &str) -> String {
    format!("whole/{}/{hash}.jpg", hash.get(..2).unwrap_or("00"))
}

/// Whether a text is a BLAKE3 hash as it is written in the API.
pub fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}
