//! Labels, drop-offs, papers.

use crate::seat::Seat;
use crate::system;
use shop::Fault;
use shop::orders::view::OrderView;
use shop::shipping::view::{DropOffPage, DropOffView, LabelChoice, OfficeView, Paper, PaperSize};
use tauri::{AppHandle, State};

#[tauri::command]
#[specta::specta]
pub async fn order_label(
    app: AppHandle,
    seat: State<'_, Seat>,
    choice: LabelChoice,
) -> Result<OrderView, Fault> {
    seat.shop(&app).await?.order_label(choice).await
}

#[tauri::command]
#[specta::specta]
pub async fn drop_off_page(app: AppHandle, seat: State<'_, Seat>) -> Result<DropOffPage, Fault> {
    seat.shop(&app).await?.drop_off_page().await
}

#[tauri::command]
#[specta::specta]
pub async fn drop_off_close(
    app: AppHandle,
    seat: State<'_, Seat>,
    parcel_ids: Vec<String>,
    office: String,
) -> Result<DropOffView, Fault> {
    seat.shop(&app).await?.drop_off_close(parcel_ids, &office).await
}

#[tauri::command]
#[specta::specta]
pub async fn drop_off_get(app: AppHandle, seat: State<'_, Seat>, id: String) -> Result<DropOffView, Fault> {
    seat.shop(&app).await?.drop_off(&id).await
}

#[tauri::command]
#[specta::specta]
pub async fn drop_off_left(app: AppHandle, seat: State<'_, Seat>, id: String) -> Result<DropOffView, Fault> {
    seat.shop(&app).await?.drop_off_left(&id).await
}

#[tauri::command]
#[specta::specta]
pub async fn office_list(
    app: AppHandle,
    seat: State<'_, Seat>,
    text: String,
) -> Result<Vec<OfficeView>, Fault> {
    seat.shop(&app).await?.office_list(&text).await
}

/// Writes an order's label and opens it.
#[tauri::command]
#[specta::specta]
pub async fn paper_label(
    app: AppHandle,
    seat: State<'_, Seat>,
    order_id: String,
    paper: PaperSize,
    slot: u8,
) -> Result<Paper, Fault> {
    let path = seat.shop(&app).await?.label_paper(&order_id, paper, slot).await?;
    Ok(system::open_paper(&path))
}

/// Writes a drop-off's slip and opens it.
#[tauri::command]
#[specta::specta]
pub async fn paper_drop_off(app: AppHandle, seat: State<'_, Seat>, id: String) -> Result<Paper, Fault> {
    let path = seat.shop(&app).await?.drop_off_paper(&id).await?;
    Ok(system::open_paper(&path))
}
