//! Photos in an object store that speaks S3.

use super::PhotoStore;
use crate::error::Error;
use bytes::Bytes;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use object_store::ObjectStoreExt;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;

/// A bucket, and a prefix of names within it.
pub struct Objects {
    store: AmazonS3,
    prefix: String,
}

impl Objects {
    /// Opens `s3://bucket/prefix?endpoint=URL&region=NAME`. The keys come from `AWS_ACCESS_KEY_ID` and
    /// `AWS_SECRET_ACCESS_KEY`.
    pub fn open(url: &str) -> Result<Self, Error> {
        let (bucket, prefix, options) = parse(url)
            .ok_or_else(|| Error::Setup("photos: s3://BUCKET/PREFIX?endpoint=URL is wanted".to_owned()))?;
        // Somebody else in the process may have chosen a provider; then that one is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = AmazonS3Builder::from_env().with_bucket_name(bucket);
        for (key, value) in options {
            builder = match key {
                "endpoint" => builder
                    .with_endpoint(value)
                    .with_allow_http(value.starts_with("http://")),
                "region" => builder.with_region(value),
                _ => return Err(Error::Setup(format!("photos: there is no option {key}"))),
            };
        }
        Ok(Self {
            store: builder.build()?,
            prefix: prefix.trim_matches('/').to_owned(),
        })
    }

    fn path(&self, name: &str) -> Path {
        Path::from(format!("{}/{name}", self.prefix))
    }
}

/// Bucket, prefix, and options by name.
type Place<'a> = (&'a str, &'a str, Vec<(&'a str, &'a str)>);

fn parse(url: &str) -> Option<Place<'_>> {
    let rest = url.strip_prefix("s3://")?;
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (bucket, prefix) = place.split_once('/').unwrap_or((place, ""));
    let options = query
        .split('&')
        .filter(|option| !option.is_empty())
        .map(|option| option.split_once('='))
        .collect::<Option<Vec<_>>>()?;
    (!bucket.is_empty()).then_some((bucket, prefix, options))
}

impl PhotoStore for Objects {
    fn put<'a>(&'a self, name: &'a str, bytes: Bytes) -> BoxFuture<'a, Result<(), Error>> {
        async move {
            self.store.put(&self.path(name), bytes.into()).await?;
            Ok(())
        }
        .boxed()
    }

    fn get<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<Option<Bytes>, Error>> {
        async move {
            match self.store.get(&self.path(name)).await {
                Ok(found) => Ok(Some(found.bytes().await?)),
                Err(object_store::Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(error.into()),
            }
        }
        .boxed()
    }

    fn remove<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<(), Error>> {
        async move {
            match self.store.delete(&self.path(name)).await {
                Err(object_store::Error::NotFound { .. }) | Ok(()) => Ok(()),
                Err(error) => Err(error.into()),
            }
        }
        .boxed()
    }
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn a_url_has_a_bucket_and_may_have_a_prefix_and_options() {
        let all = parse("s3://piezas/fotos/a?endpoint=http://127.0.0.1:9000&region=mx");
        assert_eq!(
            all,
            Some((
                "piezas",
                "fotos/a",
                vec![("endpoint", "http://127.0.0.1:9000"), ("region", "mx")]
            ))
        );
        assert_eq!(parse("s3://piezas"), Some(("piezas", "", vec![])));
        assert_eq!(parse("s3:///x"), None);
        assert_eq!(parse("file:///x"), None);
    }
}
