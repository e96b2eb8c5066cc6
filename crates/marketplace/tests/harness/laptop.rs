//! A seller's laptop as the API sees it.

use super::{World, id};
use api::auth::{DeviceAnswer, TokenAnswer};
use api::clock::Stamp;
use api::feed::{Entry, FeedPage};
use api::intent::{Action, Intent, IntentAnswer, Outcome, PushAnswer};
use api::lease::{Lease, LeaseRequest};
use api::order::{OrderState, Parcel};
use api::product::{Money, StockMode};
use api::stock::{Movement, Reason};
use reqwest::{Method, Response, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

#[derive(Clone)]
pub struct Laptop {
    pub id: String,
    pub tokens: TokenAnswer,
    base: String,
    http: reqwest::Client,
    epoch: u32,
    seq: u64,
}

impl Laptop {
    pub async fn sign_in(world: &World, email: &str, laptop_id: &str) -> Self {
        let http = world.http.clone();
        let base = world.url(api::BASE_PATH);
        let request = json!({"laptop_id": laptop_id, "laptop_name": format!("Laptop {laptop_id}")});
        let begun = http
            .post(format!("{base}/device/authorize"))
            .json(&request)
            .send()
            .await
            .unwrap();
        let begun: DeviceAnswer = begun.json().await.unwrap();
        let shop = world.shop_of(email).await;
        let database = world.server.database();
        let counted = marketplace::accounts::devices::decide(database, &begun.user_code, &shop, true).await;
        assert!(counted.unwrap());
        let grant = json!({"grant_type": "device_code", "device_code": begun.device_code});
        let tokens = http
            .post(format!("{base}/device/token"))
            .json(&grant)
            .send()
            .await
            .unwrap();
        Self {
            id: laptop_id.to_owned(),
            tokens: tokens.json().await.unwrap(),
            base,
            http,
            epoch: 1,
            seq: 0,
        }
    }

    /// The same laptop, talking to another process.
    pub fn at(&self, address: std::net::SocketAddr) -> Self {
        Self {
            base: format!("http://{address}{}", api::BASE_PATH),
            ..self.clone()
        }
    }

    /// The same laptop with other tokens.
    pub fn with(&self, tokens: TokenAnswer) -> Self {
        Self {
            tokens,
            ..self.clone()
        }
    }

    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(&self.tokens.access_token)
    }

    pub async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        let response = self.request(Method::GET, path).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.json().await.unwrap()
    }

    pub fn new_epoch(&mut self) {
        self.epoch += 1;
        self.seq = 0;
    }

    /// Goes back to a sequence number, as a restored backup does.
    pub fn set_seq(&mut self, seq: u64) {
        self.seq = seq;
    }

    pub fn intent(&mut self, action: Action) -> Intent {
        self.seq += 1;
        Intent {
            id: id(),
            epoch: self.epoch,
            seq: self.seq,
            schema: api::SCHEMA,
            stamp: Stamp {
                ms: marketplace::clock::now_ms(),
                n: u32::try_from(self.seq).unwrap(),
                laptop: self.id.clone(),
            },
            base: 0,
            depends_on: vec![],
            action,
        }
    }

    pub async fn push_values(&self, intents: &[Value]) -> Response {
        self.request(Method::POST, "/push")
            .json(&json!({"intents": intents}))
            .send()
            .await
            .unwrap()
    }

    pub async fn push(&self, intents: &[Intent]) -> Vec<IntentAnswer> {
        let values: Vec<Value> = intents.iter().map(|i| serde_json::to_value(i).unwrap()).collect();
        let response = self.push_values(&values).await;
        assert_eq!(response.status(), StatusCode::OK);
        let answer: PushAnswer = response.json().await.unwrap();
        assert_eq!(answer.answers.len(), intents.len());
        answer.answers
    }

    pub async fn act(&mut self, action: Action) -> Outcome {
        let intent = self.intent(action);
        self.push(&[intent]).await.remove(0).outcome
    }

    /// Does it, and it must be applied.
    pub async fn does(&mut self, action: Action) {
        let outcome = self.act(action.clone()).await;
        assert_eq!(outcome, Outcome::Applied, "{action:?}");
    }

    pub async fn page(&self, after: Option<&str>, limit: u32) -> FeedPage {
        let query = after.map(|cursor| format!("&after={cursor}")).unwrap_or_default();
        let path = format!("/feed?limit={limit}{query}");
        let response = self.request(Method::GET, &path).send().await.unwrap();
        if response.status() == StatusCode::NO_CONTENT {
            return FeedPage {
                entries: Vec::new(),
                own: Vec::new(),
                cursor: after.unwrap_or_default().to_owned(),
                more: false,
                server_ms: 0,
                sum: None,
            };
        }
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.json().await.unwrap()
    }

    pub async fn feed(&self) -> Vec<Entry> {
        let mut entries = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let page = self.page(cursor.as_deref(), 500).await;
            entries.extend(page.entries);
            if !page.more {
                return entries;
            }
            cursor = Some(page.cursor);
        }
    }

    pub async fn state<T: DeserializeOwned>(&self, kind: &str, id: &str) -> T {
        let entries = self.feed().await;
        let entry = entries.iter().find(|entry| entry.kind == kind && entry.id == id);
        serde_json::from_value(entry.unwrap_or_else(|| panic!("no {kind} {id}")).state.clone()).unwrap()
    }

    pub async fn orders(&self) -> Vec<OrderState> {
        let entries = self.feed().await;
        entries
            .into_iter()
            .filter(|entry| entry.kind == "order")
            .map(|entry| serde_json::from_value(entry.state).unwrap())
            .collect()
    }

    /// A published piece with so many in stock.
    pub async fn piece(&mut self, title: &str, minor: i64, stock: i64, mode: StockMode) -> String {
        let product_id = id();
        let fields = json!({
            "title": title, "branch": "ceramics", "technique": "Barro negro bruñido",
            "materials": "Barro", "community": "San Bartolo Coyotepec", "people": "zapoteco",
            "maker": "Rosa Nieto", "hours": 18, "weight_g": 1200,
            "story": "La quemamos en horno de leña.", "stock_mode": mode,
            "size_mm": {"length": 210, "width": 210, "height": 300},
            "price": Money { minor, currency: "MXN".into() }, "published": true,
        });
        self.does(Action::SetProduct {
            product_id: product_id.clone(),
            fields: serde_json::from_value(fields).unwrap(),
        })
        .await;
        self.does(self.made(&product_id, stock)).await;
        product_id
    }

    pub fn made(&self, product_id: &str, delta: i64) -> Action {
        self.movement(product_id, delta, Reason::Made)
    }

    pub fn movement(&self, product_id: &str, delta: i64, reason: Reason) -> Action {
        Action::MoveStock {
            movement: Movement {
                id: id(),
                product_id: product_id.to_owned(),
                delta,
                reason,
                order_id: None,
                note: String::new(),
                at_ms: marketplace::clock::now_ms(),
                by: self.id.clone(),
            },
        }
    }

    pub async fn lease(&self, indicator: &str, count: u32) -> Lease {
        let request = LeaseRequest {
            id: id(),
            indicator: indicator.to_owned(),
            count,
        };
        let response = self
            .request(Method::POST, "/leases")
            .json(&request)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        response.json().await.unwrap()
    }

    /// A parcel of an order under the first number of a new lease.
    pub async fn parcel(&self, order_id: &str) -> Parcel {
        let lease = self.lease("RN", 1).await;
        let number = postal::S10::new(&lease.indicator, lease.first, &lease.country).unwrap();
        Parcel {
            id: id(),
            order_id: order_id.to_owned(),
            s10: number.to_string(),
            service: "mx-national-packet".into(),
            weight_g: 1350,
        }
    }

    /// Sends a photo through its chunks; gives its hash.
    pub async fn send_photo(&self, bytes: &[u8]) -> String {
        let hash = blake3::hash(bytes).to_hex().to_string();
        let offer = self.request(Method::POST, &format!("/photos/{hash}"));
        let need: Value = offer
            .json(&json!({"bytes": bytes.len()}))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        for n in need["missing"].as_array().unwrap() {
            let n = usize::try_from(n.as_u64().unwrap()).unwrap();
            let start = n * api::limits::CHUNK_BYTES;
            let end = bytes.len().min(start + api::limits::CHUNK_BYTES);
            let sent = self
                .request(Method::PUT, &format!("/photos/{hash}/chunks/{n}"))
                .body(bytes[start..end].to_vec())
                .send()
                .await
                .unwrap();
            assert_eq!(sent.status(), StatusCode::OK);
        }
        hash
    }
}
