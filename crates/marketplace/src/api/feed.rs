//! What the marketplace tells a laptop.

use super::bearer::Laptop;
use super::cursor;
use super::fault::{Answer, ApiFault};
use super::read::Parameters;
use crate::clock::now_ms;
use crate::records::feed as records;
use crate::state::App;
use ::api::fault::{Fault, code};
use ::api::feed::{FeedPage, FeedRequest};
use ::api::limits::ENTRIES_PER_PAGE;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

/// The newest state of every record that changed after the cursor, in the order of the changes.
#[utoipa::path(get, path = "/feed", security(("laptop" = [])), params(FeedRequest),
    responses((status = 200, body = FeedPage), (status = 410, body = Fault, description = "Read from the beginning"),
        (status = 401, body = Fault)))]
pub async fn feed(
    State(app): State<App>,
    laptop: Laptop,
    Parameters(request): Parameters<FeedRequest>,
) -> Answer<Json<FeedPage>> {
    let shop = laptop.shop_id.as_str();
    let pool = app.database.read();
    let after = match request.after.as_deref() {
        None | Some("") => 0,
        Some(cursor) => {
            let now = records::position(pool, shop).await?;
            cursor::read(&app.keys, shop, cursor)
                .and_then(|position| i64::try_from(position).ok())
                // Ahead of the feed: the marketplace was put back to an older state.
                .filter(|position| *position <= now)
                .ok_or_else(gone)?
        }
    };
    let most = i64::try_from(ENTRIES_PER_PAGE).unwrap_or(500);
    let limit = request
        .limit
        .map_or(most, |limit| i64::from(limit).clamp(1, most));
    let mut entries = records::after(pool, shop, after, limit + 1).await?;
    let more = i64::try_from(entries.len()).unwrap_or(i64::MAX) > limit;
    if more {
        entries.pop();
    }
    let last = entries
        .last()
        .map_or(after.unsigned_abs(), |entry| entry.position);
    Ok(Json(FeedPage {
        cursor: cursor::write(&app.keys, shop, last),
        entries,
        more,
        sum: None,
        server_ms: now_ms(),
    }))
}

fn gone() -> ApiFault {
    ApiFault::new(
        StatusCode::GONE,
        code::GONE,
        "the cursor is not of this feed; read from the beginning",
    )
}
