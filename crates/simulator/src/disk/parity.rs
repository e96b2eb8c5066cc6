//! Sums by which a laptop knows whether it holds what the marketplace said.

use super::{Disk, Key};
use crate::fault::Fault;
use api::feed::{Entry, OwnEntry, kind};
use api::parity::RecordName;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use sync::parity::{self, Sum};

/// Of an entry as it was said.
pub fn digest(entry: &Entry, fault: Option<Fault>) -> u64 {
    let named = fault == Some(Fault::NamesDigested);
    let state = if named { &Value::Null } else { &entry.state };
    parity::digest(&entry.kind, &entry.id, state)
}

impl Disk {
    /// Takes note of how a record was said.
    pub(super) fn note(&mut self, key: Key, digest: u64, fault: Option<Fault>) {
        if let Some(unconfirmed) = &mut self.unconfirmed {
            unconfirmed.remove(&key);
        }
        self.spoiled.remove(&key);
        let before = self.bases.insert(key, digest).unwrap_or(0);
        if fault != Some(Fault::SumOnlyGrows) {
            self.sum = self.sum.without(before);
        }
        self.sum = self.sum.with(digest);
    }

    /// What is here of a record may not be what was said: it is fetched when the sums are compared.
    pub(super) fn doubt(&mut self, kind: &str, id: &str) {
        let key = (kind.to_owned(), id.to_owned());
        if let Some(base) = self.bases.get_mut(&key) {
            self.sum = self.sum.without(std::mem::take(base));
            self.spoiled.insert(key);
        }
    }

    /// At the end of the feed, pieces of which something was taken are compared with what was said: a removal that had
    /// no effect in the marketplace, or a stamp that was taken back and lost, brings no entry.
    pub(super) fn prove(&mut self, fault: Option<Fault>) {
        let unproven = std::mem::take(&mut self.unproven);
        if fault == Some(Fault::TakenUnproven) {
            return;
        }
        for id in unproven {
            let key = (kind::PRODUCT.to_owned(), id);
            if self.changes_of(&key.1).next().is_some() {
                self.unproven.insert(key.1);
                continue;
            }
            let state = self.pieces.get(&key.1).map(serde_json::to_value);
            if let (Some(Ok(state)), Some(base)) = (state, self.bases.get(&key))
                && parity::digest(kind::PRODUCT, &key.1, &state) != *base
            {
                self.doubt(kind::PRODUCT, &key.1);
            }
        }
    }

    /// Whether nothing is left to prove that can be proven.
    pub fn is_proven(&self) -> bool {
        self.unproven
            .iter()
            .all(|id| self.changes_of(id).next().is_some())
    }

    /// Whether the end of the feed is to be taken over even when it brings nothing.
    pub fn awaits_end(&self) -> bool {
        self.unconfirmed.is_some() || !self.unproven.is_empty()
    }

    /// The feed's epoch and how far it was read, by the cursor.
    pub fn read_up_to(&self) -> (u64, u64) {
        let mut parts = self.cursor.as_deref().unwrap_or_default().split(':');
        let mut number = || parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
        (number(), number())
    }

    /// Which of these own records are not here, or otherwise than the marketplace says.
    pub fn unlike(&self, own: &[OwnEntry]) -> Vec<RecordName> {
        let is_like = |entry: &&OwnEntry| {
            let state = match entry.kind.as_str() {
                kind::PRODUCT => self.pieces.get(&entry.id).map(serde_json::to_value),
                kind::MOVEMENT => self.movements.get(&entry.id).map(serde_json::to_value),
                _ => None,
            };
            let digest = |state: &Value| Sum(parity::digest(&entry.kind, &entry.id, state)).to_string();
            matches!(&state, Some(Ok(state)) if digest(state) == entry.digest)
        };
        own.iter()
            .filter(|entry| !is_like(entry))
            .map(|entry| RecordName {
                kind: entry.kind.clone(),
                id: entry.id.clone(),
            })
            .collect()
    }

    /// The sum of each bucket that is not empty.
    pub fn buckets(&self) -> BTreeMap<String, String> {
        let mut sums: BTreeMap<u8, Sum> = BTreeMap::new();
        for ((kind, id), digest) in &self.bases {
            let sum = sums.entry(parity::bucket(kind, id)).or_default();
            *sum = sum.with(*digest);
        }
        let name = |(bucket, sum): (u8, Sum)| (parity::bucket_name(bucket), sum.to_string());
        sums.into_iter().map(name).collect()
    }

    /// A record is lost from the disk, and nothing says so.
    pub fn lose(&mut self, key: &Key) {
        if let Some(base) = self.bases.remove(key) {
            self.sum = self.sum.without(base);
        }
        match key.0.as_str() {
            kind::PRODUCT => drop(self.pieces.remove(&key.1)),
            kind::MOVEMENT => drop(self.movements.remove(&key.1)),
            _ => drop(self.said.remove(key)),
        }
        self.parked.remove(key);
        self.spoiled.insert(key.clone());
    }

    /// A record on the disk is another one than was said, and nothing says so.
    pub fn bend(&mut self, key: &Key, wall_ms: i64, fault: Option<Fault>) {
        let state = match key.0.as_str() {
            kind::PRODUCT => self.pieces.get(&key.1).map(serde_json::to_value),
            kind::MOVEMENT => self.movements.get(&key.1).map(serde_json::to_value),
            _ => self.said.get(key).map(|entry| Ok(entry.state.clone())),
        };
        if let Some(Ok(state)) = state {
            let entry = bent(Entry {
                position: 0,
                kind: key.0.clone(),
                id: key.1.clone(),
                state,
            });
            self.take_all(vec![entry], wall_ms, fault);
            self.spoiled.insert(key.clone());
        }
    }
}

/// A record that was changed by nobody.
pub fn bent(mut entry: Entry) -> Entry {
    let state = &mut entry.state;
    match entry.kind.as_str() {
        kind::PRODUCT => {
            if let Some((_, field)) = state["fields"]
                .as_object_mut()
                .and_then(|fields| fields.iter_mut().next())
            {
                field["value"] = json!("bent");
            }
        }
        kind::MOVEMENT => state["delta"] = json!(state["delta"].as_i64().unwrap_or(0) + 1),
        _ => state["bent"] = json!(true),
    }
    entry
}
