//! Answers of JSON, packed for those who say that they can unpack them.

use ::api::compression::{ENCODING, pack};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::convert::Infallible;

/// Whether the one who asks can unpack zstd.
#[derive(Clone, Copy, Debug)]
pub struct Accepts(bool);

impl<S: Send + Sync> FromRequestParts<S> for Accepts {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let accepts = parts
            .headers
            .get_all(header::ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|wanted| {
                let mut parts = wanted.split(';').map(str::trim);
                let named = parts.next() == Some(ENCODING);
                // RFC 9110 §12.4.2: a weight of 0 says "not this one".
                let weight = parts.find_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok());
                named && weight != Some(0.0)
            });
        Ok(Self(accepts))
    }
}

/// An answer that is packed where that makes it shorter.
pub struct Packed<T>(pub Accepts, pub T);

impl<T: Serialize> IntoResponse for Packed<T> {
    fn into_response(self) -> Response {
        let Self(Accepts(accepts), answer) = self;
        let body = match serde_json::to_vec(&answer) {
            Ok(body) => body,
            Err(error) => return super::fault::ApiFault::from(crate::Error::from(error)).into_response(),
        };
        let packed = accepts.then(|| pack(&body)).flatten();
        let encoded = packed.is_some();
        let mut response = packed.unwrap_or(body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if encoded {
            headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(ENCODING));
        }
        response
    }
}
