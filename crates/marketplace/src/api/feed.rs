//! What the marketplace tells a laptop.

use super::bearer::Laptop;
use super::cursor::{self, Place};
use super::fault::{Answer, ApiFault};
use super::packed::{Accepts, Packed};
use super::read::Parameters;
use crate::clock::now_ms;
use crate::records::feed::{self as records, part};
use crate::state::App;
use ::api::fault::{Fault, code};
use ::api::feed::{Entry, FeedPage, FeedRequest, OwnEntry};
use ::api::limits::ENTRIES_PER_PAGE;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sqlx::AnyPool;

/// The newest state of every record that changed after the cursor, in the order of the changes. Without a cursor all
/// records, by urgency: open orders with their parcels and drop-offs, then pieces and stock, then what is over.
///
/// 204, with nothing but a `Date`, when there is nothing new and the sum is right.
#[utoipa::path(get, path = "/feed", security(("laptop" = [])), params(FeedRequest),
    responses((status = 200, body = FeedPage), (status = 204, description = "Nothing new"),
        (status = 410, body = Fault, description = "Read from the beginning"), (status = 401, body = Fault)))]
pub async fn feed(
    State(app): State<App>,
    laptop: Laptop,
    accepts: Accepts,
    Parameters(request): Parameters<FeedRequest>,
) -> Answer<Response> {
    let shop = laptop.shop_id.as_str();
    let pool = app.database.read();
    let most = i64::try_from(ENTRIES_PER_PAGE).unwrap_or(500);
    let limit = request
        .limit
        .map_or(most, |limit| i64::from(limit).clamp(1, most));
    let (now, sum) = records::head(pool, shop).await?;
    let asked = request.after.as_deref().filter(|cursor| !cursor.is_empty());
    let place = match asked {
        None => Place::First {
            part: part::OPEN,
            after: 0,
            until: now.unsigned_abs(),
        },
        Some(cursor) => cursor::read(&app.keys, shop, cursor)
            // Ahead of the feed: the marketplace was put back to an older state.
            .filter(|place| end(*place) <= now.unsigned_abs())
            .ok_or_else(gone)?,
    };
    let own = request.brief.unwrap_or(false).then_some(laptop.id.as_str());
    let (entries, own, place) = read(pool, shop, place, limit, own).await?;
    let at = match place {
        Place::At(position) => position,
        Place::First { .. } => u64::MAX,
    };
    // Sums are of one moment: they are told and compared where the feed ends.
    let ends = at == now.unsigned_abs();
    let agrees = request.sum.as_deref().is_none_or(|said| said == sum.to_string());
    if entries.is_empty() && own.is_empty() && asked.is_some() && agrees && ends {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let page = FeedPage {
        cursor: cursor::write(&app.keys, shop, place),
        more: !ends,
        entries,
        own,
        sum: ends.then(|| sum.to_string()),
        server_ms: now_ms(),
    };
    Ok(Packed(accepts, page).into_response())
}

fn end(place: Place) -> u64 {
    match place {
        Place::At(position) => position,
        Place::First { until, .. } => until,
    }
}

/// The entries after a place, and the place after them. No entries only at the end of the feed.
async fn read(
    pool: &AnyPool,
    shop: &str,
    mut place: Place,
    limit: i64,
    own: Option<&str>,
) -> Result<(Vec<Entry>, Vec<OwnEntry>, Place), crate::Error> {
    let signed = |position: u64| i64::try_from(position).unwrap_or(i64::MAX);
    loop {
        match place {
            Place::At(position) => {
                let (entries, own) = records::after(pool, shop, signed(position), limit, own).await?;
                let last = entries.last().map_or(position, |entry| entry.position);
                let last = own.last().map_or(last, |entry| entry.position.max(last));
                return Ok((entries, own, Place::At(last)));
            }
            Place::First { part, after, until } => {
                let entries = records::of_part(pool, shop, part, signed(after), signed(until), limit).await?;
                let full = i64::try_from(entries.len()).is_ok_and(|count| count == limit);
                place = match entries.last() {
                    Some(last) if full => Place::First {
                        part,
                        after: last.position,
                        until,
                    },
                    _ if part + 1 < part::ALL => Place::First {
                        part: part + 1,
                        after: 0,
                        until,
                    },
                    _ => Place::At(until),
                };
                if !entries.is_empty() {
                    return Ok((entries, Vec::new(), place));
                }
            }
        }
    }
}

fn gone() -> ApiFault {
    ApiFault::new(
        StatusCode::GONE,
        code::GONE,
        "the cursor is not of this feed; read from the beginning",
    )
}
