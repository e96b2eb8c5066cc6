//! Photos as files.

use super::PhotoStore;
use crate::error::Error;
use crate::random;
use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use std::io::ErrorKind;
use std::path::PathBuf;
use tokio::io::AsyncWriteExt;

/// A folder of files; names come from `super::name` and `super::upload` and never from outside.
pub struct Files {
    folder: PathBuf,
}

impl Files {
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }
}

impl PhotoStore for Files {
    fn put<'a>(&'a self, name: &'a str, bytes: Bytes) -> BoxFuture<'a, Result<(), Error>> {
        async move {
            let path = self.folder.join(name);
            let folder = path.parent().unwrap_or(&self.folder).to_owned();
            tokio::fs::create_dir_all(&folder).await?;
            // Written aside and renamed, so that a power cut leaves no half a photo under its name.
            let aside = folder.join(format!(".{}", random::hex(8)?));
            let written = async {
                let mut file = tokio::fs::File::create(&aside).await?;
                file.write_all(&bytes).await?;
                file.sync_all().await?;
                tokio::fs::rename(&aside, &path).await
            }
            .await;
            if let Err(error) = written {
                let _ = tokio::fs::remove_file(&aside).await;
                return Err(error.into());
            }
            // The name is as lasting as the bytes only once the folder is written too.
            tokio::fs::File::open(&folder).await?.sync_all().await?;
            Ok(())
        }
        .boxed()
    }

    fn get<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Option<Bytes>, Error>> {
        async move {
            match tokio::fs::read(self.folder.join(name)).await {
                Ok(bytes) => Ok(Some(bytes.into())),
                Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error.into()),
            }
        }
        .boxed()
    }

    fn remove<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<(), Error>> {
        async move {
            match tokio::fs::remove_file(self.folder.join(name)).await {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
                _ => Ok(()),
            }
        }
        .boxed()
    }
}
