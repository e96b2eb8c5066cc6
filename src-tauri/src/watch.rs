//! While the shop is open: syncing runs, and the page hears of what changes.

use crate::announce;
use serde::Serialize;
use shop::Shop;
use shop::writing::Area;
use tauri::{AppHandle, Emitter};
use tokio::sync::broadcast::error::RecvError;

#[derive(Clone, Serialize)]
struct Changed {
    areas: Vec<Area>,
}

pub fn begin(app: &AppHandle, shop: &Shop) {
    shop::syncing::Syncing::spawn(shop.clone());
    shop::backup::Daily::spawn(shop.clone());
    tauri::async_runtime::spawn(backups(app.clone(), shop.clone()));
    tauri::async_runtime::spawn(changes(app.clone(), shop.clone()));
    tauri::async_runtime::spawn(network(app.clone(), shop.clone()));
}

async fn changes(app: AppHandle, shop: Shop) {
    let mut changes = shop.changes();
    loop {
        let areas = match changes.recv().await {
            Ok(areas) => areas,
            // Too many at once to count: everything may have changed.
            Err(RecvError::Lagged(_)) => {
                vec![
                    Area::Catalog,
                    Area::Stock,
                    Area::Orders,
                    Area::Shipping,
                    Area::Settings,
                ]
            }
            Err(RecvError::Closed) => return,
        };
        if areas.contains(&Area::Orders) {
            announce::new_orders(&app, &shop).await;
        }
        tell(&app, "shop-changed", Changed { areas });
    }
}

async fn network(app: AppHandle, shop: Shop) {
    let mut state = shop.sync_watch();
    while state.changed().await.is_ok() {
        let now = state.borrow_and_update().clone();
        tell(&app, "sync-changed", now);
    }
}

async fn backups(app: AppHandle, shop: Shop) {
    let mut progress = shop.backup_watch();
    while progress.changed().await.is_ok() {
        let now = *progress.borrow_and_update();
        tell(&app, "backup-changed", now);
    }
}

/// The window may be closing; then nobody needs to hear of it.
pub fn tell<T: Serialize + Clone>(app: &AppHandle, event: &str, payload: T) {
    if let Err(error) = app.emit(event, payload) {
        tracing::debug!(%error, event, "the page was not told");
    }
}
