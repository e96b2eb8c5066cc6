//! One run: what comes when, and what it leads to.

use crate::dice::Dice;
use crate::disk::{Disk, Key};
use crate::fault::Fault;
use crate::history::Happened;
use crate::laptop::Laptop;
use crate::market::Market;
use crate::talk::{Reply, Request};
use api::feed::{Entry, kind};
use api::order::OrderStatus;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use sync::engine::words::{Beginning, Effect, Event, Job, Phase, Ticket, Trouble};

pub const START_MS: i64 = 1_790_000_000_000;

/// Something that is going to happen.
pub enum Coming {
    /// A request reaches the marketplace; its answer goes back after this while, or is lost.
    Arrives {
        laptop: usize,
        life: u32,
        from: String,
        ticket: Ticket,
        request: Request,
        token: u32,
        back: Option<i64>,
    },
    Answer {
        laptop: usize,
        life: u32,
        ticket: Ticket,
        result: Result<Reply, Trouble>,
        /// Of a page: what was lost or changed of it on the way.
        spoiled: Option<Key>,
    },
    Disk {
        laptop: usize,
        life: u32,
        ticket: Ticket,
        job: Job,
    },
    StreamUp(usize, u32, Ticket),
    StreamDown(usize, u32, Ticket),
    Hint(usize, u32, Ticket, u64),
    SignIn(usize, u32),
    Look(usize, u32),
    Start(usize),
    Person(usize),
    Buyer,
    Clerk,
    Weather,
    Calamity,
    /// The marketplace is put back to its backup.
    PutBack,
}

pub struct World {
    pub dice: Dice,
    pub fault: Option<Fault>,
    pub now_ms: i64,
    coming: BTreeMap<(i64, u64), Box<Coming>>,
    order: u64,
    pub laptops: Vec<Laptop>,
    pub market: Market,
    pub token: u32,
    pub yesterday: Option<(Box<Market>, usize)>,
    pub log: Vec<Happened>,
    /// By intent: how many things the laptop knew of when the person did it.
    pub known: BTreeMap<String, usize>,
    pub made: u64,
    /// What persons with a newer version wrote into fields that an older one does not know.
    pub news: BTreeSet<String>,
    /// Of a hundred requests so many meet with something.
    pub weather: u32,
    /// So many pages are still to lose or change something on their way.
    pub flaws: u32,
    /// Nothing more goes wrong.
    pub calm: bool,
    /// Numbers on paper, with their parcels.
    pub printed: BTreeMap<String, String>,
    /// The marketplace was put back to an earlier day.
    pub put_back: bool,
    pub steps: u64,
    pub failure: Option<String>,
    pub story: Option<Vec<String>>,
}

impl World {
    pub fn new(seed: u64, fault: Option<Fault>, trace: bool) -> Self {
        let mut dice = Dice::new(seed);
        let mut market = Market::new(fault);
        market.now_ms = START_MS;
        market.is_brief = dice.percent(80);
        market.schema = if dice.percent(40) { 2 } else { 1 };
        Self {
            dice,
            fault,
            now_ms: START_MS,
            coming: BTreeMap::new(),
            order: 0,
            laptops: Vec::new(),
            market,
            token: 0,
            yesterday: None,
            log: Vec::new(),
            known: BTreeMap::new(),
            made: 0,
            news: BTreeSet::new(),
            weather: 0,
            flaws: 0,
            calm: false,
            printed: BTreeMap::new(),
            put_back: false,
            steps: 0,
            failure: None,
            story: trace.then(Vec::new),
        }
    }

    pub fn tell(&mut self, line: impl FnOnce() -> String) {
        if let Some(story) = &mut self.story {
            let seconds = (self.now_ms - START_MS) as f64 / 1_000.0;
            story.push(format!("{seconds:>12.3}  {}", line()));
        }
    }

    pub fn fail(&mut self, what: impl FnOnce() -> String) {
        if self.failure.is_none() {
            let what = what();
            self.tell(|| format!("FAILED: {what}"));
            self.failure = Some(what);
        }
    }

    pub fn id(&mut self, letter: char) -> String {
        self.made += 1;
        format!("{letter}{:06}", self.made)
    }

    fn put_off(&mut self, wait_ms: i64, what: Box<Coming>) {
        self.order += 1;
        self.coming.insert((self.now_ms + wait_ms, self.order), what);
    }

    pub fn after(&mut self, wait_ms: i64, what: Coming) {
        self.put_off(wait_ms, Box::new(what));
    }

    pub fn add_laptop(&mut self, disk: Disk) -> usize {
        let mut laptop = Laptop::new(disk);
        laptop.token = self.token;
        laptop.brief = self.dice.percent(60);
        laptop.newer = self.dice.percent(30);
        self.laptops.push(laptop);
        self.laptops.len() - 1
    }

    pub fn start(&mut self, i: usize) {
        let seed = self.dice.next();
        let now_ms = self.now_ms;
        let laptop = &mut self.laptops[i];
        laptop.start(now_ms, seed);
        let beginning = Beginning {
            known: false,
            signed_in: true,
            revoked: false,
            paused: laptop.paused,
            cursor: laptop.disk.cursor.clone(),
            stay: true,
        };
        self.tell(|| format!("laptop {i} starts"));
        self.event(i, Event::Started(beginning));
    }

    pub fn crash(&mut self, i: usize, off_ms: i64) {
        self.tell(|| format!("laptop {i} goes off at once"));
        self.laptops[i].stop();
        self.after(off_ms, Coming::Start(i));
    }

    pub fn event(&mut self, i: usize, event: Event) {
        if self.failure.is_some() {
            return;
        }
        self.steps += 1;
        let now_ms = self.now_ms;
        let laptop = &mut self.laptops[i];
        let engine_ms = laptop.engine_ms(now_ms);
        for effect in laptop.engine.step(engine_ms, event) {
            match effect {
                Effect::Do(ticket, job) => self.job(i, ticket, job),
                Effect::OpenStream(ticket) => self.open_stream(i, ticket),
                Effect::CloseStream => self.laptops[i].stream = None,
                Effect::Abandon => self.laptops[i].abandon(),
                Effect::WakeAt(at) => {
                    let laptop = &mut self.laptops[i];
                    laptop.wake = at;
                    if let Some(at) = at {
                        let life = laptop.life;
                        self.after((at - engine_ms).max(0), Coming::Look(i, life));
                    }
                }
                Effect::Status(status) => {
                    self.laptops[i].phase = status.phase;
                    if status.phase == Phase::SignedOut {
                        // Two tokens ran out one after the other: a person signs in again.
                        let life = self.laptops[i].life;
                        self.after(5_000, Coming::SignIn(i, life));
                    }
                }
            }
        }
        let laptop = &self.laptops[i];
        let waits = laptop.wake.is_some() || laptop.paused || laptop.phase == Phase::SignedOut;
        let resting = laptop.engine.is_resting();
        if resting != laptop.flying.is_empty() {
            self.fail(|| format!("laptop {i}: the engine and its driver disagree on what is under way"));
        } else if resting && !waits {
            self.fail(|| format!("laptop {i}: nothing is under way and nothing is waited for"));
        }
    }

    fn open_stream(&mut self, i: usize, ticket: Ticket) {
        if self.laptops[i].stream.is_some() {
            return self.fail(|| format!("laptop {i}: two streams at once"));
        }
        self.laptops[i].stream = Some((ticket, false));
        let life = self.laptops[i].life;
        let wait = self.dice.between(1, 300);
        let bad = self.bad();
        self.after(
            wait,
            if bad {
                Coming::StreamDown(i, life, ticket)
            } else {
                Coming::StreamUp(i, life, ticket)
            },
        );
    }

    /// Whether something goes wrong now.
    pub fn bad(&mut self) -> bool {
        let weather = self.weather;
        !self.calm && self.dice.percent(weather)
    }

    fn job(&mut self, i: usize, ticket: Ticket, job: Job) {
        let kind = std::mem::discriminant(&job);
        let laptop = &mut self.laptops[i];
        let twice = laptop.flying.values().any(|other| *other == kind);
        laptop.flying.insert(ticket, kind);
        let life = laptop.life;
        if twice {
            return self.fail(|| format!("laptop {i}: two jobs of a kind at once: {job:?}"));
        }
        self.watch_photos(i, &job);
        if job.is_network() {
            if self.laptops[i].paused {
                return self.fail(|| format!("laptop {i} asks while it is paused"));
            }
            return self.begin(i, ticket, job);
        }
        let wait = self.dice.between(0, 15);
        self.after(
            wait,
            Coming::Disk {
                laptop: i,
                life,
                ticket,
                job,
            },
        );
    }

    /// What is sent of a photo is lacking, and no change waits behind it.
    fn watch_photos(&mut self, i: usize, job: &Job) {
        let laptop = &self.laptops[i];
        let hash = match job {
            Job::OfferPhoto(upload) => &upload.hash,
            Job::SendChunk { upload, n } => {
                let lacking = laptop.lacking.as_ref();
                if !lacking.is_some_and(|(hash, lacking)| *hash == upload.hash && lacking.contains(n)) {
                    return self
                        .fail(|| format!("laptop {i} sends chunk {n} again, which is there: {job:?}"));
                }
                &upload.hash
            }
            _ => return,
        };
        if laptop.disk.unsent && !laptop.push_failed {
            self.fail(|| format!("laptop {i}: a change waits behind photo {hash}"));
        }
    }

    /// Lets the next thing happen, unless it is later than this. Whether there was one.
    pub fn next(&mut self, until_ms: i64) -> bool {
        let Some(entry) = self.coming.first_entry() else {
            return false;
        };
        let at = entry.key().0;
        if at > until_ms || self.failure.is_some() {
            return false;
        }
        let what = entry.remove();
        self.now_ms = at;
        self.market.now_ms = at;
        self.market.happened = self.log.len();
        let laptop = match &*what {
            Coming::Answer { laptop, .. } | Coming::Disk { laptop, .. } => Some(*laptop),
            Coming::StreamUp(i, ..)
            | Coming::StreamDown(i, ..)
            | Coming::Hint(i, ..)
            | Coming::SignIn(i, _)
            | Coming::Look(i, _)
            | Coming::Start(i)
            | Coming::Person(i) => Some(*i),
            _ => None,
        };
        if let Some(i) = laptop {
            match self.laptops[i].asleep_until {
                Some(until) if until > at => {
                    self.put_off(until - at, what);
                    return true;
                }
                Some(_) => self.laptops[i].asleep_until = None,
                None => {}
            }
        }
        self.happen(*what);
        true
    }

    fn happen(&mut self, what: Coming) {
        match what {
            Coming::Arrives {
                laptop,
                life,
                from,
                ticket,
                request,
                token,
                back,
            } => {
                let (result, spoiled) = self.at_marketplace(&from, request, token);
                if let Some(back) = back {
                    self.after(
                        back,
                        Coming::Answer {
                            laptop,
                            life,
                            ticket,
                            result,
                            spoiled,
                        },
                    );
                }
            }
            Coming::Answer {
                laptop,
                life,
                ticket,
                result,
                spoiled,
            } => {
                if self.is_alive(laptop, life) {
                    self.hear(laptop, ticket, result, spoiled);
                }
            }
            Coming::Disk {
                laptop,
                life,
                ticket,
                job,
            } => {
                if self.is_alive(laptop, life) && self.laptops[laptop].flying.contains_key(&ticket) {
                    self.on_disk(laptop, ticket, job);
                }
            }
            Coming::StreamUp(i, life, ticket) => {
                if self.is_alive(i, life) && self.laptops[i].stream == Some((ticket, false)) {
                    self.laptops[i].stream = Some((ticket, true));
                    self.event(i, Event::StreamUp { stream: ticket });
                }
            }
            Coming::StreamDown(i, life, ticket) => {
                let open = self.laptops[i].stream.is_some_and(|(open, _)| open == ticket);
                if self.is_alive(i, life) && open {
                    self.laptops[i].stream = None;
                    self.event(
                        i,
                        Event::StreamDown {
                            stream: ticket,
                            trouble: Trouble::Unreachable,
                        },
                    );
                }
            }
            Coming::Hint(i, life, ticket, position) => {
                if self.is_alive(i, life) && self.laptops[i].stream == Some((ticket, true)) {
                    if self.fault == Some(Fault::HintIsTruth)
                        && let Some(cursor) = &mut self.laptops[i].disk.cursor
                        && let Some((epoch, _)) = cursor.split_once(':')
                    {
                        *cursor = format!("{epoch}:{position}");
                    }
                    let stream = ticket;
                    self.event(i, Event::Hint { stream, position });
                }
            }
            Coming::SignIn(i, life) => {
                if self.is_alive(i, life) && self.laptops[i].phase == Phase::SignedOut {
                    self.laptops[i].token = self.token;
                    let cursor = self.laptops[i].disk.cursor.clone();
                    self.event(i, Event::SignedIn { cursor });
                }
            }
            Coming::Look(i, life) => self.look(i, life),
            Coming::Start(i) => {
                if !self.laptops[i].on {
                    self.start(i);
                }
            }
            Coming::Person(i) => self.person(i),
            Coming::Buyer => self.buyer(),
            Coming::Clerk => self.clerk(),
            Coming::Weather => {
                self.weather = match self.dice.roll(4) {
                    0 => 0,
                    1 => 90,
                    _ => u32::try_from(self.dice.roll(60)).unwrap_or(0),
                };
                let weather = self.weather;
                self.tell(|| format!("the network's weather is {weather} of 100"));
            }
            Coming::Calamity => self.calamity(),
            Coming::PutBack => self.put_marketplace_back(),
        }
    }

    fn look(&mut self, i: usize, life: u32) {
        if !self.is_alive(i, life) {
            return;
        }
        let now_ms = self.now_ms;
        let engine_ms = self.laptops[i].engine_ms(now_ms);
        match self.laptops[i].wake {
            Some(wake) if wake <= engine_ms => {
                self.laptops[i].wake = None;
                self.event(i, Event::Tick);
                // The engine only says what changed; without a word the time is the same.
            }
            _ => {}
        }
    }

    pub fn is_alive(&self, i: usize, life: u32) -> bool {
        let laptop = &self.laptops[i];
        laptop.on && laptop.life == life
    }

    pub fn run(&mut self, until_ms: i64) {
        while self.next(until_ms) {}
        if self.failure.is_none() {
            self.now_ms = until_ms;
            self.market.now_ms = until_ms;
        }
    }

    /// Tells every open stream how far the feed is.
    pub fn announce(&mut self) {
        self.market.happened = self.log.len();
        let position = self.market.position();
        for i in 0..self.laptops.len() {
            let Some((ticket, true)) = self.laptops[i].stream else {
                continue;
            };
            let life = self.laptops[i].life;
            if !self.bad() {
                let wait = self.dice.between(1, 400);
                self.after(wait, Coming::Hint(i, life, ticket, position));
            } else if self.dice.roll(2) == 0 {
                self.after(1, Coming::StreamDown(i, life, ticket));
            }
        }
    }

    /// An order comes to a laptop: it has not moved back.
    pub fn watch_order(&mut self, i: usize, entry: &Entry) {
        if entry.kind != kind::ORDER {
            return;
        }
        let Ok(status) = OrderStatus::deserialize(&entry.state["status"]) else {
            return;
        };
        let id = &entry.id;
        let Some(before) = self.laptops[i].shown.insert(id.clone(), status) else {
            return;
        };
        // A clerk may give a parcel back.
        let given_back = before == OrderStatus::HandedIn && status == OrderStatus::Labelled;
        if status < before && !given_back {
            self.fail(|| format!("laptop {i}: order {id} moved back from {before:?} to {status:?}"));
        }
    }
}
