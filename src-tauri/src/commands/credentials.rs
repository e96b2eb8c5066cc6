//! Signing in, where the key is kept, and the shop's laptops.

use crate::seat::Seat;
use crate::{link, system};
use shop::Code;
use shop::Fault;
use shop::credentials::view::{LaptopView, SignInCode, SignInStep};
use shop::settings::view::ShopState;
use tauri::{AppHandle, State};
use zeroize::Zeroizing;

#[tauri::command]
#[specta::specta]
pub async fn sign_in_begin(
    app: AppHandle,
    seat: State<'_, Seat>,
    server: String,
) -> Result<SignInCode, Fault> {
    seat.shop(&app).await?.sign_in_begin(&server).await
}

#[tauri::command]
#[specta::specta]
pub async fn sign_in_poll(app: AppHandle, seat: State<'_, Seat>) -> Result<SignInStep, Fault> {
    seat.shop(&app).await?.sign_in_poll().await
}

#[tauri::command]
#[specta::specta]
pub async fn sign_in_cancel(app: AppHandle, seat: State<'_, Seat>) -> Result<(), Fault> {
    seat.shop(&app).await?.sign_in_cancel().await;
    Ok(())
}

#[tauri::command]
#[specta::specta]
pub async fn sign_out(app: AppHandle, seat: State<'_, Seat>) -> Result<ShopState, Fault> {
    seat.shop(&app).await?.sign_out().await
}

#[tauri::command]
#[specta::specta]
pub async fn laptop_list(app: AppHandle, seat: State<'_, Seat>) -> Result<Vec<LaptopView>, Fault> {
    seat.shop(&app).await?.laptop_list().await
}

#[tauri::command]
#[specta::specta]
pub async fn laptop_revoke(
    app: AppHandle,
    seat: State<'_, Seat>,
    id: String,
) -> Result<Vec<LaptopView>, Fault> {
    seat.shop(&app).await?.laptop_revoke(&id).await
}

#[tauri::command]
#[specta::specta]
pub async fn key_keep(app: AppHandle, seat: State<'_, Seat>, passphrase: String) -> Result<ShopState, Fault> {
    let passphrase = Zeroizing::new(passphrase);
    seat.shop(&app).await?.key_keep(&passphrase).await
}

#[tauri::command]
#[specta::specta]
pub async fn key_unlock(
    app: AppHandle,
    seat: State<'_, Seat>,
    passphrase: String,
) -> Result<ShopState, Fault> {
    let passphrase = Zeroizing::new(passphrase);
    seat.shop(&app).await?.key_unlock(&passphrase).await
}

#[tauri::command]
#[specta::specta]
pub async fn keyring_again(app: AppHandle, seat: State<'_, Seat>) -> Result<ShopState, Fault> {
    seat.shop(&app).await?.keyring_again().await
}

/// Opens a page of the marketplace in the browser: the one that is signed in to, or being signed in to.
#[tauri::command]
#[specta::specta]
pub async fn open_address(app: AppHandle, seat: State<'_, Seat>, url: String) -> Result<(), Fault> {
    let shop = seat.shop(&app).await?;
    let joined = shop.state().await?.server;
    let joining = shop.sign_in_server().await;
    let known = [Some(joined), joining];
    let ours = known
        .iter()
        .flatten()
        .any(|server| link::is_marketplaces(&url, server));
    if ours && system::open_address(&url) {
        Ok(())
    } else {
        Err(Fault::new(Code::NoViewer))
    }
}
