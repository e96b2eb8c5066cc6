//! A laptop of the seller.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Result, bail};
use darkroom::Darkroom;
use shop::Shop;
use shop::credentials::secrets::Memory;
use shop::credentials::view::SignInStep;
use shop::syncing::view::{SyncPhase, SyncState};
use shop::world::System;

use crate::line::Line;
use crate::market::Market;

const LONG: Duration = Duration::from_secs(900);

pub async fn signed_in(folder: &Path, market: &Market, line: &Line) -> Result<Shop> {
    let shop = Shop::open_with(folder, Arc::new(System), Darkroom::here()).await?;
    // The keyring is not what is measured.
    shop.keep_secrets_in(Arc::new(Memory::default()));
    let code = shop.sign_in_begin(&line.url()).await?;
    market.approve(&code.user_code).await;
    if shop.sign_in_poll().await? != SignInStep::Done {
        bail!("the laptop was not let in");
    }
    Ok(shop)
}

/// Carries everything, and fails unless all of it has arrived.
pub async fn carry(shop: &Shop) -> Result<SyncState> {
    let state = shop.sync_once(LONG).await?;
    if state.phase != SyncPhase::Idle || state.waiting > 0 {
        bail!("not everything was carried: {state:?}");
    }
    Ok(state)
}
