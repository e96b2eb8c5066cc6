//! What a laptop and the marketplace say to each other for one job: a question and its answer, or several.

use crate::disk::{Key, bent};
use crate::fault::Fault;
use crate::photo;
use crate::world::World;
use api::fault::code;
use api::feed::{Entry, FeedPage, FeedRequest, OwnEntry};
use api::intent::{Intent, IntentAnswer, Outcome, PushAnswer};
use api::lease::{Lease, LeaseRequest};
use api::parity::{RecordDigest, RecordName};
use std::collections::{BTreeMap, BTreeSet};
use sync::engine::words::{Answer, Event, Job, Ticket, Trouble, Upload};
use sync::parity::Sum;

/// Records that are asked for by name at once. Few, so that it takes several questions.
const NAMES: usize = 3;

#[derive(Clone, Debug)]
pub enum Request {
    Push { intents: Vec<Intent>, brief: bool },
    Feed(FeedRequest),
    Buckets,
    Bucket(String),
    Records(Vec<RecordName>),
    Lease(LeaseRequest),
    Offer(Upload),
    Chunk { hash: String, n: u32, content: u64 },
    Photo(String),
    Me,
    Token,
}

#[derive(Clone, Debug)]
pub enum Reply {
    Pushed(PushAnswer),
    Page(FeedPage),
    NothingNew {
        server_ms: i64,
    },
    Buckets(BTreeMap<String, String>),
    Bucket(Vec<RecordDigest>),
    Records(Vec<Entry>),
    Leased(Lease),
    /// Chunks that are missing.
    Need(Vec<u32>),
    /// A photo's bytes.
    Photo(Vec<u64>),
    NotThere,
    Done,
}

/// What is still to be done for a job.
#[derive(Debug)]
pub enum Talk {
    /// The reply is the answer.
    Plain,
    /// A photo on its way there: its name, and whether it is only offered.
    Upload(String, bool),
    /// A photo on its way here.
    Fetch(String),
    /// The intents of a push, of whose answers some may only be counted.
    Push(Vec<String>),
    /// The cursor after which the feed was asked for.
    Feed(Option<String>),
    /// A page, some of whose own entries are not here as they should be.
    Complete(FeedPage, Vec<RecordName>),
    Mend(Mending),
}

/// Finding what differs.
#[derive(Debug, Default)]
pub struct Mending {
    ours: BTreeMap<Key, u64>,
    /// Buckets to be asked for; the last is being asked for.
    buckets: Vec<String>,
    lacking: Vec<RecordName>,
}

enum Then {
    Ask(Request, Talk),
    Over(Result<Answer, Trouble>),
}

impl World {
    /// What a network job begins with.
    pub(crate) fn begin(&mut self, i: usize, ticket: Ticket, job: Job) {
        let laptop = &self.laptops[i];
        let (request, talk) = match job {
            Job::Push(intents) => {
                let ids = intents.iter().map(|intent| intent.id.clone()).collect();
                let brief = laptop.brief;
                (Request::Push { intents, brief }, Talk::Push(ids))
            }
            Job::PullFeed { after } => {
                let asked = FeedRequest {
                    after: after.clone(),
                    limit: None,
                    sum: Some(laptop.disk.sum.to_string()),
                    brief: Some(laptop.brief),
                };
                (Request::Feed(asked), Talk::Feed(after))
            }
            Job::Mend => (Request::Buckets, Talk::Mend(Mending::default())),
            Job::RequestLease(request) => (Request::Lease(request), Talk::Plain),
            Job::OfferPhoto(upload) => {
                let hash = upload.hash.clone();
                (Request::Offer(upload), Talk::Upload(hash, true))
            }
            Job::SendChunk { upload, n } => {
                let hash = upload.hash;
                let content = photo::content(&hash, n);
                let talk = Talk::Upload(hash.clone(), false);
                (Request::Chunk { hash, n, content }, talk)
            }
            Job::FetchPhoto { hash } => (Request::Photo(hash.clone()), Talk::Fetch(hash)),
            Job::RefreshToken => (Request::Token, Talk::Plain),
            Job::FetchMe => (Request::Me, Talk::Plain),
            job => return self.fail(|| format!("{job:?} is not the network's")),
        };
        self.laptops[i].talks.insert(ticket, talk);
        self.send(i, ticket, request);
    }

    /// A reply has come, or none ever will.
    pub(crate) fn hear(
        &mut self,
        i: usize,
        ticket: Ticket,
        result: Result<Reply, Trouble>,
        spoiled: Option<Key>,
    ) {
        let Some(talk) = self.laptops[i].talks.remove(&ticket) else {
            return;
        };
        let is_push = matches!(talk, Talk::Push(_));
        let then = match (result, talk) {
            (Err(_), Talk::Complete(page, unlike)) if self.fault == Some(Fault::OwnNotFetched) => {
                Then::Over(Ok(Answer::Page(without(page, &unlike))))
            }
            (Err(trouble), _) => Then::Over(Err(trouble)),
            (Ok(reply), talk) => self.go_on(i, talk, reply, spoiled),
        };
        if is_push {
            self.laptops[i].push_failed = !matches!(then, Then::Over(Ok(_)));
        }
        match then {
            Then::Ask(request, talk) => {
                self.laptops[i].talks.insert(ticket, talk);
                self.send(i, ticket, request);
            }
            Then::Over(result) => {
                self.laptops[i].flying.remove(&ticket);
                self.event(i, Event::Answer { ticket, result });
            }
        }
    }

    fn go_on(&mut self, i: usize, talk: Talk, reply: Reply, spoiled: Option<Key>) -> Then {
        let (now_ms, token) = (self.now_ms, self.token);
        let laptop = &mut self.laptops[i];
        let wall_ms = laptop.wall_ms(now_ms);
        match (talk, reply) {
            (Talk::Push(ids), Reply::Pushed(answer)) => {
                laptop.disk.clock.correct(answer.server_ms, wall_ms);
                laptop.in_time = true;
                Then::Over(spelled_out(&ids, answer).map(Answer::Pushed))
            }
            (Talk::Feed(after), Reply::NothingNew { server_ms }) => {
                laptop.disk.clock.correct(server_ms, wall_ms);
                laptop.in_time = true;
                Then::Over(Ok(Answer::Page(FeedPage {
                    entries: Vec::new(),
                    own: Vec::new(),
                    cursor: after.unwrap_or_default(),
                    more: false,
                    server_ms,
                    sum: laptop.disk.awaits_end().then(|| laptop.disk.sum.to_string()),
                })))
            }
            (Talk::Feed(_), Reply::Page(page)) => {
                laptop.disk.clock.correct(page.server_ms, wall_ms);
                laptop.in_time = true;
                laptop.page = Some((page.cursor.clone(), spoiled));
                let compares = self.fault != Some(Fault::OwnNotCompared);
                let unlike = if compares {
                    laptop.disk.unlike(&page.own)
                } else {
                    Vec::new()
                };
                if unlike.is_empty() {
                    return Then::Over(Ok(Answer::Page(page)));
                }
                self.tell(|| format!("laptop {i} asks how its own {unlike:?} stand"));
                Then::Ask(Request::Records(unlike.clone()), Talk::Complete(page, unlike))
            }
            (Talk::Complete(page, unlike), Reply::Records(entries)) => {
                Then::Over(completed(page, &unlike, entries).map(Answer::Page))
            }
            (Talk::Mend(mending), Reply::Buckets(theirs)) => {
                let ours = laptop.disk.buckets();
                let names: BTreeSet<&String> = ours.keys().chain(theirs.keys()).collect();
                let differing = names
                    .into_iter()
                    .filter(|name| ours.get(*name) != theirs.get(*name));
                let mending = Mending {
                    ours: laptop.disk.bases.clone(),
                    buckets: differing.cloned().collect(),
                    ..mending
                };
                next_of(mending)
            }
            (Talk::Mend(mending), Reply::Bucket(theirs)) => self.narrow(i, mending, theirs),
            (Talk::Mend(mending), Reply::Records(entries)) => {
                self.tell(|| format!("laptop {i} takes over anew {:?}", names_of(&entries)));
                self.take_anew(i, entries);
                next_of(mending)
            }
            (Talk::Upload(hash, offered), Reply::Need(missing)) => {
                laptop.lacking = Some((hash.clone(), missing.iter().copied().collect()));
                let again = self.fault == Some(Fault::AllChunksAgain) && offered && !missing.is_empty();
                let all = (0..photo::chunks(photo::bytes(&hash))).collect();
                Then::Over(Ok(Answer::Need(if again { all } else { missing })))
            }
            (Talk::Fetch(_), Reply::NotThere) => Then::Over(Ok(Answer::NotThere)),
            (Talk::Fetch(hash), Reply::Photo(bytes)) if bytes == photo::whole(&hash) => {
                laptop.disk.keep(&hash);
                Then::Over(Ok(Answer::Done))
            }
            (Talk::Fetch(_), Reply::Photo(_)) => Then::Over(Err(Trouble::Refused {
                code: code::WRONG_DIGEST.to_owned(),
            })),
            (Talk::Plain, Reply::Leased(lease)) => Then::Over(Ok(Answer::Leased(lease))),
            (Talk::Plain, Reply::Done) => {
                laptop.token = token;
                if laptop.in_time {
                    laptop.disk.tidy(wall_ms);
                }
                laptop.disk.unpark(wall_ms, self.fault);
                Then::Over(Ok(Answer::Done))
            }
            (talk, reply) => {
                self.fail(|| format!("laptop {i}: {talk:?} was answered {reply:?}"));
                Then::Over(Err(Trouble::NotAMarketplace))
            }
        }
    }

    /// What a bucket has that is not here, or otherwise.
    fn narrow(&mut self, i: usize, mut mending: Mending, theirs: Vec<RecordDigest>) -> Then {
        let bucket = mending.buckets.pop().unwrap_or_default();
        let mut there = BTreeSet::new();
        for record in theirs {
            let key = (record.kind, record.id);
            let digest = record.digest.parse().unwrap_or(Sum(0)).0;
            let here = mending.ours.get(&key);
            let passed_over = self.fault == Some(Fault::LostNotFetched) && here.is_none();
            if here != Some(&digest) && !passed_over {
                self.must_be_spoiled(i, &key);
                mending.lacking.push(RecordName {
                    kind: key.0.clone(),
                    id: key.1.clone(),
                });
            }
            there.insert(key);
        }
        let of_bucket =
            |(kind, id): &Key| sync::parity::bucket_name(sync::parity::bucket(kind, id)) == bucket;
        let too_many = |key: &&Key| of_bucket(key) && !there.contains(*key);
        if let Some(key) = mending.ours.keys().find(too_many) {
            if !self.put_back {
                self.fail(|| format!("the marketplace lacks {key:?}, which it told laptop {i} of"));
            }
            return Then::Over(Err(Trouble::Gone));
        }
        next_of(mending)
    }

    /// What is found to be lacking was spoiled, or is newer than what the laptop has read: else it was lost on the way.
    fn must_be_spoiled(&mut self, i: usize, key: &Key) {
        let disk = &self.laptops[i].disk;
        let (epoch, read) = disk.read_up_to();
        let newer = self
            .market
            .position_of(&key.0, &key.1)
            .is_none_or(|position| position > read);
        let other_feed = epoch != u64::from(self.market.feed_epoch());
        if !newer && !other_feed && !disk.spoiled.contains(key) {
            self.fail(|| format!("laptop {i}: {key:?} was lost on the way"));
        }
    }

    fn take_anew(&mut self, i: usize, entries: Vec<Entry>) {
        for entry in &entries {
            self.watch_order(i, entry);
        }
        let wall_ms = self.laptops[i].wall_ms(self.now_ms);
        self.laptops[i].disk.take_all(entries, wall_ms, self.fault);
    }

    /// Something on the way, or in the marketplace itself, loses an entry of a page, or makes another one of it.
    pub(crate) fn spoil(&mut self, page: &mut FeedPage) -> Option<Key> {
        let n = self.dice.roll(page.entries.len());
        let lost = self.dice.roll(2) == 0 && page.entries.len() + page.own.len() > 1;
        let entry = page.entries.get(n)?.clone();
        let key = (entry.kind.clone(), entry.id.clone());
        self.tell(|| format!("{key:?} is spoiled on its way, lost: {lost}"));
        page.entries.remove(n);
        if !lost {
            page.entries.push(bent(entry));
        }
        Some(key)
    }
}

fn next_of(mut mending: Mending) -> Then {
    if let Some(bucket) = mending.buckets.last() {
        return Then::Ask(Request::Bucket(bucket.clone()), Talk::Mend(mending));
    }
    if mending.lacking.is_empty() {
        return Then::Over(Ok(Answer::Done));
    }
    let rest = mending.lacking.split_off(mending.lacking.len().min(NAMES));
    let names = std::mem::replace(&mut mending.lacking, rest);
    Then::Ask(Request::Records(names), Talk::Mend(mending))
}

/// A photo's name, for stories.
pub fn short(hash: &str) -> String {
    let (first, last) = (hash.get(..1), hash.get(hash.len().saturating_sub(2)..));
    format!("{}{}", first.unwrap_or_default(), last.unwrap_or_default())
}

fn names_of(entries: &[Entry]) -> Vec<String> {
    entries
        .iter()
        .map(|entry| format!("{} {}", entry.kind, entry.id))
        .collect()
}

fn is_named(entry: &OwnEntry, names: &[RecordName]) -> bool {
    names
        .iter()
        .any(|name| name.kind == entry.kind && name.id == entry.id)
}

fn without(mut page: FeedPage, unlike: &[RecordName]) -> FeedPage {
    page.own.retain(|entry| !is_named(entry, unlike));
    page
}

/// The page with the whole state of those of its own entries that are otherwise here.
fn completed(page: FeedPage, unlike: &[RecordName], entries: Vec<Entry>) -> Result<FeedPage, Trouble> {
    let position = |entry: &Entry| {
        let mut own = page.own.iter();
        let own = own.find(|own| own.kind == entry.kind && own.id == entry.id);
        own.map(|own| own.position)
    };
    let mut taken = Vec::new();
    for mut entry in entries {
        // It may have changed since: what lies between was not read yet.
        let position = position(&entry).ok_or(Trouble::NotAMarketplace)?;
        entry.position = position;
        taken.push(entry);
    }
    let mut page = without(page, unlike);
    page.entries.extend(taken);
    Ok(page)
}

/// One outcome for each intent, when the marketplace only counted those that it applied.
fn spelled_out(ids: &[String], mut answer: PushAnswer) -> Result<PushAnswer, Trouble> {
    if answer.applied == 0 {
        return Ok(answer);
    }
    let said: BTreeSet<&String> = answer.answers.iter().map(|answer| &answer.id).collect();
    let applied: Vec<IntentAnswer> = ids
        .iter()
        .filter(|id| !said.contains(id))
        .map(|id| IntentAnswer {
            id: id.clone(),
            outcome: Outcome::Applied,
        })
        .collect();
    if applied.len() != std::mem::take(&mut answer.applied) {
        return Err(Trouble::NotAMarketplace);
    }
    answer.answers.extend(applied);
    Ok(answer)
}
