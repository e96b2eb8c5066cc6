//! What the door knows, shared by everything that answers.

use crate::attempts::Attempts;
use crate::options::Options;
use crate::phones::Phones;
use crate::sink::{Refusal, Take, Taken};
use crate::state::{Last, Phase, Phone, State};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// How long an expired door still says that it is over, before it closes by itself.
const AFTERWARDS_MS: i64 = 5 * 60_000;

/// What open pages want to hear at once.
#[derive(Clone, Debug)]
pub struct Notice {
    pub phase: Phase,
    pub title: String,
    /// Grows with every change.
    pub version: u64,
}

pub struct Inside {
    /// In the path of every address.
    pub secret: String,
    pub options: Options,
    pub take: Take,
    pub state: watch::Sender<State>,
    pub notice: watch::Sender<Notice>,
    opened_ms: i64,
    arrivals: AtomicU64,
    attempts: Mutex<Attempts>,
    phones: Mutex<Phones>,
}

impl Inside {
    pub fn new(options: Options, take: Take, secret: String) -> Self {
        let opened_ms = (options.clock)();
        let state = State {
            phase: Phase::Open,
            expires_ms: opened_ms.saturating_add(options.open_ms.min(options.longest_ms)),
            phones: Vec::new(),
            receiving: 0,
            arriving: Vec::new(),
            received: 0,
            refused: 0,
            last: None,
        };
        let notice = Notice {
            phase: Phase::Open,
            title: options.title.clone(),
            version: 1,
        };
        Self {
            secret,
            options,
            take,
            state: watch::Sender::new(state),
            notice: watch::Sender::new(notice),
            opened_ms,
            arrivals: AtomicU64::new(1),
            attempts: Mutex::default(),
            phones: Mutex::default(),
        }
    }

    pub fn now_ms(&self) -> i64 {
        (self.options.clock)()
    }

    pub fn attempts(&self) -> MutexGuard<'_, Attempts> {
        self.attempts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn phones(&self) -> MutexGuard<'_, Phones> {
        self.phones.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Open, unless its time is over by the clock.
    pub fn phase(&self) -> Phase {
        let (phase, expires_ms) = {
            let state = self.state.borrow();
            (state.phase, state.expires_ms)
        };
        if phase == Phase::Open && self.now_ms() >= expires_ms {
            self.end(Phase::Expired);
            return Phase::Expired;
        }
        phase
    }

    /// Whether an expired door has said so for long enough.
    pub fn is_long_over(&self) -> bool {
        self.phase() != Phase::Open
            && self.now_ms() >= self.state.borrow().expires_ms.saturating_add(AFTERWARDS_MS)
    }

    /// Expired or closed, from now on.
    pub fn end(&self, phase: Phase) {
        self.state.send_if_modified(|state| {
            let changes = state.phase != Phase::Closed && state.phase != phase;
            if changes {
                state.phase = phase;
            }
            changes
        });
        self.notice.send_modify(|notice| {
            notice.phase = phase;
            notice.version += 1;
        });
    }

    pub fn retitle(&self, title: String) {
        self.notice.send_if_modified(|notice| {
            let changes = notice.title != title;
            if changes {
                notice.title = title;
                notice.version += 1;
            }
            changes
        });
    }

    /// Somebody uses the door: it stays open for longer, up to the longest.
    pub fn is_used(&self) {
        let longest = self.opened_ms.saturating_add(self.options.longest_ms);
        let wanted = self.now_ms().saturating_add(self.options.open_ms).min(longest);
        self.state.send_if_modified(|state| {
            let changes = state.phase == Phase::Open && wanted > state.expires_ms;
            if changes {
                state.expires_ms = wanted;
            }
            changes
        });
    }

    pub fn left_ms(&self) -> i64 {
        (self.state.borrow().expires_ms - self.now_ms()).max(0)
    }

    /// The number of the next photo on its way.
    pub fn next_arrival(&self) -> u64 {
        self.arrivals.fetch_add(1, Ordering::Relaxed)
    }

    /// Adds a phone; its number.
    pub fn add_phone(&self, name: String, browser: String) -> u32 {
        let seen_ms = self.now_ms();
        let mut number = 0;
        self.state.send_modify(|state| {
            number = u32::try_from(state.phones.len())
                .unwrap_or(u32::MAX)
                .saturating_add(1);
            state.phones.push(Phone {
                number,
                name,
                browser,
                seen_ms,
            });
        });
        number
    }

    /// The phone as it is known, seen now.
    pub fn see(&self, number: u32) -> Option<Phone> {
        let now = self.now_ms();
        let mut seen = None;
        self.state.send_if_modified(|state| {
            let Some(phone) = state.phones.iter_mut().find(|phone| phone.number == number) else {
                return false;
            };
            // The app need not hear of every question.
            let tell = now - phone.seen_ms >= 1_000;
            phone.seen_ms = now;
            seen = Some(phone.clone());
            tell
        });
        seen
    }

    pub fn settle(&self, name: &str, phone: u32, outcome: Result<Taken, Refusal>) {
        let at_ms = self.now_ms();
        self.state.send_modify(|state| {
            match outcome {
                Ok(_) => state.received += 1,
                Err(_) => state.refused += 1,
            }
            state.last = Some(Last {
                name: name.to_owned(),
                phone,
                at_ms,
                outcome,
            });
        });
    }
}
