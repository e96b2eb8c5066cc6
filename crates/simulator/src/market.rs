//! The marketplace: its records in memory, under the very rules that the real one runs.

mod counter;
mod feed;
mod intents;
mod leases;
mod parity;
mod photos;
mod sales;
mod view;

use crate::disk::digest;
use crate::fault::Fault;
use api::conflict::ConflictState;
use api::drop_off::DropOffState;
use api::feed::Entry;
use api::lease::Lease;
use api::order::{OrderState, ParcelState};
use api::stock::Movement;
pub use leases::{s10, serial};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use sync::authority::{Answered, Piece};
use sync::parity::Sum;

/// Serials that a marketplace passes over when it was put back: more than were leased since.
const PASSED_OVER: u32 = 100_000;

/// A record's newest state in the feed.
#[derive(Clone, Debug)]
struct Told {
    entry: Rc<Entry>,
    before: Option<Rc<Entry>>,
    at_ms: i64,
    digest: u64,
    /// The laptop that sent it.
    by: Option<Rc<str>>,
}

#[derive(Clone, Debug, Default)]
pub struct Market {
    pub fault: Option<Fault>,
    answered: BTreeMap<String, Answered>,
    sequences: BTreeSet<(String, u32, u64)>,
    epochs: BTreeMap<String, u32>,
    products: BTreeMap<String, Piece>,
    orders: BTreeMap<String, OrderState>,
    parcels: BTreeMap<String, ParcelState>,
    drop_offs: BTreeMap<String, DropOffState>,
    movements: BTreeMap<String, Movement>,
    conflicts: BTreeMap<String, ConflictState>,
    numbers: BTreeSet<String>,
    drop_off_numbers: BTreeSet<String>,
    leases: BTreeMap<String, Lease>,
    serials: u32,
    feed: BTreeMap<u64, Told>,
    positions: BTreeMap<(String, String), u64>,
    position: u64,
    feed_epoch: u32,
    made: u64,
    /// The newest form of intents that it knows.
    pub schema: u16,
    pub now_ms: i64,
    /// How many things had happened when a position was written; told by the world.
    pub happened: usize,
    happened_at: BTreeMap<u64, usize>,
    photos: photos::Photos,
    /// Of all records.
    sum: Sum,
    /// Whose intents are carried out just now.
    sender: Option<Rc<str>>,
    /// Whether it gives an answer without what a laptop knows already, when it is asked to.
    pub is_brief: bool,
}
impl Market {
    pub fn new(fault: Option<Fault>) -> Self {
        Self {
            fault,
            schema: 1,
            ..Self::default()
        }
    }

    /// The same marketplace, from an earlier day, opened again.
    pub fn put_back(&mut self, yesterday: &Self) {
        let (now_ms, schema, happened, made) = (self.now_ms, self.schema, self.happened, self.made);
        let is_brief = self.is_brief;
        let feed_epoch = self.feed_epoch + 1;
        *self = yesterday.clone();
        (self.now_ms, self.schema, self.happened) = (now_ms, schema, happened);
        self.is_brief = is_brief;
        // Ids are random: none comes twice.
        self.made = made;
        if self.fault != Some(Fault::EpochKept) {
            self.feed_epoch = feed_epoch;
        }
        if self.fault != Some(Fault::SerialsForgotten) {
            // Numbers of the lost time may be on parcels: they are nobody's and everybody's.
            let passed_over = Lease {
                id: format!("passed-over-{feed_epoch}"),
                indicator: "RR".into(),
                country: "MX".into(),
                first: self.serials,
                end: self.serials + PASSED_OVER,
                laptop_id: String::new(),
                issued_ms: now_ms,
                expires_ms: i64::MAX,
            };
            self.serials += PASSED_OVER;
            self.leases.insert(passed_over.id.clone(), passed_over);
        }
    }

    fn tell<T: Serialize>(&mut self, kind: &str, id: &str, state: &T) -> u64 {
        self.position += 1;
        let position = self.position;
        let key = (kind.to_owned(), id.to_owned());
        let old = self.positions.insert(key, position);
        let old = old.and_then(|old| self.feed.remove(&old));
        let entry = Rc::new(Entry {
            position,
            kind: kind.to_owned(),
            id: id.to_owned(),
            state: serde_json::to_value(state).unwrap_or_default(),
        });
        let digest = digest(&entry, self.fault);
        let before = old.as_ref().map_or(0, |old| old.digest);
        self.sum = self.sum.without(before).with(digest);
        let told = Told {
            entry,
            before: old.map(|old| old.entry),
            at_ms: self.now_ms,
            digest,
            by: self.sender.clone(),
        };
        self.feed.insert(position, told);
        self.happened_at.insert(position, self.happened);
        position
    }

    fn new_id(&mut self) -> String {
        self.made += 1;
        format!("m{:07}", self.made)
    }

    pub fn position(&self) -> u64 {
        self.position
    }

    /// How every record stands, by kind and id.
    pub fn records(&self) -> BTreeMap<(&str, &str), &Entry> {
        self.feed
            .values()
            .map(|told| {
                (
                    (told.entry.kind.as_str(), told.entry.id.as_str()),
                    told.entry.as_ref(),
                )
            })
            .collect()
    }

    pub fn pieces(&self) -> &BTreeMap<String, Piece> {
        &self.products
    }

    pub fn movement_states(&self) -> &BTreeMap<String, Movement> {
        &self.movements
    }

    pub fn order_states(&self) -> &BTreeMap<String, OrderState> {
        &self.orders
    }

    pub fn parcel_states(&self) -> &BTreeMap<String, ParcelState> {
        &self.parcels
    }

    pub fn drop_off_states(&self) -> &BTreeMap<String, DropOffState> {
        &self.drop_offs
    }

    pub fn conflict_states(&self) -> &BTreeMap<String, ConflictState> {
        &self.conflicts
    }
}
