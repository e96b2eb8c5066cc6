//! The records as the rules ask for them.

use super::{Market, leases};
use crate::fault::Fault;
use api::conflict::ConflictState;
use api::drop_off::DropOffState;
use api::order::{OrderState, OrderStatus, ParcelState};
use std::collections::BTreeMap;
use sync::authority::{Answered, Found, Known, Piece, Records};

/// The records as one laptop's intents meet them.
pub(super) struct View<'a> {
    pub market: &'a Market,
    pub laptop: &'a str,
    /// The intent that is being decided on.
    pub intent: &'a str,
}

fn found<'a, T>(records: &'a BTreeMap<String, T>, id: &str) -> Found<&'a T> {
    records.get(id).map_or(Found::Nowhere, Found::Here)
}

impl Records for View<'_> {
    fn answered(&self, id: &str) -> Known<Option<&Answered>> {
        if self.market.fault == Some(Fault::AppliedTwice) && id == self.intent {
            return Ok(None);
        }
        Ok(self.market.answered.get(id))
    }

    fn epoch(&self) -> Known<u32> {
        Ok(self.market.epochs.get(self.laptop).copied().unwrap_or(0))
    }

    fn sequence_is_taken(&self, epoch: u32, seq: u64) -> Known<bool> {
        if self.market.fault == Some(Fault::AppliedTwice) {
            return Ok(false);
        }
        Ok(self
            .market
            .sequences
            .contains(&(self.laptop.to_owned(), epoch, seq)))
    }

    fn product(&self, id: &str) -> Known<Found<&Piece>> {
        Ok(found(&self.market.products, id))
    }

    fn order(&self, id: &str) -> Known<Found<&OrderState>> {
        Ok(found(&self.market.orders, id))
    }

    fn open_orders(&self, product_id: &str) -> Known<Vec<&OrderState>> {
        let mut open: Vec<&OrderState> = self
            .market
            .orders
            .values()
            .filter(|order| order.status < OrderStatus::Shipped)
            .filter(|order| order.lines.iter().any(|line| line.product_id == product_id))
            .collect();
        open.sort_by(|a, b| (b.placed_ms, &b.id).cmp(&(a.placed_ms, &a.id)));
        Ok(open)
    }

    fn parcel(&self, id: &str) -> Known<Found<&ParcelState>> {
        Ok(found(&self.market.parcels, id))
    }

    fn drop_off(&self, id: &str) -> Known<Found<&DropOffState>> {
        Ok(found(&self.market.drop_offs, id))
    }

    fn movement_is_known(&self, id: &str) -> Known<bool> {
        Ok(self.market.fault != Some(Fault::AppliedTwice) && self.market.movements.contains_key(id))
    }

    fn conflict(&self, id: &str) -> Known<Option<&ConflictState>> {
        Ok(self.market.conflicts.get(id))
    }

    fn is_number(&self, s10: &str) -> bool {
        leases::serial(s10).is_some()
    }

    fn number_is_taken(&self, s10: &str) -> Known<bool> {
        Ok(self.market.numbers.contains(s10))
    }

    fn number_is_leased(&self, s10: &str, laptop: &str, used_ms: i64) -> Known<bool> {
        let Some(serial) = leases::serial(s10) else {
            return Ok(false);
        };
        Ok(self.market.leases.values().any(|lease| {
            (lease.laptop_id == laptop || lease.laptop_id.is_empty())
                && (lease.first..lease.end).contains(&serial)
                && lease.expires_ms >= used_ms
        }))
    }

    fn is_drop_off_number(&self, number: &str) -> bool {
        number.starts_with('D')
    }

    fn drop_off_number_is_taken(&self, number: &str) -> Known<bool> {
        Ok(self.market.drop_off_numbers.contains(number))
    }

    fn is_service(&self, code: &str) -> bool {
        code == "packet"
    }

    fn is_office(&self, code: &str) -> bool {
        code == "68000"
    }
}
