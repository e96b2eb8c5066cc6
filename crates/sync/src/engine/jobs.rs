//! Which job each lane does next.

use super::lane::Kind;
use super::words::{Effect, Job};
use super::{Account, Batch, Engine, LeaseStep, PullStep, PushStep, Sweep, UploadStep};

impl Engine {
    pub(super) fn start_jobs(&mut self) {
        if self.account != Account::In {
            return;
        }
        for kind in Kind::ALL {
            let now_ms = self.now_ms;
            if self.lane(kind).is_due(now_ms)
                && let Some(job) = self.next_job(kind)
            {
                let ticket = self.ticket();
                self.lane(kind).flying = Some(ticket);
                self.effects.push(Effect::Do(ticket, job));
            }
        }
    }

    /// The lane that tries, while nothing answers, whether it does again.
    pub(super) fn probe(&self) -> Kind {
        if self.stale { Kind::Token } else { Kind::Pull }
    }

    /// Whether a lane may use the network now.
    pub(super) fn is_open(&self, kind: Kind) -> bool {
        !self.paused
            && self.stale == (kind == Kind::Token)
            && (self.link.down.is_none() || (kind == self.probe() && self.link.retry_at <= self.now_ms))
    }

    fn next_job(&mut self, kind: Kind) -> Option<Job> {
        let open = self.is_open(kind);
        match kind {
            Kind::Token => open.then_some(Job::RefreshToken),
            Kind::Push => self.next_push(open),
            Kind::Pull => self.next_pull(open),
            Kind::Me => (open && self.takes(kind)).then_some(Job::FetchMe),
            Kind::Lease => self.next_lease(open),
            Kind::Upload => self.next_upload(open),
            Kind::Fetch => self.next_fetch(open),
        }
    }

    fn takes(&mut self, kind: Kind) -> bool {
        std::mem::take(&mut self.lane(kind).wanted)
    }

    fn next_push(&mut self, open: bool) -> Option<Job> {
        match std::mem::take(&mut self.push.step) {
            PushStep::Rest => {
                if !open {
                    return None;
                }
                let sweep = if let Some(sweep) = self.push.sweep {
                    sweep
                } else if self.takes(Kind::Push) {
                    Sweep {
                        after: None,
                        deferred: std::mem::take(&mut self.push.everything),
                    }
                } else {
                    return None;
                };
                self.push.sweep = Some(sweep);
                Some(Job::LoadOutbox {
                    after: sweep.after,
                    limit: self.push.limit,
                    deferred: sweep.deferred,
                })
            }
            PushStep::Loaded { intents, more } if open => {
                let last = intents.last().map_or((0, 0), |intent| (intent.epoch, intent.seq));
                self.push.step = PushStep::Sent {
                    ids: intents.iter().map(|intent| intent.id.clone()).collect(),
                    batch: Batch {
                        last,
                        size: intents.len(),
                        more,
                    },
                };
                Some(Job::Push(intents))
            }
            PushStep::Answered { answers, batch } => {
                let refused = answers
                    .iter()
                    .any(|answer| matches!(answer.outcome, api::intent::Outcome::Refused { .. }));
                self.push.step = PushStep::Recording { refused, batch };
                Some(Job::Record(answers))
            }
            waiting => {
                self.push.step = waiting;
                None
            }
        }
    }

    fn next_pull(&mut self, open: bool) -> Option<Job> {
        match std::mem::take(&mut self.pull.step) {
            PullStep::Rest if open && self.takes(Kind::Pull) => {
                self.pull.clean = false;
                Some(Job::PullFeed {
                    after: self.pull.cursor.clone(),
                })
            }
            PullStep::Page(page) => {
                self.pull.step = PullStep::Applying {
                    cursor: page.cursor.clone(),
                    position: page.highest().unwrap_or(0),
                    entries: (page.entries.len() + page.own.len()) as u64,
                    more: page.more,
                };
                Some(Job::Apply(page))
            }
            PullStep::Differs if open => {
                self.pull.step = PullStep::Mending;
                Some(Job::Mend)
            }
            PullStep::Gone => {
                self.pull.step = PullStep::Gone;
                // Answers that are being written down come first, or they would stand after all is offered again.
                let recording = matches!(self.push.step, PushStep::Recording { .. }) || self.marks_sent();
                (!recording).then_some(Job::ForgetCursor)
            }
            waiting => {
                self.pull.step = waiting;
                None
            }
        }
    }

    /// Whether it is being written down that a photo is sent.
    pub(super) fn marks_sent(&self) -> bool {
        let flying = self
            .lanes
            .get(&Kind::Upload)
            .is_some_and(|lane| lane.flying.is_some());
        flying && matches!(self.upload.step, UploadStep::Whole(_))
    }

    fn next_lease(&mut self, open: bool) -> Option<Job> {
        // The feed first: with it comes the marketplace's time, by which numbers expire.
        let first = matches!(self.lease, LeaseStep::Rest) && self.gives_way(Kind::Pull);
        match std::mem::take(&mut self.lease) {
            LeaseStep::Rest => (open && !first && self.takes(Kind::Lease)).then_some(Job::LoadLease),
            LeaseStep::Ask(request) if open => Some(Job::RequestLease(request)),
            LeaseStep::Got(lease) => Some(Job::SaveLease(lease)),
            waiting @ LeaseStep::Ask(_) => {
                self.lease = waiting;
                None
            }
        }
    }

    /// Photos wait while text is on its way, in their direction; text that fails does not hold them up.
    fn gives_way(&self, kind: Kind) -> bool {
        self.lanes.get(&kind).is_some_and(|lane| {
            let resting = match kind {
                Kind::Push => matches!(self.push.step, PushStep::Rest) && self.push.sweep.is_none(),
                _ => matches!(self.pull.step, PullStep::Rest),
            };
            lane.flying.is_some() || !resting || (lane.wanted && lane.not_before <= self.now_ms)
        })
    }

    fn next_upload(&mut self, open: bool) -> Option<Job> {
        if !open || self.gives_way(Kind::Push) {
            return match &self.upload.step {
                UploadStep::Whole(upload) => Some(Job::MarkSent {
                    hash: upload.hash.clone(),
                }),
                _ => None,
            };
        }
        match &self.upload.step {
            UploadStep::Rest => {
                let except = self.upload.except.clone();
                self.takes(Kind::Upload).then_some(Job::LoadUpload { except })
            }
            UploadStep::Offer(upload) => Some(Job::OfferPhoto(upload.clone())),
            UploadStep::Chunks { upload, missing } => missing.first().map(|n| Job::SendChunk {
                upload: upload.clone(),
                n: *n,
            }),
            UploadStep::Whole(upload) => Some(Job::MarkSent {
                hash: upload.hash.clone(),
            }),
        }
    }

    fn next_fetch(&mut self, open: bool) -> Option<Job> {
        if !open || self.gives_way(Kind::Pull) {
            return None;
        }
        match self.fetch.hash.clone() {
            Some(hash) => Some(Job::FetchPhoto { hash }),
            None => {
                let except = self.fetch.except.clone();
                self.takes(Kind::Fetch).then_some(Job::LoadDownload { except })
            }
        }
    }
}
