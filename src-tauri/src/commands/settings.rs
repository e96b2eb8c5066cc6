//! Who sells, and how this laptop shows it.

use crate::seat::Seat;
use shop::Fault;
use shop::settings::view::{Preferences, ShopBeginning, ShopState};
use tauri::{AppHandle, State};

#[tauri::command]
#[specta::specta]
pub async fn shop_state(app: AppHandle, seat: State<'_, Seat>) -> Result<ShopState, Fault> {
    seat.shop(&app).await?.state().await
}

#[tauri::command]
#[specta::specta]
pub async fn shop_begin(
    app: AppHandle,
    seat: State<'_, Seat>,
    beginning: ShopBeginning,
) -> Result<ShopState, Fault> {
    seat.shop(&app).await?.begin_shop(beginning).await
}

#[tauri::command]
#[specta::specta]
pub async fn preferences_set(
    app: AppHandle,
    seat: State<'_, Seat>,
    preferences: Preferences,
) -> Result<ShopState, Fault> {
    seat.shop(&app).await?.set_preferences(preferences).await
}

/// The page says that its first screen with data is painted.
#[tauri::command]
#[specta::specta]
pub fn painted(seat: State<'_, Seat>) {
    if std::env::var_os("PUESTO_MEASURE").is_some() {
        let milliseconds = seat.arguments().began.elapsed().as_millis();
        // For whoever measures, and only then.
        #[expect(clippy::print_stdout, reason = "the measurement's result")]
        {
            println!("first-paint-ms {milliseconds}");
        }
    }
}
