//! The oracle's word against the marketplace's records.

use super::{Fate, Oracle};
use crate::disk::REVIEW;
use crate::market::Market;
use std::collections::BTreeMap;

/// The steps of an order as the API counts them.
fn step(status: api::order::OrderStatus) -> u8 {
    use api::order::OrderStatus as S;
    match status {
        S::Placed => 0,
        S::Accepted => 1,
        S::Packed => 2,
        S::Labelled => 3,
        S::HandedIn => 4,
        S::Shipped => 5,
        S::Delivered => 6,
        S::Cancelled => 7,
    }
}

impl Oracle {
    /// Whether the marketplace has taken this intent over for good.
    pub fn has(&self, intent: &str) -> bool {
        self.fates.get(intent) == Some(&Fate::Done)
    }

    /// Whether the marketplace had to refuse it.
    pub fn refused(&self, intent: &str) -> bool {
        self.fates.get(intent) == Some(&Fate::No)
    }

    /// Compares the marketplace with what it should be.
    ///
    /// # Errors
    /// What differs.
    pub fn compare(&self, market: &Market) -> Result<(), String> {
        self.pieces(market)?;
        self.orders(market)?;
        self.parcels(market)?;
        self.reviews(market)?;
        if self.exactly {
            self.conflicts(market)?;
        }
        Ok(())
    }

    fn pieces(&self, market: &Market) -> Result<(), String> {
        let there = market.pieces();
        if !there.keys().eq(self.things.keys()) {
            return Err(format!(
                "pieces should be {:?} and are {:?}",
                self.things.keys(),
                there.keys()
            ));
        }
        for (id, thing) in &self.things {
            let Some(piece) = there.get(id) else {
                continue;
            };
            let should: BTreeMap<&String, _> = thing.fields.iter().map(|(n, f)| (n, &f.value)).collect();
            let is: BTreeMap<&String, _> = piece.state.fields.iter().map(|(n, f)| (n, &f.value)).collect();
            if should != is {
                return Err(format!("piece {id} should be {should:?} and is {is:?}"));
            }
            let on_hand: i64 = thing.movements.values().sum();
            if on_hand != piece.on_hand {
                return Err(format!(
                    "piece {id}: {on_hand} should be on hand and {} are",
                    piece.on_hand
                ));
            }
            if !self.exactly {
                continue;
            }
            let should: BTreeMap<&String, _> = thing
                .photos
                .iter()
                .map(|(h, p)| (h, (p.shows, &p.place)))
                .collect();
            let is: BTreeMap<&String, _> = piece
                .state
                .photos
                .iter()
                .map(|(h, p)| (h, (!p.removed, &p.place)))
                .collect();
            if should != is {
                return Err(format!("photos of {id} should be {should:?} and are {is:?}"));
            }
        }
        Ok(())
    }

    fn orders(&self, market: &Market) -> Result<(), String> {
        let should: BTreeMap<&String, _> = self
            .sales
            .iter()
            .map(|(id, sale)| (id, (sale.step, sale.oversold.clone())))
            .collect();
        let is: BTreeMap<&String, _> = market
            .order_states()
            .iter()
            .map(|(id, state)| (id, (step(state.status), state.oversold.iter().cloned().collect())))
            .collect();
        if should == is {
            Ok(())
        } else {
            Err(format!("orders should be {should:?} and are {is:?}"))
        }
    }

    fn reviews(&self, market: &Market) -> Result<(), String> {
        let records = market.records();
        let reviews = records.iter().filter(|((kind, _), _)| *kind == REVIEW);
        let is: BTreeMap<&str, i64> = reviews
            .map(|((_, id), entry)| (*id, entry.state["stars"].as_i64().unwrap_or(0)))
            .collect();
        let should: BTreeMap<&str, i64> = self
            .reviews
            .iter()
            .map(|(id, stars)| (id.as_str(), *stars))
            .collect();
        if should == is {
            Ok(())
        } else {
            Err(format!("reviews should be {should:?} and are {is:?}"))
        }
    }

    fn parcels(&self, market: &Market) -> Result<(), String> {
        let should: BTreeMap<&String, _> = self
            .packages
            .iter()
            .map(|(id, package)| (id, (&package.number, package.in_list.as_ref())))
            .collect();
        let is: BTreeMap<&String, _> = market
            .parcel_states()
            .iter()
            .map(|(id, state)| (id, (&state.parcel.s10, state.drop_off_id.as_ref())))
            .collect();
        if should != is {
            return Err(format!("parcels should be {should:?} and are {is:?}"));
        }
        let mut numbers: Vec<&String> = is.values().map(|(number, _)| *number).collect();
        numbers.sort();
        if numbers.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(format!("a number is on two parcels: {numbers:?}"));
        }
        let should: BTreeMap<&String, bool> = self.lists.iter().map(|(id, list)| (id, list.1)).collect();
        let is: BTreeMap<&String, bool> = market
            .drop_off_states()
            .iter()
            .map(|(id, state)| (id, state.left_ms.is_some()))
            .collect();
        if should == is {
            Ok(())
        } else {
            Err(format!("drop-offs should be {should:?} and are {is:?}"))
        }
    }

    fn conflicts(&self, market: &Market) -> Result<(), String> {
        let should: BTreeMap<String, _> = self
            .quarrels
            .iter()
            .map(|((product, name), quarrel)| {
                let id = format!("{product}-{name}");
                (id, (&quarrel.kept, &quarrel.lost, quarrel.open))
            })
            .collect();
        let is: BTreeMap<String, _> = market
            .conflict_states()
            .iter()
            .map(|(id, state)| {
                let open = state.settled_ms.is_none();
                (id.clone(), (&state.kept.value, &state.lost.value, open))
            })
            .collect();
        if should == is {
            Ok(())
        } else {
            Err(format!("conflicts should be {should:?} and are {is:?}"))
        }
    }
}
