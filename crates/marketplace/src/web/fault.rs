//! What goes wrong on pages, in words.

use super::page::Page;
use super::visit::language_of;
use crate::error::Error;
use crate::state::App;
use askama::Template;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

/// Why a page is not shown.
#[derive(Debug)]
pub enum PageFault {
    NotFound,
    /// The form came from elsewhere, or the browser has lost its cookies.
    StaleForm,
    TooLarge,
    /// Seconds to wait.
    Wait(u32),
    Broken,
}

impl From<Error> for PageFault {
    fn from(error: Error) -> Self {
        tracing::error!(%error, "a page could not be made");
        Self::Broken
    }
}

impl From<sqlx::Error> for PageFault {
    fn from(error: sqlx::Error) -> Self {
        Error::from(error).into()
    }
}

impl PageFault {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::StaleForm => StatusCode::FORBIDDEN,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The key of its words.
    fn key(&self) -> &'static str {
        match self {
            Self::NotFound => "fault-not-found",
            Self::StaleForm => "fault-stale-form",
            Self::TooLarge => "fault-too-large",
            Self::Wait(_) => "fault-wait",
            Self::Broken => "fault-broken",
        }
    }
}

/// Left in the answer for [`in_words`], which knows the language.
#[derive(Clone, Copy)]
struct Wordless(&'static str);

impl IntoResponse for PageFault {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        if let Self::Wait(seconds) = self {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(Wordless(self.key()));
        response
    }
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage {
    page: Page,
    key: &'static str,
    title: String,
}

/// Gives faults their page.
pub async fn in_words(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let language = language_of(&parts);
    let mut response = next.run(Request::from_parts(parts, body)).await;
    let Some(Wordless(key)) = response.extensions_mut().remove::<Wordless>() else {
        return response;
    };
    let page = Page::plain(language, &app);
    let page = FaultPage {
        title: page.t(&format!("{key}.title")),
        page,
        key,
    };
    let (parts, _) = response.into_parts();
    let mut worded = Html(page.render().unwrap_or_default()).into_response();
    *worded.status_mut() = parts.status;
    if let Some(seconds) = parts.headers.get(header::RETRY_AFTER) {
        worded.headers_mut().insert(header::RETRY_AFTER, seconds.clone());
    }
    worded
}
