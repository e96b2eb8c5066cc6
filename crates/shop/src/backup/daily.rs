//! Backups by themselves: at the first start of a day, and after a day of being open.

use super::away::Away;
use super::place::Place;
use super::view::{BackupReason, BackupView};
use crate::Shop;
use crate::fault::{Code, Result};
use crate::today::rules::day;
use std::time::Duration;
use tokio::task::JoinHandle;

/// After the start: the window is to be there first.
const AFTER_START: Duration = Duration::from_secs(20);
/// How often it is looked whether one is due, or the stick has come back.
const LOOK: Duration = Duration::from_secs(20 * 60);
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Runs for as long as it is not stopped.
pub struct Daily {
    task: JoinHandle<()>,
}

impl Daily {
    pub fn spawn(shop: Shop) -> Self {
        let task = tokio::spawn(async move {
            tokio::time::sleep(AFTER_START).await;
            loop {
                match shop.backup_due().await {
                    Ok(true) => shop.backups_changed(),
                    Ok(false) => {}
                    Err(fault) => {
                        tracing::warn!(%fault, "today's backup could not be made");
                        shop.backups_changed();
                    }
                }
                tokio::time::sleep(LOOK).await;
            }
        });
        Self { task }
    }

    pub fn stop(self) {
        self.task.abort();
    }
}

impl Shop {
    /// Makes the day's backup when there is none yet; brings a stick that was away up to date when it is there again.
    /// True when something was made.
    pub async fn backup_due(&self) -> Result<bool> {
        if self.state().await?.new {
            return Ok(false);
        }
        let root = self.folder().root();
        let here = Place::here(root).list();
        if is_due(here.first(), self.world().now_ms(), self.world().offset_minutes()) {
            return match self.back_up(BackupReason::Daily).await {
                Err(fault) if fault.code == Code::BackupAway => Ok(true),
                made => made.map(|_| true),
            };
        }
        let Some(away) = Away::read(root).filter(|away| away.place().is_there()) else {
            return Ok(false);
        };
        let there = away.place().list();
        if !is_due(
            there.first(),
            self.world().now_ms(),
            self.world().offset_minutes(),
        ) {
            return Ok(false);
        }
        let _turn = self.backups().turn.lock().await;
        let made = self.back_up_away(away, BackupReason::Daily).await;
        self.backups().note(made.as_ref().err().cloned());
        made.map(|()| true)
    }
}

/// A day without one has begun, or the last is a day old. A clock that was set back does not wait for its future.
fn is_due(last: Option<&BackupView>, now_ms: i64, offset_minutes: i32) -> bool {
    last.is_none_or(|last| {
        let age = now_ms.saturating_sub(last.made_ms);
        let today = day(now_ms, offset_minutes) == day(last.made_ms, offset_minutes);
        !today || !(0..DAY_MS).contains(&age)
    })
}
