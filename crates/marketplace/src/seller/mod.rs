//! Pages on which a person signs in, and on which a seller lets laptops in and out.

mod device;
mod laptops;
pub mod sign_in;

use crate::state::App;
use axum::Router;
use axum::routing::{get, post};

pub fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in", get(sign_in::show).post(sign_in::send))
        .route("/sign-out", post(sign_in::out))
        .route("/device", get(device::show).post(device::decide))
        .route("/account", get(laptops::show))
        .route("/account/laptops/{id}/revoke", post(laptops::revoke))
}
