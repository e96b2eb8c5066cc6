//! A transaction of the shop: what changes here, and the word to the marketplace about it, together.

use crate::Shop;
use crate::fault::Result;
use crate::settings::store as settings;
use api::clock::Stamp;
use api::intent::{Action, Intent};
use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::{Sqlite, SqliteConnection, Transaction};
use sync::stamps::Clock;

/// What a transaction changed, for whoever shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    Catalog,
    Stock,
    Orders,
    Shipping,
    Settings,
}

/// An open transaction. Dropped without [`Writing::commit`], nothing of it has happened.
pub struct Writing<'s> {
    shop: &'s Shop,
    transaction: Transaction<'static, Sqlite>,
    now_ms: i64,
    areas: Vec<Area>,
    sends: bool,
}

impl Shop {
    /// Begins a transaction; there is one at a time.
    pub(crate) async fn begin(&self) -> Result<Writing<'_>> {
        let transaction = self.inner.write.begin_with("BEGIN IMMEDIATE").await?;
        let now_ms = self.world().now_ms();
        Ok(Writing {
            shop: self,
            transaction,
            now_ms,
            areas: Vec::new(),
            sends: false,
        })
    }
}

impl Writing<'_> {
    pub fn shop(&self) -> &Shop {
        self.shop
    }

    /// The laptop's clock when the transaction began.
    pub fn now_ms(&self) -> i64 {
        self.now_ms
    }

    pub fn id(&self) -> String {
        self.shop.world().id()
    }

    pub fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.transaction
    }

    pub fn touches(&mut self, area: Area) {
        if !self.areas.contains(&area) {
            self.areas.push(area);
        }
    }

    /// The uploads or the outbox have something new.
    pub fn rings(&mut self) {
        self.sends = true;
    }

    /// A stamp for a write of this transaction, later than all that this laptop gave or saw.
    pub async fn stamp(&mut self) -> Result<Stamp> {
        let (shop, now_ms) = (self.shop, self.now_ms);
        let mut clock: Clock = settings::clock(self.connection()).await?;
        let stamp = clock.tick(now_ms, shop.laptop_id());
        settings::set_clock(self.connection(), clock).await?;
        Ok(stamp)
    }

    /// Puts an intent into the outbox, in this transaction. `subject` is the record that it is about.
    /// Gives the intent's id, for those that depend on it.
    pub async fn record(
        &mut self,
        stamp: Stamp,
        subject: &str,
        depends_on: Vec<String>,
        action: Action,
    ) -> Result<String> {
        let id = self.id();
        let now_ms = self.now_ms;
        let epoch = settings::epoch(self.connection()).await?;
        let last = sqlx::query_scalar!("SELECT MAX(seq) FROM outbox WHERE epoch = ?", epoch)
            .fetch_one(self.connection())
            .await?
            .unwrap_or(0)
            .max(settings::last_seq(self.connection()).await?);
        let seq = last + 1;
        let intent = Intent {
            id: id.clone(),
            epoch: u32::try_from(epoch).unwrap_or(1),
            seq: u64::try_from(seq).unwrap_or(1),
            schema: api::SCHEMA,
            stamp,
            base: settings::position(self.connection()).await?,
            depends_on,
            action,
        };
        let body = serde_json::to_value(&intent)?;
        let verb = body
            .pointer("/action/verb")
            .and_then(|verb| verb.as_str())
            .unwrap_or("")
            .to_owned();
        let body = body.to_string();
        sqlx::query!(
            "INSERT INTO outbox (id, epoch, seq, verb, subject, body, created_ms) VALUES (?, ?, ?, ?, ?, ?, ?)",
            id,
            epoch,
            seq,
            verb,
            subject,
            body,
            now_ms
        )
        .execute(self.connection())
        .await?;
        settings::set_last_seq(self.connection(), seq).await?;
        self.sends = true;
        Ok(id)
    }

    /// Makes it all so, on the disk, and tells whoever watches.
    pub async fn commit(self) -> Result<()> {
        self.transaction.commit().await?;
        if !self.areas.is_empty() {
            // Nobody may be watching: a terminal's command has no window.
            let _ = self.shop.inner.changes.send(self.areas);
        }
        if self.sends {
            self.shop.ring();
        }
        Ok(())
    }
}
