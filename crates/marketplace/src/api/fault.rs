//! Faults as answers.

use crate::error::Error;
use api::fault::{Fault, code};
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A fault with its status.
#[derive(Debug)]
pub struct ApiFault {
    status: StatusCode,
    fault: Fault,
    retry_after_s: Option<u32>,
}

pub type Answer<T> = Result<T, ApiFault>;

impl ApiFault {
    pub fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Self {
            status,
            fault: Fault {
                code: code.to_owned(),
                message: message.into(),
            },
            retry_after_s: None,
        }
    }

    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code::INVALID, message)
    }

    pub fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            code::NOT_FOUND,
            "there is no such thing here",
        )
    }

    pub fn too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            code::TOO_LARGE,
            "the body is too large",
        )
    }

    pub fn wait(seconds: u32) -> Self {
        Self {
            retry_after_s: Some(seconds),
            ..Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                code::TOO_MANY_REQUESTS,
                format!("wait {seconds} s"),
            )
        }
    }
}

impl IntoResponse for ApiFault {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.fault)).into_response();
        if self.status == StatusCode::PAYLOAD_TOO_LARGE {
            // The rest of the body is not read, so the connection ends with this answer. Who is not told would
            // send its next request into it.
            response
                .headers_mut()
                .insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            // RFC 6750 §3.
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if let Some(seconds) = self.retry_after_s {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<Error> for ApiFault {
    fn from(error: Error) -> Self {
        // What broke is for the log; the other side only learns that it was not its fault.
        tracing::error!(%error, "a request could not be answered");
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            code::INTERNAL,
            "something broke here; try again later",
        )
    }
}

pub async fn no_such_route() -> ApiFault {
    ApiFault::not_found()
}

pub async fn no_such_method() -> ApiFault {
    ApiFault::new(
        StatusCode::METHOD_NOT_ALLOWED,
        code::INVALID,
        "this route does not take this method",
    )
}
