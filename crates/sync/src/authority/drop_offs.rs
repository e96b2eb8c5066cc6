//! Intents about drop-offs.

use super::{Draft, Found, Known, Records, Verdict, Write, advance, is_id};
use crate::orders::{Command, next};
use api::drop_off::{DropOff, DropOffState, DropOffStatus};
use api::feed::kind;
use api::intent::refusal;
use api::limits::PARCELS_PER_DROP_OFF;
use api::order::OrderStatus;
use std::collections::BTreeSet;

pub(super) fn close<R: Records + ?Sized>(draft: &mut Draft<'_, R>, drop_off: &DropOff) -> Known<Verdict> {
    let records = draft.records;
    let ids: BTreeSet<&String> = drop_off.parcel_ids.iter().collect();
    let list_is_good =
        !ids.is_empty() && ids.len() == drop_off.parcel_ids.len() && ids.len() <= PARCELS_PER_DROP_OFF;
    let good = is_id(&drop_off.id)
        && records.is_drop_off_number(&drop_off.number)
        && list_is_good
        && records.is_office(&drop_off.office);
    if !good {
        return Ok(Verdict::invalid());
    }
    match records.drop_off(&drop_off.id)? {
        Found::Here(there) if there.drop_off == *drop_off => return Ok(Verdict::Behind),
        Found::Here(_) | Found::Elsewhere => return Ok(Verdict::invalid()),
        Found::Nowhere => {}
    }
    if records.drop_off_number_is_taken(&drop_off.number)? {
        return Ok(Verdict::refused(refusal::NUMBER_TAKEN));
    }
    // The first that does not fit refuses the whole list.
    let mut listed = Vec::with_capacity(drop_off.parcel_ids.len());
    for id in &drop_off.parcel_ids {
        let Some(parcel) = records.parcel(id)?.here() else {
            return Ok(Verdict::refused(refusal::NO_SUCH_PARCEL));
        };
        if parcel.drop_off_id.is_some() {
            return Ok(Verdict::refused_by(refusal::PARCEL_TAKEN, kind::PARCEL, id));
        }
        listed.push(parcel.clone());
    }
    for mut parcel in listed {
        let order_id = parcel.parcel.order_id.clone();
        let Some(mut order) = draft.order(&order_id)? else {
            return Ok(Verdict::refused(refusal::NO_SUCH_ORDER));
        };
        match next(order.status, Command::HandIn) {
            Ok(status) => {
                advance(&mut order, status, draft.sender.laptop, draft.sender.now_ms);
                draft.write(Write::Order(order));
            }
            // Another parcel of the same order is in this list, or already with the post.
            Err(OrderStatus::HandedIn | OrderStatus::Shipped) => {}
            Err(_) => {
                return Ok(Verdict::refused_by(
                    refusal::ORDER_MOVED_ON,
                    kind::ORDER,
                    &order_id,
                ));
            }
        }
        parcel.drop_off_id = Some(drop_off.id.clone());
        draft.write(Write::Parcel(parcel));
    }
    draft.write(Write::DropOff(DropOffState {
        drop_off: drop_off.clone(),
        status: DropOffStatus::Closed,
        left_ms: None,
        decided_ms: None,
        decided_at: None,
    }));
    Ok(Verdict::Applied)
}

/// The seller says that it lies at the office. Late, when the counter was faster: then it only adds the time.
pub(super) fn leave<R: Records + ?Sized>(draft: &mut Draft<'_, R>, id: &str, at_ms: i64) -> Known<Verdict> {
    let Some(there) = draft.records.drop_off(id)?.here() else {
        return Ok(Verdict::invalid());
    };
    if there.left_ms.is_some() {
        return Ok(Verdict::Behind);
    }
    let mut state = there.clone();
    state.left_ms = Some(at_ms.clamp(0, draft.sender.now_ms));
    if state.status == DropOffStatus::Closed {
        state.status = DropOffStatus::Left;
    }
    draft.write(Write::DropOff(state));
    Ok(Verdict::Applied)
}
