//! Requests to the marketplace and what their answers mean.
//!
//! What answers is not trusted to be one: a captive portal's page, a redirect, an endless body or a body
//! of another shape are all told apart from a marketplace's own words.

use super::heads;
use super::meter::Meter;
use crate::Shop;
use crate::credentials::address::is_loopback;
use crate::fault::{Code, Fault, Result};
use crate::settings::store::{self as settings, name};
use api::compression::{ENCODING, pack, unpack};
use api::fault::code;
use reqwest::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, DATE, HeaderMap, HeaderValue, RETRY_AFTER,
};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode, Url, redirect};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::PoisonError;
use std::time::Duration;
use sync::engine::words::Trouble;

const CONNECT: Duration = Duration::from_secs(10);
const WHOLE: Duration = Duration::from_secs(60);
/// A rendition over a poor telephone line; the largest at 300 kbit/s.
pub(crate) const PHOTO_TIME: Duration = Duration::from_secs(300);
/// A stream without a heartbeat for this long is dead.
const SILENCE: Duration = Duration::from_secs(40);

/// Bytes of answers that are read: codes, tokens, lists of laptops.
pub(crate) const SMALL_ANSWER: usize = 256 * 1024;
/// A page of the feed: 500 pieces with all their texts.
pub(crate) const PAGE_ANSWER: usize = 32 * 1024 * 1024;

/// The way to one marketplace. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Wire {
    server: String,
    base: String,
    client: Client,
    streaming: Client,
    meter: Meter,
}

impl Wire {
    /// `server` as `credentials::address::normalised` gives it.
    pub fn to(server: &str) -> Result<Self> {
        // The one that the process has stays: ours or that of whoever came first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let local = Url::parse(server).is_ok_and(|url| is_loopback(&url));
        let builder = || {
            let builder = Client::builder()
                .user_agent(heads::USER_AGENT)
                .default_headers(HeaderMap::from_iter([(
                    ACCEPT_ENCODING,
                    HeaderValue::from_static(ENCODING),
                )]))
                .redirect(redirect::Policy::none())
                .connect_timeout(CONNECT)
                .https_only(!local);
            if local { builder.no_proxy() } else { builder }
        };
        let client = builder().timeout(WHOLE).build().map_err(Fault::internal)?;
        let streaming = builder().read_timeout(SILENCE).build().map_err(Fault::internal)?;
        Ok(Self {
            server: server.to_owned(),
            base: format!("{server}{}", api::BASE_PATH),
            client,
            streaming,
            meter: Meter::default(),
        })
    }

    /// Counts what travels in `meter`.
    pub fn metered(self, meter: Meter) -> Self {
        Self { meter, ..self }
    }

    /// Takes note of bytes that travel as they are.
    pub fn count(&self, bytes: usize) {
        self.meter.count(bytes);
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.base))
    }

    /// As [`Wire::get`], with a query.
    pub fn get_with(
        &self,
        path: &str,
        query: &[(&str, String)],
    ) -> std::result::Result<RequestBuilder, Trouble> {
        let url = Url::parse_with_params(&format!("{}{path}", self.base), query);
        let url = url.map_err(|error| Trouble::Local {
            cause: error.to_string(),
        })?;
        Ok(self.client.get(url))
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.base))
    }

    pub fn put(&self, path: &str) -> RequestBuilder {
        self.client.put(format!("{}{path}", self.base))
    }

    pub fn delete(&self, path: &str) -> RequestBuilder {
        self.client.delete(format!("{}{path}", self.base))
    }

    /// A rendition, as the storefront's pages show it too.
    pub fn photo(&self, hash: &str) -> RequestBuilder {
        self.client
            .get(format!("{}/photos/{hash}.jpg", self.server))
            .timeout(PHOTO_TIME)
    }

    /// A request whose answer may go on for as long as something comes.
    pub fn stream(&self, path: &str) -> RequestBuilder {
        self.streaming
            .request(Method::GET, format!("{}{path}", self.base))
    }

    /// Sends a request, and counts what it and the head of its answer are on the line.
    pub async fn send(&self, request: RequestBuilder) -> reqwest::Result<Response> {
        let (client, request) = request.build_split();
        let request = request?;
        let body = request.body().and_then(|body| body.as_bytes());
        self.meter
            .count(heads::request(&request) + body.map_or(0, <[u8]>::len));
        let response = client.execute(request).await?;
        self.meter.count(heads::response(&response));
        Ok(response)
    }

    /// The body, unless it is longer than that.
    pub async fn limited(
        &self,
        response: &mut Response,
        most: usize,
    ) -> std::result::Result<Vec<u8>, Trouble> {
        let mut body = Vec::new();
        while let Some(part) = response.chunk().await.map_err(|error| trouble_of(&error))? {
            self.meter.count(part.len());
            if body.len() + part.len() > most {
                return Err(Trouble::NotAMarketplace);
            }
            body.extend_from_slice(&part);
        }
        Ok(body)
    }

    /// An answer that is a success; everything else as the trouble that it is.
    pub async fn accept(&self, sent: reqwest::Result<Response>) -> std::result::Result<Response, Trouble> {
        let mut response = sent.map_err(|error| trouble_of(&error))?;
        if response.status().is_success() {
            return Ok(response);
        }
        let status = response.status();
        let retry_after_ms = seconds(&response);
        let said = if is_json(&response) {
            let body = self.limited(&mut response, SMALL_ANSWER).await?;
            serde_json::from_slice::<api::fault::Fault>(&body).ok()
        } else {
            None
        };
        Err(match said {
            Some(fault) => meaning(status, &fault, retry_after_ms),
            // A proxy in front of a marketplace that is down speaks HTML.
            None => match status {
                StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => {
                    Trouble::Busy { retry_after_ms }
                }
                StatusCode::TOO_MANY_REQUESTS => Trouble::Busy { retry_after_ms },
                StatusCode::PAYLOAD_TOO_LARGE => Trouble::Refused {
                    code: code::TOO_LARGE.into(),
                },
                _ => Trouble::NotAMarketplace,
            },
        })
    }

    /// Sends JSON, packed where that makes it shorter.
    pub async fn send_packed<T: Serialize>(
        &self,
        path: &str,
        token: &str,
        body: &T,
        time: Option<Duration>,
    ) -> std::result::Result<reqwest::Result<Response>, Trouble> {
        let body = serde_json::to_vec(body).map_err(|error| Trouble::Local {
            cause: error.to_string(),
        })?;
        let request = self
            .post(path)
            .bearer_auth(token)
            .timeout(time.unwrap_or(WHOLE))
            .header(CONTENT_TYPE, "application/json");
        let request = match pack(&body) {
            Some(packed) => request.header(CONTENT_ENCODING, ENCODING).body(packed),
            None => request.body(body),
        };
        Ok(self.send(request).await)
    }

    /// A JSON answer of at most so many bytes.
    pub async fn read<T: DeserializeOwned>(
        &self,
        sent: reqwest::Result<Response>,
        most: usize,
    ) -> std::result::Result<T, Trouble> {
        match self.read_if_any(sent, most).await? {
            Said::Something(answer) => Ok(answer),
            Said::Nothing { .. } => Err(Trouble::NotAMarketplace),
        }
    }

    /// As [`Wire::read`], when the answer may also be that there is nothing to say (204).
    pub async fn read_if_any<T: DeserializeOwned>(
        &self,
        sent: reqwest::Result<Response>,
        most: usize,
    ) -> std::result::Result<Said<T>, Trouble> {
        let mut response = self.accept(sent).await?;
        if response.status() == StatusCode::NO_CONTENT {
            return Ok(Said::Nothing {
                server_ms: date_ms(&response),
            });
        }
        if !is_json(&response) {
            return Err(Trouble::NotAMarketplace);
        }
        let packed = response.headers().get(CONTENT_ENCODING).is_some();
        let mut body = self.limited(&mut response, most).await?;
        if packed {
            body = unpack(&body, most).map_err(|error| {
                tracing::warn!(?error, "an answer cannot be unpacked");
                Trouble::NotAMarketplace
            })?;
        }
        let answer = serde_json::from_slice(&body).map_err(|error| {
            tracing::warn!(%error, "an answer has another shape");
            Trouble::NotAMarketplace
        })?;
        Ok(Said::Something(answer))
    }
}

/// An answer with something in it, or with nothing but the marketplace's time, to the second.
pub(crate) enum Said<T> {
    Something(T),
    Nothing { server_ms: Option<i64> },
}

fn date_ms(response: &Response) -> Option<i64> {
    let date = response.headers().get(DATE)?.to_str().ok()?;
    let date = chrono::DateTime::parse_from_rfc2822(date).ok()?;
    Some(date.timestamp_millis())
}

fn meaning(status: StatusCode, fault: &api::fault::Fault, retry_after_ms: Option<i64>) -> Trouble {
    match fault.code.as_str() {
        code::TOKEN_EXPIRED => Trouble::TokenExpired,
        code::LAPTOP_REVOKED => Trouble::Revoked,
        code::TOO_MANY_REQUESTS => Trouble::Busy { retry_after_ms },
        code::GONE => Trouble::Gone,
        _ if status == StatusCode::SERVICE_UNAVAILABLE => Trouble::Busy { retry_after_ms },
        _ if status.is_server_error() => Trouble::Broken,
        other => Trouble::Refused {
            code: other.to_owned(),
        },
    }
}

fn is_json(response: &Response) -> bool {
    response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| {
            kind.split(';')
                .next()
                .is_some_and(|kind| kind.trim() == "application/json")
        })
}

fn seconds(response: &Response) -> Option<i64> {
    let seconds: i64 = response
        .headers()
        .get(RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse()
        .ok()?;
    Some(seconds.clamp(0, 86_400) * 1000)
}

pub(crate) fn trouble_of(error: &reqwest::Error) -> Trouble {
    tracing::debug!(%error, "a request failed");
    // A body that breaks off is a line that was cut: what it says is looked at elsewhere.
    if error.is_redirect() {
        Trouble::NotAMarketplace
    } else {
        Trouble::Unreachable
    }
}

/// A trouble in the words that a person gets.
pub(crate) fn fault_of(trouble: Trouble, server: &str) -> Fault {
    let code = match trouble {
        Trouble::Unreachable => Code::ServerUnreachable,
        Trouble::NotAMarketplace => Code::ServerNotAMarketplace,
        Trouble::Busy { .. } | Trouble::Broken => Code::ServerBusy,
        Trouble::TokenExpired | Trouble::SignInNeeded => Code::NotSignedIn,
        Trouble::Revoked => Code::LaptopRevoked,
        Trouble::Refused { code } if code == code::NOT_FOUND => Code::NotFound,
        Trouble::Gone | Trouble::Refused { .. } | Trouble::Local { .. } => {
            return Fault::internal(trouble_text(server));
        }
    };
    Fault::new(code).with("server", server)
}

fn trouble_text(server: &str) -> String {
    format!("{server} refused what it should take")
}

impl Shop {
    /// The marketplace's address, "" when none is joined.
    pub(crate) async fn server(&self) -> Result<String> {
        let mut connection = self.read().acquire().await?;
        Ok(settings::get(&mut connection, name::SERVER)
            .await?
            .unwrap_or_default())
    }

    /// The way to the marketplace that this shop has joined.
    pub(crate) async fn wire(&self) -> std::result::Result<Wire, Trouble> {
        let local = |fault: Fault| Trouble::Local {
            cause: fault.to_string(),
        };
        let server = self.server().await.map_err(local)?;
        if server.is_empty() {
            return Err(Trouble::SignInNeeded);
        }
        let known = self
            .sync()
            .wire
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        if let Some(wire) = known.filter(|wire| wire.server == server) {
            return Ok(wire);
        }
        let wire = Wire::to(&server)
            .map_err(local)?
            .metered(self.sync().meter.clone());
        *self.sync().wire.lock().unwrap_or_else(PoisonError::into_inner) = Some(wire.clone());
        Ok(wire)
    }
}
