//! The marketplace: its records in memory, under the very rules that the real one runs.

use crate::fault::Fault;
use api::conflict::ConflictState;
use api::drop_off::{DropOffState, DropOffStatus};
use api::feed::{Entry, FeedPage, kind};
use api::intent::{Action, Intent, Outcome, refusal};
use api::lease::{Lease, LeaseRequest};
use api::order::{OrderEvent, OrderLine, OrderState, OrderStatus, ParcelEvent, ParcelState};
use api::place::Address;
use api::product::{Money, field};
use api::stock::{Movement, Reason};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use sync::authority::{
    Answered, Draft, Found, Known, Piece, Received, Records, Sender, Verdict, Write, add_movement, advance,
    mark, receive,
};
use sync::orders::{Command, next};

const PAGE: usize = 8;
const LEASE_MS: i64 = 40 * 24 * 60 * 60_000;
/// Serials that a marketplace passes over when it was put back: more than were leased since.
const PASSED_OVER: u32 = 100_000;

/// A record's newest state in the feed.
#[derive(Clone, Debug)]
struct Told {
    entry: Rc<Entry>,
    before: Option<Rc<Entry>>,
    at_ms: i64,
}

#[derive(Clone, Debug, Default)]
pub struct Market {
    pub fault: Option<Fault>,
    answered: BTreeMap<String, Answered>,
    sequences: BTreeSet<(String, u32, u64)>,
    epochs: BTreeMap<String, u32>,
    products: BTreeMap<String, Piece>,
    orders: BTreeMap<String, OrderState>,
    parcels: BTreeMap<String, ParcelState>,
    drop_offs: BTreeMap<String, DropOffState>,
    movements: BTreeMap<String, Movement>,
    conflicts: BTreeMap<String, ConflictState>,
    numbers: BTreeSet<String>,
    drop_off_numbers: BTreeSet<String>,
    leases: BTreeMap<String, Lease>,
    serials: u32,
    feed: BTreeMap<u64, Told>,
    positions: BTreeMap<(&'static str, String), u64>,
    position: u64,
    feed_epoch: u32,
    made: u64,
    /// The newest form of intents that it knows.
    pub schema: u16,
    pub now_ms: i64,
    /// How many things had happened when a position was written; told by the world.
    pub happened: usize,
    happened_at: BTreeMap<u64, usize>,
}

/// The records as one laptop's intents meet them.
struct View<'a> {
    market: &'a Market,
    laptop: &'a str,
    /// The intent that is being decided on.
    intent: &'a str,
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
        serial(s10).is_some()
    }

    fn number_is_taken(&self, s10: &str) -> Known<bool> {
        Ok(self.market.numbers.contains(s10))
    }

    fn number_is_leased(&self, s10: &str, laptop: &str, used_ms: i64) -> Known<bool> {
        let Some(serial) = serial(s10) else {
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

/// The serial number in a tracking number as the simulator writes them: "RR00000042".
pub fn serial(s10: &str) -> Option<u32> {
    s10.strip_prefix("RR")
        .filter(|digits| digits.len() == 8)?
        .parse()
        .ok()
}

pub fn s10(serial: u32) -> String {
    format!("RR{serial:08}")
}

impl Market {
    pub fn new(fault: Option<Fault>) -> Self {
        Self {
            fault,
            schema: 1,
            ..Self::default()
        }
    }

    /// The same marketplace, from an earlier day, opened again.
    pub fn put_back(&mut self, yesterday: &Self) {
        let (now_ms, schema, happened, made) = (self.now_ms, self.schema, self.happened, self.made);
        let feed_epoch = self.feed_epoch + 1;
        *self = yesterday.clone();
        (self.now_ms, self.schema, self.happened) = (now_ms, schema, happened);
        // Ids are random: none comes twice.
        self.made = made;
        if self.fault != Some(Fault::EpochKept) {
            self.feed_epoch = feed_epoch;
        }
        if self.fault != Some(Fault::SerialsForgotten) {
            // Numbers of the lost time may be on parcels: they are nobody's and everybody's.
            let passed_over = Lease {
                id: format!("passed-over-{feed_epoch}"),
                indicator: "RR".into(),
                country: "MX".into(),
                first: self.serials,
                end: self.serials + PASSED_OVER,
                laptop_id: String::new(),
                issued_ms: now_ms,
                expires_ms: i64::MAX,
            };
            self.serials += PASSED_OVER;
            self.leases.insert(passed_over.id.clone(), passed_over);
        }
    }

    fn tell<T: Serialize>(&mut self, kind: &'static str, id: &str, state: &T) -> u64 {
        self.position += 1;
        let position = self.position;
        let key = (kind, id.to_owned());
        let before = self
            .positions
            .insert(key, position)
            .and_then(|old| self.feed.remove(&old))
            .map(|told| told.entry);
        let entry = Rc::new(Entry {
            position,
            kind: kind.to_owned(),
            id: id.to_owned(),
            state: serde_json::to_value(state).unwrap_or_default(),
        });
        let at_ms = self.now_ms;
        self.feed.insert(position, Told { entry, before, at_ms });
        self.happened_at.insert(position, self.happened);
        position
    }

    fn carry_out(&mut self, writes: Vec<Write>) {
        for write in writes {
            match write {
                Write::Product {
                    state,
                    mut written,
                    marks,
                    by,
                } => {
                    let position = self.tell(kind::PRODUCT, &state.id, &state);
                    mark(&mut written, marks, position, &by);
                    let on_hand = self.products.get(&state.id).map_or(0, |piece| piece.on_hand);
                    let piece = Piece {
                        on_hand,
                        written,
                        state,
                    };
                    self.products.insert(piece.state.id.clone(), piece);
                }
                Write::Movement(movement) => {
                    let clamps = self.fault == Some(Fault::StockClamped);
                    if let Some(piece) = self.products.get_mut(&movement.product_id) {
                        piece.on_hand += movement.delta;
                        if clamps {
                            piece.on_hand = piece.on_hand.max(0);
                        }
                    }
                    self.tell(kind::MOVEMENT, &movement.id, &movement);
                    self.movements.insert(movement.id.clone(), movement);
                }
                Write::Order(mut state) => {
                    if self.fault == Some(Fault::OversoldUnsaid) {
                        state.oversold.clear();
                    }
                    self.save_order(state);
                }
                Write::Parcel(state) => self.save_parcel(state),
                Write::DropOff(state) => {
                    self.drop_off_numbers.insert(state.drop_off.number.clone());
                    self.tell(kind::DROP_OFF, &state.drop_off.id, &state);
                    self.drop_offs.insert(state.drop_off.id.clone(), state);
                }
                Write::Conflict(state) => {
                    if self.fault != Some(Fault::LoserDropped) {
                        self.tell(kind::CONFLICT, &state.id, &state);
                        self.conflicts.insert(state.id.clone(), state);
                    }
                }
                Write::MoneyBack { .. } => {}
            }
        }
    }

    fn save_order(&mut self, state: OrderState) {
        self.tell(kind::ORDER, &state.id, &state);
        self.orders.insert(state.id.clone(), state);
    }

    fn save_parcel(&mut self, state: ParcelState) {
        self.numbers.insert(state.parcel.s10.clone());
        self.tell(kind::PARCEL, &state.parcel.id, &state);
        self.parcels.insert(state.parcel.id.clone(), state);
    }

    fn new_id(&mut self) -> String {
        self.made += 1;
        format!("m{:07}", self.made)
    }

    /// One intent of a batch.
    pub fn take(&mut self, laptop: &str, intent: &Intent) -> Outcome {
        if intent.schema > self.schema {
            return Outcome::Deferred {
                code: refusal::NEWER_SCHEMA.to_owned(),
            };
        }
        let freed;
        let mut intent = intent;
        match self.fault {
            Some(Fault::DependentsFreed) => {
                freed = Intent {
                    depends_on: Vec::new(),
                    ..intent.clone()
                };
                intent = &freed;
            }
            Some(Fault::RemovalWins) if matches!(intent.action, Action::DetachPhoto { .. }) => {
                freed = Intent {
                    base: u64::MAX,
                    ..intent.clone()
                };
                intent = &freed;
            }
            _ => {}
        }
        let digest = format!("{:?}{:?}", intent.stamp, intent.action);
        let made = AtomicU64::new(self.made);
        let new_id = || format!("m{:07}", made.fetch_add(1, Ordering::Relaxed) + 1);
        let now_ms = match self.fault {
            Some(Fault::FutureTaken) => i64::MAX / 2,
            _ => self.now_ms,
        };
        let sender = Sender {
            laptop,
            now_ms,
            new_id: &new_id,
        };
        let view = View {
            market: self,
            laptop,
            intent: &intent.id,
        };
        let received = receive(intent, &digest, sender, &view);
        let made = made.load(Ordering::Relaxed);
        self.made = made;
        let (verdict, writes) = match received {
            Ok(Received::Again { refused, .. }) => {
                return refused.map_or(Outcome::Already, |code| Outcome::Refused { code, present: None });
            }
            Ok(Received::TurnedAway(code)) => {
                return Outcome::Refused {
                    code: code.to_owned(),
                    present: None,
                };
            }
            Ok(Received::Deferred(code)) => {
                return Outcome::Deferred {
                    code: code.to_owned(),
                };
            }
            Ok(Received::Decided { verdict, writes }) => (verdict, writes),
            // Everything is at hand here.
            Err(_) => {
                return Outcome::Deferred {
                    code: refusal::WAITS.to_owned(),
                };
            }
        };
        self.carry_out(writes);
        let refused = match &verdict {
            Verdict::Refused { code, .. } => Some((*code).to_owned()),
            _ => None,
        };
        let epoch = self.epochs.entry(laptop.to_owned()).or_default();
        *epoch = intent.epoch.max(*epoch);
        self.sequences
            .insert((laptop.to_owned(), intent.epoch, intent.seq));
        self.answered.insert(
            intent.id.clone(),
            Answered {
                digest,
                refused: refused.clone(),
                present: None,
            },
        );
        match (verdict, refused) {
            (Verdict::Applied, _) => Outcome::Applied,
            (_, Some(code)) => Outcome::Refused { code, present: None },
            _ => Outcome::Already,
        }
    }

    /// A page of the feed, and how many things had happened up to its end; none when the cursor is worth nothing.
    pub fn page(&self, after: Option<&str>, stale: bool) -> Option<(FeedPage, usize)> {
        let timed = self.fault == Some(Fault::CursorIsATime);
        let after = match after {
            None => 0,
            Some(cursor) => {
                let (epoch, position) = cursor.split_once(':')?;
                let position: u64 = position.parse().ok()?;
                if epoch.parse::<u32>().ok()? != self.feed_epoch || (!timed && position > self.position) {
                    return None;
                }
                position
            }
        };
        let later = |told: &Told| {
            if timed {
                told.at_ms.unsigned_abs() > after
            } else {
                told.entry.position > after
            }
        };
        let told: Vec<&Told> = if timed {
            self.feed.values().filter(|told| later(told)).collect()
        } else {
            self.feed
                .range(after + 1..)
                .map(|(_, told)| told)
                .take(PAGE + 1)
                .collect()
        };
        let more = told.len() > PAGE;
        let told = told.get(..PAGE.min(told.len())).unwrap_or_default();
        let last = told.last().map_or(after, |last| {
            if timed {
                last.at_ms.unsigned_abs()
            } else {
                last.entry.position
            }
        });
        let happened = match told.last() {
            Some(last) if more => self.happened_at.get(&last.entry.position).map_or(0, |at| at + 1),
            _ => self.happened,
        };
        let entries = told
            .iter()
            .map(|told| match &told.before {
                Some(before) if stale && before.kind == kind::ORDER => Entry::clone(before),
                _ => Entry::clone(&told.entry),
            })
            .collect();
        let page = FeedPage {
            entries,
            own: Vec::new(),
            cursor: format!("{}:{last}", self.feed_epoch),
            more,
            server_ms: self.now_ms,
            sum: None,
        };
        Some((page, happened))
    }

    pub fn lease(&mut self, laptop: &str, request: &LeaseRequest) -> Lease {
        if let Some(there) = self.leases.get(&request.id) {
            return there.clone();
        }
        let lease = Lease {
            id: request.id.clone(),
            indicator: request.indicator.clone(),
            country: "MX".into(),
            first: self.serials,
            end: self.serials + request.count,
            laptop_id: laptop.to_owned(),
            issued_ms: self.now_ms,
            expires_ms: self.now_ms + LEASE_MS,
        };
        self.serials = lease.end;
        self.leases.insert(lease.id.clone(), lease.clone());
        lease
    }

    /// Pieces that a buyer can have.
    pub fn for_sale(&self) -> Vec<&Piece> {
        let published = |piece: &&Piece| {
            let field = piece.state.fields.get(field::PUBLISHED);
            field.and_then(|field| field.value.as_bool()).unwrap_or(false)
        };
        self.products
            .values()
            .filter(|piece| piece.on_hand > 0)
            .filter(published)
            .collect()
    }

    /// A buyer takes these pieces; gives the order.
    pub fn sell(&mut self, lines: &[(String, i64)]) -> OrderState {
        let id = self.new_id();
        let money = |minor| Money {
            minor,
            currency: "MXN".into(),
        };
        let state = OrderState {
            number: format!("P-{id}"),
            status: OrderStatus::Placed,
            lines: lines
                .iter()
                .map(|(product_id, quantity)| OrderLine {
                    product_id: product_id.clone(),
                    title: String::new(),
                    sku: String::new(),
                    quantity: *quantity,
                    unit_price: money(100),
                    weight_g: 500,
                    photo: None,
                })
                .collect(),
            total: money(100),
            postage: money(0),
            buyer_name: "Ana".into(),
            buyer_email: "ana@example.org".into(),
            ship_to: Address::default(),
            note: String::new(),
            placed_ms: self.now_ms,
            ship_by_ms: self.now_ms,
            cancelled_reason: None,
            events: vec![OrderEvent {
                status: OrderStatus::Placed,
                at_ms: self.now_ms,
                by: "buyer".into(),
            }],
            oversold: Vec::new(),
            id,
        };
        self.save_order(state.clone());
        for line in &state.lines {
            let movement = Movement {
                id: self.new_id(),
                product_id: line.product_id.clone(),
                delta: -line.quantity,
                reason: Reason::Sold,
                order_id: Some(state.id.clone()),
                note: String::new(),
                at_ms: self.now_ms,
                by: "marketplace".into(),
            };
            let sender = Sender {
                laptop: "marketplace",
                now_ms: self.now_ms,
                new_id: &String::new,
            };
            let view = View {
                market: self,
                laptop: "marketplace",
                intent: "",
            };
            let mut draft = Draft::new(&view, sender);
            if add_movement(&mut draft, movement).is_ok() {
                let writes = draft.into_writes();
                self.carry_out(writes);
            }
        }
        state
    }

    /// Parcels that a clerk may decide on, and parcels on their way.
    pub fn at_the_counter(&self) -> (Vec<String>, Vec<String>) {
        let mut waiting = Vec::new();
        let mut travelling = Vec::new();
        for (id, parcel) in &self.parcels {
            let taken = parcel.events.iter().any(|event| event.code == "EMA");
            let arrived = parcel.events.iter().any(|event| event.code == "EMI");
            if !taken && parcel.drop_off_id.is_some() {
                waiting.push(id.clone());
            } else if taken && !arrived {
                travelling.push(id.clone());
            }
        }
        (waiting, travelling)
    }

    /// A clerk's word on a parcel: "EMA", "EMI" or "X_REFUSED". Gives the order's id.
    pub fn decide(&mut self, parcel_id: &str, code: &str) -> Option<String> {
        let mut parcel = self.parcels.get(parcel_id)?.clone();
        let mut order = self.orders.get(&parcel.parcel.order_id)?.clone();
        let fits = match code {
            "EMA" => matches!(
                order.status,
                OrderStatus::Labelled | OrderStatus::HandedIn | OrderStatus::Shipped
            ),
            _ => true,
        };
        if !fits {
            return None;
        }
        let was_in = parcel.drop_off_id.clone();
        parcel.events.push(ParcelEvent {
            at_ms: self.now_ms,
            code: code.to_owned(),
            place: "Oaxaca".into(),
            reason: None,
        });
        if code == "X_REFUSED" {
            parcel.drop_off_id = None;
        }
        self.save_parcel(parcel);
        let has = |parcel: &ParcelState, code: &str| parcel.events.iter().any(|event| event.code == code);
        let mut of_order = self
            .parcels
            .values()
            .filter(|other| other.parcel.order_id == order.id);
        let command = match code {
            "EMA" => Some(Command::Ship),
            "X_REFUSED" => of_order
                .all(|other| other.drop_off_id.is_none() && !has(other, "EMA"))
                .then_some(Command::GiveBack),
            _ => of_order
                .all(|other| has(other, "EMI"))
                .then_some(Command::Deliver),
        };
        if let Some(Ok(status)) = command.map(|command| next(order.status, command)) {
            advance(&mut order, status, "post", self.now_ms);
            self.save_order(order.clone());
        }
        if let Some(mut drop_off) = was_in.and_then(|id| self.drop_offs.get(&id).cloned())
            && drop_off.decided_ms.is_none()
            && drop_off.drop_off.parcel_ids.iter().all(|id| {
                let there = self.parcels.get(id);
                there.is_none_or(|parcel| parcel.drop_off_id.is_none() || has(parcel, "EMA"))
            })
        {
            drop_off.status = DropOffStatus::Accepted;
            drop_off.decided_ms = Some(self.now_ms);
            self.carry_out(vec![Write::DropOff(drop_off)]);
        }
        Some(order.id)
    }

    pub fn serials(&self) -> u32 {
        self.serials
    }

    pub fn position(&self) -> u64 {
        self.position
    }

    /// How every record stands, by kind and id.
    pub fn records(&self) -> BTreeMap<(&str, &str), &Entry> {
        self.feed
            .values()
            .map(|told| {
                (
                    (told.entry.kind.as_str(), told.entry.id.as_str()),
                    told.entry.as_ref(),
                )
            })
            .collect()
    }

    pub fn pieces(&self) -> &BTreeMap<String, Piece> {
        &self.products
    }

    pub fn order_states(&self) -> &BTreeMap<String, OrderState> {
        &self.orders
    }

    pub fn parcel_states(&self) -> &BTreeMap<String, ParcelState> {
        &self.parcels
    }

    pub fn drop_off_states(&self) -> &BTreeMap<String, DropOffState> {
        &self.drop_offs
    }

    pub fn conflict_states(&self) -> &BTreeMap<String, ConflictState> {
        &self.conflicts
    }
}
