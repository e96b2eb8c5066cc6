//! What a reader of the feed knows.

use crate::check::{Fail, holds};
use crate::laptop::Laptop;
use api::feed::{Entry, FeedPage};
use api::limits::ENTRIES_PER_PAGE;
use std::collections::BTreeMap;

/// Pages of one reading: more are no feed.
const PAGES: usize = 10_000;

/// Everything read so far: the newest entry of each record, and where to go on.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    pub cursor: Option<String>,
    pub records: BTreeMap<(String, String), Entry>,
    pub position: u64,
}

impl Reader {
    /// Reads to the end; gives the entries in the order in which they came.
    pub async fn catch_up(&mut self, laptop: &Laptop) -> Result<Vec<Entry>, Fail> {
        self.catch_up_by(laptop, ENTRIES_PER_PAGE).await
    }

    pub async fn catch_up_by(&mut self, laptop: &Laptop, limit: usize) -> Result<Vec<Entry>, Fail> {
        let mut came = Vec::new();
        for _ in 0..PAGES {
            let page: FeedPage = laptop.page(self.cursor.as_deref(), limit).await?;
            holds(
                page.entries.len() <= limit,
                "no page longer than its limit",
                page.entries.len(),
            )?;
            holds(
                !page.more || !page.entries.is_empty(),
                "no empty page that says more",
                &page,
            )?;
            for entry in page.entries {
                self.take(entry.clone());
                came.push(entry);
            }
            self.cursor = Some(page.cursor);
            if !page.more {
                return Ok(came);
            }
        }
        Err(Fail::miss("an end of the feed", format!("{PAGES} pages")))
    }

    fn take(&mut self, entry: Entry) {
        self.position = self.position.max(entry.position);
        let name = (entry.kind.clone(), entry.id.clone());
        let newer = self
            .records
            .get(&name)
            .is_none_or(|there| there.position <= entry.position);
        if newer {
            self.records.insert(name, entry);
        }
    }

    pub fn get(&self, kind: &str, id: &str) -> Option<&Entry> {
        self.records.get(&(kind.to_owned(), id.to_owned()))
    }

    pub fn states(&self) -> BTreeMap<(String, String), serde_json::Value> {
        let states = self.records.iter();
        states
            .map(|(name, entry)| (name.clone(), entry.state.clone()))
            .collect()
    }
}
