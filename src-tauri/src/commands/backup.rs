//! Copies of the shop, going back to one, and the way back to work from a shop that does not open.

use crate::seat::Seat;
use shop::backup::rescue;
use shop::backup::view::{BackupState, Drill, Rescue, Salvaged};
use shop::world::System;
use shop::{Code, Fault};
use tauri::{AppHandle, State};

#[tauri::command]
#[specta::specta]
pub async fn backup_state(app: AppHandle, seat: State<'_, Seat>) -> Result<BackupState, Fault> {
    seat.shop(&app).await?.backup_state().await
}

/// Makes a copy now. How it goes is told by `backup-changed`.
#[tauri::command]
#[specta::specta]
pub async fn backup_now(app: AppHandle, seat: State<'_, Seat>) -> Result<BackupState, Fault> {
    let shop = seat.shop(&app).await?;
    match shop.backup_now().await {
        // The one on this computer was made; the panel says that the stick is not there.
        Err(fault) if fault.code != Code::BackupAway => Err(fault),
        _ => shop.backup_state().await,
    }
}

/// Chooses, in the system's own window, the folder or stick that copies go to as well; nothing when it was closed.
#[tauri::command]
#[specta::specta]
pub async fn backup_folder_pick(app: AppHandle, seat: State<'_, Seat>) -> Result<Option<BackupState>, Fault> {
    let Some(folder) = rfd::AsyncFileDialog::new().pick_folder().await else {
        return Ok(None);
    };
    let shop = seat.shop(&app).await?;
    shop.backup_folder_set(Some(folder.path())).await.map(Some)
}

/// Copies stay on this computer from now on; those that are there stay there.
#[tauri::command]
#[specta::specta]
pub async fn backup_folder_forget(app: AppHandle, seat: State<'_, Seat>) -> Result<BackupState, Fault> {
    seat.shop(&app).await?.backup_folder_set(None).await
}

/// Tries a copy out where it harms nothing.
#[tauri::command]
#[specta::specta]
pub async fn backup_drill(app: AppHandle, seat: State<'_, Seat>, id: String) -> Result<Drill, Fault> {
    seat.shop(&app).await?.backup_drill(&id).await
}

/// Goes back to a copy: the app closes and opens again with it.
#[tauri::command]
#[specta::specta]
pub async fn backup_restore(app: AppHandle, seat: State<'_, Seat>, id: String) -> Result<(), Fault> {
    seat.shop(&app).await?.backup_restore(&id).await?;
    app.request_restart();
    Ok(())
}

/// What a shop that does not open can be brought back from.
#[tauri::command]
#[specta::specta]
pub async fn rescue_look(app: AppHandle, seat: State<'_, Seat>) -> Result<Rescue, Fault> {
    rescue::look(&seat.closed(&app).await?).await
}

/// Brings a copy back. Gives how many changes were saved that were made since and not sent.
#[tauri::command]
#[specta::specta]
pub async fn rescue_restore(app: AppHandle, seat: State<'_, Seat>, id: String) -> Result<i64, Fault> {
    let restored = rescue::restore(&seat.closed(&app).await?, &id, &System).await;
    restored.map(|(_, waiting)| waiting)
}

/// Carries over what can still be read.
#[tauri::command]
#[specta::specta]
pub async fn rescue_salvage(app: AppHandle, seat: State<'_, Seat>) -> Result<Salvaged, Fault> {
    rescue::salvage(&seat.closed(&app).await?, &System).await
}

/// Begins with an empty shop; what was there is put aside.
#[tauri::command]
#[specta::specta]
pub async fn rescue_begin_again(app: AppHandle, seat: State<'_, Seat>) -> Result<(), Fault> {
    rescue::begin_again(&seat.closed(&app).await?, &System).await
}
