//! Reading requests, so that what does not fit is answered with a fault.

use super::fault::ApiFault;
use ::api::compression::{ENCODING, NotUnpacked, unpack};
use ::api::fault::code;
use ::api::limits::PUSH_BYTES;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use bytes::Bytes;
use serde::de::DeserializeOwned;

/// A body of JSON, whatever its content type says.
pub struct Body<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = ApiFault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let Raw(bytes) = Raw::from_request(request, state).await?;
        serde_json::from_slice(&bytes)
            .map(Body)
            .map_err(|error| ApiFault::invalid(format!("the body does not fit: {error}")))
    }
}

/// A body of bytes, unpacked when it came packed.
pub struct Raw(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Raw {
    type Rejection = ApiFault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let encoding = request.headers().get(header::CONTENT_ENCODING).cloned();
        let bytes = Bytes::from_request(request, state).await.map_err(|error| {
            if error.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE {
                ApiFault::too_large()
            } else {
                ApiFault::invalid("the body broke off")
            }
        })?;
        match encoding.as_ref().map(HeaderValue::as_bytes) {
            None | Some(b"identity") => Ok(Self(bytes)),
            // Only pushes are worth packing: no other body may be as long.
            Some(encoding) if encoding == ENCODING.as_bytes() => match unpack(&bytes, PUSH_BYTES) {
                Ok(body) => Ok(Self(body.into())),
                Err(NotUnpacked::TooLong) => Err(ApiFault::too_large()),
                Err(NotUnpacked::Broken(error)) => Err(ApiFault::invalid(format!("no zstd: {error}"))),
            },
            Some(_) => Err(ApiFault::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                code::INVALID,
                "bodies come plain or as zstd",
            )),
        }
    }
}

/// Parameters of the query.
pub struct Parameters<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Parameters<T> {
    type Rejection = ApiFault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        query
            .map(|Query(value)| Self(value))
            .map_err(|error| ApiFault::invalid(error.to_string()))
    }
}

/// Parts of the path.
pub struct Segments<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Segments<T> {
    type Rejection = ApiFault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let path = Path::<T>::from_request_parts(parts, state).await;
        path.map(|Path(value)| Self(value))
            .map_err(|_| ApiFault::not_found())
    }
}
