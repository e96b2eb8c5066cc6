//! Values of two laptops that wait for a person's word.

use crate::seat::Seat;
use shop::Fault;
use shop::conflicts::view::{Choice, Conflict};
use tauri::{AppHandle, State};

#[tauri::command]
#[specta::specta]
pub async fn conflict_list(app: AppHandle, seat: State<'_, Seat>) -> Result<Vec<Conflict>, Fault> {
    seat.shop(&app).await?.conflict_list().await
}

#[tauri::command]
#[specta::specta]
pub async fn conflict_settle(
    app: AppHandle,
    seat: State<'_, Seat>,
    id: String,
    choice: Choice,
) -> Result<Vec<Conflict>, Fault> {
    seat.shop(&app).await?.conflict_settle(&id, choice).await
}
