//! How many bytes the head of a request and of an answer are on the line (RFC 9112).

use api::compression::ENCODING;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_LENGTH, HeaderMap, HeaderName, USER_AGENT as AGENT};
use reqwest::{Request, Response, Url};

pub const USER_AGENT: &str = concat!("puesto/", env!("CARGO_PKG_VERSION"));

/// "HTTP/1.1" and the end of the line, which the first line of either has.
const VERSION: usize = "HTTP/1.1\r\n".len();
/// The empty line that ends a head.
const END: usize = 2;

/// Also what the client puts into it when it goes out: where to, who asks, and how long its body is.
pub fn request(request: &Request) -> usize {
    let url = request.url();
    let target = url.path().len() + url.query().map_or(0, |query| query.len() + 1);
    let first = request.method().as_str().len() + target + 2 + VERSION;
    let body = request.body().and_then(|body| body.as_bytes()).map(<[u8]>::len);
    let length = body.map_or(0, |length| line(&CONTENT_LENGTH, length.to_string().len()));
    let accept = match request.headers().contains_key(ACCEPT) {
        true => 0,
        false => line(&ACCEPT, "*/*".len()),
    };
    let added = line(&HeaderName::from_static("host"), host(url))
        + line(&AGENT, USER_AGENT.len())
        + line(&ACCEPT_ENCODING, ENCODING.len())
        + accept
        + length;
    first + lines(request.headers()) + added + END
}

pub fn response(response: &Response) -> usize {
    let status = response.status();
    let reason = status.canonical_reason().map_or(0, str::len);
    VERSION + " 200 ".len() + reason + lines(response.headers()) + END
}

fn host(url: &Url) -> usize {
    let port = url.port().map_or(0, |port| port.to_string().len() + 1);
    url.host_str().map_or(0, str::len) + port
}

fn lines(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| line(name, value.len())).sum()
}

fn line(name: &HeaderName, value: usize) -> usize {
    name.as_str().len() + ": \r\n".len() + value
}
