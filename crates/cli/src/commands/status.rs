//! Where everything stands, and syncing once.

use super::Desk;
use crate::words::text;
use messages::{Language, Value, date_time};
use serde::Serialize;
use shop::fault::{Code, Result};
use shop::settings::view::ShopState;
use shop::syncing::view::{SyncPhase, SyncState};
use std::time::Duration;

#[derive(Serialize)]
struct Status {
    shop: ShopState,
    sync: SyncState,
    products: u32,
    tasks: u32,
}

pub async fn status(desk: &Desk) -> Result<()> {
    let today = desk.shop.today().await?;
    let status = Status {
        shop: desk.shop.state().await?,
        sync: desk.shop.sync_state().await?,
        products: today.products,
        tasks: u32::try_from(today.tasks.len())
            .unwrap_or(u32::MAX)
            .saturating_add(today.more),
    };
    desk.output.print(&status, |status| {
        let values = [
            ("shop", Value::from(status.shop.shop_name.as_str())),
            ("pieces", Value::from(i64::from(status.products))),
            ("tasks", Value::from(i64::from(status.tasks))),
        ];
        format!(
            "{}\n{}",
            text(desk.language, "status", &values),
            network(desk, &status.sync, desk.language)
        )
    })
}

pub async fn sync(desk: &Desk, seconds: u64) -> Result<()> {
    crate::passphrase::unlock(desk).await?;
    let state = desk.shop.sync_once(Duration::from_secs(seconds)).await?;
    // Who never opens the window has the day's copy all the same; that it failed stops no selling.
    if let Err(fault) = desk.shop.backup_due().await {
        eprintln!("{}", crate::faults::words(&fault, desk.language));
    }
    desk.output
        .print(&state, |state| network(desk, state, desk.language))?;
    match state.phase {
        SyncPhase::SignedOut => Err(Code::NotSignedIn.into()),
        SyncPhase::Offline => Err(Code::ServerUnreachable.into()),
        SyncPhase::Troubled => Err(Code::ServerNotAMarketplace.into()),
        SyncPhase::Revoked => Err(Code::LaptopRevoked.into()),
        _ => Ok(()),
    }
}

fn network(desk: &Desk, state: &SyncState, language: Language) -> String {
    let waiting = i64::from(state.waiting.saturating_add(state.photos_waiting));
    let mut lines = vec![if waiting == 0 {
        let comparing = state.phase == SyncPhase::Comparing;
        let all = if comparing { "still-comparing" } else { "all-sent" };
        text(language, all, &[])
    } else {
        text(language, "waiting", &[("n", Value::from(waiting))])
    }];
    if !state.refused.is_empty() {
        let refused = i64::try_from(state.refused.len()).unwrap_or(i64::MAX);
        lines.push(text(language, "refused", &[("n", Value::from(refused))]));
    }
    lines.extend(state.last_ms.map(|last| {
        let at = date_time(language, last, desk.shop.world().offset_minutes());
        text(language, "last-agreed", &[("at", Value::from(at))])
    }));
    lines.join("\n")
}
