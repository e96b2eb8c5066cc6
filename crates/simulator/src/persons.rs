//! What persons do on the laptops. Each act is one transaction of the laptop's disk, with its intents.

use crate::disk::Disk;
use crate::fault::Fault;
use crate::history::Happened;
use crate::market;
use crate::photo::renditions;
use crate::talk::Talk;
use crate::world::{Coming, World};
use api::drop_off::{DropOff, DropOffState};
use api::feed::kind;
use api::intent::{Action, Intent};
use api::order::{OrderStatus, Parcel, ParcelState};
use api::photo::PhotoRef;
use api::product::field;
use api::stock::{Movement, Reason};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use sync::authority::is_hash;
use sync::engine::words::Event;
use sync::orders::{Command, next};
use sync::stamps::TOLERANCE_MS;

/// Fields of a piece that only a newer version of the app knows. The first needs a newer marketplace too.
pub const NEW_FIELDS: [&str; 2] = ["dye", "glaze"];

/// What a transaction leaves behind.
struct Done {
    disk: Disk,
    intents: Vec<Rc<Intent>>,
    numbered: Option<(String, String)>,
}

impl World {
    /// A person sits down at a laptop for a moment.
    pub(crate) fn person(&mut self, i: usize) {
        if !self.laptops[i].on {
            return;
        }
        let acts = 1 + self.dice.roll(3);
        for _ in 0..acts {
            if !self.laptops[i].on || self.failure.is_some() {
                return;
            }
            self.act(i);
        }
    }

    fn act(&mut self, i: usize) {
        if !self.calm && self.dice.roll(300) == 0 {
            self.tell(|| format!("laptop {i} crashes before a person's act is on the disk"));
            return self.crash(i, 2_000);
        }
        let disk = std::mem::take(&mut self.laptops[i].disk);
        let wall_ms = self.laptops[i].wall_ms(self.now_ms);
        let mut done = Done {
            disk,
            intents: Vec::new(),
            numbered: None,
        };
        let which = self.dice.roll(100);
        match which {
            0..12 => self.new_piece(&mut done, wall_ms),
            12..34 => self.edit(&mut done, wall_ms),
            34..48 => self.photo(&mut done, wall_ms),
            48..62 => self.move_stock(&mut done, wall_ms),
            62..75 => self.order(&mut done, wall_ms),
            75..86 => self.label(&mut done, wall_ms),
            86..90 => self.drop_off(&mut done, wall_ms),
            90..92 => self.leave(&mut done, wall_ms),
            92..95 => self.settle(&mut done, wall_ms),
            95 => self.impossible(&mut done, wall_ms),
            96..99 if done.disk.newer => self.newer(&mut done, wall_ms),
            96..99 => self.edit(&mut done, wall_ms),
            _ => drop(done.disk.dismiss()),
        }
        self.commit(i, done);
    }

    fn commit(&mut self, i: usize, mut done: Done) {
        let lost = self.fault == Some(Fault::IntentLost) && self.dice.percent(3);
        if lost {
            done.disk
                .outbox
                .retain(|row| done.intents.iter().all(|intent| intent.id != row.intent.id));
        }
        let known = self.market.happened_by(done.disk.position);
        self.laptops[i].disk = done.disk;
        for intent in &done.intents {
            self.tell(|| {
                format!(
                    "laptop {i}: a person, knowing {known}: {} at {}.{} base {} after {:?}: {:?}",
                    intent.id, intent.stamp.ms, intent.stamp.n, intent.base, intent.depends_on, intent.action
                )
            });
            self.known.insert(intent.id.clone(), known);
        }
        if let Some(intent) = done.intents.first() {
            let (stamp_ms, now_ms) = (intent.stamp.ms, self.now_ms);
            if self.laptops[i].in_time && stamp_ms > now_ms + TOLERANCE_MS + 2_000 {
                self.fail(|| format!("laptop {i} knows the time and stamps from the future: {stamp_ms}"));
            }
        }
        if let Some((s10, parcel)) = done.numbered {
            let before = self.printed.insert(s10.clone(), parcel);
            if before.is_some() {
                self.fail(|| format!("laptop {i} printed {s10}, which is on another parcel"));
            }
        }
        if lost || (!self.calm && self.dice.roll(300) == 0) {
            self.tell(|| format!("laptop {i} crashes after a person's act"));
            return self.crash(i, 2_000);
        }
        let laptop = &self.laptops[i];
        let sends_photo = laptop.talks.values().any(|talk| matches!(talk, Talk::Upload(..)));
        let unheard = self.fault == Some(Fault::ChangesBehindPhotos) && sends_photo;
        if !done.intents.is_empty() && !unheard {
            self.event(i, Event::LocalChange);
        }
    }

    fn record(&mut self, done: &mut Done, depends_on: Vec<String>, action: Action, wall_ms: i64) -> String {
        let id = self.id('i');
        let stamp = if self.fault == Some(Fault::ClockDragged) {
            dragged(&mut done.disk, wall_ms)
        } else {
            done.disk.stamp(wall_ms)
        };
        let intent = done.disk.record_as(id.clone(), depends_on, action, stamp);
        done.intents.push(intent);
        id
    }

    fn movement(&mut self, done: &mut Done, product: &str, delta: i64, reason: Reason, wall_ms: i64) {
        let movement = Movement {
            id: self.id('v'),
            product_id: product.to_owned(),
            delta,
            reason,
            order_id: None,
            note: String::new(),
            at_ms: wall_ms,
            by: done.disk.laptop_id.clone(),
        };
        done.disk.movements.insert(movement.id.clone(), movement.clone());
        self.record(done, Vec::new(), Action::MoveStock { movement }, wall_ms);
    }

    fn new_piece(&mut self, done: &mut Done, wall_ms: i64) {
        let product_id = self.id('p');
        let fields = BTreeMap::from([
            (field::TITLE.to_owned(), json!(format!("Olla {product_id}"))),
            (field::PRICE.to_owned(), json!({"minor": 100, "currency": "MXN"})),
            (field::PUBLISHED.to_owned(), json!(true)),
        ]);
        let id = product_id.clone();
        self.record(
            done,
            Vec::new(),
            Action::SetProduct { product_id, fields },
            wall_ms,
        );
        let pieces = self.dice.between(1, 3);
        self.movement(done, &id, pieces, Reason::Made, wall_ms);
    }

    /// Mostly one of the first pieces, so that laptops meet.
    fn some_product(&mut self, disk: &Disk) -> Option<String> {
        let ids = disk.product_ids();
        let few = ids.get(..ids.len().min(3)).unwrap_or_default();
        if self.dice.percent(75) {
            self.dice.pick(few).cloned()
        } else {
            self.dice.pick(&ids).cloned()
        }
    }

    fn set(
        &mut self,
        done: &mut Done,
        product: &str,
        name: &str,
        value: Value,
        depends_on: Vec<String>,
        wall_ms: i64,
    ) -> String {
        let mut fields = BTreeMap::from([(name.to_owned(), value)]);
        if self.fault == Some(Fault::UnknownErased) && !done.disk.newer {
            let state = done.disk.product(product);
            let unknown = state
                .fields
                .into_keys()
                .filter(|name| NEW_FIELDS.contains(&name.as_str()));
            fields.extend(unknown.map(|name| (name, Value::Null)));
        }
        let action = Action::SetProduct {
            product_id: product.to_owned(),
            fields,
        };
        self.record(done, depends_on, action, wall_ms)
    }

    fn edit(&mut self, done: &mut Done, wall_ms: i64) {
        let Some(product) = self.some_product(&done.disk) else {
            return;
        };
        let drawn = self.dice.between(1, 9);
        let (name, value) = match self.dice.roll(4) {
            0 => (field::TITLE, json!(format!("Olla {drawn}"))),
            1 => (field::PRICE, json!({"minor": drawn * 100, "currency": "MXN"})),
            2 => (field::PUBLISHED, json!(drawn > 4)),
            _ => (field::WEIGHT_G, json!(drawn * 10)),
        };
        self.set(done, &product, name, value, Vec::new(), wall_ms);
    }

    fn photo(&mut self, done: &mut Done, wall_ms: i64) {
        let Some(product_id) = self.some_product(&done.disk) else {
            return;
        };
        let state = done.disk.product(&product_id);
        let hash = format!("{:064x}", self.dice.roll(2));
        let there = state.photos.get(&hash).is_some_and(|placed| !placed.removed);
        let place = ["f", "m", "t"][self.dice.roll(3)].to_owned();
        let [large, small] = renditions(&hash);
        debug_assert!(is_hash(&hash) && is_hash(&large) && is_hash(&small));
        let action = match (there, self.dice.roll(3)) {
            (true, 0) => Action::PlacePhoto {
                product_id,
                hash,
                place,
            },
            (true, _) => Action::DetachPhoto { product_id, hash },
            (false, _) => Action::AttachPhoto {
                product_id,
                photo: PhotoRef {
                    large,
                    small,
                    hash,
                    width: 1600,
                    height: 1200,
                    alt: String::new(),
                    shot: String::new(),
                },
                place,
            },
        };
        if let Action::AttachPhoto { photo, .. } = &action {
            done.disk.develop(&photo.hash);
        }
        self.record(done, Vec::new(), action, wall_ms);
    }

    fn move_stock(&mut self, done: &mut Done, wall_ms: i64) {
        let Some(product) = self.some_product(&done.disk) else {
            return;
        };
        let on_hand = done.disk.on_hand(&product);
        let (delta, reason) = match self.dice.roll(4) {
            0 => (self.dice.between(1, 2), Reason::Made),
            // A count: what was found, against what was expected.
            1 => (self.dice.between(0, 3) - on_hand, Reason::Counted),
            2 => (-1, Reason::SoldElsewhere),
            _ => (-self.dice.between(1, 2), Reason::Fair),
        };
        if delta != 0 && (reason == Reason::Counted || on_hand + delta >= 0) {
            self.movement(done, &product, delta, reason, wall_ms);
        }
    }

    fn some_order(&mut self, disk: &Disk) -> Option<(String, OrderStatus)> {
        let ids = disk.ids(kind::ORDER);
        let id = (*self.dice.pick(&ids)?).to_owned();
        let status = disk.order_status(&id)?;
        Some((id, status))
    }

    fn order(&mut self, done: &mut Done, wall_ms: i64) {
        let Some((order_id, status)) = self.some_order(&done.disk) else {
            return;
        };
        let (command, action) = match self.dice.roll(7) {
            0 => (
                Command::Cancel,
                Action::CancelOrder {
                    order_id,
                    reason: "Se rompió".into(),
                },
            ),
            1..4 => (Command::Pack, Action::PackOrder { order_id }),
            _ => (Command::Accept, Action::AcceptOrder { order_id }),
        };
        if next(status, command).is_ok() {
            self.record(done, Vec::new(), action, wall_ms);
        }
    }

    fn label(&mut self, done: &mut Done, wall_ms: i64) {
        let Some((order_id, status)) = self.some_order(&done.disk) else {
            return;
        };
        let labelled = done
            .disk
            .parcels()
            .iter()
            .any(|there| there.parcel.order_id == order_id);
        if labelled || next(status, Command::Label).is_err() {
            return;
        }
        let Some(serial) = done.disk.take_number(wall_ms) else {
            return;
        };
        let s10 = market::s10(serial);
        let parcel = Parcel {
            id: self.id('c'),
            order_id,
            s10: s10.clone(),
            service: "packet".into(),
            weight_g: 500,
        };
        done.numbered = Some((s10, parcel.id.clone()));
        done.disk.parcels.insert(
            parcel.id.clone(),
            ParcelState {
                parcel: parcel.clone(),
                drop_off_id: None,
                events: Vec::new(),
            },
        );
        self.record(done, Vec::new(), Action::NumberParcel { parcel }, wall_ms);
    }

    fn drop_off(&mut self, done: &mut Done, wall_ms: i64) {
        let listed: BTreeSet<String> = done
            .disk
            .pending()
            .filter_map(|row| match &row.intent.action {
                Action::CloseDropOff { drop_off } => Some(drop_off.parcel_ids.clone()),
                _ => None,
            })
            .flatten()
            .collect();
        let ready: Vec<ParcelState> = done
            .disk
            .parcels()
            .into_iter()
            .filter(|parcel| parcel.drop_off_id.is_none() && !listed.contains(&parcel.parcel.id))
            .filter(|parcel| done.disk.order_status(&parcel.parcel.order_id) == Some(OrderStatus::Labelled))
            .collect();
        if ready.is_empty() {
            return;
        }
        let parcel_ids: Vec<String> = ready.iter().map(|parcel| parcel.parcel.id.clone()).collect();
        let depends_on = done
            .disk
            .outbox
            .iter()
            .filter(|row| row.stage == crate::disk::Stage::Waiting)
            .filter(|row| {
                matches!(&row.intent.action, Action::NumberParcel { parcel } if parcel_ids.contains(&parcel.id))
            })
            .map(|row| row.intent.id.clone())
            .collect();
        let id = self.id('d');
        let drop_off = DropOff {
            number: format!("D{id}"),
            id,
            office: "68000".into(),
            parcel_ids,
            closed_ms: wall_ms,
        };
        self.record(done, depends_on, Action::CloseDropOff { drop_off }, wall_ms);
    }

    fn leave(&mut self, done: &mut Done, wall_ms: i64) {
        let ids = done.disk.ids(kind::DROP_OFF);
        let Some(id) = self.dice.pick(&ids).map(|id| (*id).to_owned()) else {
            return;
        };
        let said: Option<DropOffState> = done.disk.said(kind::DROP_OFF, &id);
        if said.is_some_and(|said| said.left_ms.is_none()) {
            let action = Action::LeaveDropOff {
                drop_off_id: id,
                at_ms: wall_ms,
            };
            self.record(done, Vec::new(), action, wall_ms);
        }
    }

    fn settle(&mut self, done: &mut Done, wall_ms: i64) {
        let ids = done.disk.ids(kind::CONFLICT);
        if let Some(id) = self.dice.pick(&ids) {
            let conflict_id = (*id).to_owned();
            self.record(done, Vec::new(), Action::SettleConflict { conflict_id }, wall_ms);
        }
    }

    /// Something that the marketplace does not take, and something that depends on it.
    fn impossible(&mut self, done: &mut Done, wall_ms: i64) {
        let Some(product) = self.some_product(&done.disk) else {
            return;
        };
        let first = self.set(done, &product, field::WEIGHT_G, json!(-1), Vec::new(), wall_ms);
        let drawn = self.dice.between(20, 29);
        self.set(done, &product, field::HOURS, json!(drawn), vec![first], wall_ms);
    }

    /// A newer version's intent, which the marketplace may not know yet, and something that depends on it. Or only a
    /// field that older versions do not know.
    fn newer(&mut self, done: &mut Done, wall_ms: i64) {
        let Some(product) = self.some_product(&done.disk) else {
            return;
        };
        let value = self.id('n');
        self.news.insert(value.clone());
        let name = NEW_FIELDS[self.dice.roll(NEW_FIELDS.len())];
        let first = self.set(done, &product, name, json!(value), Vec::new(), wall_ms);
        if name != NEW_FIELDS[0] {
            return;
        }
        if let Some(row) = done.disk.outbox.last_mut() {
            row.intent = Rc::new(Intent {
                schema: 2,
                ..Intent::clone(&row.intent)
            });
        }
        let drawn = self.dice.between(1, 9);
        self.set(done, &product, field::HOURS, json!(drawn), vec![first], wall_ms);
    }

    /// A buyer looks at what is for sale.
    pub(crate) fn buyer(&mut self) {
        if self.market.schema > 1 && self.dice.roll(3) == 0 {
            self.review();
        }
        let for_sale: Vec<(String, i64)> = self
            .market
            .for_sale()
            .iter()
            .map(|piece| (piece.state.id.clone(), piece.on_hand))
            .collect();
        let mut lines: BTreeMap<String, i64> = BTreeMap::new();
        for _ in 0..=self.dice.roll(2) {
            if let Some((id, on_hand)) = self.dice.pick(&for_sale).cloned() {
                let quantity = self.dice.between(1, on_hand.min(2));
                lines.insert(id, quantity);
            }
        }
        if lines.is_empty() {
            return;
        }
        let lines: Vec<(String, i64)> = lines.into_iter().collect();
        let order = self.market.sell(&lines);
        self.tell(|| format!("a buyer takes {lines:?}: order {}", order.id));
        self.log.push(Happened::Bought {
            order_id: order.id,
            at_ms: self.now_ms,
            lines: order.lines,
        });
        self.announce();
    }

    /// A buyer says what a piece is like; a newer marketplace tells the shop.
    fn review(&mut self) {
        let pieces: Vec<String> = self.market.pieces().keys().take(3).cloned().collect();
        let Some(product) = self.dice.pick(&pieces).cloned() else {
            return;
        };
        let stars = self.dice.between(1, 5);
        self.tell(|| format!("a buyer gives {product} {stars} stars"));
        self.market.happened = self.log.len();
        self.market.review(&product, stars);
        self.log.push(Happened::Reviewed { product, stars });
        self.announce();
    }

    /// A clerk looks at what was handed in.
    pub(crate) fn clerk(&mut self) {
        let (waiting, travelling) = self.market.at_the_counter();
        let (parcel_id, code) = if self.dice.roll(3) > 0 {
            let code = if self.dice.roll(4) == 0 {
                "X_REFUSED"
            } else {
                "EMA"
            };
            (self.dice.pick(&waiting).cloned(), code)
        } else {
            (self.dice.pick(&travelling).cloned(), "EMI")
        };
        let Some(parcel_id) = parcel_id else {
            return;
        };
        if self.market.decide(&parcel_id, code).is_some() {
            self.tell(|| format!("a clerk says {code} of {parcel_id}"));
            self.log.push(Happened::Decided { parcel_id, code });
            self.announce();
        }
    }

    pub(crate) fn people_come(&mut self, times: usize, within_ms: i64) {
        for _ in 0..times {
            let at = self.dice.between(0, within_ms);
            let what = match self.dice.roll(10) {
                0 => Coming::Buyer,
                1 => Coming::Clerk,
                _ => Coming::Person(self.dice.roll(self.laptops.len())),
            };
            self.after(at, what);
        }
    }
}

/// A clock that does not come back from the future (planted).
fn dragged(disk: &mut Disk, wall_ms: i64) -> api::clock::Stamp {
    let now = disk.corrected_ms(wall_ms);
    if now > disk.clock.last_ms {
        return disk.stamp(wall_ms);
    }
    disk.clock.last_n += 1;
    api::clock::Stamp {
        ms: disk.clock.last_ms,
        n: disk.clock.last_n,
        laptop: disk.laptop_id.clone(),
    }
}
