//! Looking into the pictures: a thumbnail of each, when it was taken, and whether it shows a card.

use super::FolderTable;
use crate::fault::{Code, Result};
use imaging::{Glance, GlanceSettings};
use std::time::{Duration, Instant};

/// Pixels of a thumbnail's longer side.
const SIDE: u32 = 240;
/// Thumbnails that are kept; beyond them one is made when it is asked for.
const KEPT: usize = 3_000;
/// A change is told no more often.
const BREATH: Duration = Duration::from_millis(300);

impl FolderTable {
    /// Looks into every picture, some at a time, until all are read or the table is closed. The table changes as
    /// cards are found. A picture that cannot be read shows no card.
    pub async fn read(&self) {
        let count = self.content().files.len();
        let workers = self.inner.shop.darkroom().workers();
        let mut spoken = Instant::now();
        let mut next = 0;
        let mut running = tokio::task::JoinSet::new();
        while next < count || !running.is_empty() {
            while next < count && running.len() < workers && !self.is_closed() {
                let (table, number) = (self.clone(), next);
                running.spawn(async move { (number, table.glance(number).await) });
                next += 1;
            }
            let Some(joined) = running.join_next().await else {
                return;
            };
            let Ok((number, glance)) = joined else { continue };
            let mut content = self.content();
            content.unread = content.unread.saturating_sub(1);
            if let Ok(glance) = glance {
                if let Some(file) = content.files.get_mut(number) {
                    file.card = glance.codes.into_iter().next();
                    file.taken_ms = glance.taken_ms;
                }
                if content.thumbs.len() < KEPT {
                    content.thumbs.insert(number, glance.bytes);
                }
            }
            if spoken.elapsed() >= BREATH || content.unread == 0 {
                self.tell(&mut content);
                spoken = Instant::now();
            }
        }
    }

    /// The thumbnail that a row names, a JPEG. Fault: `NotFound` also for another table's.
    pub async fn thumb(&self, key: &str) -> Result<Vec<u8>> {
        let number: usize = key
            .strip_prefix(&self.inner.id)
            .and_then(|rest| rest.strip_prefix('-'))
            .and_then(|number| number.parse().ok())
            .ok_or(Code::NotFound)?;
        if let Some(thumb) = self.content().thumbs.get(&number) {
            return Ok(thumb.clone());
        }
        Ok(self.glance(number).await?.bytes)
    }

    async fn glance(&self, number: usize) -> Result<Glance> {
        let path = {
            let content = self.content();
            let file = content.files.get(number).ok_or(Code::NotFound)?;
            self.inner.folder.join(&file.path)
        };
        let settings = GlanceSettings {
            side: SIDE,
            codes: true,
            ..GlanceSettings::default()
        };
        let length = tokio::fs::metadata(&path).await?.len();
        if length > settings.limits.bytes {
            return Err(Code::PhotoTooLarge.into());
        }
        let bytes = tokio::fs::read(&path).await?;
        crate::photos::develop::glance(&self.inner.shop, bytes, settings).await
    }
}
