//! Pages for buyers. They work without scripts.

mod address;
mod basket;
mod browse;
mod card;
mod checkout;
mod checkout_fields;
mod home;
mod order;
pub mod piece;
mod product;
pub mod timeline;

use crate::state::App;
use axum::Router;
use axum::routing::get;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(home::show))
        .route("/branch/{key}", get(browse::branch))
        .route("/search", get(browse::search))
        .route("/piece/{id}", get(product::show))
        .route("/basket", get(basket::show).post(basket::change))
        .route("/checkout", get(checkout::show).post(checkout::send))
        .route("/order/{id}/{secret}", get(order::show))
}
