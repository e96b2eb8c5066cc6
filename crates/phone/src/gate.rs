//! Who gets in: every request passes here first, and every answer gets its headers.

use crate::inside::Inside;
use crate::page;
use crate::secret;
use crate::state::Phase;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::json;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

/// The connection that a request came over.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    pub peer: Ipv4Addr,
    /// The address of this computer that the phone reached.
    pub own: SocketAddr,
}

/// Why a request is not answered as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum No {
    /// No such door.
    NotFound,
    /// Seconds to wait: too many wrong secrets.
    Wait(u32),
    Expired,
    Closed,
    /// No session: the page was not opened here, or its cookie was not kept.
    UnknownPhone,
    TooManyPhones,
    /// Asked under a name, not under the address of this connection: DNS rebinding.
    Misdirected,
    /// A page from elsewhere tries to post.
    Elsewhere,
    Method,
    /// Enough under way: try again in a second.
    Busy,
    /// The photo broke off or stood still.
    Cut,
}

impl No {
    #[cfg(test)]
    const ALL: [Self; 11] = [
        Self::NotFound,
        Self::Wait(0),
        Self::Expired,
        Self::Closed,
        Self::UnknownPhone,
        Self::TooManyPhones,
        Self::Misdirected,
        Self::Elsewhere,
        Self::Method,
        Self::Busy,
        Self::Cut,
    ];

    pub fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Wait(_) | Self::TooManyPhones => StatusCode::TOO_MANY_REQUESTS,
            Self::Expired | Self::Closed => StatusCode::GONE,
            Self::UnknownPhone | Self::Elsewhere => StatusCode::FORBIDDEN,
            Self::Misdirected => StatusCode::MISDIRECTED_REQUEST,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Cut => StatusCode::REQUEST_TIMEOUT,
        }
    }

    /// As the page's script knows it.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound | Self::Misdirected | Self::Elsewhere | Self::Method => "not-found",
            Self::Wait(_) => "wait",
            Self::Expired => "expired",
            Self::Closed => "closed",
            Self::UnknownPhone => "unknown-phone",
            Self::TooManyPhones => "too-many-phones",
            Self::Busy => "busy",
            Self::Cut => "cut",
        }
    }

    /// The key of its page; requests of a script that have none show as one that is not found.
    pub fn page_key(self) -> &'static str {
        match self {
            Self::Wait(_) => "fault-wait",
            Self::Expired => "fault-expired",
            Self::Closed => "fault-closed",
            Self::TooManyPhones => "fault-too-many-phones",
            _ => "fault-not-found",
        }
    }
}

/// Answers to the page's script.
impl IntoResponse for No {
    fn into_response(self) -> Response {
        let mut response = (self.status(), Json(json!({ "code": self.code() }))).into_response();
        let wait = match self {
            Self::Wait(seconds) => Some(seconds),
            Self::Busy => Some(1),
            _ => None,
        };
        if let Some(seconds) = wait {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

pub async fn pass(State(inside): State<Arc<Inside>>, request: Request, next: Next) -> Response {
    let script = is_for_the_script(request.uri().path());
    let mut response = match admit(&inside, &request) {
        Ok(()) => next.run(request).await,
        Err(no) if script => no.into_response(),
        Err(no) => page::fault(no, request.headers()),
    };
    secure(response.headers_mut());
    response
}

fn is_for_the_script(path: &str) -> bool {
    path.ends_with("/photos") || path.ends_with("/wait")
}

fn admit(inside: &Inside, request: &Request) -> Result<(), No> {
    let line = request.extensions().get::<Line>().ok_or(No::Misdirected)?;
    let headers = request.headers();
    let own = line.own.to_string();
    let mut hosts = headers.get_all(header::HOST).iter();
    if hosts.next().is_none_or(|host| host.as_bytes() != own.as_bytes()) || hosts.next().is_some() {
        return Err(No::Misdirected);
    }
    let path = request.uri().path();
    let claimed = path.trim_start_matches('/').split('/').next().unwrap_or_default();
    let right = secret::same(claimed, &inside.secret);
    let now = inside.now_ms();
    // Who guesses too often waits even with a right guess; a phone that is in already does not suffer for it.
    if let Some(seconds) = inside.attempts().wait(line.peer, now)
        && !(right && inside.phones().number(headers).is_some())
    {
        return Err(No::Wait(seconds));
    }
    if !right {
        if !asked_by_every_browser(path) {
            inside.attempts().count(line.peer, now);
        }
        return Err(No::NotFound);
    }
    match inside.phase() {
        Phase::Open => {}
        Phase::Expired => return Err(No::Expired),
        Phase::Closed => return Err(No::Closed),
    }
    if request.method() != Method::GET && is_from_elsewhere(headers, &own) {
        return Err(No::Elsewhere);
    }
    Ok(())
}

/// Browsers ask for these by themselves; nobody guesses with them.
fn asked_by_every_browser(path: &str) -> bool {
    path == "/favicon.ico" || path == "/robots.txt" || path.starts_with("/apple-touch-icon")
}

fn is_from_elsewhere(headers: &HeaderMap, own: &str) -> bool {
    let origin = headers.get(header::ORIGIN);
    let site = headers.get("sec-fetch-site");
    origin.is_some_and(|origin| origin.as_bytes() != format!("http://{own}").as_bytes())
        || site.is_some_and(|site| site.as_bytes() != b"same-origin")
}

fn secure(headers: &mut HeaderMap) {
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        ));
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    // The address is a secret: it must not travel.
    set(header::REFERRER_POLICY, "no-referrer");
    set(header::CACHE_CONTROL, "no-store");
    set(
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::WORDS;
    use messages::Language;

    #[test]
    fn every_fault_has_its_words() {
        for no in No::ALL {
            for part in ["title", "text"] {
                let key = format!("{}.{part}", no.page_key());
                assert!(WORDS.has(Language::Es, &key), "{key}");
            }
        }
    }

    #[test]
    fn other_sites_are_recognised() {
        let with = |name: &'static str, value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(name, HeaderValue::from_static(value));
            is_from_elsewhere(&headers, "192.168.1.2:4000")
        };
        assert!(!with("origin", "http://192.168.1.2:4000"));
        assert!(with("origin", "http://192.168.1.2:4001"));
        assert!(with("origin", "null"));
        assert!(with("sec-fetch-site", "cross-site") && !with("sec-fetch-site", "same-origin"));
        assert!(!is_from_elsewhere(&HeaderMap::new(), "192.168.1.2:4000"));
    }
}
