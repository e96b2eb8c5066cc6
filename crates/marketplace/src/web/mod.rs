//! What all pages share: who asks and in which language, forms that only this site can send, the words
//! and headers of every answer.

pub mod address;
pub mod assets;
pub mod fault;
pub mod form;
mod headers;
pub mod language;
pub mod page;
mod photo;
pub mod visit;

pub use fault::PageFault;
pub use form::Form;
pub use page::Page;
pub use visit::Visit;

use crate::state::App;
use crate::{counter, seller, storefront};
use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::time::Duration;

/// A request that takes longer than this is cut off; a photo's chunk over a poor line gets through.
const LONGEST: Duration = Duration::from_secs(120);
/// The largest form: two hundred parcels with a reason each.
const FORM_BYTES: usize = 128 * 1024;

/// What a handler of a page gives.
pub type Answer = Result<Response, PageFault>;

/// All routes of the marketplace.
pub fn routes(api: Router<App>, app: &App) -> Router<App> {
    let pages = Router::new()
        .merge(storefront::routes())
        .merge(seller::routes())
        .merge(counter::routes())
        .fallback(no_such_page)
        .method_not_allowed_fallback(no_such_page)
        .layer(DefaultBodyLimit::max(FORM_BYTES))
        .layer(from_fn_with_state(app.clone(), fault::in_words))
        .layer(from_fn(headers::private));
    let shown = Router::new()
        .route("/photos/{file}", get(photo::show))
        .route("/assets/{file}", get(assets::show))
        .merge(pages)
        .layer(from_fn_with_state(app.clone(), headers::safe));
    Router::new()
        .merge(api.layer(from_fn_with_state(app.clone(), headers::plain)))
        .merge(shown)
        .layer(from_fn(in_time))
}

async fn no_such_page() -> PageFault {
    PageFault::NotFound
}

async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(LONGEST, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}
