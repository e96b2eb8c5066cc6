//! Photos from a phone on the same network.

use crate::phone_door::{PhoneDoor, PhoneView};
use crate::seat::Seat;
use shop::Fault;
use tauri::{AppHandle, State};

/// Opens the door for a piece's photos, or turns the open one to this piece. What happens at it is told by
/// `phone-changed`.
#[tauri::command]
#[specta::specta]
pub async fn phone_open(
    app: AppHandle,
    seat: State<'_, Seat>,
    door: State<'_, PhoneDoor>,
    product_id: String,
) -> Result<PhoneView, Fault> {
    let shop = seat.shop(&app).await?;
    door.open(&app, &shop, product_id).await
}

#[tauri::command]
#[specta::specta]
pub async fn phone_close(door: State<'_, PhoneDoor>) -> Result<(), Fault> {
    door.close().await;
    Ok(())
}
