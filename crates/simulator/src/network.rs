//! The way between a laptop and the marketplace, and the marketplace's end of it.

use crate::disk::Key;
use crate::fault::Fault;
use crate::history::Happened;
use crate::talk::{Reply, Request, short};
use crate::world::{Coming, World};
use api::feed::FeedRequest;
use api::intent::{Intent, IntentAnswer, Outcome, PushAnswer};
use sync::engine::words::{Ticket, Trouble};

impl World {
    /// A request leaves a laptop.
    pub(crate) fn send(&mut self, i: usize, ticket: Ticket, mut request: Request) {
        let (mut there, back) = (self.dice.between(1, 1_500), self.dice.between(1, 1_500));
        if let Request::Chunk { content, .. } = &mut request {
            // The line is thin; and once in a while what arrives is not what was sent.
            there *= 10;
            *content += u64::from(!self.calm && self.dice.roll(300) == 0);
        }
        let laptop = &self.laptops[i];
        let (life, token, from) = (laptop.life, laptop.token, laptop.disk.laptop_id.clone());
        let bad = self.bad();
        let fate = if bad { self.dice.roll(11) } else { 99 };
        let arrives = |request: Request, back: Option<i64>| Coming::Arrives {
            laptop: i,
            life,
            from: from.clone(),
            ticket,
            request,
            token,
            back,
        };
        let trouble = match fate {
            // Lost on the way, or cut inside its body; a portal; a busy or broken marketplace.
            0 | 1 => Trouble::Unreachable,
            2 => Trouble::NotAMarketplace,
            3 => Trouble::Busy { retry_after_ms: None },
            4 => Trouble::Broken,
            // It arrives, soon or late, and the answer is lost or cut inside its body.
            5 | 6 => {
                let late = if fate == 6 { self.late() } else { 0 };
                self.after(there + late, arrives(request.clone(), None));
                Trouble::Unreachable
            }
            // It arrives twice.
            7 | 8 => {
                let late = self.late();
                self.after(there + late, arrives(request.clone(), None));
                self.after(there, arrives(request, Some(back)));
                return;
            }
            // The answer takes its time.
            9 | 10 => {
                let slow = self.dice.between(0, 120_000);
                self.after(there, arrives(request, Some(back + slow)));
                return;
            }
            _ => {
                self.after(there, arrives(request, Some(back)));
                return;
            }
        };
        self.tell(|| format!("laptop {i} asks {} and gets: {trouble}", named(&request)));
        let result = match request {
            Request::Push { intents, .. } if self.fault == Some(Fault::AnswerNotAwaited) => {
                Ok(Reply::Pushed(PushAnswer {
                    applied: 0,
                    answers: intents
                        .into_iter()
                        .map(|intent| IntentAnswer {
                            id: intent.id,
                            outcome: Outcome::Applied,
                        })
                        .collect(),
                    server_ms: self.now_ms,
                }))
            }
            _ => Err(trouble),
        };
        self.after(
            there + back,
            Coming::Answer {
                laptop: i,
                life,
                ticket,
                result,
                spoiled: None,
            },
        );
    }

    fn late(&mut self) -> i64 {
        match self.dice.roll(4) {
            0 => self.dice.between(0, 3_600_000),
            _ => self.dice.between(0, 60_000),
        }
    }

    /// A request reaches the marketplace. With a page also: which record of it was lost or changed on the way.
    pub(crate) fn at_marketplace(
        &mut self,
        from: &str,
        request: Request,
        token: u32,
    ) -> (Result<Reply, Trouble>, Option<Key>) {
        if matches!(request, Request::Token) {
            return (Ok(Reply::Done), None);
        }
        if token != self.token {
            return (Err(Trouble::TokenExpired), None);
        }
        let reply = match request {
            Request::Push { intents, brief } => {
                let answers = self.take_batch(from, intents);
                Reply::Pushed(self.brief_answer(answers, brief))
            }
            Request::Feed(asked) => return self.feed(from, &asked),
            Request::Buckets => Reply::Buckets(self.market.buckets()),
            Request::Bucket(name) => Reply::Bucket(self.market.of_bucket(&name)),
            Request::Records(names) => Reply::Records(self.market.named(&names)),
            Request::Lease(request) => {
                let lease = self.market.lease(from, &request);
                self.log.push(Happened::Leased(lease.clone()));
                Reply::Leased(lease)
            }
            Request::Offer(upload) => {
                let missing = self.market.offer(&upload.hash, upload.bytes);
                self.tell(|| format!("{from} offers photo {}: lacking {missing:?}", short(&upload.hash)));
                Reply::Need(missing)
            }
            Request::Chunk { hash, n, content } => {
                let taken = self.market.chunk(&hash, n, content);
                self.tell(|| format!("{from} sends chunk {n} of photo {}: {taken:?}", short(&hash)));
                match taken {
                    Ok(missing) => Reply::Need(missing),
                    Err(code) => {
                        let code = code.to_owned();
                        return (Err(Trouble::Refused { code }), None);
                    }
                }
            }
            Request::Photo(hash) => match self.market.photo(&hash) {
                Some(bytes) => Reply::Photo(bytes.clone()),
                None => Reply::NotThere,
            },
            Request::Me | Request::Token => Reply::Done,
        };
        (Ok(reply), None)
    }

    fn take_batch(&mut self, from: &str, intents: Vec<Intent>) -> Vec<IntentAnswer> {
        let before = self.market.position();
        let mut answers = Vec::with_capacity(intents.len());
        for intent in intents {
            self.market.happened = self.log.len();
            let outcome = self.market.take(from, &intent);
            self.tell(|| {
                format!(
                    "marketplace, of {from}: {} ({}, {}) {:?} -> {outcome:?}",
                    intent.id, intent.epoch, intent.seq, intent.action
                )
            });
            let id = intent.id.clone();
            self.log.push(Happened::Intent {
                at_ms: self.now_ms,
                known: self.known.get(&id).copied().unwrap_or(0),
                intent: Box::new(intent),
                outcome: outcome.clone(),
            });
            answers.push(IntentAnswer { id, outcome });
        }
        if self.market.position() != before {
            self.announce();
        }
        answers
    }

    /// The answer, with those that were applied only counted when that is asked for and known here.
    fn brief_answer(&self, mut answers: Vec<IntentAnswer>, brief: bool) -> PushAnswer {
        let all = answers.len();
        if brief && self.market.is_brief {
            answers.retain(|answer| match answer.outcome {
                Outcome::Applied => false,
                Outcome::Deferred { .. } => self.fault != Some(Fault::DeferralCounted),
                _ => true,
            });
        }
        PushAnswer {
            applied: all - answers.len(),
            answers,
            server_ms: self.now_ms,
        }
    }

    fn feed(&mut self, from: &str, asked: &FeedRequest) -> (Result<Reply, Trouble>, Option<Key>) {
        let stale = self.fault == Some(Fault::OrderMovesBack) && self.dice.percent(10);
        let Some(page) = self.market.page(asked, from, stale) else {
            return (Err(Trouble::Gone), None);
        };
        let Some(mut page) = page else {
            let server_ms = self.now_ms;
            return (Ok(Reply::NothingNew { server_ms }), None);
        };
        let mut spoiled = None;
        if self.flaws > 0 && !self.calm && !page.entries.is_empty() {
            self.flaws -= 1;
            spoiled = self.spoil(&mut page);
        }
        (Ok(Reply::Page(page)), spoiled)
    }
}

fn named(request: &Request) -> &'static str {
    match request {
        Request::Push { .. } => "to take a batch",
        Request::Feed(_) => "for the feed",
        Request::Buckets => "for all sums",
        Request::Bucket(_) => "for the records of a sum",
        Request::Records(_) => "for records",
        Request::Lease(_) => "for numbers",
        Request::Offer(_) => "to take a photo",
        Request::Chunk { .. } => "to take a chunk",
        Request::Photo(_) => "for a photo",
        Request::Me => "who it is",
        Request::Token => "for a token",
    }
}
