//! What the page listens to: answers when something changes, or after a while that nothing did.

use crate::gate::No;
use crate::inside::Inside;
use crate::state::Phase;
use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use std::time::Duration;

/// Shorter than what home routers and phones let a quiet connection live.
const LONGEST: Duration = Duration::from_secs(20);

#[derive(Deserialize)]
pub struct Seen {
    /// The version that the page knows; any other is answered at once.
    #[serde(default)]
    seen: u64,
}

pub async fn wait(
    State(inside): State<Arc<Inside>>,
    Query(seen): Query<Seen>,
    headers: HeaderMap,
) -> Response {
    let Some(number) = inside.phones().number(&headers) else {
        return No::UnknownPhone.into_response();
    };
    inside.see(number);
    let mut notices = inside.notice.subscribe();
    let changed = notices.wait_for(|notice| notice.version != seen.seen || notice.phase != Phase::Open);
    let notice = match tokio::time::timeout(LONGEST, changed).await {
        Ok(Ok(notice)) => notice.clone(),
        Ok(Err(_)) => return No::Closed.into_response(),
        Err(_) => inside.notice.borrow().clone(),
    };
    match inside.phase() {
        Phase::Open => {}
        Phase::Expired => return No::Expired.into_response(),
        Phase::Closed => return No::Closed.into_response(),
    }
    Json(json!({
        "version": notice.version,
        "title": notice.title,
        "left_ms": inside.left_ms(),
    }))
    .into_response()
}
