//! What a failure leads to.

use super::answers::CODE;
use super::lane::{Kind, LONGEST_WAIT_MS};
use super::words::{Ticket, Trouble};
use super::{Account, Engine, GOOD_STREAM_MS, LeaseStep, PullStep, PushStep, Stream, UploadStep};
use api::intent::{IntentAnswer, Outcome};

/// Failures in a row, of one batch or photo while others pass, until it is taken to be its own fault.
const PATIENCE: u32 = 3;

impl Engine {
    pub(super) fn failed(&mut self, kind: Kind, ticket: Ticket, trouble: Trouble) {
        match trouble {
            Trouble::TokenExpired if kind != Kind::Token => {
                self.link.down = None;
                self.drop_step(kind);
                self.want(kind);
                self.expired(ticket);
            }
            Trouble::SignInNeeded => self.shut_out(Account::Out),
            Trouble::Revoked => self.shut_out(Account::Revoked),
            // The new token was refused as soon as it was given, or there is nothing to refresh.
            Trouble::TokenExpired => self.shut_out(Account::Out),
            Trouble::Gone if kind == Kind::Pull => self.gone(),
            trouble => self.give_up(kind, trouble),
        }
    }

    /// A token is refreshed once; when the fresh one is no better, a person must sign in.
    fn expired(&mut self, ticket: Ticket) {
        if ticket < self.refreshed_at {
            // It travelled with the old token.
        } else if self.unproven {
            self.shut_out(Account::Out);
        } else {
            self.stale = true;
            self.want(Kind::Token);
        }
    }

    fn shut_out(&mut self, account: Account) {
        self.abandon();
        self.account = account;
    }

    fn gone(&mut self) {
        if self.pull.cursor.is_none() {
            // There is nothing left to forget.
            return self.give_up(Kind::Pull, Trouble::NotAMarketplace);
        }
        self.reached();
        if matches!(self.pull.step, PullStep::Mending) {
            // All is read anew, which mends as much as can be mended.
            self.pull.mended_at = Some(self.now_ms);
        }
        self.pull.gones = self.pull.gones.saturating_add(1);
        if self.pull.gones > 1 {
            // What it told a moment ago is gone again: it may go on like that for ever.
            let wait = self.dice.wait(self.pull.gones);
            self.pull.busy = false;
            self.lane(Kind::Pull).not_before = self.now_ms + wait;
        }
        self.pull.step = PullStep::Gone;
        // A batch that is under way may have been taken by the marketplace as it was before it was put back: whatever
        // it answers is not written down, and the batch is offered again with the rest.
        if !matches!(self.push.step, PushStep::Rest | PushStep::Recording { .. }) {
            self.drop_step(Kind::Push);
        }
        // And so with a photo that the marketplace as it was may have had.
        if !self.marks_sent() {
            self.drop_step(Kind::Upload);
            self.want(Kind::Upload);
        }
    }

    /// The lane starts over from the disk, after a while.
    pub(super) fn give_up(&mut self, kind: Kind, trouble: Trouble) {
        match trouble {
            Trouble::Unreachable | Trouble::NotAMarketplace => self.link_down(kind, &trouble),
            Trouble::Local { .. } => {}
            _ => self.reached(),
        }
        match (kind, &trouble) {
            (Kind::Push, Trouble::Refused { .. } | Trouble::Broken) => {
                return self.push_spoiled(trouble);
            }
            (Kind::Upload, Trouble::Refused { .. } | Trouble::Broken | Trouble::Local { .. }) => {
                self.photo_spoiled(&trouble);
                if matches!(trouble, Trouble::Refused { .. }) {
                    return self.want(Kind::Upload);
                }
            }
            (Kind::Fetch, Trouble::Refused { .. }) => {
                if let Some(hash) = self.fetch.hash.take() {
                    self.fetch.except.insert(hash);
                }
                return self.want(Kind::Fetch);
            }
            _ => {}
        }
        self.drop_step(kind);
        self.lane_fails(kind, trouble);
    }

    pub(super) fn lane_fails(&mut self, kind: Kind, trouble: Trouble) {
        let now_ms = self.now_ms;
        let mut dice = self.dice.clone();
        self.lane(kind).fail(trouble, now_ms, &mut dice);
        self.dice = dice;
    }

    /// Several lanes may tell of the same outage: it counts once.
    fn link_down(&mut self, kind: Kind, trouble: &Trouble) {
        if self.link.down.is_none() || kind == self.probe() {
            self.link.failures = self.link.failures.saturating_add(1);
            self.link.retry_at = self.now_ms + self.dice.wait(self.link.failures);
        }
        self.link.down = Some(trouble.clone());
        let probe = self.probe();
        self.want(probe);
    }

    fn drop_step(&mut self, kind: Kind) {
        match kind {
            Kind::Push => {
                self.push.step = PushStep::Rest;
                if let Some(sweep) = self.push.sweep.take() {
                    self.push.everything |= sweep.deferred;
                }
                self.push.clean = false;
            }
            Kind::Pull => {
                self.pull.step = PullStep::Rest;
                self.pull.busy = false;
                self.pull.clean = false;
            }
            // The marketplace's count of chunks is asked for anew.
            Kind::Upload => self.upload.step = UploadStep::Rest,
            Kind::Fetch => self.fetch.hash = None,
            Kind::Lease => self.lease = LeaseStep::Rest,
            Kind::Me | Kind::Token => {}
        }
    }

    /// A batch was not taken although the marketplace is there: it is halved until the intent is alone
    /// that spoils it, and that one is put off, so that the others pass.
    fn push_spoiled(&mut self, trouble: Trouble) {
        let at_once = matches!(trouble, Trouble::Refused { .. });
        let sent = match &self.push.step {
            PushStep::Sent { ids, batch } => Some((ids.first().cloned(), *batch)),
            _ => None,
        };
        let failures = self.lane(Kind::Push).failures;
        let guilty = at_once || (failures + 1 >= PATIENCE && (self.pull.clean || self.pull.differs));
        match sent {
            Some((_, batch)) if guilty && batch.size > 1 => {
                self.push.limit = (batch.size / 2).max(1);
                self.drop_step(Kind::Push);
                if at_once {
                    self.want(Kind::Push);
                } else {
                    self.lane_fails(Kind::Push, trouble);
                }
            }
            Some((Some(id), batch)) if guilty => {
                self.push.deferred_again = true;
                let code = match trouble {
                    Trouble::Refused { code } => code.chars().take(CODE).collect(),
                    _ => api::fault::code::INTERNAL.to_owned(),
                };
                let answers = vec![IntentAnswer {
                    id,
                    outcome: Outcome::Deferred { code },
                }];
                self.push.step = PushStep::Answered { answers, batch };
            }
            _ => {
                self.drop_step(Kind::Push);
                self.lane_fails(Kind::Push, trouble);
            }
        }
    }

    /// A photo that is not taken goes to the end of the queue.
    fn photo_spoiled(&mut self, trouble: &Trouble) {
        let hash = match &self.upload.step {
            UploadStep::Offer(upload) | UploadStep::Chunks { upload, .. } | UploadStep::Whole(upload) => {
                upload.hash.clone()
            }
            UploadStep::Rest => return,
        };
        let tries = self.upload.tries.entry(hash.clone()).or_default();
        *tries += 1;
        if matches!(trouble, Trouble::Refused { .. }) || *tries >= PATIENCE {
            self.upload.except.insert(hash);
        }
        self.upload.step = UploadStep::Rest;
    }

    pub(super) fn stream_down(&mut self, stream: Ticket, trouble: Trouble) {
        let lived_ms = match self.stream {
            Stream::Opening(ticket) if ticket == stream => 0,
            Stream::Up(ticket, since) if ticket == stream => self.now_ms - since,
            _ => return,
        };
        self.stream = Stream::Closed;
        self.stream_failures = if lived_ms >= GOOD_STREAM_MS {
            1
        } else {
            self.stream_failures.saturating_add(1)
        };
        let asked = match &trouble {
            Trouble::Busy {
                retry_after_ms: Some(wait),
            } => (*wait).clamp(0, LONGEST_WAIT_MS),
            _ => 0,
        };
        self.stream_at = self.now_ms + self.dice.wait(self.stream_failures).max(asked);
        match trouble {
            Trouble::TokenExpired => self.expired(stream),
            Trouble::Revoked => return self.shut_out(Account::Revoked),
            Trouble::SignInNeeded => return self.shut_out(Account::Out),
            _ => {}
        }
        // Without a stream the feed is asked whenever the stream is tried again.
        let idle = matches!(self.pull.step, PullStep::Rest);
        let stream_at = self.stream_at;
        let pull = self.lane(Kind::Pull);
        if idle && !pull.wanted && pull.flying.is_none() {
            pull.not_before = pull.not_before.max(stream_at);
        }
        pull.wanted = true;
    }
}
