//! The engine: events in, effects out. It has no clock, no network and no disk; whoever drives it
//! gives it the time with each event and does what it asks.
//!
//! Work runs in lanes ([`lane::Kind`]): at most one job of each at a time, each with its own patience,
//! so that a photo that fails holds up no order, and an intent that fails holds up no download. While
//! nothing answers, one lane (reading the feed, or refreshing the token) tries whether it does again.
//! Nothing is remembered here that is not on the disk too: an engine that is dropped at any moment and
//! made anew goes on where the disk says.

mod answers;
mod jobs;
pub mod lane;
mod status;
mod troubles;
pub mod words;

use api::intent::IntentAnswer;
use api::lease::{Lease, LeaseRequest};
use api::{feed::FeedPage, intent::Intent, limits};
use lane::{Dice, Kind, Lane};
use std::collections::{BTreeMap, BTreeSet};
use words::{Beginning, Effect, Event, Status, Ticket, Trouble, Upload};

/// While all is well everything is compared again this often, in milliseconds.
pub const RECONCILE_MS: i64 = 15 * 60_000;
/// Who we are is asked again this often.
const ME_MS: i64 = 24 * 60 * 60_000;
/// A stream that lived this long was a good one: the next failure is a first one.
const GOOD_STREAM_MS: i64 = 30_000;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Account {
    #[default]
    Out,
    In,
    Revoked,
}

/// Whether the marketplace answers.
#[derive(Clone, Debug, Default)]
struct Link {
    /// Why it does not.
    down: Option<Trouble>,
    failures: u32,
    retry_at: i64,
}

#[derive(Clone, Copy, Debug, Default)]
enum Stream {
    #[default]
    Closed,
    Opening(Ticket),
    Up(Ticket, i64),
}

#[derive(Debug, Default)]
enum PushStep {
    #[default]
    Rest,
    /// To be sent.
    Loaded { intents: Vec<Intent>, more: bool },
    /// On its way.
    Sent { ids: BTreeSet<String>, batch: Batch },
    /// To be written down.
    Answered {
        answers: Vec<IntentAnswer>,
        batch: Batch,
    },
    /// Being written down.
    Recording { refused: bool, batch: Batch },
}

/// What is remembered of a batch of intents while it travels.
#[derive(Clone, Copy, Debug)]
struct Batch {
    last: (u32, u64),
    size: usize,
    more: bool,
}

/// One reading of the outbox from its beginning to its end.
#[derive(Clone, Copy, Debug)]
struct Sweep {
    after: Option<(u32, u64)>,
    /// Whether intents that were deferred are offered again.
    deferred: bool,
}

#[derive(Debug)]
struct Pushing {
    step: PushStep,
    sweep: Option<Sweep>,
    /// The next sweep offers deferred intents again.
    everything: bool,
    /// Made smaller to find an intent that spoils its batch.
    limit: usize,
    deferred_again: bool,
    deferred_failures: u32,
    deferred_at: Option<i64>,
    renumbered: u32,
    /// The last sweep left nothing behind.
    clean: bool,
}

impl Default for Pushing {
    fn default() -> Self {
        Self {
            step: PushStep::Rest,
            sweep: None,
            everything: true,
            limit: limits::INTENTS_PER_PUSH,
            deferred_again: false,
            deferred_failures: 0,
            deferred_at: None,
            renumbered: 0,
            clean: false,
        }
    }
}

#[derive(Debug, Default)]
enum PullStep {
    #[default]
    Rest,
    Page(FeedPage),
    Applying {
        cursor: String,
        position: u64,
        entries: u64,
        more: bool,
    },
    Gone,
    /// The sums differ.
    Differs,
    Mending,
}

#[derive(Debug, Default)]
struct Pulling {
    step: PullStep,
    cursor: Option<String>,
    /// The highest position that was applied.
    position: u64,
    /// In the middle of a reading that brings something.
    busy: bool,
    /// When the sums were last mended: once a reconcile, or two sides that never agree would do nothing else.
    mended_at: Option<i64>,
    /// When they were compared last, they were not the same.
    differs: bool,
    /// How often the cursor was gone since the feed was last read to its end.
    gones: u32,
    reading: Reading,
    clean: bool,
}

/// How long the feed has been read without coming to its end.
#[derive(Clone, Copy, Debug, Default)]
struct Reading {
    pages: u32,
    /// Entries in a row that were here already.
    known: u64,
    /// How often it was given up for a while.
    rests: u32,
}

#[derive(Debug, Default)]
enum UploadStep {
    #[default]
    Rest,
    Offer(Upload),
    Chunks {
        upload: Upload,
        missing: Vec<u32>,
    },
    Whole(Upload),
}

#[derive(Debug, Default)]
struct Uploading {
    step: UploadStep,
    except: BTreeSet<String>,
    /// Failures that are not the network's, by photo.
    tries: BTreeMap<String, u32>,
}

#[derive(Debug, Default)]
struct Fetching {
    hash: Option<String>,
    except: BTreeSet<String>,
}

#[derive(Debug, Default)]
enum LeaseStep {
    #[default]
    Rest,
    Ask(LeaseRequest),
    Got(Lease),
}

/// The engine of one laptop. Dropping it loses nothing.
#[derive(Debug)]
pub struct Engine {
    dice: Dice,
    now_ms: i64,
    stay: bool,
    account: Account,
    paused: bool,
    link: Link,
    /// The access token has run out.
    stale: bool,
    /// Refreshed, and nothing has succeeded with the new token yet.
    unproven: bool,
    /// Tickets below this travelled with an older token.
    refreshed_at: Ticket,
    stream: Stream,
    stream_failures: u32,
    stream_at: i64,
    reconcile_at: Option<i64>,
    /// When the marketplace last said who we are.
    me_at: Option<i64>,
    /// It was asked because of a laptop that is not known here, since the last reconcile.
    met: bool,
    lanes: BTreeMap<Kind, Lane>,
    push: Pushing,
    pull: Pulling,
    upload: Uploading,
    fetch: Fetching,
    lease: LeaseStep,
    /// Blocks that came one after the other, without ever being enough.
    leases: u32,
    next: Ticket,
    agreed_ms: Option<i64>,
    said: Option<Status>,
    said_wake: Option<i64>,
    effects: Vec<Effect>,
}

impl Engine {
    /// An engine whose waiting times are drawn from `seed`.
    pub fn new(seed: u64) -> Self {
        Self {
            dice: Dice(seed),
            now_ms: i64::MIN,
            stay: false,
            account: Account::Out,
            paused: false,
            link: Link::default(),
            stale: false,
            unproven: false,
            refreshed_at: Ticket(0),
            stream: Stream::Closed,
            stream_failures: 0,
            stream_at: 0,
            reconcile_at: None,
            me_at: None,
            met: false,
            lanes: Kind::ALL
                .into_iter()
                .map(|kind| (kind, Lane::default()))
                .collect(),
            push: Pushing::default(),
            pull: Pulling::default(),
            upload: Uploading::default(),
            fetch: Fetching::default(),
            lease: LeaseStep::default(),
            leases: 0,
            next: Ticket(1),
            agreed_ms: None,
            said: None,
            said_wake: None,
            effects: Vec::new(),
        }
    }

    /// Takes one event and gives what is to be done about it, in this order.
    ///
    /// `now_ms` never goes back; if it does, the engine stays at the latest time that it knows.
    pub fn step(&mut self, now_ms: i64, event: Event) -> Vec<Effect> {
        self.now_ms = self.now_ms.max(now_ms);
        self.take(event);
        self.keep_time();
        self.start_jobs();
        self.keep_stream();
        self.say();
        std::mem::take(&mut self.effects)
    }

    /// Whether no job is under way.
    pub fn is_resting(&self) -> bool {
        self.lanes.values().all(|lane| lane.flying.is_none())
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Started(beginning) => self.begin(beginning),
            Event::LocalChange => {
                for kind in [Kind::Push, Kind::Upload, Kind::Lease] {
                    self.want(kind);
                }
                self.push.clean = false;
            }
            Event::Stranger => {
                // One that the marketplace does not know either is no reason to ask again and again.
                if !self.met {
                    self.met = true;
                    self.want(Kind::Me);
                }
            }
            Event::Now => self.hurry(),
            Event::Hint { stream, position } => {
                if matches!(self.stream, Stream::Up(ticket, _) if ticket == stream)
                    && (position > self.pull.position || position == 0)
                {
                    self.want(Kind::Pull);
                }
            }
            Event::StreamUp { stream } => {
                if matches!(self.stream, Stream::Opening(ticket) if ticket == stream) {
                    self.stream = Stream::Up(stream, self.now_ms);
                    // What happened while nobody listened.
                    self.want(Kind::Pull);
                }
            }
            Event::StreamDown { stream, trouble } => self.stream_down(stream, trouble),
            Event::Tick => {}
            Event::Answer { ticket, result } => {
                let awaited = self.lanes.iter().find(|(_, lane)| lane.flying == Some(ticket));
                if let Some(kind) = awaited.map(|(kind, _)| *kind) {
                    self.lane(kind).flying = None;
                    match result {
                        Ok(answer) => self.answered(kind, answer),
                        Err(trouble) => self.failed(kind, ticket, trouble),
                    }
                }
            }
            Event::SignedIn { cursor } => {
                let beginning = Beginning {
                    signed_in: true,
                    revoked: false,
                    paused: self.paused,
                    cursor,
                    known: false,
                    stay: self.stay,
                };
                self.abandon();
                self.begin(beginning);
            }
            Event::SignedOut => {
                self.abandon();
                self.account = Account::Out;
            }
            Event::Pause(paused) => {
                self.paused = paused;
                if !paused {
                    self.hurry();
                }
            }
        }
    }

    fn begin(&mut self, beginning: Beginning) {
        self.stay = beginning.stay;
        self.paused = beginning.paused;
        self.me_at = beginning.known.then_some(self.now_ms);
        self.pull.cursor.clone_from(&beginning.cursor);
        self.account = match beginning {
            Beginning { revoked: true, .. } => Account::Revoked,
            Beginning { signed_in: true, .. } => Account::In,
            _ => Account::Out,
        };
        self.stream_at = self.now_ms;
        self.want_all();
    }

    /// Forgets everything that only the engine knows; what is under way is abandoned.
    fn abandon(&mut self) {
        self.close_stream();
        if !self.is_resting() {
            self.effects.push(Effect::Abandon);
        }
        self.lanes.values_mut().for_each(|lane| *lane = Lane::default());
        self.link = Link::default();
        self.stale = false;
        self.unproven = false;
        self.stream_failures = 0;
        self.push = Pushing::default();
        self.pull = Pulling::default();
        self.upload = Uploading::default();
        self.fetch = Fetching::default();
        self.lease = LeaseStep::default();
        self.me_at = None;
        self.reconcile_at = None;
    }

    fn want_all(&mut self) {
        // Who we are hardly ever changes, and a quiet shop should cost one request.
        let known = self.me_at.is_some_and(|at| self.now_ms - at < ME_MS);
        for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Me || !known) {
            self.want(kind);
        }
        self.push.everything = true;
        self.upload.except.clear();
        self.fetch.except.clear();
        self.reconcile_at = self.stay.then_some(self.now_ms + RECONCILE_MS);
    }

    fn hurry(&mut self) {
        self.want_all();
        self.link.retry_at = self.now_ms;
        self.stream_at = self.now_ms;
        self.upload.tries.clear();
        self.pull.mended_at = None;
        self.lanes
            .values_mut()
            .for_each(|lane| lane.not_before = self.now_ms);
    }

    fn want(&mut self, kind: Kind) {
        self.lane(kind).wanted = true;
    }

    fn lane(&mut self, kind: Kind) -> &mut Lane {
        self.lanes.entry(kind).or_default()
    }

    fn ticket(&mut self) -> Ticket {
        let ticket = self.next;
        self.next = Ticket(ticket.0 + 1);
        ticket
    }

    /// What is due because time has passed.
    fn keep_time(&mut self) {
        if self.account != Account::In {
            return;
        }
        if self.reconcile_at.is_some_and(|at| at <= self.now_ms) {
            self.met = false;
            self.want_all();
        }
        if self.mend_at().is_some_and(|at| at <= self.now_ms) && matches!(self.pull.step, PullStep::Rest) {
            self.want(Kind::Pull);
        }
        if self.push.deferred_at.is_some_and(|at| at <= self.now_ms) {
            self.push.deferred_at = None;
            self.push.everything = true;
            self.want(Kind::Push);
        }
    }

    /// When the sums, which differ still, are mended again.
    fn mend_at(&self) -> Option<i64> {
        let mended_at = self.pull.mended_at.filter(|_| self.stay && self.pull.differs)?;
        Some(mended_at.saturating_add(RECONCILE_MS))
    }

    fn keep_stream(&mut self) {
        let wanted = self.stay
            && self.account == Account::In
            && !self.paused
            && !self.stale
            && self.link.down.is_none();
        match self.stream {
            Stream::Closed if wanted && self.stream_at <= self.now_ms => {
                let ticket = self.ticket();
                self.stream = Stream::Opening(ticket);
                self.effects.push(Effect::OpenStream(ticket));
            }
            // A stream that is open stays so while the link is in doubt: it will tell by itself.
            Stream::Opening(_) | Stream::Up(..) if self.paused || self.account != Account::In => {
                self.close_stream();
            }
            _ => {}
        }
    }

    fn close_stream(&mut self) {
        if !matches!(self.stream, Stream::Closed) {
            self.stream = Stream::Closed;
            self.effects.push(Effect::CloseStream);
        }
    }
}

#[cfg(test)]
mod tests;
