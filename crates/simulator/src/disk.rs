//! A laptop's disk: what its shop has written down. It can be copied (a backup, a clone) and put back.

use crate::fault::Fault;
use api::clock::Stamp;
use api::feed::{Entry, FeedPage, kind};
use api::intent::{Action, Intent, IntentAnswer, Outcome, refusal};
use api::lease::{Lease, LeaseRequest};
use api::order::{OrderState, OrderStatus, ParcelState};
use api::product::ProductState;
use api::stock::Movement;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use sync::orders::Command;
use sync::stamps::Clock;

/// Acknowledged intents are kept this long, in case the marketplace is put back to an earlier day.
pub const KEPT_MS: i64 = 30 * 24 * 60 * 60_000;
/// Few, so that leases are asked for often.
const ENOUGH: u32 = 2;
const ASKED: u32 = 3;

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
    pub epoch: u32,
    pub seq: u64,
    pub clock: Clock,
    pub cursor: Option<String>,
    /// The highest position of the feed that was taken over.
    pub position: u64,
    /// How many things had happened that this disk knows of; the world's note, not the shop's.
    pub known: usize,
    /// In the order in which they were made.
    pub outbox: Vec<Row>,
    /// What the marketplace said last.
    pub said: BTreeMap<Key, Entry>,
    /// Records that were not said again since the feed is read from its beginning; none: it is not.
    pub unconfirmed: Option<BTreeSet<Key>>,
    /// The ledger: what was said, and what was written here.
    pub movements: BTreeMap<String, Movement>,
    /// Parcels that were numbered here.
    pub parcels: BTreeMap<String, ParcelState>,
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

    pub fn stamp(&mut self, wall_ms: i64) -> Stamp {
        self.clock.tick(wall_ms, &self.laptop_id)
    }

    /// Gives an intent its number and writes it into the outbox.
    pub fn record_as(
        &mut self,
        id: String,
        depends_on: Vec<String>,
        action: Action,
        stamp: Stamp,
    ) -> Rc<Intent> {
        self.seq += 1;
        let intent = Rc::new(Intent {
            id,
            epoch: self.epoch,
            seq: self.seq,
            schema: 1,
            stamp,
            base: self.position,
            depends_on,
            action,
        });
        self.outbox.push(Row {
            intent: Rc::clone(&intent),
            stage: Stage::Waiting,
            deferred: false,
            decided_ms: 0,
            acknowledged: false,
        });
        intent
    }

    /// The marketplace's time, as far as it is known here.
    pub fn corrected_ms(&self, wall_ms: i64) -> i64 {
        wall_ms.saturating_add(self.clock.offset_ms)
    }

    // The engine's disk jobs.

    pub fn load_outbox(
        &self,
        after: Option<(u32, u64)>,
        limit: usize,
        deferred: bool,
        fault: Option<Fault>,
    ) -> (Vec<Intent>, bool) {
        let deferred = deferred && fault != Some(Fault::DeferredForgotten);
        let mut rows: Vec<&Row> = self
            .outbox
            .iter()
            .filter(|row| row.stage == Stage::Waiting && (deferred || !row.deferred))
            .filter(|row| after.is_none_or(|after| number(row) > after))
            .collect();
        rows.sort_by_key(|row| number(row));
        // Small, so that batches matter.
        let limit = limit.min(5);
        let more = rows.len() > limit;
        let intents = rows
            .into_iter()
            .take(limit)
            .map(|row| Intent::clone(&row.intent))
            .collect();
        (intents, more)
    }

    pub fn write_answers(&mut self, answers: &[IntentAnswer], wall_ms: i64, fault: Option<Fault>) -> bool {
        let decided_ms = self.corrected_ms(wall_ms);
        let mut renumber = false;
        for answer in answers {
            let Some(row) = self
                .outbox
                .iter_mut()
                .find(|row| row.intent.id == answer.id && row.stage == Stage::Waiting)
            else {
                continue;
            };
            let stage = match &answer.outcome {
                Outcome::Applied | Outcome::Already => Stage::Done,
                Outcome::Deferred { .. } => {
                    row.deferred = true;
                    continue;
                }
                Outcome::Refused { code, .. } if code == refusal::EPOCH_REUSED => {
                    if fault == Some(Fault::SequenceUsedAgain) {
                        Stage::Done
                    } else {
                        renumber = true;
                        continue;
                    }
                }
                Outcome::Refused { .. } if fault == Some(Fault::RefusalUnsaid) => Stage::Done,
                Outcome::Refused { .. } => Stage::Refused,
            };
            row.stage = stage;
            row.decided_ms = decided_ms;
            row.acknowledged |= stage == Stage::Done;
            if stage == Stage::Refused {
                let id = answer.id.clone();
                self.refuse_dependents(id, decided_ms);
            }
        }
        if renumber {
            self.take_new_epoch();
        }
        renumber
    }

    /// What depends on a refused intent falls with it here too: a marketplace that was put back would not know of the
    /// refusal any more, and wait for it.
    fn refuse_dependents(&mut self, id: String, decided_ms: i64) {
        let mut fallen = vec![id];
        while let Some(id) = fallen.pop() {
            for row in &mut self.outbox {
                if row.stage == Stage::Waiting && row.intent.depends_on.contains(&id) {
                    row.stage = Stage::Refused;
                    row.decided_ms = decided_ms;
                    fallen.push(row.intent.id.clone());
                }
            }
        }
    }

    pub fn take_new_epoch(&mut self) {
        let highest = self.outbox.iter().map(|row| row.intent.epoch).max().unwrap_or(0);
        self.epoch = self.epoch.max(highest) + 1;
        let mut waiting: Vec<&mut Row> = self
            .outbox
            .iter_mut()
            .filter(|row| row.stage == Stage::Waiting)
            .collect();
        waiting.sort_by_key(|row| number(row));
        self.seq = 0;
        for row in waiting {
            self.seq += 1;
            row.intent = Rc::new(Intent {
                epoch: self.epoch,
                seq: self.seq,
                ..Intent::clone(&row.intent)
            });
        }
    }

    /// One entry of the feed.
    pub fn take(&mut self, entry: Entry, wall_ms: i64) {
        let key = (entry.kind.clone(), entry.id.clone());
        match entry.kind.as_str() {
            kind::MOVEMENT => {
                if let Ok(movement) = Movement::deserialize(&entry.state) {
                    self.movements.insert(entry.id.clone(), movement);
                }
            }
            kind::PRODUCT => {
                if let Ok(state) = ProductState::deserialize(&entry.state) {
                    let stamps = state.fields.values().map(|field| &field.stamp);
                    let mut clock = self.clock;
                    stamps.for_each(|stamp| clock.seen(stamp, wall_ms));
                    self.clock = clock;
                }
            }
            _ => {}
        }
        if let Some(unconfirmed) = &mut self.unconfirmed {
            unconfirmed.remove(&key);
        }
        self.said.insert(key, entry);
    }

    /// How far the feed was read.
    pub fn turn_page(&mut self, page: &FeedPage) {
        self.cursor = Some(page.cursor.clone());
        let highest = page.entries.iter().map(|entry| entry.position).max().unwrap_or(0);
        self.position = self.position.max(highest);
    }

    /// At the end of a reading from the beginning, what was not said again is gone.
    pub fn end_reading(&mut self, fault: Option<Fault>) {
        let Some(gone) = self.unconfirmed.take() else {
            return;
        };
        if fault == Some(Fault::GhostsKept) {
            return;
        }
        for key in gone {
            if key.0 == kind::MOVEMENT && !self.holds_movement(&key.1) {
                self.movements.remove(&key.1);
            }
            self.said.remove(&key);
        }
    }

    /// Whether a movement was written here and is still on its way.
    fn holds_movement(&self, id: &str) -> bool {
        self.pending()
            .any(|row| matches!(&row.intent.action, Action::MoveStock { movement } if movement.id == id))
    }

    pub fn forget_cursor(&mut self, fault: Option<Fault>) {
        self.cursor = None;
        self.position = 0;
        self.unconfirmed = Some(self.said.keys().cloned().collect());
        if fault == Some(Fault::NotOfferedAgain) {
            return;
        }
        // Whatever is still kept: a clock that was set wrong a moment ago must not make it too old.
        for row in &mut self.outbox {
            if row.stage == Stage::Done {
                row.stage = Stage::Waiting;
                row.deferred = false;
            }
        }
    }

    pub fn load_lease(&mut self, wall_ms: i64, id: impl FnOnce() -> String) -> Option<LeaseRequest> {
        if self.unused(wall_ms) >= ENOUGH {
            return None;
        }
        if self.asked.is_none() {
            self.asked = Some(LeaseRequest {
                id: id(),
                indicator: "RR".into(),
                count: ASKED,
            });
        }
        self.asked.clone()
    }

    fn unused(&self, wall_ms: i64) -> u32 {
        let now_ms = self.corrected_ms(wall_ms);
        let good = self.blocks.iter().filter(|block| block.lease.expires_ms > now_ms);
        good.map(|block| block.lease.end - block.next).sum()
    }

    pub fn save_lease(&mut self, lease: Lease) {
        if self.asked.as_ref().is_some_and(|asked| asked.id == lease.id) {
            self.asked = None;
        }
        if !self.blocks.iter().any(|block| block.lease.id == lease.id) {
            let next = lease.first;
            self.blocks.push(Block { lease, next });
        }
    }

    /// The next number, used for good.
    pub fn take_number(&mut self, wall_ms: i64) -> Option<u32> {
        let now_ms = self.corrected_ms(wall_ms);
        let block = self
            .blocks
            .iter_mut()
            .find(|block| block.lease.expires_ms > now_ms && block.next < block.lease.end)?;
        block.next += 1;
        Some(block.next - 1)
    }

    // What a person sees.

    /// Changes that have not arrived, or were refused and are still to be looked at.
    pub fn pending(&self) -> impl Iterator<Item = &Row> {
        self.outbox
            .iter()
            .filter(|row| matches!(row.stage, Stage::Waiting | Stage::Refused))
    }

    pub fn said<T: serde::de::DeserializeOwned>(&self, kind: &str, id: &str) -> Option<T> {
        let entry = self.said.get(&(kind.to_owned(), id.to_owned()))?;
        T::deserialize(&entry.state).ok()
    }

    pub fn ids(&self, kind: &str) -> Vec<&str> {
        self.said
            .range((kind.to_owned(), String::new())..)
            .take_while(|((of, _), _)| of == kind)
            .map(|((_, id), _)| id.as_str())
            .collect()
    }

    /// Pieces that are shown: those that were said, and those that were made here.
    pub fn product_ids(&self) -> Vec<String> {
        let mut ids: BTreeSet<String> = self.ids(kind::PRODUCT).into_iter().map(str::to_owned).collect();
        ids.extend(self.pending().filter_map(|row| match &row.intent.action {
            Action::SetProduct { product_id, .. } => Some(product_id.clone()),
            _ => None,
        }));
        ids.into_iter().collect()
    }

    pub fn product(&self, id: &str) -> ProductState {
        let mut state = self.said(kind::PRODUCT, id).unwrap_or_else(|| ProductState {
            id: id.to_owned(),
            ..ProductState::default()
        });
        let mut rows: Vec<&Row> = self
            .pending()
            .filter(|row| about_product(&row.intent.action) == Some(id))
            .collect();
        rows.sort_by_key(|row| number(row));
        sync::pending::piece(&mut state, rows.into_iter().map(|row| Intent::clone(&row.intent)));
        state
    }

    pub fn on_hand(&self, product_id: &str) -> i64 {
        let movements = self.movements.values();
        movements
            .filter(|movement| movement.product_id == product_id)
            .map(|movement| movement.delta)
            .sum()
    }

    pub fn order_status(&self, id: &str) -> Option<OrderStatus> {
        let said: OrderState = self.said(kind::ORDER, id)?;
        let mut rows: Vec<&Row> = self
            .outbox
            .iter()
            .filter(|row| row.stage == Stage::Waiting)
            .collect();
        rows.sort_by_key(|row| number(row));
        let commands = rows.into_iter().filter_map(|row| {
            let action = &row.intent.action;
            match action {
                Action::AcceptOrder { order_id }
                | Action::PackOrder { order_id }
                | Action::CancelOrder { order_id, .. }
                    if order_id == id =>
                {
                    sync::pending::command(action)
                }
                Action::NumberParcel { parcel } if parcel.order_id == id => sync::pending::command(action),
                Action::CloseDropOff { drop_off } => drop_off
                    .parcel_ids
                    .iter()
                    .any(|parcel| {
                        self.parcel(parcel)
                            .is_some_and(|parcel| parcel.parcel.order_id == id)
                    })
                    .then_some(Command::HandIn),
                _ => None,
            }
        });
        Some(sync::pending::order(said.status, commands))
    }

    pub fn parcel(&self, id: &str) -> Option<ParcelState> {
        self.said(kind::PARCEL, id)
            .or_else(|| self.parcels.get(id).cloned())
    }

    pub fn parcels(&self) -> Vec<ParcelState> {
        let mut ids: BTreeSet<&str> = self.ids(kind::PARCEL).into_iter().collect();
        ids.extend(self.parcels.keys().map(String::as_str));
        ids.into_iter().filter_map(|id| self.parcel(id)).collect()
    }

    /// A person has looked at what was refused: it is not shown any more, and what it did here is undone.
    pub fn dismiss(&mut self) {
        for row in &mut self.outbox {
            if row.stage != Stage::Refused {
                continue;
            }
            row.stage = Stage::Dismissed;
            match &row.intent.action {
                Action::MoveStock { movement } => {
                    let said = (kind::MOVEMENT.to_owned(), movement.id.clone());
                    if !self.said.contains_key(&said) {
                        self.movements.remove(&movement.id);
                    }
                }
                Action::NumberParcel { parcel } => {
                    self.parcels.remove(&parcel.id);
                }
                _ => {}
            }
        }
    }

    /// Forgets what was acknowledged long ago.
    pub fn tidy(&mut self, wall_ms: i64) {
        let before = self.corrected_ms(wall_ms) - KEPT_MS;
        self.outbox
            .retain(|row| !matches!(row.stage, Stage::Done | Stage::Dismissed) || row.decided_ms >= before);
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

fn number(row: &Row) -> (u32, u64) {
    (row.intent.epoch, row.intent.seq)
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
