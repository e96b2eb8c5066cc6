//! What a batch of intents writes, gathered so that many rows go into one statement.

use super::Sender;
use crate::error::Error;
use crate::records::intents::{self, Record};
use crate::records::products::{self, Stored};
use crate::records::{Writing, movements, shops};
use crate::storefront::piece;
use api::product::ProductState;
use api::stock::Movement;
use std::collections::BTreeMap;
use sync::authority::Origin;

/// Rows that wait to be written. What the feed is told waits in the [`Writing`] itself.
#[derive(Default)]
pub struct Staged {
    /// The shop's name and currency, once they are read.
    shop: Option<(String, String)>,
    pieces: BTreeMap<String, Stored>,
    movements: Vec<Movement>,
    records: Vec<Record>,
}

impl Staged {
    pub async fn piece(
        &mut self,
        writing: &mut Writing,
        sender: &Sender,
        state: ProductState,
        written: BTreeMap<String, Origin>,
    ) -> Result<(), Error> {
        if self.shop.is_none() {
            self.shop = Some(shops::name_and_currency(writing.connection(), &sender.shop).await?);
        }
        let columns = self
            .shop
            .as_ref()
            .map(|(name, currency)| piece::columns(&state, name, currency));
        let columns = columns.ok_or(sqlx::Error::RowNotFound)?;
        let stored = Stored {
            state,
            written,
            columns,
        };
        self.pieces.insert(stored.state.id.clone(), stored);
        Ok(())
    }

    /// A piece that waits, as it will be written.
    pub fn stored(&self, id: &str) -> Option<&Stored> {
        self.pieces.get(id)
    }

    pub fn movement(&mut self, movement: Movement) {
        self.movements.push(movement);
    }

    pub fn record(&mut self, record: Record) {
        self.records.push(record);
    }

    /// Writes everything that waits.
    pub async fn write(&mut self, writing: &mut Writing, sender: &Sender) -> Result<(), Error> {
        let shop = sender.shop.as_str();
        let pieces: Vec<Stored> = std::mem::take(&mut self.pieces).into_values().collect();
        products::put(writing.connection(), shop, &pieces, sender.now_ms).await?;
        let moved = std::mem::take(&mut self.movements);
        movements::add(writing.connection(), shop, &moved).await?;
        let mut deltas: BTreeMap<String, i64> = BTreeMap::new();
        for movement in moved {
            let delta = deltas.entry(movement.product_id).or_default();
            *delta = delta.saturating_add(movement.delta);
        }
        let deltas: Vec<(String, i64)> = deltas.into_iter().collect();
        products::add_stock(writing.connection(), &deltas).await?;
        let records = std::mem::take(&mut self.records);
        let who = (shop, sender.laptop.as_str());
        intents::add(writing.connection(), who, &records, sender.now_ms).await?;
        writing.settle().await
    }
}
