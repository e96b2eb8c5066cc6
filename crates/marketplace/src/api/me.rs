//! Who a laptop sells for.

use super::bearer::Laptop;
use super::fault::{Answer, ApiFault};
use crate::clock::now_ms;
use crate::records::{accounts, shops};
use crate::state::App;
use ::api::auth::Me;
use ::api::fault::Fault;
use axum::Json;
use axum::extract::State;

/// The shop, its seller, and the marketplace's time.
#[utoipa::path(get, path = "/me", security(("laptop" = [])),
    responses((status = 200, body = Me), (status = 401, body = Fault)))]
pub async fn me(State(app): State<App>, laptop: Laptop) -> Answer<Json<Me>> {
    let pool = app.database.read();
    let shop = shops::get(pool, &laptop.shop_id)
        .await?
        .ok_or_else(ApiFault::not_found)?;
    let seller = accounts::of_shop(pool, &shop.id)
        .await?
        .ok_or_else(ApiFault::not_found)?;
    Ok(Json(Me {
        shop_id: shop.id,
        shop_name: shop.name,
        seller_name: seller.name,
        email: seller.email,
        address: shop.address,
        operator: shop.operator,
        currency: shop.currency,
        server_ms: now_ms(),
    }))
}
