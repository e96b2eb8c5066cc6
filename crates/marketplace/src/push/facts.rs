//! What the rules need to know, read from the database as they ask for it.

mod learn;

use super::Sender;
use super::staged::Staged;
use crate::error::Error;
use crate::records::{Writing, drop_offs, intents, leases, orders, parcels};
use api::conflict::ConflictState;
use api::drop_off::DropOffState;
use api::intent::Intent;
use api::order::{OrderState, ParcelState};
use postal::{DropOffNumber, Profile, S10};
use std::collections::{BTreeMap, BTreeSet};
use sync::authority::{Answered, Found, Known, Piece, Records, Unread, Write};

/// What was read under the shop's lock, with what was decided since.
pub struct Facts<'a> {
    profile: &'static Profile,
    sender: &'a Sender,
    answered: BTreeMap<String, Option<Answered>>,
    epoch: Option<u32>,
    sequences: BTreeMap<(u32, u64), bool>,
    products: BTreeMap<String, Found<Piece>>,
    orders: BTreeMap<String, Found<OrderState>>,
    open_orders: BTreeMap<String, Vec<OrderState>>,
    parcels: BTreeMap<String, Found<ParcelState>>,
    drop_offs: BTreeMap<String, Found<DropOffState>>,
    movements: BTreeMap<String, bool>,
    conflicts: BTreeMap<String, Option<ConflictState>>,
    numbers: BTreeMap<String, bool>,
    leased: BTreeMap<(String, String, i64), bool>,
    drop_off_numbers: BTreeMap<String, bool>,
}

/// Asks the rules until everything that they want to know is read. What is staged and was not noted in the facts is
/// written before anything is read.
pub async fn settle<T>(
    facts: &mut Facts<'_>,
    writing: &mut Writing,
    staged: &mut Staged,
    rule: impl Fn(&Facts<'_>) -> Known<T>,
) -> Result<T, Error> {
    loop {
        match rule(facts) {
            Ok(decided) => return Ok(decided),
            Err(unread) => {
                if is_staged(&unread) {
                    staged.write(writing, facts.sender).await?;
                }
                facts.read(writing, unread).await?;
            }
        }
    }
}

impl<'a> Facts<'a> {
    pub fn new(profile: &'static Profile, sender: &'a Sender) -> Self {
        Self {
            profile,
            sender,
            answered: BTreeMap::new(),
            epoch: None,
            sequences: BTreeMap::new(),
            products: BTreeMap::new(),
            orders: BTreeMap::new(),
            open_orders: BTreeMap::new(),
            parcels: BTreeMap::new(),
            drop_offs: BTreeMap::new(),
            movements: BTreeMap::new(),
            conflicts: BTreeMap::new(),
            numbers: BTreeMap::new(),
            leased: BTreeMap::new(),
            drop_off_numbers: BTreeMap::new(),
        }
    }

    fn found<T>(&self, record: Option<(String, T)>) -> Found<T> {
        match record {
            Some((shop, record)) if shop == self.sender.shop => Found::Here(record),
            Some(_) => Found::Elsewhere,
            None => Found::Nowhere,
        }
    }

    /// What was decided of an intent holds for those after it.
    pub fn decided(&mut self, intent: &Intent, answered: Answered) {
        self.answered.insert(intent.id.clone(), Some(answered));
        self.sequences.insert((intent.epoch, intent.seq), true);
        self.epoch = self.epoch.map(|epoch| epoch.max(intent.epoch));
    }

    /// What was written holds for those after it. Orders and parcels are read anew.
    pub fn wrote(&mut self, write: &Write, staged: &Staged) {
        match write {
            Write::Product { state, .. } => {
                let on_hand = match self.products.get(&state.id) {
                    Some(Found::Here(piece)) => piece.on_hand,
                    _ => 0,
                };
                let piece = staged.stored(&state.id).map(|stored| Piece {
                    state: stored.state.clone(),
                    written: stored.written.clone(),
                    on_hand,
                });
                match piece {
                    Some(piece) => self.products.insert(state.id.clone(), Found::Here(piece)),
                    None => self.products.remove(&state.id),
                };
            }
            Write::Movement(movement) => {
                self.movements.insert(movement.id.clone(), true);
                if let Some(Found::Here(piece)) = self.products.get_mut(&movement.product_id) {
                    piece.on_hand = piece.on_hand.saturating_add(movement.delta);
                }
            }
            Write::Conflict(state) => {
                self.conflicts.insert(state.id.clone(), Some(state.clone()));
            }
            Write::Order(_) | Write::Parcel(_) | Write::DropOff(_) | Write::MoneyBack { .. } => {
                self.orders.clear();
                self.open_orders.clear();
                self.parcels.clear();
                self.drop_offs.clear();
                self.numbers.clear();
                self.leased.clear();
                self.drop_off_numbers.clear();
            }
        }
    }

    async fn read(&mut self, writing: &mut Writing, unread: Unread) -> Result<(), Error> {
        let (shop, laptop) = (self.sender.shop.as_str(), self.sender.laptop.as_str());
        let connection = writing.connection();
        match unread {
            Unread::Answered(id) => self.learn_answered(writing, BTreeSet::from([id])).await?,
            Unread::Epoch => {
                let epoch = intents::epoch(connection, shop, laptop).await?;
                self.epoch = Some(u32::try_from(epoch).unwrap_or(u32::MAX));
            }
            Unread::Sequence(epoch, seq) => self.learn_sequences(writing, epoch, &[seq]).await?,
            Unread::Product(id) => self.learn_products(writing, &BTreeSet::from([id])).await?,
            Unread::Order(id) => {
                let order = orders::get(connection, &id).await?;
                let order = self.found(order.map(|order| (order.shop_id, order.state)));
                self.orders.insert(id, order);
            }
            Unread::OpenOrders(product) => self.learn_open_orders(writing, &[product]).await?,
            Unread::Parcel(id) => {
                let parcel = parcels::get(connection, &id).await?;
                let parcel = self.found(parcel.map(|parcel| (parcel.shop_id, parcel.state)));
                self.parcels.insert(id, parcel);
            }
            Unread::DropOff(id) => {
                let drop_off = drop_offs::get(connection, &id).await?;
                let drop_off = self.found(drop_off.map(|drop_off| (drop_off.shop_id, drop_off.state)));
                self.drop_offs.insert(id, drop_off);
            }
            Unread::Movement(id) => self.learn_movements(writing, &BTreeSet::from([id])).await?,
            Unread::Conflict(id) => self.learn_conflicts(writing, &BTreeSet::from([id])).await?,
            Unread::Number(s10) => {
                let taken = parcels::by_number(connection, &s10).await?.is_some();
                self.numbers.insert(s10, taken);
            }
            Unread::Lease(s10, user, used_ms) => {
                let leased = match S10::parse(&s10) {
                    Ok(number) => leases::covers(connection, shop, &user, &number, used_ms).await?,
                    Err(_) => false,
                };
                self.leased.insert((s10, user, used_ms), leased);
            }
            Unread::DropOffNumber(number) => {
                let taken = drop_offs::by_number(connection, &number).await?.is_some();
                self.drop_off_numbers.insert(number, taken);
            }
        }
        Ok(())
    }
}

/// Whether what is asked for may wait to be written.
fn is_staged(unread: &Unread) -> bool {
    matches!(
        unread,
        Unread::Answered(_)
            | Unread::Epoch
            | Unread::Sequence(..)
            | Unread::Product(_)
            | Unread::Movement(_)
            | Unread::Conflict(_)
    )
}

fn known<'f, K: Ord, T>(facts: &'f BTreeMap<K, T>, key: &K, unread: impl FnOnce() -> Unread) -> Known<&'f T> {
    facts.get(key).ok_or_else(unread)
}

fn borrowed<T>(found: &Found<T>) -> Found<&T> {
    match found {
        Found::Here(record) => Found::Here(record),
        Found::Elsewhere => Found::Elsewhere,
        Found::Nowhere => Found::Nowhere,
    }
}

impl Records for Facts<'_> {
    fn answered(&self, id: &str) -> Known<Option<&Answered>> {
        let id = id.to_owned();
        Ok(known(&self.answered, &id, || Unread::Answered(id.clone()))?.as_ref())
    }

    fn epoch(&self) -> Known<u32> {
        self.epoch.ok_or(Unread::Epoch)
    }

    fn sequence_is_taken(&self, epoch: u32, seq: u64) -> Known<bool> {
        known(&self.sequences, &(epoch, seq), || Unread::Sequence(epoch, seq)).copied()
    }

    fn product(&self, id: &str) -> Known<Found<&Piece>> {
        let id = id.to_owned();
        known(&self.products, &id, || Unread::Product(id.clone())).map(borrowed)
    }

    fn order(&self, id: &str) -> Known<Found<&OrderState>> {
        let id = id.to_owned();
        known(&self.orders, &id, || Unread::Order(id.clone())).map(borrowed)
    }

    fn open_orders(&self, product_id: &str) -> Known<Vec<&OrderState>> {
        let id = product_id.to_owned();
        let open = known(&self.open_orders, &id, || Unread::OpenOrders(id.clone()))?;
        Ok(open.iter().collect())
    }

    fn parcel(&self, id: &str) -> Known<Found<&ParcelState>> {
        let id = id.to_owned();
        known(&self.parcels, &id, || Unread::Parcel(id.clone())).map(borrowed)
    }

    fn drop_off(&self, id: &str) -> Known<Found<&DropOffState>> {
        let id = id.to_owned();
        known(&self.drop_offs, &id, || Unread::DropOff(id.clone())).map(borrowed)
    }

    fn movement_is_known(&self, id: &str) -> Known<bool> {
        let id = id.to_owned();
        known(&self.movements, &id, || Unread::Movement(id.clone())).copied()
    }

    fn conflict(&self, id: &str) -> Known<Option<&ConflictState>> {
        let id = id.to_owned();
        Ok(known(&self.conflicts, &id, || Unread::Conflict(id.clone()))?.as_ref())
    }

    fn is_number(&self, s10: &str) -> bool {
        S10::parse(s10).is_ok_and(|number| number.to_string() == s10)
    }

    fn number_is_taken(&self, s10: &str) -> Known<bool> {
        let s10 = s10.to_owned();
        known(&self.numbers, &s10, || Unread::Number(s10.clone())).copied()
    }

    fn number_is_leased(&self, s10: &str, laptop: &str, used_ms: i64) -> Known<bool> {
        let key = (s10.to_owned(), laptop.to_owned(), used_ms);
        known(&self.leased, &key, || {
            Unread::Lease(key.0.clone(), key.1.clone(), key.2)
        })
        .copied()
    }

    fn is_drop_off_number(&self, number: &str) -> bool {
        DropOffNumber::parse(number).is_ok_and(|parsed| parsed.to_string() == number)
    }

    fn drop_off_number_is_taken(&self, number: &str) -> Known<bool> {
        let number = number.to_owned();
        known(&self.drop_off_numbers, &number, || {
            Unread::DropOffNumber(number.clone())
        })
        .copied()
    }

    fn is_service(&self, code: &str) -> bool {
        self.profile.service(code).is_some()
    }

    fn is_office(&self, code: &str) -> bool {
        self.profile.office(code).is_some()
    }
}
