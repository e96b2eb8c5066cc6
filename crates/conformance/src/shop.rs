//! The shop that is checked: its laptops, what is known of it, and pieces and orders for a check.

use crate::check::{Fail, Verdict, holds};
use crate::feed::Reader;
use crate::hands::Hands;
use crate::laptop::{Laptop, set};
use crate::moment::id;
use crate::wire::{Reply, Wire, send};
use crate::{Plan, numbers};
use api::auth::{DeviceAnswer, Me, TokenAnswer, code};
use api::feed::{Entry, kind};
use api::intent::Action;
use api::order::{OrderState, Parcel};
use api::stock::Reason;
use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::sync::Mutex;

/// What all checks share.
pub struct Shop<'a> {
    pub plan: &'a Plan,
    pub hands: &'a dyn Hands,
    pub wire: Wire,
    pub me: Me,
    pub one: Laptop,
    two: Option<Laptop>,
    reader: Mutex<Reader>,
}

/// A sign-in that has begun.
pub struct Begun {
    pub laptop_id: String,
    pub answer: DeviceAnswer,
}

impl<'a> Shop<'a> {
    pub async fn open(plan: &'a Plan, hands: &'a dyn Hands, wire: Wire) -> Result<Self, Fail> {
        let mut laptops = Vec::new();
        if plan.tokens.is_empty() {
            for name in ["Conformance 1", "Conformance 2"] {
                laptops.push(sign_in(&wire, hands, name).await?);
            }
        }
        for given in &plan.tokens {
            laptops.push(known(&wire, &given.access_token).await?);
        }
        let mut laptops = laptops.into_iter();
        let one = laptops
            .next()
            .ok_or_else(|| Fail::left_out("there is no laptop"))?;
        let two = laptops.next();
        let me: Me = one.get("/me").await?.good()?;
        for laptop in [Some(&one), two.as_ref()].into_iter().flatten() {
            laptop.learn_time(me.server_ms);
        }
        Ok(Self {
            plan,
            hands,
            wire,
            me,
            one,
            two,
            reader: Mutex::default(),
        })
    }

    /// The other laptop of the shop.
    pub fn two(&self) -> Result<&Laptop, Fail> {
        self.two
            .as_ref()
            .ok_or_else(|| Fail::left_out("it needs a second laptop: give a second --token"))
    }

    pub async fn begin(&self, name: &str) -> Result<Begun, Fail> {
        begin(&self.wire, name).await
    }

    /// A further laptop, which a check may use up.
    pub async fn spare(&self, name: &str) -> Result<Laptop, Fail> {
        if !self.plan.tokens.is_empty() {
            return Err(Fail::left_out("it signs a laptop in: leave out --token"));
        }
        sign_in(&self.wire, self.hands, name).await
    }

    pub async fn token(&self, body: &Value) -> Result<Reply, Fail> {
        token(&self.wire, body).await
    }

    /// How a record stands in the feed now.
    pub async fn entry(&self, kind: &str, id: &str) -> Result<Option<Entry>, Fail> {
        let mut reader = self.reader.lock().await;
        reader.catch_up(&self.one).await?;
        Ok(reader.get(kind, id).cloned())
    }

    pub async fn state<T: DeserializeOwned>(&self, kind: &str, id: &str) -> Result<T, Fail> {
        let entry = self.entry(kind, id).await?;
        let entry = entry.ok_or_else(|| Fail::miss(format!("the {kind} in the feed"), "none"))?;
        let read = serde_json::from_value(entry.state.clone());
        read.map_err(|error| Fail::miss(format!("a {kind}'s shape ({error})"), entry.state))
    }

    /// Position of the end of the feed, and a cursor there.
    pub async fn end(&self) -> Result<(u64, String), Fail> {
        let mut reader = self.reader.lock().await;
        reader.catch_up(&self.one).await?;
        Ok((reader.position, reader.cursor.clone().unwrap_or_default()))
    }

    /// A published piece with so many in stock.
    pub async fn piece(&self, title: &str, stock: i64) -> Result<String, Fail> {
        let product_id = id();
        let currency = &self.me.currency;
        let fields = json!({
            "title": title, "branch": "ceramics", "technique": "Barro negro bruñido", "materials": "Barro",
            "community": "San Bartolo Coyotepec", "people": "zapoteco", "maker": "Rosa Nieto", "hours": 18,
            "story": "La quemamos en horno de leña.", "stock_mode": "quantity", "weight_g": 1200,
            "size_mm": {"length": 210, "width": 210, "height": 300},
            "price": {"minor": 50_000, "currency": currency}, "published": true,
        });
        self.one.does(set(&product_id, fields)).await?;
        let movement = self.one.movement(&product_id, stock, Reason::Made);
        self.one.does(Action::MoveStock { movement }).await?;
        Ok(product_id)
    }

    /// An order that a buyer has just placed.
    pub async fn order(&self, product_id: &str, quantity: u32) -> Result<OrderState, Fail> {
        let mut reader = self.reader.lock().await;
        reader.catch_up(&self.one).await?;
        self.hands.buy(product_id, quantity).await?;
        let came = reader.catch_up(&self.one).await?;
        let orders = came.into_iter().filter(|entry| entry.kind == kind::ORDER);
        let mut orders = orders.filter_map(|entry| serde_json::from_value::<OrderState>(entry.state).ok());
        orders
            .find(|order| order.lines.iter().any(|line| line.product_id == product_id))
            .ok_or_else(|| Fail::miss("the order in the feed", "none"))
    }

    /// The indicator of the service that parcels of these checks go by.
    pub fn indicator(&self) -> &str {
        self.plan.post.indicator.as_deref().unwrap_or("RN")
    }

    /// A parcel of an order under the first number of a new lease of a laptop.
    pub async fn parcel(&self, laptop: &Laptop, order_id: &str) -> Result<Parcel, Fail> {
        let lease = laptop.lease(self.indicator(), 1).await?;
        let national = format!("{}-national-packet", self.me.operator.to_lowercase());
        Ok(Parcel {
            id: id(),
            order_id: order_id.to_owned(),
            s10: numbers::s10(&lease.indicator, lease.first, &lease.country),
            service: self.plan.post.service.clone().unwrap_or(national),
            weight_g: 1350,
        })
    }

    pub fn office(&self) -> String {
        let known = if self.me.operator == "CU" {
            "10401"
        } else {
            "68001"
        };
        self.plan.post.office.clone().unwrap_or_else(|| known.to_owned())
    }

    pub fn patient(&self) -> Verdict {
        if self.plan.patient {
            Ok(())
        } else {
            Err(Fail::left_out("it takes more than a minute: add --patient"))
        }
    }
}

async fn begin(wire: &Wire, name: &str) -> Result<Begun, Fail> {
    let laptop_id = id();
    let body = json!({"laptop_id": laptop_id, "laptop_name": name});
    let reply = send(wire.request(Method::POST, "/device/authorize").json(&body)).await?;
    Ok(Begun {
        laptop_id,
        answer: reply.good()?,
    })
}

async fn token(wire: &Wire, body: &Value) -> Result<Reply, Fail> {
    send(wire.request(Method::POST, "/device/token").json(body)).await
}

pub fn poll(begun: &Begun) -> Value {
    json!({"grant_type": "device_code", "device_code": begun.answer.device_code})
}

/// Signs a laptop in, with a person's yes.
async fn sign_in(wire: &Wire, hands: &dyn Hands, name: &str) -> Result<Laptop, Fail> {
    let begun = begin(wire, name).await?;
    let answer = &begun.answer;
    hands
        .decide(&answer.verification_uri_complete, &answer.user_code, true)
        .await?;
    for _ in 0..=answer.expires_in / answer.interval.max(1) {
        let reply = token(wire, &poll(&begun)).await?;
        if reply.status == 200 {
            return Ok(Laptop::new(wire, &begun.laptop_id, &reply.good::<TokenAnswer>()?));
        }
        let said = reply.fault()?.code;
        let waits = said == code::AUTHORIZATION_PENDING || said == code::SLOW_DOWN;
        holds(waits, "tokens, once the seller said yes", reply.said())?;
        // RFC 8628 §3.5: this long between polls, while the seller decides.
        tokio::time::sleep(Duration::from_secs(answer.interval.into())).await;
    }
    Err(Fail::miss("the seller's yes", "none in time"))
}

/// The laptop behind a token that was given.
async fn known(wire: &Wire, access_token: &str) -> Result<Laptop, Fail> {
    let tokens = TokenAnswer {
        access_token: access_token.to_owned(),
        refresh_token: String::new(),
        expires_in: 0,
    };
    let laptop = Laptop::new(wire, "", &tokens);
    let listed: Vec<api::auth::Laptop> = laptop.get("/laptops").await?.good()?;
    let this = listed.into_iter().find(|listed| listed.this_one);
    let this = this.ok_or_else(|| Fail::miss("this laptop among the shop's", "none"))?;
    Ok(Laptop::new(wire, &this.id, &tokens))
}
