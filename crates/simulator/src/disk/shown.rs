//! What a person sees.

use super::outbox::number;
use super::{Disk, Key, Row, Stage, about_product};
use api::feed::{Entry, kind};
use api::intent::Action;
use api::order::{OrderState, OrderStatus, ParcelState};
use api::product::ProductState;
use std::collections::BTreeSet;
use std::rc::Rc;
use sync::orders::Command;

impl Disk {
    /// Changes that have not arrived, or were refused and are still to be looked at.
    pub fn pending(&self) -> impl Iterator<Item = &Row> {
        self.outbox
            .iter()
            .filter(|row| matches!(row.stage, Stage::Waiting | Stage::Refused))
    }

    pub fn said<T: serde::de::DeserializeOwned>(&self, kind: &str, id: &str) -> Option<T> {
        let entry = self.said.get(&(kind.to_owned(), id.to_owned()))?;
        T::deserialize(&entry.state).ok()
    }

    pub fn ids(&self, kind: &str) -> Vec<&str> {
        self.said
            .range((kind.to_owned(), String::new())..)
            .take_while(|((of, _), _)| of == kind)
            .map(|((_, id), _)| id.as_str())
            .collect()
    }

    pub fn product_ids(&self) -> Vec<String> {
        self.pieces.keys().cloned().collect()
    }

    pub fn product(&self, id: &str) -> ProductState {
        self.pieces.get(id).cloned().unwrap_or_default()
    }

    /// A record that is no piece and no movement, as it is here, understood or not.
    pub fn other(&self, key: &Key) -> Option<&Entry> {
        self.said.get(key).or_else(|| self.parked.get(key))
    }

    /// The kind and id of each record that is here.
    pub fn here(&self) -> impl Iterator<Item = (&str, &str)> {
        let pieces = self.pieces.keys().map(|id| (kind::PRODUCT, id.as_str()));
        let movements = self.movements.keys().map(|id| (kind::MOVEMENT, id.as_str()));
        let others = self.said.keys().chain(self.parked.keys());
        let others = others.map(|(kind, id)| (kind.as_str(), id.as_str()));
        pieces.chain(movements).chain(others)
    }

    pub fn on_hand(&self, product_id: &str) -> i64 {
        let movements = self.movements.values();
        movements
            .filter(|movement| movement.product_id == product_id)
            .map(|movement| movement.delta)
            .sum()
    }

    pub fn order_status(&self, id: &str) -> Option<OrderStatus> {
        let said: OrderState = self.said(kind::ORDER, id)?;
        let mut rows: Vec<&Row> = self
            .outbox
            .iter()
            .filter(|row| row.stage == Stage::Waiting)
            .collect();
        rows.sort_by_key(|row| number(row));
        let commands = rows.into_iter().filter_map(|row| {
            let action = &row.intent.action;
            match action {
                Action::AcceptOrder { order_id }
                | Action::PackOrder { order_id }
                | Action::CancelOrder { order_id, .. }
                    if order_id == id =>
                {
                    sync::pending::command(action)
                }
                Action::NumberParcel { parcel } if parcel.order_id == id => sync::pending::command(action),
                Action::CloseDropOff { drop_off } => drop_off
                    .parcel_ids
                    .iter()
                    .any(|parcel| {
                        self.parcel(parcel)
                            .is_some_and(|parcel| parcel.parcel.order_id == id)
                    })
                    .then_some(Command::HandIn),
                _ => None,
            }
        });
        Some(sync::pending::order(said.status, commands))
    }

    pub fn parcel(&self, id: &str) -> Option<ParcelState> {
        self.said(kind::PARCEL, id)
            .or_else(|| self.parcels.get(id).cloned())
    }

    pub fn parcels(&self) -> Vec<ParcelState> {
        let mut ids: BTreeSet<&str> = self.ids(kind::PARCEL).into_iter().collect();
        ids.extend(self.parcels.keys().map(String::as_str));
        ids.into_iter().filter_map(|id| self.parcel(id)).collect()
    }

    /// A person has looked at what was refused: it is not shown any more, and what it did here is undone. Whether
    /// there was any.
    pub fn dismiss(&mut self) -> bool {
        let mut dismissed = Vec::new();
        for row in &mut self.outbox {
            if row.stage == Stage::Refused {
                row.stage = Stage::Dismissed;
                dismissed.push(Rc::clone(&row.intent));
            }
        }
        for intent in &dismissed {
            match &intent.action {
                Action::MoveStock { movement } => {
                    let said = (kind::MOVEMENT.to_owned(), movement.id.clone());
                    if !self.bases.contains_key(&said) {
                        self.movements.remove(&movement.id);
                    }
                }
                Action::NumberParcel { parcel } => {
                    self.parcels.remove(&parcel.id);
                }
                action => {
                    if let Some(id) = about_product(action) {
                        self.doubt(kind::PRODUCT, id);
                    }
                }
            }
        }
        !dismissed.is_empty()
    }
}
