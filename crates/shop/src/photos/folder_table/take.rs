//! Putting the photos into their pieces.

use super::view::{MatchChange, MatchState, MatchTaking};
use super::{FolderTable, count};
use crate::fault::{Code, Result};
use crate::photos::view::{PhotoAdded, PhotoHow};
use futures_util::stream::{self, StreamExt};
use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

impl FolderTable {
    /// Puts every photo that has a piece into it: of one piece one after the other, so that they keep their order,
    /// several pieces side by side. One that cannot be taken stops no other; those that failed before are tried
    /// again. Returns when all are settled, or those that were begun when it was stopped.
    pub async fn take(&self) {
        let work = {
            let mut content = self.content();
            if content.taking.is_some() {
                return;
            }
            let mut work: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for row in content.rows.iter().filter(|row| !row.card) {
                let open = matches!(row.state, MatchState::Waiting | MatchState::Failed);
                if let (Some(piece), true) = (&row.product_id, open) {
                    work.entry(piece.clone()).or_default().push(row.path.clone());
                }
            }
            self.inner.stopped.store(false, Ordering::Relaxed);
            content.taking = Some(MatchTaking {
                done: 0,
                count: count(work.values().map(Vec::len).sum()),
            });
            self.tell(&mut content);
            work
        };
        let together = self.inner.shop.darkroom().workers();
        stream::iter(work)
            .for_each_concurrent(together, |(piece, paths)| async move {
                for path in paths {
                    if self.is_stopped() {
                        return;
                    }
                    let added = self.put(&piece, &path).await;
                    self.settle(path, added);
                }
            })
            .await;
        let mut content = self.content();
        content.taking = None;
        self.tell(&mut content);
    }

    async fn put(&self, piece: &str, path: &str) -> Result<PhotoAdded> {
        let file = self.inner.folder.join(path);
        let length = tokio::fs::metadata(&file).await?.len();
        if length > imaging::Limits::default().bytes {
            return Err(Code::PhotoTooLarge.into());
        }
        let bytes = tokio::fs::read(&file).await?;
        let name = path.rsplit('/').next().unwrap_or_default();
        let how = PhotoHow {
            unseen: true,
            ..PhotoHow::default()
        };
        self.inner.shop.photo_add_as(piece, name, bytes, how).await
    }

    fn settle(&self, path: String, added: Result<PhotoAdded>) {
        let settled = match added {
            Ok(added) if added.duplicate => (MatchState::Duplicate, None),
            Ok(_) => (MatchState::Added, None),
            Err(fault) => (MatchState::Failed, Some(fault)),
        };
        let mut content = self.content();
        if let Some(taking) = &mut content.taking {
            taking.done += 1;
        }
        // Only this row is another: thousands of times the whole table would be a lot of work.
        let mut rows = Vec::new();
        if let Some(row) = content.rows.iter_mut().find(|row| row.path == path) {
            (row.state, row.fault) = settled.clone();
            rows.push(row.clone());
        }
        content.settled.insert(path, settled);
        let change = MatchChange {
            rows,
            reading: count(content.unread),
            taking: content.taking,
        };
        let _heard = self.inner.told.send(change);
    }
}
