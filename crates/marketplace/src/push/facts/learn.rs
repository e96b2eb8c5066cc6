//! Reading many facts at once.

use super::Facts;
use crate::error::Error;
use crate::records::{Writing, feed, intents, movements, orders, products};
use api::conflict;
use api::feed::kind;
use api::intent::{Action, Intent};
use std::collections::{BTreeMap, BTreeSet};
use sync::authority::Found;

/// Intents that one may depend on; of more, none is looked up.
const DEPENDS_ON: usize = 100;

impl Facts<'_> {
    /// Reads at once what a batch is about, for which the rules would ask one by one.
    pub async fn learn(&mut self, writing: &mut Writing, batch: &[&Intent]) -> Result<(), Error> {
        let answered = batch.iter().flat_map(|intent| {
            let long = intent.depends_on.len() > DEPENDS_ON;
            let depends_on = if long { &[] } else { intent.depends_on.as_slice() };
            std::iter::once(&intent.id).chain(depends_on).cloned()
        });
        self.learn_answered(writing, answered.collect()).await?;
        let mut epochs: BTreeMap<u32, Vec<u64>> = BTreeMap::new();
        for intent in batch {
            epochs.entry(intent.epoch).or_default().push(intent.seq);
        }
        for (epoch, numbers) in epochs {
            self.learn_sequences(writing, epoch, &numbers).await?;
        }
        let pieces = batch
            .iter()
            .filter_map(|intent| piece_of(&intent.action).cloned());
        let pieces = pieces.collect();
        self.learn_products(writing, &pieces).await?;
        let pieces: Vec<String> = pieces.into_iter().collect();
        let movements: BTreeSet<String> = batch
            .iter()
            .filter_map(|intent| movement_of(&intent.action))
            .collect();
        self.learn_movements(writing, &movements).await?;
        let movements: Vec<String> = movements.into_iter().collect();
        let moved: BTreeSet<&String> = batch
            .iter()
            .filter_map(|intent| match &intent.action {
                Action::MoveStock { movement } => Some(&movement.product_id),
                _ => None,
            })
            .collect();
        let moved: Vec<String> = moved.into_iter().cloned().collect();
        self.learn_open_orders(writing, &moved).await?;
        let conflicts = batch
            .iter()
            .flat_map(|intent| self.conflicts_of(&intent.action))
            .collect();
        self.learn_conflicts(writing, &conflicts).await?;
        let shop = self.sender.shop.as_str();
        writing.about_to_tell(shop, kind::PRODUCT, &pieces).await?;
        writing.about_to_tell(shop, kind::MOVEMENT, &movements).await
    }

    pub(super) async fn learn_answered(
        &mut self,
        writing: &mut Writing,
        ids: BTreeSet<String>,
    ) -> Result<(), Error> {
        let ids: Vec<String> = ids.into_iter().collect();
        let mut there = intents::answered(writing.connection(), &self.sender.shop, &ids).await?;
        for id in ids {
            let answered = there.remove(&id);
            self.answered.insert(id, answered);
        }
        Ok(())
    }

    pub(super) async fn learn_sequences(
        &mut self,
        writing: &mut Writing,
        epoch: u32,
        numbers: &[u64],
    ) -> Result<(), Error> {
        let signed = |number: &u64| i64::try_from(*number).unwrap_or(i64::MAX);
        let asked: Vec<i64> = numbers.iter().map(signed).collect();
        let (shop, laptop) = (self.sender.shop.as_str(), self.sender.laptop.as_str());
        let taken = intents::taken(writing.connection(), shop, laptop, i64::from(epoch), &asked).await?;
        for number in numbers {
            let is_taken = taken.contains(&signed(number));
            self.sequences.insert((epoch, *number), is_taken);
        }
        Ok(())
    }

    pub(super) async fn learn_products(
        &mut self,
        writing: &mut Writing,
        ids: &BTreeSet<String>,
    ) -> Result<(), Error> {
        let asked: Vec<String> = ids.iter().cloned().collect();
        let mut there = products::named(writing.connection(), &asked).await?;
        for id in asked {
            let product = there.remove(&id);
            let product = self.found(product.map(|product| (product.shop_id.clone(), product.into_piece())));
            self.products.insert(id, product);
        }
        Ok(())
    }

    pub(super) async fn learn_movements(
        &mut self,
        writing: &mut Writing,
        ids: &BTreeSet<String>,
    ) -> Result<(), Error> {
        let asked: Vec<String> = ids.iter().cloned().collect();
        let known = movements::known(writing.connection(), &asked).await?;
        for id in asked {
            let is_known = known.contains(&id);
            self.movements.insert(id, is_known);
        }
        Ok(())
    }

    pub(super) async fn learn_open_orders(
        &mut self,
        writing: &mut Writing,
        products: &[String],
    ) -> Result<(), Error> {
        let shop = self.sender.shop.as_str();
        let mut open = orders::open_with(writing.connection(), shop, products).await?;
        for product in products {
            let orders = open.remove(product).unwrap_or_default();
            self.open_orders.insert(product.clone(), orders);
        }
        Ok(())
    }

    pub(super) async fn learn_conflicts(
        &mut self,
        writing: &mut Writing,
        ids: &BTreeSet<String>,
    ) -> Result<(), Error> {
        let asked: Vec<String> = ids.iter().cloned().collect();
        let shop = self.sender.shop.as_str();
        let entries = feed::of_kind(writing.connection(), shop, kind::CONFLICT, &asked).await?;
        self.conflicts.extend(asked.into_iter().map(|id| (id, None)));
        for entry in entries {
            let state = serde_json::from_value(entry.state)?;
            self.conflicts.insert(entry.id, Some(state));
        }
        Ok(())
    }

    /// Conflicts that a change may meet. A piece that is not there has none.
    fn conflicts_of(&mut self, action: &Action) -> Vec<String> {
        let Action::SetProduct { product_id, fields } = action else {
            return Vec::new();
        };
        let ids = conflict::FIELDS
            .iter()
            .filter(|name| fields.contains_key(**name))
            .map(|name| conflict::id(product_id, name));
        if matches!(self.products.get(product_id), Some(Found::Nowhere)) {
            self.conflicts.extend(ids.map(|id| (id, None)));
            return Vec::new();
        }
        ids.collect()
    }
}

fn piece_of(action: &Action) -> Option<&String> {
    match action {
        Action::SetProduct { product_id, .. }
        | Action::AttachPhoto { product_id, .. }
        | Action::PlacePhoto { product_id, .. }
        | Action::DetachPhoto { product_id, .. } => Some(product_id),
        Action::MoveStock { movement } => Some(&movement.product_id),
        _ => None,
    }
}

fn movement_of(action: &Action) -> Option<String> {
    match action {
        Action::MoveStock { movement } => Some(movement.id.clone()),
        _ => None,
    }
}
