//! What all pages share: who asks, in which language, from where, and what the answer must carry.

pub mod address;
mod photo;

use crate::state::App;
use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::time::Duration;

/// A request that takes longer than this is cut off; a photo's chunk over a poor line gets through.
const LONGEST: Duration = Duration::from_secs(120);

/// All routes of the marketplace.
pub fn routes(api: Router<App>, _app: &App) -> Router<App> {
    api.route("/photos/{file}", get(photo::show))
        .layer(from_fn(in_time))
}

async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(LONGEST, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}
