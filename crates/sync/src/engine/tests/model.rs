//! The engine against a small marketplace, a disk that survives crashes, and a network that loses,
//! delays, doubles and reorders.

use crate::engine::Engine;
use crate::engine::words::{Answer, Beginning, Effect, Event, Job, Phase, Ticket, Trouble, Upload};
use api::clock::Stamp;
use api::feed::{Entry, FeedPage};
use api::intent::{Action, Intent, IntentAnswer, Outcome, PushAnswer, refusal};
use api::lease::{Lease, LeaseRequest};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const START: i64 = 1_790_000_000_000;
const CHUNKS: u32 = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Nature {
    Plain,
    /// The marketplace says no.
    Refused,
    /// Not the first two times.
    Deferred,
    /// Any batch with it is answered 400, until the weather is good.
    Poison,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Waiting,
    Done,
    Refused,
}

#[derive(Clone, Debug)]
struct Row {
    intent: Intent,
    state: State,
    deferred: bool,
}

#[derive(Default)]
struct Disk {
    outbox: Vec<Row>,
    epoch: u32,
    seq: u64,
    cursor: Option<String>,
    records: BTreeMap<String, u64>,
    uploads: BTreeMap<String, bool>,
    downloads: BTreeMap<String, bool>,
    leases: u32,
}

#[derive(Default)]
struct Marketplace {
    natures: BTreeMap<String, Nature>,
    applied: Vec<(u32, u64, String)>,
    refused: BTreeSet<String>,
    seqs: BTreeMap<(u32, u64), String>,
    asked: BTreeMap<String, u32>,
    feed: Vec<Entry>,
    feed_epoch: u32,
    chunks: BTreeMap<String, BTreeSet<u32>>,
    chunks_received: u32,
    token: u32,
    leases: BTreeMap<String, Lease>,
}

enum Coming {
    /// A request reaches the marketplace; its answer, unless lost, goes back.
    Arrives {
        ticket: Ticket,
        job: Job,
        token: u32,
        answer: bool,
        back: i64,
    },
    /// A disk job is carried out and answered.
    Disk {
        ticket: Ticket,
        job: Job,
    },
    Answer {
        ticket: Ticket,
        result: Result<Answer, Trouble>,
    },
    StreamUp(Ticket),
    StreamDown(Ticket),
    Hint(Ticket, u64),
    SignedIn,
}

#[derive(Clone, Debug)]
enum Doing {
    Record(Vec<u8>),
    Elsewhere(u8),
    Photo,
    Crash,
    Weather(u8),
    Sleep(u32),
    ExpireToken,
    FeedGone,
    Restore,
    Pause(bool),
    Now,
}

struct World {
    now: i64,
    random: u64,
    weather: u8,
    engine: Engine,
    /// Bumped at a crash: what comes for an earlier life is not delivered.
    life: u32,
    coming: BTreeMap<(i64, u64), (u32, Coming)>,
    order: u64,
    flying: BTreeMap<Ticket, std::mem::Discriminant<Job>>,
    stream: Option<(Ticket, bool)>,
    wake: Option<i64>,
    paused: bool,
    token: u32,
    disk: Disk,
    market: Marketplace,
    made: u32,
    cut: u32,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut world = Self {
            now: START,
            random: seed,
            weather: 0,
            engine: Engine::new(seed),
            life: 0,
            coming: BTreeMap::new(),
            order: 0,
            flying: BTreeMap::new(),
            stream: None,
            wake: None,
            paused: false,
            token: 0,
            disk: Disk {
                epoch: 1,
                ..Disk::default()
            },
            market: Marketplace::default(),
            made: 0,
            cut: 0,
        };
        world.start();
        world
    }

    fn roll(&mut self, sides: u64) -> u64 {
        self.random = self
            .random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.random >> 33) % sides
    }

    fn start(&mut self) {
        self.event(Event::Started(Beginning {
            known: false,
            signed_in: true,
            revoked: false,
            paused: self.paused,
            cursor: self.disk.cursor.clone(),
            stay: true,
        }));
    }

    fn crash(&mut self) {
        self.life += 1;
        self.engine = Engine::new(self.random);
        self.flying.clear();
        self.stream = None;
        self.wake = None;
        self.start();
    }

    fn after(&mut self, wait: i64, what: Coming) {
        self.order += 1;
        self.coming
            .insert((self.now + wait, self.order), (self.life, what));
    }

    fn event(&mut self, event: Event) {
        let mut signed_out = false;
        for effect in self.engine.step(self.now, event) {
            match effect {
                Effect::Do(ticket, job) => self.job(ticket, job),
                Effect::OpenStream(ticket) => {
                    assert!(self.stream.is_none(), "two streams at once");
                    self.stream = Some((ticket, false));
                    let wait = 1 + self.roll(300) as i64;
                    let bad = self.roll(100) < u64::from(self.weather);
                    self.after(
                        wait,
                        if bad {
                            Coming::StreamDown(ticket)
                        } else {
                            Coming::StreamUp(ticket)
                        },
                    );
                }
                Effect::CloseStream => self.stream = None,
                Effect::Abandon => self.flying.clear(),
                Effect::WakeAt(at) => self.wake = at,
                // Two tokens ran out one after the other: a person signs in again.
                Effect::Status(status) if status.phase == Phase::SignedOut => {
                    self.after(5_000, Coming::SignedIn);
                    signed_out = true;
                }
                Effect::Status(_) => {}
            }
        }
        let stuck = self.engine.is_resting() && self.wake.is_none() && !self.paused && !signed_out;
        assert!(!stuck, "nothing under way and nothing to wait for");
        assert_eq!(self.engine.is_resting(), self.flying.is_empty());
    }

    fn job(&mut self, ticket: Ticket, job: Job) {
        let kind = std::mem::discriminant(&job);
        assert!(
            !self.flying.values().any(|other| *other == kind),
            "two at once: {job:?}"
        );
        assert!(self.flying.insert(ticket, kind).is_none());
        if !job.is_network() {
            let wait = self.roll(20) as i64;
            return self.after(wait, Coming::Disk { ticket, job });
        }
        assert!(!self.paused, "asked while paused: {job:?}");
        let (there, back) = (1 + self.roll(2_000) as i64, 1 + self.roll(2_000) as i64);
        let token = self.token;
        let lost = |world: &mut Self, trouble| {
            world.cut += 1;
            world.after(
                there + back,
                Coming::Answer {
                    ticket,
                    result: Err(trouble),
                },
            );
        };
        let bad = self.roll(100) < u64::from(self.weather);
        match if bad { self.roll(5) } else { 9 } {
            0 => lost(self, Trouble::Unreachable),
            1 => lost(self, Trouble::NotAMarketplace),
            2 => lost(self, Trouble::Busy { retry_after_ms: None }),
            // It arrives, now or much later, and the answer is lost.
            fault @ (3 | 4) => {
                let delay = if fault == 3 {
                    there
                } else {
                    there + back + self.roll(60_000) as i64
                };
                self.after(
                    delay,
                    Coming::Arrives {
                        ticket,
                        job,
                        token,
                        answer: false,
                        back,
                    },
                );
                lost(self, Trouble::Unreachable);
            }
            _ => self.after(
                there,
                Coming::Arrives {
                    ticket,
                    job,
                    token,
                    answer: true,
                    back,
                },
            ),
        }
    }

    /// Lets the next thing happen, up to a time. Whether there was one.
    fn next(&mut self, until: i64) -> bool {
        let first = self.coming.keys().next().copied();
        if let Some(wake) = self.wake.filter(|wake| first.is_none_or(|(at, _)| *wake <= at)) {
            if wake > until {
                return false;
            }
            self.now = wake.max(self.now);
            self.wake = None;
            self.event(Event::Tick);
            return true;
        }
        let Some(key) = first.filter(|(at, _)| *at <= until) else {
            return false;
        };
        let (life, what) = self.coming.remove(&key).unwrap();
        self.now = key.0;
        let mine = life == self.life;
        match what {
            Coming::Arrives {
                ticket,
                job,
                token,
                answer,
                back,
            } => {
                let result = self.at_marketplace(job, token);
                if answer && mine {
                    self.after(back, Coming::Answer { ticket, result });
                }
            }
            Coming::Disk { ticket, job } if mine && self.flying.remove(&ticket).is_some() => {
                let result = self.on_disk(job);
                self.event(Event::Answer { ticket, result });
            }
            Coming::Answer { ticket, result } if mine && self.flying.remove(&ticket).is_some() => {
                let result = match result {
                    // As the driver does: a page's photo is written, a token kept.
                    Ok(Answer::Done) => self.kept(),
                    other => other,
                };
                self.event(Event::Answer { ticket, result });
            }
            Coming::StreamUp(ticket) if mine && self.stream == Some((ticket, false)) => {
                self.stream = Some((ticket, true));
                self.event(Event::StreamUp { stream: ticket });
            }
            Coming::StreamDown(stream) if mine && self.stream.is_some_and(|(open, _)| open == stream) => {
                self.stream = None;
                self.event(Event::StreamDown {
                    stream,
                    trouble: Trouble::Unreachable,
                });
            }
            Coming::Hint(stream, position) if mine && self.stream == Some((stream, true)) => {
                self.event(Event::Hint { stream, position });
            }
            Coming::SignedIn if mine => {
                self.token = self.market.token;
                let cursor = self.disk.cursor.clone();
                self.event(Event::SignedIn { cursor });
            }
            _ => {}
        }
        true
    }

    fn kept(&mut self) -> Result<Answer, Trouble> {
        self.token = self.market.token;
        Ok(Answer::Done)
    }

    fn run(&mut self, ms: i64) {
        let until = self.now + ms;
        while self.next(until) {}
        self.now = until;
    }

    fn announce(&mut self) {
        let position = self.market.feed.last().map_or(0, |entry| entry.position);
        if let Some((ticket, true)) = self.stream {
            let bad = self.roll(100) < u64::from(self.weather);
            // A hint may be lost, or the stream may break.
            if !bad {
                let wait = 1 + self.roll(500) as i64;
                self.after(wait, Coming::Hint(ticket, position));
            } else if self.roll(2) == 0 {
                self.after(1, Coming::StreamDown(ticket));
            }
        }
    }

    fn write_feed(&mut self, id: &str) {
        let position = self.market.feed.last().map_or(0, |entry| entry.position) + 1;
        self.market.feed.retain(|entry| entry.id != id);
        self.market.feed.push(Entry {
            position,
            kind: "order".into(),
            id: id.into(),
            state: position.into(),
        });
        self.announce();
    }

    fn at_marketplace(&mut self, job: Job, token: u32) -> Result<Answer, Trouble> {
        if job == Job::RefreshToken {
            return Ok(Answer::Done);
        }
        if token != self.market.token {
            return Err(Trouble::TokenExpired);
        }
        Ok(match job {
            Job::Push(intents) => {
                let poisoned = |intent: &Intent| self.market.natures[&intent.id] == Nature::Poison;
                if self.weather > 0 && intents.iter().any(poisoned) {
                    // It says so, or it breaks.
                    let invalid = Trouble::Refused {
                        code: "invalid".into(),
                    };
                    return Err(if self.made.is_multiple_of(2) {
                        invalid
                    } else {
                        Trouble::Broken
                    });
                }
                let answers = intents.into_iter().map(|intent| self.receive(intent)).collect();
                Answer::Pushed(PushAnswer {
                    applied: 0,
                    answers,
                    server_ms: self.now,
                })
            }
            Job::PullFeed { after } => {
                let position = match &after {
                    None => 0,
                    Some(cursor) => {
                        let (epoch, position) = cursor.split_once(':').unwrap();
                        if epoch.parse::<u32>().unwrap() != self.market.feed_epoch {
                            return Err(Trouble::Gone);
                        }
                        position.parse::<u64>().unwrap()
                    }
                };
                let later = self.market.feed.iter().filter(|entry| entry.position > position);
                let mut entries: Vec<Entry> = later.cloned().collect();
                let more = entries.len() > 4;
                entries.truncate(4);
                let position = entries.last().map_or(position, |entry| entry.position);
                Answer::Page(FeedPage {
                    entries,
                    own: Vec::new(),
                    cursor: format!("{}:{position}", self.market.feed_epoch),
                    more,
                    sum: None,
                    server_ms: self.now,
                })
            }
            Job::OfferPhoto(upload) => self.need(&upload),
            Job::SendChunk { upload, n } => {
                self.market.chunks_received += 1;
                self.market
                    .chunks
                    .entry(upload.hash.clone())
                    .or_default()
                    .insert(n);
                self.need(&upload)
            }
            Job::FetchPhoto { hash } => {
                // Every second photo of the others arrives late.
                if self.roll(2) == 0 {
                    return Ok(Answer::NotThere);
                }
                self.disk.downloads.insert(hash, true);
                Answer::Done
            }
            Job::RequestLease(request) => {
                let next = self.market.leases.len() as u32 * 100;
                let lease = self.market.leases.entry(request.id.clone()).or_insert(Lease {
                    id: request.id,
                    indicator: request.indicator,
                    country: "MX".into(),
                    first: next,
                    end: next + 100,
                    laptop_id: "a".into(),
                    issued_ms: 0,
                    expires_ms: i64::MAX,
                });
                Answer::Leased(lease.clone())
            }
            Job::FetchMe | Job::Mend => Answer::Done,
            other => panic!("not for the network: {other:?}"),
        })
    }

    fn need(&mut self, upload: &Upload) -> Answer {
        let there = self.market.chunks.entry(upload.hash.clone()).or_default();
        Answer::Need((0..CHUNKS).filter(|n| !there.contains(n)).collect())
    }

    fn receive(&mut self, intent: Intent) -> IntentAnswer {
        let id = intent.id.clone();
        let outcome = if self.market.applied.iter().any(|(_, _, known)| *known == id) {
            Outcome::Already
        } else if self.market.refused.contains(&id) {
            Outcome::Refused {
                code: refusal::INVALID.into(),
                present: None,
            }
        } else if self
            .market
            .seqs
            .get(&(intent.epoch, intent.seq))
            .is_some_and(|known| *known != id)
        {
            Outcome::Refused {
                code: refusal::EPOCH_REUSED.into(),
                present: None,
            }
        } else {
            let asked = self.market.asked.entry(id.clone()).or_default();
            *asked += 1;
            let asked = *asked;
            match self.market.natures[&id] {
                Nature::Deferred if asked < 3 => Outcome::Deferred {
                    code: refusal::WAITS.into(),
                },
                Nature::Refused => {
                    self.market.refused.insert(id.clone());
                    self.market.seqs.insert((intent.epoch, intent.seq), id.clone());
                    Outcome::Refused {
                        code: refusal::INVALID.into(),
                        present: None,
                    }
                }
                _ => {
                    self.market.applied.push((intent.epoch, intent.seq, id.clone()));
                    self.market.seqs.insert((intent.epoch, intent.seq), id.clone());
                    self.write_feed(&format!("of {id}"));
                    Outcome::Applied
                }
            }
        };
        IntentAnswer { id, outcome }
    }

    fn on_disk(&mut self, job: Job) -> Result<Answer, Trouble> {
        if self.roll(200) < u64::from(self.weather) / 10 {
            return Err(Trouble::Local { cause: "full".into() });
        }
        Ok(match job {
            Job::LoadOutbox {
                after,
                limit,
                deferred,
            } => {
                let mut rows: Vec<&Row> = self.disk.outbox.iter().collect();
                rows.retain(|row| row.state == State::Waiting && (deferred || !row.deferred));
                rows.retain(|row| after.is_none_or(|after| (row.intent.epoch, row.intent.seq) > after));
                rows.sort_by_key(|row| (row.intent.epoch, row.intent.seq));
                // Small, so that batches matter.
                let limit = limit.min(5);
                let more = rows.len() > limit;
                let intents = rows
                    .into_iter()
                    .take(limit)
                    .map(|row| row.intent.clone())
                    .collect();
                Answer::Outbox { intents, more }
            }
            Job::Record(answers) => {
                let mut renumber = false;
                for answer in answers {
                    let row = self
                        .disk
                        .outbox
                        .iter_mut()
                        .find(|row| row.intent.id == answer.id)
                        .unwrap();
                    match answer.outcome {
                        Outcome::Applied | Outcome::Already => row.state = State::Done,
                        Outcome::Deferred { .. } => row.deferred = true,
                        Outcome::Refused { code, .. } if code == refusal::EPOCH_REUSED => renumber = true,
                        Outcome::Refused { .. } => row.state = State::Refused,
                    }
                }
                if renumber {
                    self.disk.epoch += 1;
                    self.disk.seq = 0;
                    for row in self
                        .disk
                        .outbox
                        .iter_mut()
                        .filter(|row| row.state == State::Waiting)
                    {
                        self.disk.seq += 1;
                        row.intent.epoch = self.disk.epoch;
                        row.intent.seq = self.disk.seq;
                    }
                }
                Answer::Recorded { renumbered: renumber }
            }
            Job::Apply(page) => {
                for entry in page.entries {
                    if entry.id.starts_with("photo") {
                        self.disk.downloads.entry(entry.id.clone()).or_insert(false);
                    }
                    self.disk.records.insert(entry.id, entry.position);
                }
                self.disk.cursor = Some(page.cursor);
                Answer::Done
            }
            Job::ForgetCursor => {
                self.disk.cursor = None;
                for row in &mut self.disk.outbox {
                    if row.state == State::Done {
                        row.state = State::Waiting;
                    }
                }
                Answer::Done
            }
            Job::LoadUpload { except } => {
                let mut waiting = self
                    .disk
                    .uploads
                    .iter()
                    .filter(|(hash, sent)| !**sent && !except.contains(*hash));
                Answer::Upload(waiting.next().map(|(hash, _)| Upload {
                    hash: hash.clone(),
                    bytes: 3,
                }))
            }
            Job::MarkSent { hash } => {
                assert_eq!(
                    self.market.chunks[&hash].len() as u32,
                    CHUNKS,
                    "marked before it was there"
                );
                self.disk.uploads.insert(hash, true);
                Answer::Done
            }
            Job::LoadDownload { except } => {
                let mut waiting = self
                    .disk
                    .downloads
                    .iter()
                    .filter(|(hash, got)| !**got && !except.contains(*hash));
                Answer::Download(waiting.next().map(|(hash, _)| hash.clone()))
            }
            Job::LoadLease => Answer::LeaseWanted((self.disk.leases == 0).then(|| LeaseRequest {
                id: "lease".into(),
                indicator: "RR".into(),
                count: 100,
            })),
            Job::SaveLease(_) => {
                self.disk.leases = 1;
                Answer::Done
            }
            other => panic!("not for the disk: {other:?}"),
        })
    }

    fn doing(&mut self, doing: Doing) {
        match doing {
            Doing::Record(natures) => {
                for nature in natures {
                    self.made += 1;
                    self.disk.seq += 1;
                    let id = format!("i{:05}", self.made);
                    let nature = match nature {
                        0 => Nature::Refused,
                        1 => Nature::Deferred,
                        2 => Nature::Poison,
                        _ => Nature::Plain,
                    };
                    self.market.natures.insert(id.clone(), nature);
                    let stamp = Stamp {
                        ms: self.now,
                        n: 0,
                        laptop: "a".into(),
                    };
                    let intent = Intent {
                        id,
                        epoch: self.disk.epoch,
                        seq: self.disk.seq,
                        schema: 1,
                        stamp,
                        base: 0,
                        depends_on: Vec::new(),
                        action: Action::AcceptOrder { order_id: "o".into() },
                    };
                    self.disk.outbox.push(Row {
                        intent,
                        state: State::Waiting,
                        deferred: false,
                    });
                }
                self.event(Event::LocalChange);
            }
            Doing::Elsewhere(which) => {
                let id = if which < 3 {
                    format!("photo{which}")
                } else {
                    format!("r{which}")
                };
                self.write_feed(&id);
            }
            Doing::Photo => {
                let hash = format!("u{}", self.disk.uploads.len());
                self.disk.uploads.insert(hash, false);
                self.event(Event::LocalChange);
            }
            Doing::Crash => self.crash(),
            Doing::Weather(weather) => self.weather = weather,
            Doing::Sleep(ms) => self.run(i64::from(ms)),
            Doing::ExpireToken => self.market.token += 1,
            Doing::FeedGone => self.market.feed_epoch += 1,
            // The laptop's folder is put back to an earlier day: its numbers are used again.
            Doing::Restore => {
                self.disk.seq = self.disk.seq.saturating_sub(2);
                let (epoch, seq) = (self.disk.epoch, self.disk.seq);
                self.disk
                    .outbox
                    .retain(|row| row.intent.epoch < epoch || row.intent.seq <= seq);
                self.crash();
            }
            Doing::Pause(paused) => {
                self.paused = paused;
                self.event(Event::Pause(paused));
            }
            Doing::Now => self.event(Event::Now),
        }
    }

    fn finish(&mut self) {
        self.weather = 0;
        if self.paused {
            self.doing(Doing::Pause(false));
        }
        self.run(2 * 60 * 60_000);
        for row in &self.disk.outbox {
            let expected = match self.market.natures[&row.intent.id] {
                Nature::Refused => State::Refused,
                _ => State::Done,
            };
            assert_eq!(row.state, expected, "{:?}", row.intent);
            let times = self
                .market
                .applied
                .iter()
                .filter(|(_, _, id)| *id == row.intent.id)
                .count();
            assert_eq!(times, usize::from(expected == State::Done), "{:?}", row.intent);
        }
        let there: BTreeMap<String, u64> = self
            .market
            .feed
            .iter()
            .map(|entry| (entry.id.clone(), entry.position))
            .collect();
        assert_eq!(self.disk.records, there);
        assert!(self.disk.uploads.values().all(|sent| *sent));
        assert!(self.disk.downloads.values().all(|got| *got));
        let chunks = self.disk.uploads.len() as u32 * CHUNKS;
        assert!(
            self.market.chunks_received <= chunks + self.cut + self.life,
            "bytes travelled twice"
        );
        assert_eq!(self.disk.leases, 1);
        assert_eq!(self.market.leases.len(), 1, "asked twice, given once");
    }

    /// Intents that nothing held up arrive in the order in which they were written.
    fn assert_order(&self) {
        let plain: Vec<_> = self
            .market
            .applied
            .iter()
            .filter(|(_, _, id)| self.market.natures[id] == Nature::Plain)
            .map(|(_, _, id)| id)
            .collect();
        assert!(plain.windows(2).all(|pair| pair[0] < pair[1]), "{plain:?}");
    }
}

fn doings() -> impl Strategy<Value = Vec<Doing>> {
    let doing = prop_oneof![
        6 => prop::collection::vec(0u8..12, 1..12).prop_map(Doing::Record),
        4 => (0u8..8).prop_map(Doing::Elsewhere),
        2 => Just(Doing::Photo),
        2 => Just(Doing::Crash),
        3 => (0u8..90).prop_map(Doing::Weather),
        8 => (1u32..20_000).prop_map(Doing::Sleep),
        1 => (60_000u32..2_000_000).prop_map(Doing::Sleep),
        1 => Just(Doing::ExpireToken),
        1 => Just(Doing::FeedGone),
        1 => Just(Doing::Restore),
        1 => any::<bool>().prop_map(Doing::Pause),
        1 => Just(Doing::Now),
    ];
    prop::collection::vec(doing, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_network_does_both_sides_end_with_the_same(seed in any::<u64>(), doings in doings()) {
        let restored = doings.iter().any(|doing| matches!(doing, Doing::Restore));
        let mut world = World::new(seed);
        for doing in doings {
            world.doing(doing);
        }
        world.finish();
        if !restored {
            world.assert_order();
        }
    }
}

#[test]
fn a_day_of_bad_weather_does_not_keep_the_marketplace_busy() {
    let mut world = World::new(3);
    world.doing(Doing::Record(vec![9; 30]));
    world.weather = 100;
    let before = world.cut;
    world.run(24 * 60 * 60_000);
    let asked = world.cut - before;
    assert!(
        (100..3_000).contains(&asked),
        "{asked} requests in a day without a network"
    );
    world.finish();
}
