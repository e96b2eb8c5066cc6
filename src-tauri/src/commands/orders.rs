//! The inbox.

use crate::seat::Seat;
use shop::Fault;
use shop::orders::view::{OrderFilter, OrderPage, OrderView, ServiceOffer};
use tauri::{AppHandle, State};

#[tauri::command]
#[specta::specta]
pub async fn order_list(
    app: AppHandle,
    seat: State<'_, Seat>,
    filter: OrderFilter,
) -> Result<OrderPage, Fault> {
    seat.shop(&app).await?.order_list(filter).await
}

#[tauri::command]
#[specta::specta]
pub async fn order_accept(app: AppHandle, seat: State<'_, Seat>, id: String) -> Result<OrderView, Fault> {
    seat.shop(&app).await?.order_accept(&id).await
}

#[tauri::command]
#[specta::specta]
pub async fn order_pack(app: AppHandle, seat: State<'_, Seat>, id: String) -> Result<OrderView, Fault> {
    seat.shop(&app).await?.order_pack(&id).await
}

#[tauri::command]
#[specta::specta]
pub async fn order_cancel(
    app: AppHandle,
    seat: State<'_, Seat>,
    id: String,
    reason: String,
) -> Result<OrderView, Fault> {
    seat.shop(&app).await?.order_cancel(&id, &reason).await
}

/// An order; from now on it counts as seen.
#[tauri::command]
#[specta::specta]
pub async fn order_get(app: AppHandle, seat: State<'_, Seat>, id: String) -> Result<OrderView, Fault> {
    let shop = seat.shop(&app).await?;
    shop.order_seen(&id).await?;
    shop.order(&id).await
}

/// What the post offers for an order whose parcel weighs so many grams.
#[tauri::command]
#[specta::specta]
pub async fn order_services(
    app: AppHandle,
    seat: State<'_, Seat>,
    id: String,
    weight_g: i64,
) -> Result<ServiceOffer, Fault> {
    seat.shop(&app).await?.order_services(&id, weight_g).await
}
