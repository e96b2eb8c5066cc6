//! The outbox: what waits for the marketplace, and what it said of it.

use super::{Disk, Row, Stage, about_product};
use crate::fault::Fault;
use api::clock::Stamp;
use api::intent::{Action, Intent, IntentAnswer, Outcome, refusal};
use api::product::ProductState;
use std::rc::Rc;

/// Acknowledged intents are kept this long, in case the marketplace is put back to an earlier day.
pub const KEPT_MS: i64 = 30 * 24 * 60 * 60_000;

impl Disk {
    pub fn stamp(&mut self, wall_ms: i64) -> Stamp {
        self.clock.tick(wall_ms, &self.laptop_id)
    }

    /// Gives an intent its number and writes it into the outbox.
    pub fn record_as(
        &mut self,
        id: String,
        depends_on: Vec<String>,
        action: Action,
        stamp: Stamp,
    ) -> Rc<Intent> {
        self.seq += 1;
        let intent = Rc::new(Intent {
            id,
            epoch: self.epoch,
            seq: self.seq,
            schema: 1,
            stamp,
            base: self.position,
            depends_on,
            action,
        });
        self.outbox.push(Row {
            intent: Rc::clone(&intent),
            stage: Stage::Waiting,
            deferred: false,
            decided_ms: 0,
            acknowledged: false,
        });
        self.unsent = true;
        if let Some(id) = about_product(&intent.action) {
            let state = self.pieces.entry(id.to_owned()).or_insert_with(|| ProductState {
                id: id.to_owned(),
                ..ProductState::default()
            });
            sync::pending::piece(state, [Intent::clone(&intent)]);
        }
        intent
    }

    pub fn load_outbox(
        &mut self,
        after: Option<(u32, u64)>,
        limit: usize,
        deferred: bool,
        fault: Option<Fault>,
    ) -> (Vec<Intent>, bool) {
        self.unsent = false;
        let deferred = deferred && fault != Some(Fault::DeferredForgotten);
        let mut rows: Vec<&Row> = self
            .outbox
            .iter()
            .filter(|row| row.stage == Stage::Waiting && (deferred || !row.deferred))
            .filter(|row| after.is_none_or(|after| number(row) > after))
            .collect();
        rows.sort_by_key(|row| number(row));
        // Small, so that batches matter.
        let limit = limit.min(5);
        let more = rows.len() > limit;
        let intents = rows
            .into_iter()
            .take(limit)
            .map(|row| Intent::clone(&row.intent))
            .collect();
        (intents, more)
    }

    pub fn write_answers(&mut self, answers: &[IntentAnswer], wall_ms: i64, fault: Option<Fault>) -> bool {
        let decided_ms = self.corrected_ms(wall_ms);
        let mut renumber = false;
        for answer in answers {
            let Some(row) = self
                .outbox
                .iter_mut()
                .find(|row| row.intent.id == answer.id && row.stage == Stage::Waiting)
            else {
                continue;
            };
            let stage = match &answer.outcome {
                Outcome::Applied | Outcome::Already => Stage::Done,
                Outcome::Deferred { .. } => {
                    row.deferred = true;
                    continue;
                }
                Outcome::Refused { code, .. } if code == refusal::EPOCH_REUSED => {
                    if fault == Some(Fault::SequenceUsedAgain) {
                        Stage::Done
                    } else {
                        renumber = true;
                        continue;
                    }
                }
                Outcome::Refused { .. } if fault == Some(Fault::RefusalUnsaid) => Stage::Done,
                Outcome::Refused { .. } => Stage::Refused,
            };
            row.stage = stage;
            row.decided_ms = decided_ms;
            row.acknowledged |= stage == Stage::Done;
            if stage == Stage::Done
                && let Some(id) = about_product(&row.intent.action)
            {
                self.unproven.insert(id.to_owned());
            }
            if stage == Stage::Refused {
                let id = answer.id.clone();
                self.refuse_dependents(id, decided_ms);
            }
        }
        if renumber {
            self.take_new_epoch();
        }
        renumber
    }

    /// What depends on a refused intent falls with it here too: a marketplace that was put back would not know of the
    /// refusal any more, and wait for it.
    fn refuse_dependents(&mut self, id: String, decided_ms: i64) {
        let mut fallen = vec![id];
        while let Some(id) = fallen.pop() {
            for row in &mut self.outbox {
                if row.stage == Stage::Waiting && row.intent.depends_on.contains(&id) {
                    row.stage = Stage::Refused;
                    row.decided_ms = decided_ms;
                    fallen.push(row.intent.id.clone());
                }
            }
        }
    }

    /// The marketplace may have been put back: whatever it acknowledged and is still kept waits again. The time is not
    /// asked: a clock that was set wrong a moment ago must not make it too old.
    pub(super) fn offer_again(&mut self) {
        for row in &mut self.outbox {
            if row.stage == Stage::Done {
                row.stage = Stage::Waiting;
                row.deferred = false;
            }
        }
    }

    pub fn take_new_epoch(&mut self) {
        let highest = self.outbox.iter().map(|row| row.intent.epoch).max().unwrap_or(0);
        self.epoch = self.epoch.max(highest) + 1;
        let mut waiting: Vec<&mut Row> = self
            .outbox
            .iter_mut()
            .filter(|row| row.stage == Stage::Waiting)
            .collect();
        waiting.sort_by_key(|row| number(row));
        self.seq = 0;
        for row in waiting {
            self.seq += 1;
            row.intent = Rc::new(Intent {
                epoch: self.epoch,
                seq: self.seq,
                ..Intent::clone(&row.intent)
            });
        }
    }

    /// Forgets what was acknowledged long ago.
    pub fn tidy(&mut self, wall_ms: i64) {
        let before = self.corrected_ms(wall_ms) - KEPT_MS;
        self.outbox
            .retain(|row| !matches!(row.stage, Stage::Done | Stage::Dismissed) || row.decided_ms >= before);
    }
}

pub(super) fn number(row: &Row) -> (u32, u64) {
    (row.intent.epoch, row.intent.seq)
}
