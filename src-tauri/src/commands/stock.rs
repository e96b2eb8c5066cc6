//! The ledger.

use crate::seat::Seat;
use shop::Fault;
use shop::catalog::view::Product;
use shop::stock::view::{MoveReason, Oversold, StockLine};
use tauri::{AppHandle, State};

#[tauri::command]
#[specta::specta]
pub async fn stock_move(
    app: AppHandle,
    seat: State<'_, Seat>,
    product_id: String,
    delta: i64,
    reason: MoveReason,
    note: String,
) -> Result<Product, Fault> {
    seat.shop(&app)
        .await?
        .stock_move(&product_id, delta, reason, &note)
        .await
}

#[tauri::command]
#[specta::specta]
pub async fn stock_count(
    app: AppHandle,
    seat: State<'_, Seat>,
    product_id: String,
    expected: i64,
    counted: i64,
) -> Result<Product, Fault> {
    seat.shop(&app)
        .await?
        .stock_count(&product_id, expected, counted)
        .await
}

#[tauri::command]
#[specta::specta]
pub async fn stock_history(
    app: AppHandle,
    seat: State<'_, Seat>,
    product_id: String,
) -> Result<Vec<StockLine>, Fault> {
    seat.shop(&app).await?.stock_history(&product_id).await
}

#[tauri::command]
#[specta::specta]
pub async fn oversold_list(app: AppHandle, seat: State<'_, Seat>) -> Result<Vec<Oversold>, Fault> {
    seat.shop(&app).await?.oversold_list().await
}
