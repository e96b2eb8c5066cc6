//! The feed, page by page.

use super::{Market, Told};
use crate::fault::Fault;
use api::feed::{Entry, FeedPage, kind};

const PAGE: usize = 8;

impl Market {
    /// A page of the feed, and how many things had happened up to its end; none when the cursor is worth nothing.
    pub fn page(&self, after: Option<&str>, stale: bool) -> Option<(FeedPage, usize)> {
        let timed = self.fault == Some(Fault::CursorIsATime);
        let after = match after {
            None => 0,
            Some(cursor) => {
                let (epoch, position) = cursor.split_once(':')?;
                let position: u64 = position.parse().ok()?;
                if epoch.parse::<u32>().ok()? != self.feed_epoch || (!timed && position > self.position) {
                    return None;
                }
                position
            }
        };
        let later = |told: &Told| {
            if timed {
                told.at_ms.unsigned_abs() > after
            } else {
                told.entry.position > after
            }
        };
        let told: Vec<&Told> = if timed {
            self.feed.values().filter(|told| later(told)).collect()
        } else {
            self.feed
                .range(after + 1..)
                .map(|(_, told)| told)
                .take(PAGE + 1)
                .collect()
        };
        let more = told.len() > PAGE;
        let told = told.get(..PAGE.min(told.len())).unwrap_or_default();
        let last = told.last().map_or(after, |last| {
            if timed {
                last.at_ms.unsigned_abs()
            } else {
                last.entry.position
            }
        });
        let happened = match told.last() {
            Some(last) if more => self.happened_at.get(&last.entry.position).map_or(0, |at| at + 1),
            _ => self.happened,
        };
        let entries = told
            .iter()
            .map(|told| match &told.before {
                Some(before) if stale && before.kind == kind::ORDER => Entry::clone(before),
                _ => Entry::clone(&told.entry),
            })
            .collect();
        let page = FeedPage {
            entries,
            own: Vec::new(),
            cursor: format!("{}:{last}", self.feed_epoch),
            more,
            server_ms: self.now_ms,
            sum: None,
        };
        Some((page, happened))
    }
}
