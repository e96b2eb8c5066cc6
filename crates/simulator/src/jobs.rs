//! The engine's disk jobs. Each is one transaction: a crash leaves all of it or nothing.

use crate::fault::Fault;
use crate::world::World;
use api::feed::FeedPage;
use sync::engine::words::{Answer, Event, Job, Ticket, Trouble};

impl World {
    pub(crate) fn on_disk(&mut self, i: usize, ticket: Ticket, job: Job) {
        let fate = if self.calm { 999 } else { self.dice.roll(1_000) };
        match fate {
            0..8 => {
                self.tell(|| format!("laptop {i} crashes before: {}", name(&job)));
                let off_ms = self.dice.between(500, 120_000);
                return self.crash(i, off_ms);
            }
            8..12 => {
                self.laptops[i].flying.remove(&ticket);
                self.laptops[i].push_failed |= matches!(job, Job::LoadOutbox { .. } | Job::Record(_));
                let result = Err(Trouble::Local { cause: "full".into() });
                return self.event(i, Event::Answer { ticket, result });
            }
            _ => {}
        }
        let splits = self.fault == Some(Fault::CursorBeforePage) && !self.calm && self.dice.percent(5);
        if let (true, Job::Apply(page)) = (splits, &job) {
            self.laptops[i].disk.cursor = Some(page.cursor.clone());
            return self.crash(i, 1_000);
        }
        let answer = self.carry_out(i, job);
        if (12..20).contains(&fate) {
            self.tell(|| format!("laptop {i} crashes right after writing"));
            let off_ms = self.dice.between(500, 120_000);
            return self.crash(i, off_ms);
        }
        self.laptops[i].flying.remove(&ticket);
        self.event(
            i,
            Event::Answer {
                ticket,
                result: answer,
            },
        );
    }

    fn carry_out(&mut self, i: usize, job: Job) -> Result<Answer, Trouble> {
        let fault = self.fault;
        let wall_ms = self.laptops[i].wall_ms(self.now_ms);
        Ok(match job {
            Job::LoadOutbox {
                after,
                limit,
                deferred,
            } => {
                let (intents, more) = self.laptops[i].disk.load_outbox(after, limit, deferred, fault);
                Answer::Outbox { intents, more }
            }
            Job::Record(answers) => {
                let renumbered = self.laptops[i].disk.write_answers(&answers, wall_ms, fault);
                self.laptops[i].push_failed |= renumbered;
                self.tell(|| {
                    let ids: Vec<&str> = answers.iter().map(|answer| answer.id.as_str()).collect();
                    format!("laptop {i} writes answers down: {ids:?}, new epoch: {renumbered}")
                });
                Answer::Recorded { renumbered }
            }
            Job::Apply(page) => self.apply(i, page, wall_ms),
            Job::ForgetCursor => {
                self.tell(|| format!("laptop {i} reads the feed from its beginning"));
                self.laptops[i].disk.forget_cursor(fault);
                self.laptops[i].shown.clear();
                Answer::Done
            }
            Job::LoadUpload { except } => Answer::Upload(self.laptops[i].disk.load_upload(&except)),
            Job::MarkSent { hash } => {
                self.tell(|| format!("laptop {i}: photo {} is sent", crate::talk::short(&hash)));
                self.laptops[i].disk.mark_sent(&hash);
                Answer::Done
            }
            Job::LoadDownload { except } => Answer::Download(self.laptops[i].disk.load_download(&except)),
            Job::LoadLease => {
                let id = self.id('l');
                Answer::LeaseWanted(self.laptops[i].disk.load_lease(wall_ms, || id))
            }
            Job::SaveLease(lease) => {
                self.laptops[i].disk.save_lease(lease);
                Answer::Done
            }
            other => {
                return Err(Trouble::Local {
                    cause: format!("{} is not simulated", name(&other)),
                });
            }
        })
    }

    fn apply(&mut self, i: usize, page: FeedPage, wall_ms: i64) -> Answer {
        self.tell(|| {
            let read = page
                .entries
                .iter()
                .map(|entry| format!("{} {} {}", entry.position, entry.kind, entry.id));
            let own = page
                .own
                .iter()
                .map(|own| format!("{} own {} {}", own.position, own.kind, own.id));
            let read: Vec<String> = read.chain(own).collect();
            format!("laptop {i} takes over {read:?} up to {}", page.cursor)
        });
        for entry in &page.entries {
            self.watch_order(i, entry);
        }
        let fault = self.fault;
        let laptop = &mut self.laptops[i];
        let mut spoiled = None;
        if let Some((cursor, on_the_way)) = laptop.page.take()
            && cursor == page.cursor
        {
            spoiled = on_the_way;
        }
        let sum = page.sum.clone();
        let agrees = laptop.disk.take_page(page, wall_ms, fault);
        laptop.disk.spoiled.extend(spoiled);
        if agrees {
            return Answer::Done;
        }
        self.tell(|| format!("laptop {i} holds something else than the marketplace"));
        if fault == Some(Fault::SumAdopted)
            && let Some(sum) = sum.and_then(|sum| sum.parse().ok())
        {
            self.laptops[i].disk.sum = sum;
            return Answer::Done;
        }
        Answer::Differs
    }
}

fn name(job: &Job) -> &'static str {
    match job {
        Job::LoadOutbox { .. } => "looking for what waits",
        Job::Record(_) => "writing answers down",
        Job::Apply(_) => "taking a page over",
        Job::ForgetCursor => "forgetting the cursor",
        Job::LoadLease => "counting numbers",
        Job::SaveLease(_) => "keeping a lease",
        Job::LoadUpload { .. } | Job::LoadDownload { .. } => "looking for photos",
        Job::MarkSent { .. } => "noting that a photo is sent",
        _ => "something else",
    }
}
