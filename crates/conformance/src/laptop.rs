//! A laptop of the shop, as the API sees it.

use crate::check::{Fail, Verdict, holds};
use crate::moment::{id, now_ms};
use crate::wire::{Reply, Wire, escape, send};
use api::auth::TokenAnswer;
use api::clock::Stamp;
use api::feed::FeedPage;
use api::intent::{Action, Intent, Outcome, PushAnswer, refusal};
use api::lease::{Lease, LeaseRequest};
use api::photo::PhotoNeed;
use api::stock::{Movement, Reason};
use reqwest::{Method, RequestBuilder};
use serde_json::{Map, Value, json};
use std::sync::atomic::{AtomicI64, AtomicU32, AtomicU64, Ordering};

/// The latest stamp of any laptop here: what is written later is stamped later, however fast it goes.
static LATEST_MS: AtomicI64 = AtomicI64::new(0);

/// Signed in, with its own counting of intents.
#[derive(Debug)]
pub struct Laptop {
    pub id: String,
    pub access: String,
    /// None when only an access token was given.
    pub refresh: Option<String>,
    wire: Wire,
    epoch: AtomicU32,
    seq: AtomicU64,
    /// The marketplace's time minus this machine's.
    offset_ms: AtomicI64,
}

impl Laptop {
    pub fn new(wire: &Wire, id: &str, tokens: &TokenAnswer) -> Self {
        let refresh = Some(tokens.refresh_token.clone()).filter(|token| !token.is_empty());
        // Higher than in any run before this one.
        let epoch = u32::try_from(now_ms() / 1000).unwrap_or(u32::MAX);
        Self {
            id: id.to_owned(),
            access: tokens.access_token.clone(),
            refresh,
            wire: wire.clone(),
            epoch: AtomicU32::new(epoch),
            seq: AtomicU64::new(0),
            offset_ms: AtomicI64::new(0),
        }
    }

    /// The same laptop with other tokens.
    pub fn with(&self, tokens: &TokenAnswer) -> Self {
        Self::new(&self.wire, &self.id, tokens)
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.wire.request(method, path).bearer_auth(&self.access)
    }

    pub async fn get(&self, path: &str) -> Result<Reply, Fail> {
        send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Result<Reply, Fail> {
        send(self.request(Method::POST, path).json(body)).await
    }

    pub fn learn_time(&self, server_ms: i64) {
        self.offset_ms.store(server_ms - now_ms(), Ordering::Relaxed);
    }

    /// The marketplace's time.
    pub fn time(&self) -> i64 {
        now_ms() + self.offset_ms.load(Ordering::Relaxed)
    }

    pub fn epoch(&self) -> u32 {
        self.epoch.load(Ordering::Relaxed)
    }

    pub fn seq(&self) -> u64 {
        self.seq.load(Ordering::Relaxed)
    }

    /// A new epoch, whose numbers begin again.
    pub fn next_epoch(&self) -> u32 {
        self.seq.store(0, Ordering::Relaxed);
        self.epoch.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// An intent under the next number, of this moment.
    pub fn intent(&self, action: Action) -> Intent {
        let seq = self.seq.fetch_add(1, Ordering::Relaxed) + 1;
        let (now, relaxed) = (self.time(), Ordering::Relaxed);
        let latest = LATEST_MS.fetch_update(relaxed, relaxed, |latest| Some(now.max(latest + 1)));
        Intent {
            id: id(),
            epoch: self.epoch(),
            seq,
            schema: api::SCHEMA,
            stamp: Stamp {
                ms: latest.map_or(now, |latest| now.max(latest + 1)),
                n: u32::try_from(seq).unwrap_or(u32::MAX),
                laptop: self.id.clone(),
            },
            base: 0,
            depends_on: Vec::new(),
            action,
        }
    }

    /// An intent as JSON, to be changed by hand.
    pub fn value(&self, action: Action) -> Result<Value, Fail> {
        as_value(&self.intent(action))
    }

    pub async fn push_reply(&self, intents: &[Value]) -> Result<Reply, Fail> {
        self.post("/push", &json!({"intents": intents})).await
    }

    /// Pushes; there must be one answer for each, in their order.
    pub async fn push_values(&self, intents: &[Value]) -> Result<Vec<Outcome>, Fail> {
        let answer: PushAnswer = self.push_reply(intents).await?.good()?;
        let asked: Vec<&str> = intents
            .iter()
            .map(|intent| intent.get("id").and_then(Value::as_str).unwrap_or_default())
            .collect();
        let answered: Vec<&str> = answer.answers.iter().map(|answer| answer.id.as_str()).collect();
        holds(
            asked == answered,
            "an answer for each intent, in their order",
            &answered,
        )?;
        Ok(answer.answers.into_iter().map(|answer| answer.outcome).collect())
    }

    pub async fn push(&self, intents: &[Intent]) -> Result<Vec<Outcome>, Fail> {
        let values: Result<Vec<Value>, Fail> = intents.iter().map(as_value).collect();
        self.push_values(&values?).await
    }

    pub async fn push_one(&self, intent: &Intent) -> Result<Outcome, Fail> {
        let mut outcomes = self.push(std::slice::from_ref(intent)).await?;
        Ok(outcomes.remove(0))
    }

    pub async fn act(&self, action: Action) -> Result<Outcome, Fail> {
        self.push_one(&self.intent(action)).await
    }

    /// Does it, and it must be applied.
    pub async fn does(&self, action: Action) -> Verdict {
        let what = serde_json::to_value(&action).unwrap_or_default();
        let outcome = self.act(action).await?;
        let verb = what["verb"].as_str().unwrap_or_default();
        holds(
            outcome == Outcome::Applied,
            &format!("{verb} to be applied"),
            outcome,
        )
    }

    pub async fn page(&self, after: Option<&str>, limit: usize) -> Result<FeedPage, Fail> {
        let limit = limit.to_string();
        let mut query = vec![("limit", limit.as_str())];
        query.extend(after.map(|cursor| ("after", cursor)));
        let reply = self.feed(&query).await?;
        match after {
            Some(cursor) if reply.status == 204 => self.nothing_new(cursor, &reply),
            _ => reply.good(),
        }
    }

    /// What 204 says: the cursor stands, and the marketplace's time is in `Date`.
    fn nothing_new(&self, cursor: &str, reply: &Reply) -> Result<FeedPage, Fail> {
        holds(!reply.header("date").is_empty(), "a Date", reply.said())?;
        holds(reply.bytes.is_empty(), "no body", reply.said())?;
        Ok(FeedPage {
            entries: Vec::new(),
            own: Vec::new(),
            cursor: cursor.to_owned(),
            more: false,
            server_ms: self.time(),
            sum: None,
        })
    }

    pub async fn feed(&self, query: &[(&str, &str)]) -> Result<Reply, Fail> {
        let pairs: Vec<String> = query
            .iter()
            .map(|(name, value)| format!("{name}={}", escape(value)))
            .collect();
        self.get(&format!("/feed?{}", pairs.join("&"))).await
    }

    pub async fn lease(&self, indicator: &str, count: u32) -> Result<Lease, Fail> {
        let request = LeaseRequest {
            id: id(),
            indicator: indicator.to_owned(),
            count,
        };
        self.post("/leases", &as_value(&request)?).await?.good()
    }

    pub async fn offer(&self, hash: &str, bytes: u64) -> Result<Vec<u32>, Fail> {
        let reply = self
            .post(&format!("/photos/{hash}"), &json!({"bytes": bytes}))
            .await?;
        Ok(reply.good::<PhotoNeed>()?.missing)
    }

    pub fn chunk(&self, hash: &str, n: usize) -> RequestBuilder {
        self.request(Method::PUT, &format!("/photos/{hash}/chunks/{n}"))
    }

    pub async fn send_chunk(&self, hash: &str, n: usize, bytes: &[u8]) -> Result<Reply, Fail> {
        send(self.chunk(hash, n).body(bytes.to_vec())).await
    }

    pub fn movement(&self, product_id: &str, delta: i64, reason: Reason) -> Movement {
        Movement {
            id: id(),
            product_id: product_id.to_owned(),
            delta,
            reason,
            order_id: None,
            note: String::new(),
            at_ms: self.time(),
            by: self.id.clone(),
        }
    }
}

/// Fields of a piece, to write.
pub fn set(product_id: &str, fields: Value) -> Action {
    let fields: Map<String, Value> = match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    Action::SetProduct {
        product_id: product_id.to_owned(),
        fields: fields.into_iter().collect(),
    }
}

pub fn title(product_id: &str, title: &str) -> Action {
    set(product_id, json!({"title": title}))
}

pub fn as_value(of: &impl serde::Serialize) -> Result<Value, Fail> {
    serde_json::to_value(of).map_err(|error| Fail::miss("a value that can be written", error))
}

/// The outcome must be a refusal with this code; gives the record that shows how things stand.
pub fn refused(outcome: &Outcome, code: &str) -> Result<Option<api::feed::Entry>, Fail> {
    match outcome {
        Outcome::Refused { code: given, present } if given == code => Ok(present.clone()),
        other => Err(Fail::miss(format!("refused, {code}"), other)),
    }
}

/// The outcome must be that it waits for something that has not come.
pub fn waits(outcome: &Outcome) -> Result<(), Fail> {
    match outcome {
        Outcome::Deferred { code } if code == refusal::WAITS => Ok(()),
        other => Err(Fail::miss(format!("deferred, {}", refusal::WAITS), other)),
    }
}
