//! Headers that answers carry.

use crate::state::App;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

/// Nothing from elsewhere, no scripts at all, in nobody's frame, forms only to this site.
const CONTENT_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; \
                              form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub async fn safe(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    guard(&app, response.headers_mut());
    response
}

fn guard(app: &App, headers: &mut HeaderMap) {
    let mut set = |name: HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, CONTENT_POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::X_FRAME_OPTIONS, "DENY");
    // The link to an order is a secret: it must not travel to other sites.
    set(header::REFERRER_POLICY, "same-origin");
    set(
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    );
    set(
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=()",
    );
    if app.public_url.starts_with("https://") {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
}

/// What an answer of the API needs, should a browser be led to it. Laptops pay for every byte: what they asked for
/// rightly comes with as little as can be.
pub async fn plain(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    match response.status() {
        StatusCode::NO_CONTENT => {}
        status if status.is_success() => {
            let nosniff = HeaderValue::from_static("nosniff");
            response
                .headers_mut()
                .insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
        }
        _ => guard(&app, response.headers_mut()),
    }
    response
}

/// Pages are made for one visitor.
pub async fn private(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response
        .headers_mut()
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("private, no-store"));
    response
}
