//! Pages for the post office: one field for a number, and what can be done with what it finds. A scanner
//! is a keyboard that ends with Enter; everything works without a mouse.

mod decide;
mod desk;
mod find;

use crate::state::App;
use axum::Router;
use axum::routing::{get, post};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/counter", get(desk::show))
        .route("/counter/drop-off/{id}", post(desk::decide_drop_off))
        .route("/counter/parcel/{id}", post(desk::decide_parcel))
}
