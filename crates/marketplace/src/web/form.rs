//! Forms that were sent, checked to come from a page of this site.

use super::fault::PageFault;
use super::visit::Visit;
use crate::state::App;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse;
use std::collections::BTreeMap;

/// The name of the hidden field with the form's token.
pub const TOKEN: &str = "token";
/// Letters of one field; what a page needs less of it checks itself.
const LONGEST: usize = 4000;

/// The fields of a form and who sent it.
pub struct Form {
    pub visit: Visit,
    pub fields: Fields,
}

/// Fields by name. What is not there is empty.
#[derive(Clone, Debug, Default)]
pub struct Fields(BTreeMap<String, String>);

impl Fields {
    /// Without spaces around.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.trim())
    }

    /// Without spaces around and on one line.
    pub fn line(&self, name: &str) -> String {
        self.get(name).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl FromRequest<App> for Form {
    type Rejection = PageFault;

    async fn from_request(request: Request, app: &App) -> Result<Self, Self::Rejection> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, app).await?;
        if !is_from_here(&parts.headers, &app.public_url) {
            return Err(PageFault::StaleForm);
        }
        let request = Request::from_parts(parts, body);
        let pairs = axum::Form::<Vec<(String, String)>>::from_request(request, app).await;
        let axum::Form(pairs) = pairs.map_err(|error| {
            if error.into_response().status() == StatusCode::PAYLOAD_TOO_LARGE {
                PageFault::TooLarge
            } else {
                PageFault::StaleForm
            }
        })?;
        let mut fields = BTreeMap::new();
        for (name, value) in pairs {
            if value.chars().count() > LONGEST {
                return Err(PageFault::TooLarge);
            }
            // No text has a NUL in it, and PostgreSQL would not keep it.
            fields.insert(name, value.replace('\0', ""));
        }
        let fields = Fields(fields);
        // Compared as hashes, which takes the same time wherever they differ.
        if blake3::hash(fields.get(TOKEN).as_bytes()) != blake3::hash(visit.form_token().as_bytes()) {
            return Err(PageFault::StaleForm);
        }
        Ok(Self { visit, fields })
    }
}

/// Whether the browser says that a page of this site sent it. One that says nothing has the token only.
fn is_from_here(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name| {
        headers
            .get(name)
            .and_then(|value: &axum::http::HeaderValue| value.to_str().ok())
    };
    if let Some(site) = text(axum::http::HeaderName::from_static("sec-fetch-site"))
        && !matches!(site, "same-origin" | "none")
    {
        return false;
    }
    match (text(header::ORIGIN), text(header::HOST)) {
        (None, _) => true,
        (Some(origin), _) if origin == public_url => true,
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
        (Some(_), None) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    #[test]
    fn forms_of_other_sites_are_told_by_their_origin() {
        let sent = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            is_from_here(&headers, "https://mercado.example")
        };
        assert!(sent(&[]));
        assert!(sent(&[
            ("host", "127.0.0.1:8787"),
            ("origin", "http://127.0.0.1:8787")
        ]));
        assert!(sent(&[
            ("host", "inner:80"),
            ("origin", "https://mercado.example")
        ]));
        assert!(!sent(&[
            ("host", "127.0.0.1:8787"),
            ("origin", "https://evil.example")
        ]));
        assert!(!sent(&[("host", "127.0.0.1:8787"), ("origin", "null")]));
        assert!(!sent(&[("sec-fetch-site", "cross-site")]));
    }
}
