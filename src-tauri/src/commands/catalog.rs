//! Pieces.

use crate::seat::Seat;
use shop::Fault;
use shop::catalog::view::{FieldChange, Product, ProductPage, ProductQuery, Suggestions};
use tauri::{AppHandle, State};

#[tauri::command]
#[specta::specta]
pub async fn product_list(
    app: AppHandle,
    seat: State<'_, Seat>,
    query: ProductQuery,
) -> Result<ProductPage, Fault> {
    seat.shop(&app).await?.product_list(query).await
}

#[tauri::command]
#[specta::specta]
pub async fn product_get(app: AppHandle, seat: State<'_, Seat>, id: String) -> Result<Product, Fault> {
    seat.shop(&app).await?.product(&id).await
}

#[tauri::command]
#[specta::specta]
pub async fn product_create(app: AppHandle, seat: State<'_, Seat>) -> Result<Product, Fault> {
    seat.shop(&app).await?.product_create().await
}

#[tauri::command]
#[specta::specta]
pub async fn product_edit(
    app: AppHandle,
    seat: State<'_, Seat>,
    id: String,
    changes: Vec<FieldChange>,
) -> Result<Product, Fault> {
    seat.shop(&app).await?.product_edit(&id, changes).await
}

#[tauri::command]
#[specta::specta]
pub async fn product_publish(app: AppHandle, seat: State<'_, Seat>, id: String) -> Result<Product, Fault> {
    seat.shop(&app).await?.product_publish(&id).await
}

#[tauri::command]
#[specta::specta]
pub async fn product_withdraw(app: AppHandle, seat: State<'_, Seat>, id: String) -> Result<Product, Fault> {
    seat.shop(&app).await?.product_withdraw(&id).await
}

#[tauri::command]
#[specta::specta]
pub async fn product_delete(app: AppHandle, seat: State<'_, Seat>, id: String) -> Result<(), Fault> {
    seat.shop(&app).await?.product_delete(&id).await
}

#[tauri::command]
#[specta::specta]
pub async fn product_restore(app: AppHandle, seat: State<'_, Seat>, id: String) -> Result<Product, Fault> {
    seat.shop(&app).await?.product_restore(&id).await
}

#[tauri::command]
#[specta::specta]
pub async fn product_duplicate(app: AppHandle, seat: State<'_, Seat>, id: String) -> Result<Product, Fault> {
    seat.shop(&app).await?.product_duplicate(&id).await
}

#[tauri::command]
#[specta::specta]
pub async fn product_suggestions(app: AppHandle, seat: State<'_, Seat>) -> Result<Suggestions, Fault> {
    seat.shop(&app).await?.product_suggestions().await
}
