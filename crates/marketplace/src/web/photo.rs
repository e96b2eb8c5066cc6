//! Photos for browsers.

use crate::photos;
use crate::state::App;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// `/photos/HASH.jpg`: the name is the content, so it may be kept for ever.
pub async fn show(State(app): State<App>, Path(file): Path<String>) -> Response {
    let Some(hash) = file.strip_suffix(".jpg").filter(|hash| photos::is_hash(hash)) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match app.photos.get(&photos::name(hash)).await {
        Ok(Some(bytes)) => (
            [
                (header::CONTENT_TYPE, "image/jpeg"),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ],
            bytes,
        )
            .into_response(),
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, hash, "a photo could not be read");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
