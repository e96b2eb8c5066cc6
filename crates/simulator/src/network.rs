//! The way between a laptop and the marketplace, and the marketplace's end of it.

use crate::fault::Fault;
use crate::history::Happened;
use crate::world::{Coming, World};
use api::intent::{IntentAnswer, Outcome, PushAnswer};
use sync::engine::words::{Answer, Job, Ticket, Trouble};

impl World {
    /// A request leaves a laptop.
    pub(crate) fn send(&mut self, i: usize, ticket: Ticket, job: Job) {
        let (there, back) = (self.dice.between(1, 1_500), self.dice.between(1, 1_500));
        let laptop = &self.laptops[i];
        let (life, token, from) = (laptop.life, laptop.token, laptop.disk.laptop_id.clone());
        let bad = self.bad();
        let fate = if bad { self.dice.roll(11) } else { 99 };
        let request = |job: Job, back: Option<i64>| Coming::Arrives {
            laptop: i,
            life,
            from: from.clone(),
            ticket,
            job,
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
                self.after(there + late, request(job.clone(), None));
                Trouble::Unreachable
            }
            // It arrives twice.
            7 | 8 => {
                let late = self.late();
                self.after(there + late, request(job.clone(), None));
                self.after(there, request(job, Some(back)));
                return;
            }
            // The answer takes its time.
            9 | 10 => {
                let slow = self.dice.between(0, 120_000);
                self.after(there, request(job, Some(back + slow)));
                return;
            }
            _ => {
                self.after(there, request(job, Some(back)));
                return;
            }
        };
        self.tell(|| format!("laptop {i} asks {} and gets: {trouble}", name(&job)));
        let result = match job {
            Job::Push(intents) if self.fault == Some(Fault::AnswerNotAwaited) => {
                Ok(Answer::Pushed(PushAnswer {
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
                known: 0,
            },
        );
    }

    fn late(&mut self) -> i64 {
        match self.dice.roll(4) {
            0 => self.dice.between(0, 3_600_000),
            _ => self.dice.between(0, 60_000),
        }
    }

    /// A request reaches the marketplace. With a page also: how many things had happened.
    pub(crate) fn at_marketplace(
        &mut self,
        from: &str,
        job: Job,
        token: u32,
    ) -> (Result<Answer, Trouble>, usize) {
        if job == Job::RefreshToken {
            return (Ok(Answer::Done), 0);
        }
        if token != self.token {
            return (Err(Trouble::TokenExpired), 0);
        }
        let answer = match job {
            Job::Push(intents) => {
                let before = self.market.position();
                let answers = intents
                    .into_iter()
                    .map(|intent| {
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
                        IntentAnswer { id, outcome }
                    })
                    .collect();
                if self.market.position() != before {
                    self.announce();
                }
                Answer::Pushed(PushAnswer {
                    applied: 0,
                    answers,
                    server_ms: self.now_ms,
                })
            }
            Job::PullFeed { after } => {
                let stale = self.fault == Some(Fault::OrderMovesBack) && self.dice.percent(10);
                return match self.market.page(after.as_deref(), stale) {
                    Some((page, known)) => (Ok(Answer::Page(page)), known),
                    None => (Err(Trouble::Gone), 0),
                };
            }
            Job::RequestLease(request) => {
                let lease = self.market.lease(from, &request);
                self.log.push(Happened::Leased(lease.clone()));
                Answer::Leased(lease)
            }
            Job::FetchMe => Answer::Done,
            other => {
                let cause = format!("{} is not simulated", name(&other));
                return (Err(Trouble::Local { cause }), 0);
            }
        };
        (Ok(answer), 0)
    }

    /// An answer has come back: the laptop's driver learns the time, keeps the token and tidies up.
    pub(crate) fn hear(&mut self, i: usize, result: &Result<Answer, Trouble>, known: usize) {
        let (now_ms, token) = (self.now_ms, self.token);
        let laptop = &mut self.laptops[i];
        let wall_ms = laptop.wall_ms(now_ms);
        match result {
            Ok(Answer::Pushed(answer)) => {
                laptop.disk.clock.correct(answer.server_ms, wall_ms);
                laptop.in_time = true;
            }
            Ok(Answer::Page(page)) => {
                laptop.disk.clock.correct(page.server_ms, wall_ms);
                laptop.in_time = true;
                laptop.page = Some((page.cursor.clone(), known));
            }
            Ok(Answer::Done) => {
                laptop.token = token;
                if laptop.in_time {
                    laptop.disk.tidy(wall_ms);
                }
            }
            _ => {}
        }
    }
}

pub fn name(job: &Job) -> &'static str {
    match job {
        Job::LoadOutbox { .. } => "what waits",
        Job::Push(_) => "to take a batch",
        Job::Record(_) => "to write answers down",
        Job::PullFeed { .. } => "for the feed",
        Job::Apply(_) => "to take a page over",
        Job::ForgetCursor => "to forget the cursor",
        Job::RequestLease(_) => "for numbers",
        Job::FetchMe => "who it is",
        Job::RefreshToken => "for a token",
        _ => "something else",
    }
}
