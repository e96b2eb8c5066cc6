//! What needs the seller now.

use crate::seat::Seat;
use shop::Fault;
use shop::today::view::Today;
use tauri::{AppHandle, State};

#[tauri::command]
#[specta::specta]
pub async fn today(app: AppHandle, seat: State<'_, Seat>) -> Result<Today, Fault> {
    seat.shop(&app).await?.today().await
}
