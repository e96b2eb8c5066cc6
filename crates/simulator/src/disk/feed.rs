//! Taking over what the marketplace says.

use super::outbox::number;
use super::{Disk, Key, Row, about_product};
use crate::fault::Fault;
use api::feed::{Entry, FeedPage, kind};
use api::intent::{Action, Intent};
use api::product::ProductState;
use api::stock::Movement;
use serde::Deserialize;
use sync::parity::Sum;

/// Kinds in the order in which they refer to each other: a parcel names its order.
const KINDS: [&str; 6] = [
    kind::PRODUCT,
    kind::MOVEMENT,
    kind::ORDER,
    kind::PARCEL,
    kind::DROP_OFF,
    kind::CONFLICT,
];

/// What buyers say of a piece: a kind that only a newer version knows.
pub const REVIEW: &str = "review";

impl Disk {
    /// A page and its cursor, in one transaction. Whether all that is here is then what the marketplace has, as far as
    /// it says.
    pub fn take_page(&mut self, page: FeedPage, wall_ms: i64, fault: Option<Fault>) -> bool {
        let highest = page.highest();
        for own in &page.own {
            let key = (own.kind.clone(), own.id.clone());
            self.parked.remove(&key);
            self.note(key, own.digest.parse().unwrap_or(Sum(0)).0, fault);
        }
        self.take_all(page.entries, wall_ms, fault);
        self.cursor = Some(page.cursor);
        self.position = self.position.max(highest.unwrap_or(0));
        if !page.more {
            self.end_reading(fault);
            self.prove(fault);
        }
        page.sum.is_none_or(|theirs| theirs.parse() == Ok(self.sum))
    }

    pub fn take_all(&mut self, mut entries: Vec<Entry>, wall_ms: i64, fault: Option<Fault>) {
        if entries.is_empty() {
            return;
        }
        entries.sort_by_key(|entry| KINDS.iter().position(|kind| *kind == entry.kind));
        for entry in entries {
            let key = (entry.kind.clone(), entry.id.clone());
            self.note(key.clone(), super::parity::digest(&entry, fault), fault);
            if fault != Some(Fault::ParkedOverNewer) {
                // An older state of it, if one was kept, is worth nothing any more.
                self.parked.remove(&key);
            }
            if let Some(entry) = self.take(key.clone(), entry, wall_ms)
                && (fault != Some(Fault::UnknownDropped) || entry.kind != REVIEW)
            {
                self.parked.insert(key, entry);
            }
        }
        self.unpark(wall_ms, fault);
    }

    /// One entry, or the entry again when it does not fit.
    fn take(&mut self, key: Key, entry: Entry, wall_ms: i64) -> Option<Entry> {
        match entry.kind.as_str() {
            kind::MOVEMENT => match Movement::deserialize(&entry.state) {
                Ok(movement) => drop(self.movements.insert(key.1, movement)),
                Err(_) => return Some(entry),
            },
            kind::PRODUCT => match ProductState::deserialize(&entry.state) {
                Ok(state) => self.take_piece(state, wall_ms),
                Err(_) => return Some(entry),
            },
            REVIEW if !self.newer => return Some(entry),
            kind::PARCEL if !self.has_order_of(&entry) => return Some(entry),
            _ => drop(self.said.insert(key, entry)),
        }
        None
    }

    fn has_order_of(&self, parcel: &Entry) -> bool {
        let order = parcel.state["order_id"].as_str().unwrap_or_default();
        self.said
            .contains_key(&(kind::ORDER.to_owned(), order.to_owned()))
    }

    /// What the marketplace said of a piece, with this laptop's changes on top that it has not taken.
    fn take_piece(&mut self, mut state: ProductState, wall_ms: i64) {
        let stamps = state.fields.values().map(|field| &field.stamp);
        let stamps = stamps.chain(state.photos.values().map(|photo| &photo.stamp));
        let mut clock = self.clock;
        stamps.for_each(|stamp| clock.seen(stamp, wall_ms));
        self.clock = clock;
        self.put_changes_on(&mut state);
        self.want(&state);
        self.pieces.insert(state.id.clone(), state);
    }

    pub(super) fn changes_of(&self, product: &str) -> impl Iterator<Item = &Row> {
        self.pending()
            .filter(move |row| about_product(&row.intent.action) == Some(product))
    }

    fn put_changes_on(&self, state: &mut ProductState) {
        let mut rows: Vec<&Row> = self.changes_of(&state.id).collect();
        rows.sort_by_key(|row| number(row));
        sync::pending::piece(state, rows.into_iter().map(|row| Intent::clone(&row.intent)));
    }

    /// Tries again what did not fit before.
    pub fn unpark(&mut self, wall_ms: i64, fault: Option<Fault>) {
        if fault == Some(Fault::ParkedForgotten) {
            return;
        }
        let mut keys: Vec<Key> = self.parked.keys().cloned().collect();
        keys.sort_by_key(|key| KINDS.iter().position(|kind| *kind == key.0));
        for key in keys {
            if let Some(entry) = self.parked.remove(&key)
                && let Some(entry) = self.take(key.clone(), entry, wall_ms)
            {
                self.parked.insert(key, entry);
            }
        }
    }

    /// The cursor is worth nothing: the feed is read from its beginning, and recent intents are offered again.
    pub fn forget_cursor(&mut self, fault: Option<Fault>) {
        self.cursor = None;
        self.position = 0;
        // Also what was written here, was taken, and was never said: after 30 days nothing else knows of it.
        let here: Vec<Key> = self
            .here()
            .map(|(kind, id)| (kind.to_owned(), id.to_owned()))
            .collect();
        let said = std::mem::take(&mut self.bases).into_keys();
        self.unconfirmed.get_or_insert_default().extend(said.chain(here));
        self.sum = Sum::default();
        if fault != Some(Fault::NotOfferedAgain) {
            self.offer_again();
        }
        if fault != Some(Fault::PhotosNotOfferedAgain) {
            // Their bytes may be lost too; a photo that is there costs one question.
            self.uploads.values_mut().for_each(|sent| *sent = false);
        }
    }

    /// At the end of a reading from the beginning, what was not said again is gone.
    fn end_reading(&mut self, fault: Option<Fault>) {
        let Some(gone) = self.unconfirmed.take() else {
            return;
        };
        if fault == Some(Fault::GhostsKept) {
            return;
        }
        for key in gone {
            self.remove(&key);
        }
    }

    /// Takes a record out; what this laptop itself has on its way stays.
    pub(super) fn remove(&mut self, key: &Key) {
        match key.0.as_str() {
            kind::MOVEMENT if !self.holds_movement(&key.1) => drop(self.movements.remove(&key.1)),
            kind::PRODUCT => {
                self.pieces.remove(&key.1);
                let mut state = ProductState {
                    id: key.1.clone(),
                    ..ProductState::default()
                };
                self.put_changes_on(&mut state);
                if !state.fields.is_empty() {
                    self.pieces.insert(key.1.clone(), state);
                }
            }
            _ => {}
        }
        self.said.remove(key);
        self.parked.remove(key);
    }

    /// Whether a movement was written here and is still on its way.
    fn holds_movement(&self, id: &str) -> bool {
        self.pending()
            .any(|row| matches!(&row.intent.action, Action::MoveStock { movement } if movement.id == id))
    }
}
