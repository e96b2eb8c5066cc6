//! What a job's answer leads to.

use super::lane::Kind;
use super::words::{Answer, Trouble};
use super::{Batch, Engine, LeaseStep, PullStep, PushStep, RECONCILE_MS, Reading, Stream, UploadStep};
use api::feed::FeedPage;
use api::intent::{Intent, IntentAnswer, Outcome, PushAnswer};
use api::limits;
use std::collections::BTreeSet;

/// After this many photos in a row that are not there yet, the rest has time.
const MISSES: usize = 500;
/// More blocks of numbers than any operator has kinds of them.
const LEASES: u32 = 16;
/// Pages in one reading: half a million entries, more than any shop has. And so many more after each rest.
const PAGES: u32 = 1_000;
const PAGES_MORE: u32 = 100;
/// Entries that may come again while a feed is read, because somebody wrote the record meanwhile.
const AGAIN: u64 = 16;
/// Bytes of a cursor: it goes back in an address, and no address may be as long as a body.
const CURSOR: usize = 1_024;
/// Bytes of a code that says why; ours are shorter than twenty.
pub(super) const CODE: usize = 64;

impl Engine {
    /// The marketplace has answered as a marketplace does.
    pub(super) fn reached(&mut self) {
        self.unproven = false;
        if self.link.down.take().is_some() {
            self.stream_at = self.now_ms;
        }
        self.link.failures = 0;
    }

    pub(super) fn answered(&mut self, kind: Kind, answer: Answer) {
        match (kind, answer) {
            (Kind::Token, Answer::Done) => {
                self.stale = false;
                self.unproven = true;
                self.refreshed_at = self.next;
                self.lane(Kind::Token).succeed();
                self.link.down = None;
                self.link.failures = 0;
                self.stream_at = self.now_ms;
            }
            (Kind::Push, Answer::Outbox { intents, more }) => self.outbox(intents, more),
            (Kind::Push, Answer::Pushed(answer)) => self.pushed(answer),
            (Kind::Push, Answer::Recorded { renumbered }) => self.recorded(renumbered),
            (Kind::Pull, Answer::Page(page)) => self.page(page),
            (Kind::Pull, Answer::Done) => self.applied(false, None),
            (Kind::Pull, Answer::Differs) => self.applied(true, None),
            (Kind::Pull, Answer::Known { records }) => self.applied(false, Some(records)),
            (Kind::Me, Answer::Done) => {
                self.reached();
                self.lane(Kind::Me).succeed();
                self.me_at = Some(self.now_ms);
                // The operator may be known only now: its services say which numbers are needed.
                self.want(Kind::Lease);
            }
            (Kind::Lease, Answer::LeaseWanted(None)) => self.leases = 0,
            (Kind::Lease, Answer::LeaseWanted(Some(request))) => self.lease = LeaseStep::Ask(request),
            (Kind::Lease, Answer::Leased(lease)) => {
                self.reached();
                self.lease = LeaseStep::Got(lease);
            }
            (Kind::Lease, Answer::Done) => {
                self.leases += 1;
                if self.leases < LEASES {
                    self.lane(Kind::Lease).succeed();
                    self.want(Kind::Lease);
                } else {
                    // Whatever the disk says: numbers are scarce, and this is no way to use them up.
                    self.leases = 0;
                    self.rest(Kind::Lease);
                }
            }
            (Kind::Upload, answer) => self.uploaded(answer),
            (Kind::Fetch, answer) => self.fetched(answer),
            (kind, answer) => {
                let cause = format!("{kind:?} was answered {answer:?}");
                self.give_up(kind, Trouble::Local { cause });
            }
        }
    }

    fn outbox(&mut self, intents: Vec<Intent>, more: bool) {
        if intents.is_empty() {
            return self.swept();
        }
        self.push.step = PushStep::Loaded { intents, more };
    }

    fn pushed(&mut self, answer: PushAnswer) {
        self.reached();
        let PushStep::Sent { ids, batch } = std::mem::take(&mut self.push.step) else {
            return;
        };
        let answered: BTreeSet<&String> = answer.answers.iter().map(|answer| &answer.id).collect();
        if answer.answers.len() != ids.len() || answered != ids.iter().collect() {
            // It does not say what became of each: as good as no answer.
            return self.give_up(Kind::Push, Trouble::NotAMarketplace);
        }
        let overlong = |answer: &IntentAnswer| match &answer.outcome {
            Outcome::Refused { code, .. } | Outcome::Deferred { code } => code.len() > CODE,
            Outcome::Applied | Outcome::Already => false,
        };
        if answer.answers.iter().any(overlong) {
            return self.give_up(Kind::Push, Trouble::NotAMarketplace);
        }
        self.push.deferred_again |= answer
            .answers
            .iter()
            .any(|answer| matches!(answer.outcome, Outcome::Deferred { .. }));
        self.push.step = PushStep::Answered {
            answers: answer.answers,
            batch,
        };
    }

    fn recorded(&mut self, renumbered: bool) {
        let PushStep::Recording { refused, batch } = std::mem::take(&mut self.push.step) else {
            return;
        };
        self.lane(Kind::Push).succeed();
        self.push.limit = (self.push.limit * 2).min(limits::INTENTS_PER_PUSH);
        let over = renumbered || !batch.more || batch.size == 0;
        if refused || (over && !matches!(self.stream, Stream::Up(..))) {
            // How things stand now; with a stream the marketplace will say so by itself.
            self.want(Kind::Pull);
        }
        // Numbers may have been reported used, and photos may have been waiting for their piece.
        self.want(Kind::Upload);
        if renumbered {
            return self.renumbered();
        }
        let Batch { last, size, more } = batch;
        if let Some(sweep) = &mut self.push.sweep {
            sweep.after = Some(last);
        }
        if !more || size == 0 {
            self.swept();
        }
    }

    /// The waiting intents have a new epoch and are sent again; a marketplace that never likes any
    /// epoch must not keep us busy.
    fn renumbered(&mut self) {
        self.push.sweep = None;
        self.push.everything = true;
        self.push.renumbered += 1;
        self.want(Kind::Push);
        if self.push.renumbered > 1 {
            let wait = self.dice.wait(self.push.renumbered);
            self.lane(Kind::Push).not_before = self.now_ms + wait;
        }
    }

    /// The whole outbox has been offered.
    fn swept(&mut self) {
        let everything = self.push.sweep.take().is_some_and(|sweep| sweep.deferred);
        self.push.renumbered = 0;
        self.lane(Kind::Push).succeed();
        if self.push.deferred_again {
            self.push.deferred_again = false;
            self.push.deferred_failures += 1;
            let wait = self.dice.wait(self.push.deferred_failures);
            self.push.deferred_at = self.stay.then_some(self.now_ms + wait);
        } else if everything {
            self.push.deferred_failures = 0;
            self.push.deferred_at = None;
        }
        self.push.clean = !self.lane(Kind::Push).wanted && self.push.deferred_failures == 0;
        if self.push.clean && self.pull.clean {
            self.agreed_ms = Some(self.now_ms);
        }
    }

    fn page(&mut self, page: FeedPage) {
        self.reached();
        // It would be asked for ever.
        let turns_in_place =
            page.more && (page.is_empty() || self.pull.cursor.as_ref() == Some(&page.cursor));
        let overlong =
            page.entries.len() + page.own.len() > limits::ENTRIES_PER_PAGE || page.cursor.len() > CURSOR;
        // Positions are kept in a signed column.
        let beyond = page
            .highest()
            .is_some_and(|highest| i64::try_from(highest).is_err());
        if turns_in_place || overlong || beyond {
            return self.give_up(Kind::Pull, Trouble::NotAMarketplace);
        }
        self.pull.busy |= !page.is_empty();
        if page.is_empty() && page.sum.is_none() && self.pull.cursor.as_ref() == Some(&page.cursor) {
            // Nothing new: not even the disk is touched.
            return self.pulled();
        }
        self.pull.step = PullStep::Page(page);
    }

    /// A page was taken over; `differs` when what is here is then not what the marketplace has. `known`: so many records
    /// are here, and nothing on the page was new.
    fn applied(&mut self, differs: bool, known: Option<u64>) {
        let lately = |at: i64| self.now_ms - at < RECONCILE_MS;
        let mend = differs && !self.pull.mended_at.is_some_and(lately);
        match std::mem::take(&mut self.pull.step) {
            PullStep::Applying {
                cursor,
                position,
                entries,
                more,
            } => {
                self.pull.cursor = Some(cursor);
                self.pull.position = self.pull.position.max(position);
                self.want(Kind::Fetch);
                if more {
                    self.reads_on(entries, known);
                } else if differs {
                    self.pull.differs = true;
                    if mend {
                        self.pull.step = PullStep::Differs;
                    } else {
                        // They are compared again by themselves; until then nobody says that all is agreed.
                        self.read_to_the_end();
                    }
                } else {
                    self.pulled();
                }
            }
            PullStep::Mending => {
                self.reached();
                self.pull.mended_at = Some(self.now_ms);
                self.want(Kind::Fetch);
                // Whether it helped, the next sum says.
                self.read_to_the_end();
                self.want(Kind::Pull);
            }
            PullStep::Gone => {
                self.pull.cursor = None;
                self.pull.position = 0;
                self.want(Kind::Pull);
                // Recent intents wait again.
                self.want(Kind::Push);
                self.push.everything = true;
                // And so do photos.
                self.want(Kind::Upload);
            }
            other => self.pull.step = other,
        }
    }

    /// There is more to read. A feed tells each record once: one that tells again and again what is here already, or that
    /// does not end, is left alone for a while, and then for longer.
    fn reads_on(&mut self, entries: u64, known: Option<u64>) {
        self.lane(Kind::Pull).succeed();
        self.want(Kind::Pull);
        let reading = &mut self.pull.reading;
        reading.pages += 1;
        reading.known = known.map_or(0, |_| reading.known.saturating_add(entries));
        let in_a_circle = known.is_some_and(|records| reading.known > records.saturating_add(AGAIN));
        if !in_a_circle && reading.pages < PAGES {
            return;
        }
        reading.pages = PAGES.saturating_sub(PAGES_MORE);
        reading.rests += 1;
        let rests = reading.rests;
        self.pull.busy = false;
        self.lane(Kind::Pull).failures = rests - 1;
        self.lane_fails(Kind::Pull, Trouble::Broken);
    }

    fn read_to_the_end(&mut self) {
        self.pull.reading = Reading::default();
        self.lane(Kind::Pull).succeed();
        self.pull.busy = false;
        self.pull.gones = 0;
    }

    /// The feed has been read to its end, and what is here is what the marketplace has.
    fn pulled(&mut self) {
        self.read_to_the_end();
        self.pull.differs = false;
        self.pull.clean = !self.lane(Kind::Pull).wanted;
        if self.push.clean && self.pull.clean {
            self.agreed_ms = Some(self.now_ms);
        }
    }

    fn uploaded(&mut self, answer: Answer) {
        if matches!((&self.upload.step, &answer), (UploadStep::Rest, Answer::Need(_))) {
            // The marketplace turned out to be another one meanwhile: it is offered again.
            self.reached();
            return self.want(Kind::Upload);
        }
        let step = std::mem::take(&mut self.upload.step);
        self.upload.step = match (step, answer) {
            (UploadStep::Rest, Answer::Upload(Some(upload))) => UploadStep::Offer(upload),
            (UploadStep::Rest, Answer::Upload(None)) => {
                if !self.upload.except.is_empty() {
                    // Others are done: those that were set aside get another turn, later.
                    self.upload.except.clear();
                    self.rest(Kind::Upload);
                }
                UploadStep::Rest
            }
            (
                UploadStep::Chunks {
                    upload,
                    missing: before,
                },
                Answer::Need(missing),
            ) if missing.len() >= before.len() => {
                // What was sent is lacking still: it would be sent for ever.
                self.upload.step = UploadStep::Chunks {
                    upload,
                    missing: before,
                };
                return self.give_up(Kind::Upload, Trouble::Broken);
            }
            (UploadStep::Offer(upload) | UploadStep::Chunks { upload, .. }, Answer::Need(missing)) => {
                self.reached();
                self.lane(Kind::Upload).succeed();
                if missing.is_empty() {
                    UploadStep::Whole(upload)
                } else {
                    UploadStep::Chunks { upload, missing }
                }
            }
            (UploadStep::Whole(upload), Answer::Done) => {
                self.upload.tries.remove(&upload.hash);
                self.lane(Kind::Upload).succeed();
                self.want(Kind::Upload);
                UploadStep::Rest
            }
            (_, answer) => {
                let cause = format!("an upload was answered {answer:?}");
                return self.give_up(Kind::Upload, Trouble::Local { cause });
            }
        };
    }

    fn fetched(&mut self, answer: Answer) {
        match answer {
            Answer::Download(Some(hash)) => self.fetch.hash = Some(hash),
            Answer::Download(None) => {
                if !self.fetch.except.is_empty() {
                    self.fetch.except.clear();
                    self.rest(Kind::Fetch);
                }
            }
            Answer::NotThere => {
                self.reached();
                if let Some(hash) = self.fetch.hash.take() {
                    self.fetch.except.insert(hash);
                }
                if self.fetch.except.len() >= MISSES {
                    self.fetch.except.clear();
                    self.rest(Kind::Fetch);
                } else {
                    self.want(Kind::Fetch);
                }
            }
            _ => {
                self.reached();
                self.fetch.hash = None;
                self.lane(Kind::Fetch).succeed();
                self.want(Kind::Fetch);
            }
        }
    }

    /// Tries the lane again after a growing while, without it being anyone's fault. An engine that does
    /// not stay leaves it at that.
    fn rest(&mut self, kind: Kind) {
        let (stay, now_ms) = (self.stay, self.now_ms);
        let failures = self.lane(kind).failures.saturating_add(1);
        let wait = self.dice.wait(failures);
        let lane = self.lane(kind);
        lane.failures = failures;
        lane.not_before = now_ms + wait;
        lane.wanted = stay;
    }
}
