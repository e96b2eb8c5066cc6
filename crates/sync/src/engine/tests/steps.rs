//! Single rules, step by step.

use crate::engine::words::{Answer, Beginning, Effect, Event, Job, Phase, Status, Ticket, Trouble, Upload};
use crate::engine::{Engine, RECONCILE_MS};
use api::clock::Stamp;
use api::feed::{Entry, FeedPage};
use api::intent::{Action, Intent, IntentAnswer, Outcome, PushAnswer};
use api::lease::{Lease, LeaseRequest};

const NOW: i64 = 1_790_000_000_000;

/// An engine with its effects sorted.
struct Desk {
    engine: Engine,
    now: i64,
    jobs: Vec<(Ticket, Job)>,
    stream: Option<Ticket>,
    status: Option<Status>,
    wake: Option<i64>,
}

impl Desk {
    fn new(stay: bool) -> Self {
        let mut desk = Self {
            engine: Engine::new(1),
            now: NOW,
            jobs: Vec::new(),
            stream: None,
            status: None,
            wake: None,
        };
        desk.event(Event::Started(Beginning {
            known: false,
            signed_in: true,
            stay,
            cursor: Some("0".into()),
            ..Beginning::default()
        }));
        desk
    }

    fn event(&mut self, event: Event) {
        for effect in self.engine.step(self.now, event) {
            match effect {
                Effect::Do(ticket, job) => self.jobs.push((ticket, job)),
                Effect::OpenStream(ticket) => self.stream = Some(ticket),
                Effect::CloseStream => self.stream = None,
                Effect::Abandon => self.jobs.clear(),
                Effect::WakeAt(at) => self.wake = at,
                Effect::Status(status) => self.status = Some(status),
            }
        }
    }

    fn has(&self, which: impl Fn(&Job) -> bool) -> bool {
        self.jobs.iter().any(|(_, job)| which(job))
    }

    fn job(&mut self, which: impl Fn(&Job) -> bool) -> (Ticket, Job) {
        let at = self.jobs.iter().position(|(_, job)| which(job));
        let at = at.unwrap_or_else(|| panic!("no such job among {:?}", self.jobs));
        self.jobs.remove(at)
    }

    fn answer(&mut self, which: impl Fn(&Job) -> bool, result: Result<Answer, Trouble>) {
        let (ticket, _) = self.job(which);
        self.event(Event::Answer { ticket, result });
    }

    fn tick(&mut self) {
        self.now = self.wake.unwrap_or_else(|| panic!("nothing to wait for"));
        self.event(Event::Tick);
    }

    /// Everything that the beginning asks for, with nothing to do.
    fn settle(&mut self) {
        self.answer(is_load, Ok(outbox(&[])));
        self.answer(is_pull, Ok(page("0", &[], false)));
        self.answer(|job| *job == Job::FetchMe, Ok(Answer::Done));
        self.answer(|job| *job == Job::LoadLease, Ok(Answer::LeaseWanted(None)));
        if self.has(|job| *job == Job::LoadLease) {
            self.answer(|job| *job == Job::LoadLease, Ok(Answer::LeaseWanted(None)));
        }
        self.answer(
            |job| matches!(job, Job::LoadUpload { .. }),
            Ok(Answer::Upload(None)),
        );
        self.answer(
            |job| matches!(job, Job::LoadDownload { .. }),
            Ok(Answer::Download(None)),
        );
        assert!(self.jobs.is_empty(), "{:?}", self.jobs);
    }

    fn phase(&self) -> Phase {
        self.status.as_ref().unwrap().phase
    }
}

fn is_load(job: &Job) -> bool {
    matches!(job, Job::LoadOutbox { .. })
}

fn is_push(job: &Job) -> bool {
    matches!(job, Job::Push(_))
}

fn is_pull(job: &Job) -> bool {
    matches!(job, Job::PullFeed { .. })
}

fn is_record(job: &Job) -> bool {
    matches!(job, Job::Record(_))
}

fn intent(seq: u64) -> Intent {
    Intent {
        id: format!("i{seq}"),
        epoch: 1,
        seq,
        schema: 1,
        stamp: Stamp {
            ms: 1,
            n: 0,
            laptop: "a".into(),
        },
        base: 0,
        depends_on: Vec::new(),
        action: Action::AcceptOrder { order_id: "o".into() },
    }
}

fn outbox(seqs: &[u64]) -> Answer {
    Answer::Outbox {
        intents: seqs.iter().map(|seq| intent(*seq)).collect(),
        more: false,
    }
}

fn applied(seqs: &[u64]) -> Answer {
    Answer::Pushed(PushAnswer {
        applied: 0,
        answers: seqs
            .iter()
            .map(|seq| IntentAnswer {
                id: format!("i{seq}"),
                outcome: Outcome::Applied,
            })
            .collect(),
        server_ms: NOW,
    })
}

fn page(cursor: &str, positions: &[u64], more: bool) -> Answer {
    Answer::Page(FeedPage {
        entries: positions
            .iter()
            .map(|position| Entry {
                position: *position,
                kind: "order".into(),
                id: format!("r{position}"),
                state: serde_json::Value::Null,
            })
            .collect(),
        own: Vec::new(),
        cursor: cursor.into(),
        more,
        sum: None,
        server_ms: NOW,
    })
}

#[test]
fn downloads_go_on_while_a_push_fails() {
    let mut desk = Desk::new(true);
    desk.answer(is_load, Ok(outbox(&[1])));
    desk.answer(is_push, Err(Trouble::Busy { retry_after_ms: None }));
    desk.answer(is_pull, Ok(page("1", &[1], true)));
    desk.answer(|job| matches!(job, Job::Apply(_)), Ok(Answer::Done));
    assert!(desk.has(|job| *job
        == Job::PullFeed {
            after: Some("1".into())
        }));
}

#[test]
fn an_expired_token_is_refreshed_once_and_then_a_person_is_asked() {
    let mut desk = Desk::new(true);
    desk.answer(is_pull, Err(Trouble::TokenExpired));
    assert!(!desk.has(is_pull), "nothing is asked with the old token");
    // Another answer to the old token does not count against the new one.
    desk.answer(|job| *job == Job::RefreshToken, Ok(Answer::Done));
    desk.answer(|job| *job == Job::FetchMe, Err(Trouble::TokenExpired));
    assert!(desk.has(|job| *job == Job::FetchMe));
    assert!(desk.has(is_pull));
    desk.answer(is_pull, Err(Trouble::TokenExpired));
    assert_eq!(desk.phase(), Phase::SignedOut);
    assert!(desk.jobs.is_empty());
    desk.event(Event::LocalChange);
    assert!(desk.jobs.is_empty());
}

#[test]
fn a_revoked_laptop_asks_nothing_more() {
    let mut desk = Desk::new(true);
    desk.answer(is_pull, Err(Trouble::Revoked));
    assert_eq!(desk.phase(), Phase::Revoked);
    desk.event(Event::LocalChange);
    desk.event(Event::Now);
    assert!(desk.jobs.is_empty() && desk.wake.is_none() && desk.stream.is_none());
}

#[test]
fn html_is_troubled_and_the_feed_alone_tries_again() {
    let mut desk = Desk::new(true);
    desk.settle();
    desk.event(Event::LocalChange);
    desk.answer(is_load, Ok(outbox(&[1])));
    desk.jobs.retain(|(_, job)| is_push(job));
    desk.answer(is_push, Err(Trouble::NotAMarketplace));
    assert_eq!(desk.phase(), Phase::Troubled);
    assert!(desk.status.as_ref().unwrap().retry_ms.is_some());
    desk.tick();
    assert!(!desk.has(is_push) && !desk.has(is_load));
    desk.answer(is_pull, Ok(page("0", &[], false)));
    assert!(desk.phase() != Phase::Troubled);
}

#[test]
fn a_cursor_that_is_gone_is_forgotten_and_the_feed_read_from_the_start() {
    let mut desk = Desk::new(true);
    desk.answer(is_pull, Err(Trouble::Gone));
    desk.answer(|job| *job == Job::ForgetCursor, Ok(Answer::Done));
    assert!(desk.has(|job| *job == Job::PullFeed { after: None }));
}

#[test]
fn what_was_answered_before_the_marketplace_was_put_back_is_not_written_down() {
    let mut desk = Desk::new(true);
    desk.answer(is_load, Ok(outbox(&[1])));
    let (travelling, _) = desk.job(is_push);
    // While the batch travels the feed turns out to be another one: what was acknowledged lately is offered again.
    desk.answer(is_pull, Err(Trouble::Gone));
    desk.answer(|job| *job == Job::ForgetCursor, Ok(Answer::Done));
    desk.event(Event::Answer {
        ticket: travelling,
        result: Ok(Answer::Pushed(PushAnswer {
            applied: 0,
            answers: vec![IntentAnswer {
                id: "i1".into(),
                outcome: Outcome::Applied,
            }],
            server_ms: NOW,
        })),
    });
    assert!(!desk.has(is_record), "the old marketplace's word");
    assert!(desk.has(is_load), "it is offered again");
}

#[test]
fn answers_that_are_being_written_down_come_before_all_is_offered_again() {
    let mut desk = Desk::new(true);
    desk.answer(is_load, Ok(outbox(&[1])));
    desk.answer(
        is_push,
        Ok(Answer::Pushed(PushAnswer {
            applied: 0,
            answers: vec![IntentAnswer {
                id: "i1".into(),
                outcome: Outcome::Applied,
            }],
            server_ms: NOW,
        })),
    );
    desk.answer(is_pull, Err(Trouble::Gone));
    assert!(!desk.has(|job| *job == Job::ForgetCursor));
    desk.answer(is_record, Ok(Answer::Recorded { renumbered: false }));
    assert!(desk.has(|job| *job == Job::ForgetCursor));
}

#[test]
fn a_photo_that_was_whole_before_the_marketplace_was_put_back_is_offered_again() {
    let upload = Upload {
        hash: "p".into(),
        bytes: 9,
    };
    let begun = || {
        let mut desk = Desk::new(true);
        desk.answer(is_load, Ok(outbox(&[])));
        let offered = Ok(Answer::Upload(Some(upload.clone())));
        desk.answer(|job| matches!(job, Job::LoadUpload { .. }), offered);
        desk
    };
    let is_mark = |job: &Job| matches!(job, Job::MarkSent { .. });
    let forgets = |job: &Job| *job == Job::ForgetCursor;

    // While the offer travels the feed turns out to be another one.
    let mut desk = begun();
    let (travelling, _) = desk.job(|job| matches!(job, Job::OfferPhoto(_)));
    desk.answer(is_pull, Err(Trouble::Gone));
    desk.answer(forgets, Ok(Answer::Done));
    desk.event(Event::Answer {
        ticket: travelling,
        result: Ok(Answer::Need(Vec::new())),
    });
    assert!(!desk.has(is_mark), "the old marketplace's word");

    // While it is being written down.
    let mut desk = begun();
    desk.answer(
        |job| matches!(job, Job::OfferPhoto(_)),
        Ok(Answer::Need(Vec::new())),
    );
    desk.answer(is_pull, Err(Trouble::Gone));
    assert!(!desk.has(forgets));
    desk.answer(is_mark, Ok(Answer::Done));
    desk.answer(forgets, Ok(Answer::Done));
}

#[test]
fn an_intent_that_spoils_its_batch_is_found_and_put_off() {
    let mut desk = Desk::new(true);
    let mut waiting: Vec<u64> = (1..=7).collect();
    let mut rounds = 0;
    while !waiting.is_empty() && rounds < 50 {
        rounds += 1;
        let (ticket, job) = desk.job(is_load);
        let Job::LoadOutbox { after, limit, .. } = job else {
            panic!()
        };
        let after = after.map_or(0, |(_, seq)| seq);
        let batch: Vec<u64> = waiting.iter().copied().filter(|seq| *seq > after).collect();
        let intents = batch.iter().take(limit).map(|seq| intent(*seq)).collect();
        let more = batch.len() > limit;
        desk.event(Event::Answer {
            ticket,
            result: Ok(Answer::Outbox { intents, more }),
        });
        if !desk.has(is_push) {
            break;
        }
        let (ticket, job) = desk.job(is_push);
        let Job::Push(intents) = job else { panic!() };
        let seqs: Vec<u64> = intents.iter().map(|intent| intent.seq).collect();
        let result = if seqs.contains(&5) {
            Err(Trouble::Refused {
                code: "invalid".into(),
            })
        } else {
            Ok(applied(&seqs))
        };
        desk.event(Event::Answer { ticket, result });
        if desk.has(is_record) {
            let (ticket, job) = desk.job(is_record);
            let Job::Record(answers) = job else { panic!() };
            for answer in answers {
                let deferred = matches!(answer.outcome, Outcome::Deferred { .. });
                assert_eq!(deferred, answer.id == "i5");
                waiting.retain(|seq| format!("i{seq}") != answer.id);
            }
            desk.event(Event::Answer {
                ticket,
                result: Ok(Answer::Recorded { renumbered: false }),
            });
        }
    }
    assert!(waiting.is_empty(), "{waiting:?} after {rounds} rounds");
}

#[test]
fn hints_are_reasons_to_look_and_old_ones_are_not() {
    let mut desk = Desk::new(true);
    let stream = desk.stream.unwrap();
    desk.settle();
    desk.event(Event::StreamUp { stream });
    desk.answer(is_pull, Ok(page("9", &[9], false)));
    desk.answer(|job| matches!(job, Job::Apply(_)), Ok(Answer::Done));
    desk.jobs.clear();
    desk.event(Event::Hint { stream, position: 9 });
    assert!(!desk.has(is_pull));
    desk.event(Event::Hint { stream, position: 10 });
    assert!(desk.has(is_pull));
}

#[test]
fn while_all_is_well_everything_is_compared_every_quarter_of_an_hour() {
    let mut desk = Desk::new(true);
    let stream = desk.stream.unwrap();
    desk.settle();
    desk.event(Event::StreamUp { stream });
    desk.answer(is_pull, Ok(page("0", &[], false)));
    assert_eq!(desk.phase(), Phase::Idle);
    assert_eq!(desk.wake, Some(NOW + RECONCILE_MS));
    desk.tick();
    assert!(desk.has(is_pull) && desk.has(is_load));
}

#[test]
fn a_stream_that_breaks_is_opened_again_and_the_feed_is_read_meanwhile() {
    let mut desk = Desk::new(true);
    desk.settle();
    for _ in 0..20 {
        let stream = desk.stream.take().unwrap();
        desk.event(Event::StreamDown {
            stream,
            trouble: Trouble::Unreachable,
        });
        assert!(desk.wake.unwrap() <= desk.now + 5 * 60_000);
        while desk.stream.is_none() {
            desk.tick();
            while desk.has(is_pull) {
                desk.answer(is_pull, Ok(page("0", &[], false)));
            }
            desk.jobs.clear();
        }
    }
    assert!(desk.now > NOW + 60_000, "the waits grow");
}

#[test]
fn photos_wait_for_text_and_go_on_where_the_marketplace_counts() {
    let mut desk = Desk::new(true);
    let upload = Upload {
        hash: "aa".into(),
        bytes: 3_000_000,
    };
    let is_chunk = |job: &Job| matches!(job, Job::SendChunk { .. });
    assert!(
        !desk.has(|job| matches!(job, Job::LoadUpload { .. })),
        "the outbox comes first"
    );
    desk.answer(is_load, Ok(outbox(&[])));
    desk.answer(
        |job| matches!(job, Job::LoadUpload { .. }),
        Ok(Answer::Upload(Some(upload.clone()))),
    );
    desk.answer(
        |job| matches!(job, Job::OfferPhoto(_)),
        Ok(Answer::Need(vec![0, 1, 2])),
    );
    // Text comes up while a chunk travels: the next chunk waits.
    desk.event(Event::LocalChange);
    desk.answer(is_chunk, Ok(Answer::Need(vec![1, 2])));
    assert!(!desk.has(is_chunk));
    desk.answer(is_load, Ok(outbox(&[])));
    desk.answer(is_pull, Ok(page("0", &[], false)));
    desk.answer(is_chunk, Err(Trouble::Unreachable));
    desk.tick();
    desk.answer(is_pull, Ok(page("0", &[], false)));
    while !desk.has(|job| matches!(job, Job::LoadUpload { .. })) {
        desk.tick();
    }
    desk.answer(
        |job| matches!(job, Job::LoadUpload { .. }),
        Ok(Answer::Upload(Some(upload))),
    );
    desk.answer(|job| matches!(job, Job::OfferPhoto(_)), Ok(Answer::Need(vec![2])));
    assert!(desk.has(|job| matches!(job, Job::SendChunk { n: 2, .. })));
    desk.answer(is_chunk, Ok(Answer::Need(Vec::new())));
    assert!(desk.has(|job| *job == Job::MarkSent { hash: "aa".into() }));
}

#[test]
fn a_photo_that_is_refused_lets_the_others_pass() {
    let mut desk = Desk::new(true);
    desk.answer(is_load, Ok(outbox(&[])));
    let upload = Upload {
        hash: "bad".into(),
        bytes: 5,
    };
    desk.answer(
        |job| matches!(job, Job::LoadUpload { .. }),
        Ok(Answer::Upload(Some(upload))),
    );
    desk.answer(
        |job| matches!(job, Job::OfferPhoto(_)),
        Err(Trouble::Refused {
            code: "invalid".into(),
        }),
    );
    assert!(desk.has(|job| matches!(job, Job::LoadUpload { except } if except.contains("bad"))));
}

#[test]
fn an_answer_that_does_not_name_every_intent_is_no_answer() {
    let mut desk = Desk::new(true);
    desk.answer(is_load, Ok(outbox(&[1, 2])));
    desk.answer(is_push, Ok(applied(&[1])));
    assert!(!desk.has(is_record));
    assert_eq!(desk.phase(), Phase::Troubled);
}

#[test]
fn an_engine_that_does_not_stay_comes_to_rest() {
    let mut desk = Desk::new(false);
    desk.answer(is_load, Ok(outbox(&[1])));
    desk.answer(is_push, Ok(applied(&[1])));
    desk.answer(is_record, Ok(Answer::Recorded { renumbered: false }));
    desk.settle_rest();
    assert!(desk.engine.is_resting());
    assert!(desk.stream.is_none() && desk.wake.is_none());
    assert_eq!(desk.status.as_ref().unwrap().agreed_ms, Some(NOW));
}

#[test]
fn a_feed_without_an_end_is_left_alone_for_longer_and_longer() {
    let is_apply = |job: &Job| matches!(job, Job::Apply(_));
    // Ever new records, and the same ones again and again: 100 of them are here.
    for (most, known) in [(1_500, None), (200, Some(Answer::Known { records: 100 }))] {
        let mut desk = Desk::new(true);
        desk.answer(is_load, Ok(outbox(&[])));
        let (mut pages, mut rests, mut waited) = (0, 0, 0);
        while rests < 5 {
            if desk.has(is_pull) {
                pages += 1;
                assert!(pages < most, "it goes on and on");
                desk.answer(is_pull, Ok(page(&format!("c{pages}"), &[pages], true)));
                desk.answer(is_apply, Ok(known.clone().unwrap_or(Answer::Done)));
                continue;
            }
            assert_eq!(desk.phase(), Phase::Troubled);
            // Nothing else is held up by it.
            desk.event(Event::LocalChange);
            desk.answer(is_load, Ok(outbox(&[])));
            rests += 1;
            let before = desk.now;
            while !desk.has(is_pull) {
                desk.tick();
            }
            waited += desk.now - before;
        }
        assert!(waited > 3_000, "{waited} ms");
        // The end comes all the same, and is an end.
        desk.answer(is_pull, Ok(page("end", &[1], false)));
        desk.answer(is_apply, Ok(Answer::Done));
        assert_eq!(desk.phase(), Phase::Idle);
        assert!(!desk.has(is_pull));
    }
}

#[test]
fn a_laptop_that_is_not_known_is_asked_after_once() {
    let is_me = |job: &Job| *job == Job::FetchMe;
    let mut desk = Desk::new(true);
    desk.settle();
    for _ in 0..3 {
        desk.event(Event::Stranger);
    }
    desk.answer(is_me, Ok(Answer::Done));
    desk.event(Event::Stranger);
    assert!(!desk.has(is_me), "the marketplace may not know it either");
}

#[test]
fn sums_that_differ_again_are_not_agreed_and_are_compared_by_themselves() {
    let is_apply = |job: &Job| matches!(job, Job::Apply(_));
    let is_mend = |job: &Job| *job == Job::Mend;
    let mut desk = Desk::new(true);
    desk.answer(is_load, Ok(outbox(&[])));
    desk.answer(is_pull, Ok(page("1", &[1], false)));
    desk.answer(is_apply, Ok(Answer::Differs));
    desk.answer(is_mend, Ok(Answer::Done));
    assert_eq!(
        desk.status.as_ref().unwrap().agreed_ms,
        None,
        "whether it helped is not known yet"
    );
    // Compared once more, they differ as before.
    desk.answer(is_pull, Ok(page("2", &[2], false)));
    desk.answer(is_apply, Ok(Answer::Differs));
    desk.settle_rest();
    assert!(!desk.has(is_mend), "at once it would be a storm");
    let status = desk.status.clone().unwrap();
    assert_eq!((desk.phase(), status.agreed_ms), (Phase::Comparing, None));

    while !desk.has(is_pull) {
        desk.tick();
    }
    assert!(desk.now <= NOW + RECONCILE_MS);
    desk.answer(is_pull, Ok(page("3", &[3], false)));
    desk.answer(is_apply, Ok(Answer::Differs));
    desk.answer(is_mend, Ok(Answer::Done));
    assert_eq!(desk.phase(), Phase::Comparing);
    desk.answer(is_pull, Ok(page("3", &[], false)));
    desk.settle_rest();
    let status = desk.status.clone().unwrap();
    assert_eq!((desk.phase(), status.agreed_ms), (Phase::Idle, Some(desk.now)));
}

impl Desk {
    /// Answers whatever is asked with "nothing".
    fn settle_rest(&mut self) {
        while let Some((ticket, job)) = self.jobs.pop() {
            let answer = match job {
                Job::LoadOutbox { .. } => outbox(&[]),
                Job::PullFeed { .. } => page("0", &[], false),
                Job::LoadLease => Answer::LeaseWanted(None),
                Job::LoadUpload { .. } => Answer::Upload(None),
                Job::LoadDownload { .. } => Answer::Download(None),
                _ => Answer::Done,
            };
            self.event(Event::Answer {
                ticket,
                result: Ok(answer),
            });
        }
    }
}

#[test]
fn a_marketplace_that_likes_no_epoch_does_not_keep_us_busy() {
    let mut desk = Desk::new(true);
    let mut rounds = 0;
    while desk.has(is_load) {
        rounds += 1;
        assert!(rounds < 5, "it goes on and on");
        desk.answer(is_load, Ok(outbox(&[1])));
        desk.answer(is_push, Ok(applied(&[1])));
        desk.answer(is_record, Ok(Answer::Recorded { renumbered: true }));
    }
    assert!(desk.wake.is_some());
}

#[test]
fn paused_it_asks_nothing_and_then_goes_on() {
    let mut desk = Desk::new(true);
    desk.settle();
    desk.event(Event::Pause(true));
    desk.event(Event::LocalChange);
    assert!(desk.jobs.is_empty() && desk.stream.is_none());
    assert_eq!(desk.phase(), Phase::Paused);
    desk.event(Event::Pause(false));
    assert!(desk.has(is_load) && desk.has(is_pull) && desk.stream.is_some());
}

#[test]
fn numbers_are_never_asked_for_without_end() {
    let mut desk = Desk::new(true);
    assert!(!desk.has(|job| *job == Job::LoadLease), "the feed comes first");
    desk.answer(is_pull, Ok(page("0", &[], false)));
    let mut leases = 0;
    while desk.has(|job| *job == Job::LoadLease) {
        leases += 1;
        assert!(leases < 50, "it asks without end");
        let request = LeaseRequest {
            id: format!("l{leases}"),
            indicator: "RR".into(),
            count: 100,
        };
        let lease = Lease {
            id: request.id.clone(),
            indicator: "RR".into(),
            country: "MX".into(),
            first: 0,
            end: 100,
            laptop_id: "a".into(),
            issued_ms: 0,
            expires_ms: 0,
        };
        desk.answer(
            |job| *job == Job::LoadLease,
            Ok(Answer::LeaseWanted(Some(request))),
        );
        desk.answer(
            |job| matches!(job, Job::RequestLease(_)),
            Ok(Answer::Leased(lease)),
        );
        desk.answer(|job| matches!(job, Job::SaveLease(_)), Ok(Answer::Done));
    }
    assert!(desk.wake.is_some());
}
