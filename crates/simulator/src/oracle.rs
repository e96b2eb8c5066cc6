//! What should be, worked out from what happened at the marketplace's door, by rules written here a second time and as
//! plainly as can be.

use crate::history::Happened;
use api::intent::{Action, Intent, Outcome, refusal};
use api::product::field;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

type Stamp = (i64, u32, String);

#[derive(Clone, Debug)]
struct FieldWas {
    value: Value,
    stamp: Stamp,
    /// Which thing that happened wrote it.
    at: usize,
}

#[derive(Clone, Debug)]
struct PhotoWas {
    shows: bool,
    place: String,
    stamp: Stamp,
    by: String,
    at: usize,
}

#[derive(Clone, Debug, Default)]
struct Thing {
    fields: BTreeMap<String, FieldWas>,
    photos: BTreeMap<String, PhotoWas>,
    movements: BTreeMap<String, i64>,
}

#[derive(Clone, Debug)]
struct Sale {
    placed: (i64, String),
    lines: Vec<(String, i64)>,
    /// 0 placed … 6 delivered, 7 cancelled.
    step: u8,
    oversold: BTreeSet<String>,
}

#[derive(Clone, Debug)]
struct Package {
    order: String,
    number: String,
    in_list: Option<String>,
    taken: bool,
    arrived: bool,
}

#[derive(Clone, Debug)]
struct Quarrel {
    kept: Value,
    lost: Value,
    open: bool,
}

/// What an intent should have come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Done,
    No,
}

#[derive(Debug, Default)]
pub struct Oracle {
    things: BTreeMap<String, Thing>,
    sales: BTreeMap<String, Sale>,
    packages: BTreeMap<String, Package>,
    lists: BTreeMap<String, (Vec<String>, bool)>,
    quarrels: BTreeMap<(String, String), Quarrel>,
    leases: Vec<(String, u32, u32, i64)>,
    fates: BTreeMap<String, Fate>,
    reviews: BTreeMap<String, i64>,
    cancelled: u64,
    exactly: bool,
}

impl Oracle {
    /// Works it out. `exactly` is false when time was lost, so that nobody can say who knew of what.
    ///
    /// # Errors
    /// What the marketplace answered otherwise than it should have.
    pub fn after(log: &[Happened], exactly: bool) -> Result<Self, String> {
        let mut oracle = Self {
            exactly,
            ..Self::default()
        };
        for (at, happened) in log.iter().enumerate() {
            match happened {
                Happened::Intent {
                    at_ms,
                    intent,
                    outcome,
                    known,
                } => oracle.intent(at, *at_ms, intent, outcome, *known)?,
                Happened::Bought {
                    order_id,
                    at_ms,
                    lines,
                } => {
                    let lines: Vec<(String, i64)> = lines
                        .iter()
                        .map(|line| (line.product_id.clone(), line.quantity))
                        .collect();
                    oracle.sales.insert(
                        order_id.clone(),
                        Sale {
                            placed: (*at_ms, order_id.clone()),
                            lines: lines.clone(),
                            step: 0,
                            oversold: BTreeSet::new(),
                        },
                    );
                    for (n, (product, quantity)) in lines.iter().enumerate() {
                        oracle.moves(product, format!("sold {order_id} {n}"), -quantity);
                    }
                }
                Happened::Decided { parcel_id, code } => oracle.clerk(parcel_id, code),
                Happened::Reviewed { product, stars } => {
                    oracle.reviews.insert(product.clone(), *stars);
                }
                Happened::Leased(lease) => {
                    let holder = lease.laptop_id.clone();
                    oracle
                        .leases
                        .push((holder, lease.first, lease.end, lease.expires_ms));
                }
                Happened::PassedOver { first, end, until_ms } => {
                    oracle.leases.push((String::new(), *first, *end, *until_ms))
                }
            }
        }
        Ok(oracle)
    }

    fn intent(
        &mut self,
        at: usize,
        at_ms: i64,
        intent: &Intent,
        outcome: &Outcome,
        known: usize,
    ) -> Result<(), String> {
        let said = match outcome {
            Outcome::Applied | Outcome::Already => Fate::Done,
            Outcome::Refused { code, .. } if code == refusal::EPOCH_REUSED => return Ok(()),
            Outcome::Refused { .. } => Fate::No,
            Outcome::Deferred { .. } => return Ok(()),
        };
        let should = match self.fates.get(&intent.id) {
            // Once is enough.
            Some(fate) => *fate,
            None => {
                let mut fate = self.decide(at, at_ms, intent, known);
                if matches!(intent.action, Action::SettleConflict { .. }) && !self.exactly {
                    // Whether there was a conflict is not known either.
                    fate = said;
                }
                self.fates.insert(intent.id.clone(), fate);
                fate
            }
        };
        if said == should {
            return Ok(());
        }
        Err(format!(
            "{} should have come to {should:?} and was answered {outcome:?}: {:?}",
            intent.id, intent.action
        ))
    }

    fn decide(&mut self, at: usize, at_ms: i64, intent: &Intent, known: usize) -> Fate {
        let lacks = |id: &String| self.fates.get(id) != Some(&Fate::Done);
        if intent.depends_on.iter().any(lacks) {
            return Fate::No;
        }
        let stamp = if intent.stamp.ms > at_ms + 60_000 {
            let n = u32::try_from(intent.seq).unwrap_or(u32::MAX);
            (at_ms, n, intent.stamp.laptop.clone())
        } else {
            (intent.stamp.ms, intent.stamp.n, intent.stamp.laptop.clone())
        };
        match &intent.action {
            Action::SetProduct { product_id, fields } => {
                // The only value that persons here write and that no piece has.
                if fields.get(field::WEIGHT_G).and_then(Value::as_i64).unwrap_or(0) < 0 {
                    return Fate::No;
                }
                for (name, value) in fields {
                    self.write(at, product_id, name, value, &stamp, known);
                }
                Fate::Done
            }
            Action::AttachPhoto {
                product_id,
                photo,
                place,
            } => self.attach(at, product_id, &photo.hash, place, stamp),
            Action::PlacePhoto {
                product_id,
                hash,
                place,
            } => {
                let Some(thing) = self.things.get_mut(product_id) else {
                    return Fate::No;
                };
                if let Some(photo) = thing.photos.get_mut(hash)
                    && photo.stamp < stamp
                {
                    photo.place = place.clone();
                    photo.stamp = stamp;
                }
                Fate::Done
            }
            Action::DetachPhoto { product_id, hash } => {
                let Some(thing) = self.things.get_mut(product_id) else {
                    return Fate::No;
                };
                if let Some(photo) = thing.photos.get_mut(hash) {
                    let unknown = photo.by != stamp.2 && photo.at >= known;
                    if !unknown && photo.stamp < stamp {
                        photo.shows = false;
                        photo.by = stamp.2.clone();
                        photo.stamp = stamp;
                        photo.at = at;
                    }
                }
                Fate::Done
            }
            Action::MoveStock { movement } => {
                if !self.things.contains_key(&movement.product_id) {
                    return Fate::No;
                }
                self.moves(&movement.product_id, movement.id.clone(), movement.delta);
                Fate::Done
            }
            Action::AcceptOrder { order_id } => self.step(order_id, 1),
            Action::PackOrder { order_id } => self.step(order_id, 2),
            Action::CancelOrder { order_id, .. } => self.cancel(order_id),
            Action::NumberParcel { parcel } => self.number(&parcel.id, &parcel.order_id, &parcel.s10, &stamp),
            Action::CloseDropOff { drop_off } => self.close(&drop_off.id, &drop_off.parcel_ids),
            Action::LeaveDropOff { drop_off_id, .. } => match self.lists.get_mut(drop_off_id) {
                Some((_, left)) => {
                    *left = true;
                    Fate::Done
                }
                None => Fate::No,
            },
            Action::SettleConflict { conflict_id } => {
                let mine = |(product, name): &(String, String)| format!("{product}-{name}") == *conflict_id;
                match self.quarrels.iter_mut().find(|(key, _)| mine(key)) {
                    Some((_, quarrel)) => {
                        quarrel.open = false;
                        Fate::Done
                    }
                    None => Fate::No,
                }
            }
        }
    }

    fn write(&mut self, at: usize, product: &str, name: &str, value: &Value, stamp: &Stamp, known: usize) {
        let thing = self.things.entry(product.to_owned()).or_default();
        let new = FieldWas {
            value: value.clone(),
            stamp: stamp.clone(),
            at,
        };
        let Some(there) = thing.fields.get_mut(name) else {
            thing.fields.insert(name.to_owned(), new);
            return;
        };
        if there.stamp == *stamp {
            return;
        }
        let unknown = there.stamp.2 != stamp.2 && there.at >= known;
        let wins = *stamp > there.stamp;
        let (kept, lost) = if wins {
            (value.clone(), there.value.clone())
        } else {
            (there.value.clone(), value.clone())
        };
        if wins {
            *there = new;
        }
        if ![field::TITLE, field::PRICE, field::PUBLISHED].contains(&name) {
            return;
        }
        let key = (product.to_owned(), name.to_owned());
        if unknown && kept != lost {
            self.quarrels.insert(
                key,
                Quarrel {
                    kept,
                    lost,
                    open: true,
                },
            );
        } else if wins
            && let Some(quarrel) = self.quarrels.get_mut(&key)
            && quarrel.open
        {
            quarrel.kept = kept;
        }
    }

    fn attach(&mut self, at: usize, product: &str, hash: &str, place: &str, stamp: Stamp) -> Fate {
        let Some(thing) = self.things.get_mut(product) else {
            return Fate::No;
        };
        let takes = thing
            .photos
            .get(hash)
            .is_none_or(|there| there.stamp < stamp || (!there.shows && there.by != stamp.2));
        if takes {
            thing.photos.insert(
                hash.to_owned(),
                PhotoWas {
                    shows: true,
                    place: place.to_owned(),
                    by: stamp.2.clone(),
                    stamp,
                    at,
                },
            );
        }
        Fate::Done
    }

    /// Adds a movement and says anew whose orders are without a piece.
    fn moves(&mut self, product: &str, id: String, delta: i64) {
        let thing = self.things.entry(product.to_owned()).or_default();
        if thing.movements.insert(id, delta).is_some() {
            return;
        }
        let mut lacking = -thing.movements.values().sum::<i64>();
        let mut open: Vec<&mut Sale> = self
            .sales
            .values_mut()
            .filter(|sale| sale.step < 5 && sale.lines.iter().any(|line| line.0 == product))
            .collect();
        open.sort_by(|a, b| b.placed.cmp(&a.placed));
        for sale in open {
            if lacking > 0 {
                sale.oversold.insert(product.to_owned());
            } else {
                sale.oversold.remove(product);
            }
            lacking -= sale
                .lines
                .iter()
                .filter(|line| line.0 == product)
                .map(|line| line.1)
                .sum::<i64>();
        }
    }

    fn step(&mut self, order: &str, to: u8) -> Fate {
        match self.sales.get_mut(order) {
            None => Fate::No,
            Some(sale) if sale.step == 7 => Fate::No,
            Some(sale) => {
                sale.step = sale.step.max(to);
                Fate::Done
            }
        }
    }

    fn cancel(&mut self, order: &str) -> Fate {
        let Some(sale) = self.sales.get_mut(order) else {
            return Fate::No;
        };
        match sale.step {
            7 => Fate::Done,
            0..=3 => {
                sale.step = 7;
                sale.oversold.clear();
                for (product, quantity) in sale.lines.clone() {
                    self.cancelled += 1;
                    let id = format!("back {}", self.cancelled);
                    self.moves(&product, id, quantity);
                }
                Fate::Done
            }
            _ => Fate::No,
        }
    }

    fn number(&mut self, id: &str, order: &str, s10: &str, stamp: &Stamp) -> Fate {
        let Some(sale) = self.sales.get_mut(order) else {
            return Fate::No;
        };
        if self.packages.contains_key(id) {
            return Fate::Done;
        }
        let serial = crate::market::serial(s10).unwrap_or(u32::MAX);
        let leased = self.leases.iter().any(|(laptop, first, end, until_ms)| {
            (laptop.is_empty() || *laptop == stamp.2)
                && *first <= serial
                && serial < *end
                && stamp.0 <= *until_ms
        });
        let taken = self.packages.values().any(|package| package.number == s10);
        if taken || !leased || sale.step > 3 {
            return Fate::No;
        }
        sale.step = 3;
        self.packages.insert(
            id.to_owned(),
            Package {
                order: order.to_owned(),
                number: s10.to_owned(),
                in_list: None,
                taken: false,
                arrived: false,
            },
        );
        Fate::Done
    }

    fn close(&mut self, id: &str, parcels: &[String]) -> Fate {
        if self.lists.contains_key(id) {
            return Fate::Done;
        }
        let fits = |parcel: &String| {
            let package = self.packages.get(parcel);
            let free = package.filter(|package| package.in_list.is_none());
            let sale = free.and_then(|package| self.sales.get(&package.order));
            sale.is_some_and(|sale| (3..=5).contains(&sale.step))
        };
        if !parcels.iter().all(fits) {
            return Fate::No;
        }
        for parcel in parcels {
            if let Some(package) = self.packages.get_mut(parcel) {
                package.in_list = Some(id.to_owned());
                if let Some(sale) = self.sales.get_mut(&package.order) {
                    sale.step = sale.step.max(4);
                }
            }
        }
        self.lists.insert(id.to_owned(), (parcels.to_vec(), false));
        Fate::Done
    }

    fn clerk(&mut self, parcel: &str, code: &str) {
        let Some(package) = self.packages.get_mut(parcel) else {
            return;
        };
        match code {
            "EMA" => package.taken = true,
            "EMI" => package.arrived = true,
            _ => package.in_list = None,
        }
        let order = package.order.clone();
        let all = |test: fn(&Package) -> bool| {
            let mut of_order = self.packages.values().filter(|package| package.order == order);
            of_order.all(test)
        };
        let (home, arrived) = (
            all(|package| package.in_list.is_none() && !package.taken),
            all(|package| package.arrived),
        );
        let Some(sale) = self.sales.get_mut(&order) else {
            return;
        };
        match (code, sale.step) {
            ("EMA", 3 | 4) => sale.step = 5,
            ("EMI", 3..=5) if arrived => sale.step = 6,
            ("X_REFUSED", 4) if home => sale.step = 3,
            _ => {}
        }
    }
}

mod compare;
