//! A laptop: its disk, its clock, and the engine that runs while it is on.

use crate::disk::{Disk, Key};
use crate::talk::Talk;
use api::order::OrderStatus;
use std::collections::{BTreeMap, BTreeSet};
use std::mem::Discriminant;
use sync::engine::Engine;
use sync::engine::words::{Job, Phase, Ticket};

/// A jump of the clock by more than this is taken for a sleep, as the shop's driver does.
const SLEPT_MS: i64 = 5_000;

pub struct Laptop {
    pub disk: Disk,
    pub engine: Engine,
    /// Bumped at a crash: what comes for an earlier life is not delivered.
    pub life: u32,
    pub on: bool,
    /// Nothing happens on it until then; none: it is awake.
    pub asleep_until: Option<i64>,
    pub flying: BTreeMap<Ticket, Discriminant<Job>>,
    /// What is still to be said for jobs of the network.
    pub talks: BTreeMap<Ticket, Talk>,
    /// The last word of the marketplace on a photo that is being sent: which chunks it lacks.
    pub lacking: Option<(String, BTreeSet<u32>)>,
    /// The outbox's last batch met with trouble: photos need not wait for it.
    pub push_failed: bool,
    pub stream: Option<(Ticket, bool)>,
    /// In the engine's time.
    pub wake: Option<i64>,
    pub phase: Phase,
    pub paused: bool,
    pub token: u32,
    /// How far its clock is ahead of the true time.
    pub ahead_ms: i64,
    /// Its clock was compared with the marketplace's since it was last set.
    pub in_time: bool,
    engine_ms: i64,
    looked_at: (i64, i64),
    /// A copy of the folder from an earlier time.
    pub backup: Option<Disk>,
    /// Whether its app is a newer version.
    pub newer: bool,
    /// Whether it asks the marketplace to leave out what it knows already.
    pub brief: bool,
    /// By the cursor of the page that is being taken over: what was lost or changed of it on the way.
    pub page: Option<(String, Option<Key>)>,
    /// The statuses that were shown, since orders may last have moved back.
    pub shown: BTreeMap<String, OrderStatus>,
}

impl Laptop {
    pub fn new(disk: Disk) -> Self {
        Self {
            disk,
            engine: Engine::new(0),
            life: 0,
            on: false,
            asleep_until: None,
            flying: BTreeMap::new(),
            talks: BTreeMap::new(),
            lacking: None,
            push_failed: false,
            stream: None,
            wake: None,
            phase: Phase::Idle,
            paused: false,
            token: 0,
            ahead_ms: 0,
            in_time: false,
            engine_ms: 0,
            looked_at: (0, 0),
            backup: None,
            newer: false,
            brief: false,
            page: None,
            shown: BTreeMap::new(),
        }
    }

    /// What its clock says.
    pub fn wall_ms(&self, now_ms: i64) -> i64 {
        now_ms.saturating_add(self.ahead_ms).max(0)
    }

    /// A fresh engine, as after a start.
    pub fn start(&mut self, now_ms: i64, seed: u64) {
        self.engine = Engine::new(seed);
        self.disk.newer = self.newer;
        self.abandon();
        self.stream = None;
        self.wake = None;
        self.page = None;
        self.lacking = None;
        self.push_failed = false;
        self.on = true;
        self.engine_ms = self.wall_ms(now_ms);
        self.looked_at = (now_ms, self.engine_ms);
    }

    /// Off, at once: whatever was not on the disk is gone.
    pub fn stop(&mut self) {
        self.life += 1;
        self.on = false;
        self.abandon();
        self.stream = None;
        self.wake = None;
    }

    /// Nobody waits for any answer.
    pub fn abandon(&mut self) {
        self.flying.clear();
        self.talks.clear();
    }

    /// The engine's time: it never goes back, and does not miss a sleep.
    pub fn engine_ms(&mut self, now_ms: i64) -> i64 {
        let wall_ms = self.wall_ms(now_ms);
        let (then_ms, then_wall_ms) = self.looked_at;
        let passed = now_ms - then_ms;
        let jumped = wall_ms - then_wall_ms;
        self.engine_ms += if jumped > passed + SLEPT_MS {
            jumped
        } else {
            passed
        };
        self.looked_at = (now_ms, wall_ms);
        self.engine_ms
    }
}
