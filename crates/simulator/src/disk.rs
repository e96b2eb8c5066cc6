//! A laptop's disk: what its shop has written down. It can be copied (a backup, a clone) and put back.

mod feed;
mod leases;
mod outbox;
mod parity;
mod photos;
mod shown;

use crate::fault::Fault;
use api::feed::Entry;
use api::intent::{Action, Intent};
use api::lease::{Lease, LeaseRequest};
use api::order::ParcelState;
use api::product::ProductState;
use api::stock::Movement;
pub use feed::REVIEW;
pub use outbox::KEPT_MS;
pub use parity::{bent, digest};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use sync::parity::Sum;
use sync::stamps::Clock;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Waiting,
    Done,
    Refused,
    /// A person has taken note of the refusal.
    Dismissed,
}

#[derive(Clone, Debug)]
pub struct Row {
    pub intent: Rc<Intent>,
    pub stage: Stage,
    pub deferred: bool,
    pub decided_ms: i64,
    /// It was done once; the world's note.
    pub acknowledged: bool,
}

#[derive(Clone, Debug)]
pub struct Block {
    pub lease: Lease,
    pub next: u32,
}

/// Kind and id.
pub type Key = (String, String);

#[derive(Clone, Debug, Default)]
pub struct Disk {
    pub laptop_id: String,
    /// Whether it is a newer version that has it open.
    pub newer: bool,
    pub epoch: u32,
    pub seq: u64,
    pub clock: Clock,
    pub cursor: Option<String>,
    /// The highest position of the feed that was taken over.
    pub position: u64,
    /// Something was written into the outbox since it was last read; the world's note.
    pub unsent: bool,
    /// In the order in which they were made.
    pub outbox: Vec<Row>,
    /// Digests of all that the marketplace said, whether it is understood here or not.
    pub bases: BTreeMap<Key, u64>,
    /// Of all `bases`.
    pub sum: Sum,
    /// Records that were not said again since the feed is read from its beginning; none: it is not.
    pub unconfirmed: Option<BTreeSet<Key>>,
    /// Pieces as they are shown: what was said, with this laptop's changes on top.
    pub pieces: BTreeMap<String, ProductState>,
    /// Pieces of which the marketplace took something, and did not say since how they stand: it may have had no effect
    /// there.
    pub unproven: BTreeSet<String>,
    /// The ledger: what was said, and what was written here.
    pub movements: BTreeMap<String, Movement>,
    /// Records of all other kinds, as they were said.
    pub said: BTreeMap<Key, Entry>,
    /// What does not fit yet, as it was said.
    pub parked: BTreeMap<Key, Entry>,
    /// Records that may be other than they were said, because of what happened here or on the way; the world's note.
    pub spoiled: BTreeSet<Key>,
    /// Parcels that were numbered here.
    pub parcels: BTreeMap<String, ParcelState>,
    /// Photos' renditions that are here.
    pub files: BTreeSet<String>,
    /// Renditions that were made here, and whether the marketplace has them.
    pub uploads: BTreeMap<String, bool>,
    /// Renditions that other laptops made.
    pub downloads: BTreeSet<String>,
    pub blocks: Vec<Block>,
    pub asked: Option<LeaseRequest>,
}

impl Disk {
    pub fn new(laptop_id: String) -> Self {
        Self {
            laptop_id,
            epoch: 1,
            ..Self::default()
        }
    }

    /// The marketplace's time, as far as it is known here.
    pub fn corrected_ms(&self, wall_ms: i64) -> i64 {
        wall_ms.saturating_add(self.clock.offset_ms)
    }

    /// A backup is opened for the first time after it was put back: what it numbered since is not known.
    pub fn awake_restored(&mut self, fault: Option<Fault>) {
        if fault != Some(Fault::SequenceUsedAgain) {
            self.take_new_epoch();
        }
        if fault != Some(Fault::LeaseUsedAgain) {
            self.blocks.clear();
        }
        self.asked = None;
    }

    /// A copy of the folder is opened on another computer, which is a laptop of its own.
    pub fn awake_elsewhere(&mut self, laptop_id: String, fault: Option<Fault>) {
        self.laptop_id = laptop_id;
        self.awake_restored(fault);
    }
}

pub fn about_product(action: &Action) -> Option<&str> {
    match action {
        Action::SetProduct { product_id, .. }
        | Action::AttachPhoto { product_id, .. }
        | Action::PlacePhoto { product_id, .. }
        | Action::DetachPhoto { product_id, .. } => Some(product_id),
        _ => None,
    }
}
