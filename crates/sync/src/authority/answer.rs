//! One intent from its arrival to its answer: whether it came before, what it depends on, and what it does.

use super::{Draft, Known, Records, Sender, Verdict, Write, catalog, conflicts, drop_offs, is_id, orders};
use super::{parcels, photos, stock};
use crate::orders::Command;
use crate::stamps;
use api::clock::Stamp;
use api::intent::{Action, Intent, refusal};

/// Intents that one may depend on.
const DEPENDS_ON: usize = 100;

/// An intent that was answered for good, kept so that the same one is never applied twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// Of what it said.
    pub digest: String,
    /// The code of its refusal.
    pub refused: Option<String>,
    /// Kind and id of the record that shows how things stand.
    pub present: Option<(String, String)>,
}

/// What is to be done about an intent that came.
#[derive(Clone, Debug, PartialEq)]
pub enum Received {
    /// It was answered before: refused with this code, or else applied.
    Again {
        refused: Option<String>,
        present: Option<(String, String)>,
    },
    /// It is turned away and not written down: the answer may be another one next time.
    TurnedAway(&'static str),
    Deferred(&'static str),
    /// Write these down, and that it was answered so.
    Decided {
        verdict: Verdict,
        writes: Vec<Write>,
    },
}

/// Decides on an intent whose body has this digest.
///
/// # Errors
/// What is to be read first.
pub fn receive<R: Records + ?Sized>(
    intent: &Intent,
    digest: &str,
    sender: Sender<'_>,
    records: &R,
) -> Known<Received> {
    if let Some(before) = records.answered(&intent.id)? {
        if before.digest != digest {
            return Ok(Received::TurnedAway(refusal::ID_REUSED));
        }
        return Ok(Received::Again {
            refused: before.refused.clone(),
            present: before.present.clone(),
        });
    }
    if i64::try_from(intent.seq).is_err() {
        return Ok(Received::TurnedAway(refusal::INVALID));
    }
    if intent.epoch < records.epoch()? || records.sequence_is_taken(intent.epoch, intent.seq)? {
        // The same intent comes again under the laptop's next epoch.
        return Ok(Received::TurnedAway(refusal::EPOCH_REUSED));
    }
    if !is_sound(intent) {
        // Before anything is looked up: no list, however long, holds up who else waits for the lock.
        return Ok(Received::Decided {
            verdict: Verdict::invalid(),
            writes: Vec::new(),
        });
    }
    let mut depends_on_refused = false;
    for id in &intent.depends_on {
        match records.answered(id)? {
            Some(before) => depends_on_refused |= before.refused.is_some(),
            None => return Ok(Received::Deferred(refusal::WAITS)),
        }
    }
    if depends_on_refused {
        return Ok(Received::Decided {
            verdict: Verdict::refused(refusal::DEPENDS_ON_REFUSED),
            writes: Vec::new(),
        });
    }
    let mut draft = Draft::new(records, sender);
    let verdict = apply(&mut draft, intent)?;
    Ok(match verdict {
        Verdict::Deferred { code } => Received::Deferred(code),
        Verdict::Applied | Verdict::Behind => Received::Decided {
            verdict,
            writes: draft.into_writes(),
        },
        Verdict::Refused { .. } => Received::Decided {
            verdict,
            writes: Vec::new(),
        },
    })
}

/// What holds for every intent, before anything is read or written.
fn is_sound(intent: &Intent) -> bool {
    intent.stamp.ms >= 0
        && is_id(&intent.stamp.laptop)
        && intent.depends_on.len() <= DEPENDS_ON
        && intent.seq > 0
}

fn apply<R: Records + ?Sized>(draft: &mut Draft<'_, R>, intent: &Intent) -> Known<Verdict> {
    // A laptop set to 2099 must not win for ever.
    let mut stamp = stamps::clamp(intent.stamp.clone(), draft.sender.now_ms);
    if stamp != intent.stamp {
        // All that is taken back in one push lands on one millisecond: the numbers keep the order in which it was done.
        stamp.n = u32::try_from(intent.seq).unwrap_or(u32::MAX);
        stamp = after_what_is_there(draft, &intent.action, stamp)?;
    }
    let base = intent.base;
    match &intent.action {
        Action::SetProduct { product_id, fields } => catalog::set(draft, product_id, fields, &stamp, base),
        Action::AttachPhoto {
            product_id,
            photo,
            place,
        } => photos::attach(draft, product_id, photo, place, &stamp),
        Action::PlacePhoto {
            product_id,
            hash,
            place,
        } => photos::place(draft, product_id, hash, place, &stamp),
        Action::DetachPhoto { product_id, hash } => photos::detach(draft, product_id, hash, &stamp, base),
        Action::MoveStock { movement } => stock::take(draft, movement),
        Action::AcceptOrder { order_id } => orders::command(draft, order_id, Command::Accept),
        Action::PackOrder { order_id } => orders::command(draft, order_id, Command::Pack),
        Action::CancelOrder { order_id, reason } => orders::cancel(draft, order_id, reason),
        Action::NumberParcel { parcel } => parcels::number(draft, parcel, &stamp),
        Action::CloseDropOff { drop_off } => drop_offs::close(draft, drop_off),
        Action::LeaveDropOff { drop_off_id, at_ms } => drop_offs::leave(draft, drop_off_id, *at_ms),
        Action::SettleConflict { conflict_id } => conflicts::settle(draft, conflict_id),
    }
}

/// A stamp that was taken back, when the marketplace's own clock was put back too.
fn after_what_is_there<R: Records + ?Sized>(
    draft: &Draft<'_, R>,
    action: &Action,
    stamp: Stamp,
) -> Known<Stamp> {
    let (Action::SetProduct { product_id, .. }
    | Action::AttachPhoto { product_id, .. }
    | Action::PlacePhoto { product_id, .. }
    | Action::DetachPhoto { product_id, .. }) = action
    else {
        return Ok(stamp);
    };
    let Some(piece) = draft.records.product(product_id)?.here() else {
        return Ok(stamp);
    };
    let (fields, photos) = (&piece.state.fields, &piece.state.photos);
    let there = match action {
        Action::SetProduct { fields: named, .. } => named
            .keys()
            .filter_map(|name| Some(&fields.get(name)?.stamp))
            .max(),
        Action::AttachPhoto { photo, .. } => photos.get(&photo.hash).map(|placed| &placed.stamp),
        Action::PlacePhoto { hash, .. } | Action::DetachPhoto { hash, .. } => {
            photos.get(hash).map(|placed| &placed.stamp)
        }
        _ => None,
    };
    Ok(match there {
        Some(there) => stamps::after(stamp, there, draft.sender.now_ms),
        None => stamp,
    })
}

#[cfg(test)]
#[expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]
mod tests {
    use super::*;
    use crate::authority::{Found, Piece, Unread};
    use api::conflict::ConflictState;
    use api::drop_off::DropOffState;
    use api::order::{OrderState, ParcelState};
    use api::product::{ProductState, Stamped};
    use serde_json::json;
    use std::collections::BTreeMap;

    const NOW: i64 = 1_790_000_000_000;
    const DAY: i64 = 24 * 60 * 60_000;

    /// A shop with this piece, and nothing else.
    struct Only(Piece);

    impl Records for Only {
        fn answered(&self, _: &str) -> Known<Option<&Answered>> {
            Ok(None)
        }
        fn epoch(&self) -> Known<u32> {
            Ok(1)
        }
        fn sequence_is_taken(&self, _: u32, _: u64) -> Known<bool> {
            Ok(false)
        }
        fn product(&self, _: &str) -> Known<Found<&Piece>> {
            Ok(Found::Here(&self.0))
        }
        fn order(&self, id: &str) -> Known<Found<&OrderState>> {
            Err(Unread::Order(id.into()))
        }
        fn open_orders(&self, id: &str) -> Known<Vec<&OrderState>> {
            Err(Unread::OpenOrders(id.into()))
        }
        fn parcel(&self, id: &str) -> Known<Found<&ParcelState>> {
            Err(Unread::Parcel(id.into()))
        }
        fn drop_off(&self, id: &str) -> Known<Found<&DropOffState>> {
            Err(Unread::DropOff(id.into()))
        }
        fn movement_is_known(&self, id: &str) -> Known<bool> {
            Err(Unread::Movement(id.into()))
        }
        fn conflict(&self, _: &str) -> Known<Option<&ConflictState>> {
            Ok(None)
        }
        fn is_number(&self, _: &str) -> bool {
            false
        }
        fn number_is_taken(&self, s10: &str) -> Known<bool> {
            Err(Unread::Number(s10.into()))
        }
        fn number_is_leased(&self, s10: &str, _: &str, _: i64) -> Known<bool> {
            Err(Unread::Number(s10.into()))
        }
        fn is_drop_off_number(&self, _: &str) -> bool {
            false
        }
        fn drop_off_number_is_taken(&self, number: &str) -> Known<bool> {
            Err(Unread::DropOffNumber(number.into()))
        }
        fn is_service(&self, _: &str) -> bool {
            false
        }
        fn is_office(&self, _: &str) -> bool {
            false
        }
    }

    fn stamp(ms: i64, n: u32, laptop: &str) -> Stamp {
        Stamp {
            ms,
            n,
            laptop: laptop.into(),
        }
    }

    #[test]
    fn a_marketplace_whose_clock_was_put_back_by_days_still_lets_the_last_writer_win() {
        let title = Stamped {
            value: json!("Olla"),
            stamp: stamp(NOW, 3, "z"),
        };
        let state = ProductState {
            id: "piece".into(),
            fields: BTreeMap::from([("title".to_owned(), title)]),
            ..ProductState::default()
        };
        let mut shop = Only(Piece {
            state,
            on_hand: 0,
            written: BTreeMap::new(),
        });
        let sender = Sender {
            laptop: "a",
            now_ms: NOW - 5 * DAY,
            new_id: &|| "new".to_owned(),
        };
        for (seq, value) in [(1, "Olla grande"), (2, "Olla roja")] {
            let intent = Intent {
                id: format!("i{seq}"),
                epoch: 1,
                seq,
                schema: api::SCHEMA,
                stamp: stamp(NOW + 1, 0, "a"),
                base: 0,
                depends_on: Vec::new(),
                action: Action::SetProduct {
                    product_id: "piece".into(),
                    fields: BTreeMap::from([("title".to_owned(), json!(value))]),
                },
            };
            let Received::Decided { writes, .. } = receive(&intent, "digest", sender, &shop).unwrap() else {
                panic!("it is not decided");
            };
            let Some(Write::Product { state, .. }) = writes.into_iter().next() else {
                panic!("{value} changed nothing");
            };
            assert_eq!(state.fields["title"].value, json!(value));
            shop.0.state = state;
        }
    }
}
