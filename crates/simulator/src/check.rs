//! The end of a run: the network heals, time passes, and everything must agree.

use crate::disk::{KEPT_MS, Row, Stage, about_product};
use crate::fault::Fault;
use crate::oracle::Oracle;
use crate::persons::NEW_FIELDS;
use crate::photo;
use crate::world::{Coming, World};
use api::feed::kind;
use api::intent::Action;
use api::order::OrderStatus;
use std::collections::BTreeSet;

const MINUTE_MS: i64 = 60_000;
/// By then all must agree.
const PATIENCE: i64 = 5 * 60 * MINUTE_MS;

impl World {
    /// From now on nothing goes wrong any more.
    pub(crate) fn heal(&mut self) {
        self.tell(|| "the network heals".to_owned());
        self.calm = true;
        self.weather = 0;
        self.market.schema = 2;
        for i in 0..self.laptops.len() {
            if self.dice.roll(2) == 0 {
                self.upgrade(i);
            }
        }
        // What persons still do.
        let awake = self.laptops.iter().filter_map(|laptop| laptop.asleep_until).max();
        if let Some(awake) = awake.filter(|awake| *awake > self.now_ms) {
            self.run(awake + 1);
        }
        for i in 0..self.laptops.len() {
            self.laptops[i].paused = false;
            self.laptops[i].asleep_until = None;
            if self.laptops[i].on {
                self.event(i, sync::engine::words::Event::Pause(false));
            } else {
                self.after(0, Coming::Start(i));
            }
        }
        let until = self.now_ms + PATIENCE;
        while self.now_ms < until && self.failure.is_none() {
            // Persons look at what was refused.
            let mut dismissed = false;
            for laptop in &mut self.laptops {
                dismissed |= laptop.disk.dismiss();
            }
            if !dismissed && self.is_settled() {
                return;
            }
            let soon = self.now_ms + 3 * MINUTE_MS;
            self.run(soon);
        }
        let waiting: Vec<String> = (0..self.laptops.len()).map(|i| self.standing(i)).collect();
        self.fail(|| {
            format!(
                "after {} hours it has not settled: {waiting:?}",
                PATIENCE / 60 / MINUTE_MS
            )
        });
    }

    fn is_settled(&self) -> bool {
        self.laptops.iter().all(|laptop| {
            laptop.on
                && laptop.engine.is_resting()
                && laptop.disk.unconfirmed.is_none()
                && laptop.disk.is_proven()
                && laptop.disk.uploads.values().all(|sent| *sent)
                && laptop
                    .disk
                    .downloads
                    .iter()
                    .all(|hash| self.market.photo(hash).is_none() && !self.is_made(hash))
                && (laptop.disk.read_up_to().1 == self.market.position()
                    || self.fault == Some(Fault::CursorIsATime))
                && laptop.disk.sum == self.market.sum()
                && laptop
                    .disk
                    .outbox
                    .iter()
                    .all(|row| row.stage != Stage::Waiting || self.waits_for_ever(row))
        })
    }

    /// About a piece that was lost with the marketplace and with the laptop that made it.
    fn waits_for_ever(&self, row: &Row) -> bool {
        let product = match &row.intent.action {
            Action::MoveStock { movement } => Some(movement.product_id.as_str()),
            Action::SetProduct { .. } => None,
            action => about_product(action),
        };
        self.put_back
            && row.deferred
            && product.is_some_and(|product| !self.market.pieces().contains_key(product))
    }

    /// Whether a movement waits for a piece that was lost.
    fn is_held_for_ever(&self, i: usize, movement: &str) -> bool {
        let outbox = &self.laptops[i].disk.outbox;
        let mut held = outbox.iter().filter(
            |row| matches!(&row.intent.action, Action::MoveStock { movement: held } if held.id == movement),
        );
        held.any(|row| row.stage == Stage::Waiting && self.waits_for_ever(row))
    }

    fn standing(&self, i: usize) -> String {
        let laptop = &self.laptops[i];
        let waiting: Vec<String> = laptop
            .disk
            .outbox
            .iter()
            .filter(|row| row.stage == Stage::Waiting)
            .map(|row| format!("{} deferred {}", row.intent.id, row.deferred))
            .collect();
        format!(
            "laptop {i}: {:?}, resting {}, reading anew {}, at {} of {}, sum {} of {}, photos {:?}, {:?}, waiting {waiting:?}",
            laptop.phase,
            laptop.engine.is_resting(),
            laptop.disk.unconfirmed.is_some(),
            laptop.disk.read_up_to().1,
            self.market.position(),
            laptop.disk.sum,
            self.market.sum(),
            laptop.disk.uploads,
            laptop.disk.downloads
        )
    }

    /// Compares everybody with everybody, and all with the oracle.
    pub(crate) fn check(&mut self) {
        if self.failure.is_some() {
            return;
        }
        let oracle = match Oracle::after(&self.log, !self.put_back) {
            Ok(oracle) => oracle,
            Err(what) => return self.fail(|| what),
        };
        if let Err(what) = oracle.compare(&self.market) {
            return self.fail(|| what);
        }
        if let Err(what) = self.check_news().and_then(|()| self.check_photos()) {
            return self.fail(|| what);
        }
        for i in 0..self.laptops.len() {
            if let Err(what) = self.check_outbox(i, &oracle) {
                return self.fail(|| format!("laptop {i}: {what}"));
            }
            if let Err(what) = self.check_records(i) {
                return self.fail(|| format!("laptop {i}: {what}"));
            }
        }
    }

    /// Fields that older versions do not know have what persons with newer ones wrote.
    fn check_news(&self) -> Result<(), String> {
        for (id, piece) in self.market.pieces() {
            for name in NEW_FIELDS {
                let value = piece.state.fields.get(name).map(|field| &field.value);
                if value.is_some_and(|value| !value.as_str().is_some_and(|value| self.news.contains(value))) {
                    return Err(format!("{name} of {id} is {value:?}, which nobody wrote"));
                }
            }
        }
        Ok(())
    }

    /// Each photo that a piece shows is whole in the marketplace, and on every laptop; but for those whose laptop was
    /// put back to a day before they were taken.
    fn check_photos(&self) -> Result<(), String> {
        for (id, piece) in self.market.pieces() {
            for placed in sync::products::strip(&piece.state) {
                for hash in [&placed.photo.small, &placed.photo.large] {
                    let whole = self.market.photo(hash);
                    let bytes = whole.is_some_and(|bytes| *bytes == photo::whole(hash));
                    if !bytes && (whole.is_some() || self.is_made(hash)) {
                        return Err(format!("photo {hash} of {id} is {whole:?}"));
                    }
                    let lacks = self
                        .laptops
                        .iter()
                        .position(|laptop| !laptop.disk.files.contains(hash));
                    if let (true, Some(i)) = (bytes, lacks) {
                        return Err(format!("laptop {i} lacks photo {hash} of {id}"));
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether a laptop has a photo that was made there.
    fn is_made(&self, hash: &str) -> bool {
        let mut disks = self.laptops.iter().map(|laptop| &laptop.disk);
        disks.any(|disk| disk.uploads.contains_key(hash))
    }

    /// What was acknowledged is there, what was refused was said to be.
    fn check_outbox(&self, i: usize, oracle: &Oracle) -> Result<(), String> {
        let disk = &self.laptops[i].disk;
        for row in &disk.outbox {
            let id = &row.intent.id;
            let old = row.decided_ms < self.now_ms - KEPT_MS;
            match row.stage {
                Stage::Done if oracle.refused(id) => {
                    return Err(format!("{id} was refused, and nobody was told"));
                }
                Stage::Done if !(oracle.has(id) || self.put_back && old) => {
                    return Err(format!("{id} was acknowledged and is missing"));
                }
                // A copy of a refused request may arrive late, at a marketplace that was put back and has forgotten.
                Stage::Refused | Stage::Dismissed if oracle.has(id) && !self.put_back => {
                    return Err(format!("{id} counts as refused and has its effect"));
                }
                Stage::Refused | Stage::Dismissed
                    if row.acknowledged
                        && (about_product(&row.intent.action).is_some()
                            || matches!(row.intent.action, Action::MoveStock { .. })) =>
                {
                    return Err(format!("{id} was acknowledged once and then refused"));
                }
                Stage::Refused | Stage::Dismissed if row.acknowledged && self.lost_its_number(row) => {
                    return Err(format!(
                        "{id}: a parcel lost the number that the marketplace had taken"
                    ));
                }
                Stage::Waiting if !self.waits_for_ever(row) => return Err(format!("{id} still waits")),
                _ => {}
            }
        }
        Ok(())
    }

    /// A number on paper that is not taken any more although nothing else came of its order.
    fn lost_its_number(&self, row: &Row) -> bool {
        let Action::NumberParcel { parcel } = &row.intent.action else {
            return false;
        };
        let order = self.market.order_states().get(&parcel.order_id);
        order.is_some_and(|order| order.status <= OrderStatus::Packed)
    }

    fn check_records(&self, i: usize) -> Result<(), String> {
        let disk = &self.laptops[i].disk;
        let theirs = self.market.records();
        let ours: BTreeSet<(&str, &str)> = disk
            .bases
            .keys()
            .map(|(kind, id)| (kind.as_str(), id.as_str()))
            .collect();
        if !ours.iter().eq(theirs.keys()) {
            let lacking: Vec<_> = theirs.keys().filter(|key| !ours.contains(*key)).collect();
            let more: Vec<_> = ours.iter().filter(|key| !theirs.contains_key(*key)).collect();
            return Err(format!("lacks {lacking:?} and has {more:?} too much"));
        }
        for entry in theirs
            .values()
            .filter(|entry| ![kind::PRODUCT, kind::MOVEMENT].contains(&entry.kind.as_str()))
        {
            let key = (entry.kind.clone(), entry.id.clone());
            let here = disk.other(&key).map(|entry| &entry.state);
            if here != Some(&entry.state) {
                return Err(format!("{key:?} is {here:?} here and {} there", entry.state));
            }
        }
        if disk.newer && !disk.parked.is_empty() {
            return Err(format!("{:?} are not taken", disk.parked.keys()));
        }
        for (of, id) in disk.here() {
            let is_held = || of == kind::MOVEMENT && self.is_held_for_ever(i, id);
            if !ours.contains(&(of, id)) && !is_held() {
                return Err(format!("has {of} {id}, which nobody said"));
            }
        }
        for (id, movement) in self.market.movement_states() {
            let here = disk.movements.get(id);
            if here != Some(movement) {
                return Err(format!("movement {id} is {here:?} here and {movement:?} there"));
            }
        }
        for (id, piece) in self.market.pieces() {
            let on_hand = disk.on_hand(id);
            if on_hand != piece.on_hand {
                return Err(format!(
                    "{on_hand} of {id} on hand here and {} there",
                    piece.on_hand
                ));
            }
            let here = disk.pieces.get(id);
            if here != Some(&piece.state) {
                let there = &piece.state;
                return Err(format!("piece {id} is {here:?} here and {there:?} there"));
            }
        }
        for id in disk.ids(kind::ORDER) {
            let there = self.market.order_states().get(id).map(|order| order.status);
            if disk.order_status(id) != there {
                return Err(format!("order {id} is shown otherwise than it is"));
            }
        }
        Ok(())
    }
}
