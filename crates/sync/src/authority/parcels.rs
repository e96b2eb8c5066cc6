//! Intents about parcels.

use super::{Draft, Found, Known, Records, Verdict, Write, advance, is_id};
use crate::orders::{Command, next};
use api::clock::Stamp;
use api::feed::kind;
use api::intent::refusal;
use api::limits::WEIGHT_G;
use api::order::{OrderStatus, Parcel, ParcelState};

/// The parcel took a number out of a lease and has its label. `used` is when that was, and on which laptop: the
/// sender may be another computer that the seller's folder was moved to.
pub(super) fn number<R: Records + ?Sized>(
    draft: &mut Draft<'_, R>,
    parcel: &Parcel,
    used: &Stamp,
) -> Known<Verdict> {
    let records = draft.records;
    let good = records.is_number(&parcel.s10)
        && is_id(&parcel.id)
        && records.is_service(&parcel.service)
        && (1..=WEIGHT_G).contains(&parcel.weight_g);
    if !good {
        return Ok(Verdict::invalid());
    }
    let Some(mut order) = draft.order(&parcel.order_id)? else {
        return Ok(Verdict::refused(refusal::NO_SUCH_ORDER));
    };
    match records.parcel(&parcel.id)? {
        Found::Here(there) if there.parcel == *parcel => return Ok(Verdict::Behind),
        Found::Here(_) | Found::Elsewhere => return Ok(Verdict::invalid()),
        Found::Nowhere => {}
    }
    if records.number_is_taken(&parcel.s10)? {
        return Ok(Verdict::refused(refusal::NUMBER_TAKEN));
    }
    if !records.number_is_leased(&parcel.s10, &used.laptop, used.ms)? {
        return Ok(Verdict::refused(refusal::NUMBER_NOT_LEASED));
    }
    match next(order.status, Command::Label) {
        Ok(status) => advance(&mut order, status, draft.sender.laptop, draft.sender.now_ms),
        // A second parcel of the same order.
        Err(OrderStatus::Labelled) => {}
        Err(_) => {
            return Ok(Verdict::refused_by(
                refusal::ORDER_MOVED_ON,
                kind::ORDER,
                &parcel.order_id,
            ));
        }
    }
    draft.write(Write::Parcel(ParcelState {
        parcel: parcel.clone(),
        drop_off_id: None,
        events: Vec::new(),
    }));
    draft.write(Write::Order(order));
    Ok(Verdict::Applied)
}
