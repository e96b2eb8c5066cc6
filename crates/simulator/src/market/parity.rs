//! Finding what a laptop and the marketplace do not hold alike.

use super::Market;
use api::feed::Entry;
use api::parity::{RecordDigest, RecordName};
use std::collections::BTreeMap;
use sync::parity::{self, Sum};

impl Market {
    pub fn sum(&self) -> Sum {
        self.sum
    }

    /// The sum of each bucket that is not empty.
    pub fn buckets(&self) -> BTreeMap<String, String> {
        let mut sums: BTreeMap<u8, Sum> = BTreeMap::new();
        for told in self.feed.values() {
            let sum = sums
                .entry(parity::bucket(&told.entry.kind, &told.entry.id))
                .or_default();
            *sum = sum.with(told.digest);
        }
        let name = |(bucket, sum): (u8, Sum)| (parity::bucket_name(bucket), sum.to_string());
        sums.into_iter().map(name).collect()
    }

    /// The records of a bucket.
    pub fn of_bucket(&self, bucket: &str) -> Vec<RecordDigest> {
        let told = self.feed.values().filter(|told| {
            let own = parity::bucket(&told.entry.kind, &told.entry.id);
            parity::bucket_name(own) == bucket
        });
        told.map(|told| RecordDigest {
            kind: told.entry.kind.clone(),
            id: told.entry.id.clone(),
            digest: Sum(told.digest).to_string(),
        })
        .collect()
    }

    /// How these records stand now, without those that are not there.
    pub fn named(&self, names: &[RecordName]) -> Vec<Entry> {
        let told = names
            .iter()
            .filter_map(|name| self.feed.get(&self.position_of(&name.kind, &name.id)?));
        told.map(|told| Entry::clone(&told.entry)).collect()
    }

    /// Where in the feed a record stands.
    pub fn position_of(&self, kind: &str, id: &str) -> Option<u64> {
        self.positions.get(&(kind.to_owned(), id.to_owned())).copied()
    }

    pub fn feed_epoch(&self) -> u32 {
        self.feed_epoch
    }
}
