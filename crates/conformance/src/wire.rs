//! Requests and answers, bare.

use crate::check::{Fail, Verdict, holds};
use api::fault::Fault;
use reqwest::header::HeaderMap;
use reqwest::{Body, Client, Method, RequestBuilder};
use serde::de::DeserializeOwned;
use std::time::{Duration, Instant};

/// Longer than any answer may take.
const LONGEST: Duration = Duration::from_secs(30);

/// One marketplace.
#[derive(Clone, Debug)]
pub struct Wire {
    http: Client,
    base: String,
}

impl Wire {
    /// # Errors
    /// When no client can be made.
    pub fn new(url: &str) -> Result<Self, Fail> {
        // Whoever was first in this process has chosen; there is but one choice.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let plain = url.trim_end_matches('/');
        let plain = plain.strip_suffix(api::BASE_PATH).unwrap_or(plain);
        let http = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .build()?;
        Ok(Self {
            http,
            base: format!("{plain}{}", api::BASE_PATH),
        })
    }

    /// A request of a path below `/api/v1`.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.base))
    }
}

/// Sends a request and reads its answer to the end.
///
/// # Errors
/// When there is no answer.
pub async fn send(request: RequestBuilder) -> Result<Reply, Fail> {
    let begun = Instant::now();
    let response = request.timeout(LONGEST).send().await?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Ok(Reply {
        status,
        headers,
        bytes: response.bytes().await?.to_vec(),
        took: begun.elapsed(),
    })
}

/// An answer that was read.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
    pub took: Duration,
}

impl Reply {
    /// The body of a success.
    ///
    /// # Errors
    /// When it is none, or has another shape.
    pub fn good<T: DeserializeOwned>(&self) -> Result<T, Fail> {
        holds((200..300).contains(&self.status), "a success", self.said())?;
        let read = serde_json::from_slice(&self.bytes);
        read.map_err(|error| Fail::miss(format!("the answer's shape ({error})"), self.said()))
    }

    /// The fault of a refusal.
    ///
    /// # Errors
    /// When it is a success, or no fault.
    pub fn fault(&self) -> Result<Fault, Fail> {
        holds(self.status >= 400, "a refusal", self.said())?;
        let read = serde_json::from_slice(&self.bytes);
        read.map_err(|_| Fail::miss("a fault with its code and message", self.said()))
    }

    /// It must be refused with this status and code.
    pub fn is(&self, status: u16, code: &str) -> Verdict {
        let expected = format!("{status} {code}");
        holds(self.status == status, &expected, self.said())?;
        holds(self.fault()?.code == code, &expected, self.said())
    }

    /// It must be refused as the sender's mistake, whichever.
    pub fn is_refused(&self) -> Verdict {
        holds((400..500).contains(&self.status), "a refusal 4xx", self.said())?;
        self.fault().map(drop)
    }

    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub fn said(&self) -> String {
        format!("{} {}", self.status, String::from_utf8_lossy(&self.bytes))
    }
}

/// A text for a query or a form.
pub fn escape(text: &str) -> String {
    let letter = |byte: u8| {
        if byte.is_ascii_alphanumeric() {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(letter).collect()
}

/// A body that breaks off after so many of its bytes, as a line that is cut does.
pub fn cut(bytes: &[u8], after: usize) -> Body {
    let part = bytes[..after].to_vec();
    let cut = std::io::Error::new(std::io::ErrorKind::ConnectionReset, "the line is cut");
    let parts = [Ok(part), Err(cut)];
    Body::wrap_stream(futures_util::stream::iter(parts))
}

impl From<reqwest::Error> for Fail {
    fn from(error: reqwest::Error) -> Self {
        let mut text = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(inner) = source {
            text = format!("{text}: {inner}");
            source = inner.source();
        }
        Self::miss("an answer", text)
    }
}
