//! The state of the network.

use crate::seat::Seat;
use shop::Fault;
use shop::syncing::view::SyncState;
use tauri::{AppHandle, State};

#[tauri::command]
#[specta::specta]
pub async fn sync_state(app: AppHandle, seat: State<'_, Seat>) -> Result<SyncState, Fault> {
    seat.shop(&app).await?.sync_state().await
}

/// How many megabytes of photos may go out in a day; none for as many as there are. Words always go.
#[tauri::command]
#[specta::specta]
pub async fn sync_cap_set(
    app: AppHandle,
    seat: State<'_, Seat>,
    megabytes: Option<u32>,
) -> Result<SyncState, Fault> {
    seat.shop(&app).await?.sync_cap_set(megabytes).await
}

/// Lifts the cap until midnight.
#[tauri::command]
#[specta::specta]
pub async fn sync_cap_lift(app: AppHandle, seat: State<'_, Seat>) -> Result<SyncState, Fault> {
    seat.shop(&app).await?.sync_cap_lift().await
}

#[tauri::command]
#[specta::specta]
pub async fn sync_now(app: AppHandle, seat: State<'_, Seat>) -> Result<(), Fault> {
    seat.shop(&app).await?.sync_now().await
}

#[tauri::command]
#[specta::specta]
pub async fn sync_pause(app: AppHandle, seat: State<'_, Seat>, paused: bool) -> Result<SyncState, Fault> {
    seat.shop(&app).await?.sync_pause(paused).await
}

#[tauri::command]
#[specta::specta]
pub async fn lost_order_dismiss(
    app: AppHandle,
    seat: State<'_, Seat>,
    id: String,
) -> Result<SyncState, Fault> {
    seat.shop(&app).await?.lost_order_dismiss(&id).await
}

#[tauri::command]
#[specta::specta]
pub async fn refused_retry(app: AppHandle, seat: State<'_, Seat>, id: String) -> Result<SyncState, Fault> {
    seat.shop(&app).await?.refused_retry(&id).await
}

#[tauri::command]
#[specta::specta]
pub async fn refused_dismiss(app: AppHandle, seat: State<'_, Seat>, id: String) -> Result<SyncState, Fault> {
    seat.shop(&app).await?.refused_dismiss(&id).await
}
