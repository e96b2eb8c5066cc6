//! Intents that come, and what becomes of the records.

use super::Market;
use super::view::View;
use crate::fault::Fault;
use api::feed::kind;
use api::intent::{Action, Intent, Outcome, refusal};
use api::order::{OrderState, ParcelState};
use std::sync::atomic::{AtomicU64, Ordering};
use sync::authority::{Answered, Piece, Received, Sender, Verdict, Write, mark, receive};

impl Market {
    pub(super) fn carry_out(&mut self, writes: Vec<Write>) {
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

    pub(super) fn save_order(&mut self, state: OrderState) {
        self.tell(kind::ORDER, &state.id, &state);
        self.orders.insert(state.id.clone(), state);
    }

    pub(super) fn save_parcel(&mut self, state: ParcelState) {
        self.numbers.insert(state.parcel.s10.clone());
        self.tell(kind::PARCEL, &state.parcel.id, &state);
        self.parcels.insert(state.parcel.id.clone(), state);
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
        self.sender = Some(laptop.into());
        self.carry_out(writes);
        self.sender = None;
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
}
