//! Intents about drop-offs.

use super::{Sender, Verdict, is_id, order};
use crate::error::Error;
use crate::orders::advance;
use crate::records::{Writing, drop_offs, parcels};
use crate::state::Marketplace;
use api::drop_off::{DropOff, DropOffState, DropOffStatus};
use api::feed::kind;
use api::intent::refusal;
use api::limits::PARCELS_PER_DROP_OFF;
use api::order::OrderStatus;
use postal::DropOffNumber;
use std::collections::BTreeSet;
use sync::orders::{Command, next};

pub async fn close(
    marketplace: &Marketplace,
    writing: &mut Writing,
    sender: &Sender,
    drop_off: &DropOff,
) -> Result<Verdict, Error> {
    let number_is_good =
        DropOffNumber::parse(&drop_off.number).is_ok_and(|number| number.to_string() == drop_off.number);
    let ids: BTreeSet<&String> = drop_off.parcel_ids.iter().collect();
    let list_is_good =
        !ids.is_empty() && ids.len() == drop_off.parcel_ids.len() && ids.len() <= PARCELS_PER_DROP_OFF;
    let office_is_known = marketplace.profile.office(&drop_off.office).is_some();
    if !is_id(&drop_off.id) || !number_is_good || !list_is_good || !office_is_known {
        return Ok(Verdict::invalid());
    }
    if let Some(there) = drop_offs::get(writing.connection(), &drop_off.id).await? {
        return Ok(
            if there.shop_id == sender.shop && there.state.drop_off == *drop_off {
                Verdict::Behind
            } else {
                Verdict::invalid()
            },
        );
    }
    if drop_offs::by_number(writing.connection(), &drop_off.number)
        .await?
        .is_some()
    {
        return Ok(Verdict::refused(refusal::NUMBER_TAKEN));
    }
    // All is looked at before anything is written: the first that does not fit refuses the whole list.
    let mut listed = Vec::with_capacity(drop_off.parcel_ids.len());
    for id in &drop_off.parcel_ids {
        let parcel = parcels::get(writing.connection(), id).await?;
        let Some(parcel) = parcel.filter(|parcel| parcel.shop_id == sender.shop) else {
            return Ok(Verdict::refused(refusal::NO_SUCH_PARCEL));
        };
        if parcel.state.drop_off_id.is_some() {
            return Ok(Verdict::refused_by(refusal::PARCEL_TAKEN, kind::PARCEL, id));
        }
        listed.push(parcel.state);
    }
    for mut parcel in listed {
        let order_id = parcel.parcel.order_id.clone();
        let Some(mut state) = order::own(writing, sender, &order_id).await? else {
            return Ok(Verdict::refused(refusal::NO_SUCH_ORDER));
        };
        match next(state.status, Command::HandIn) {
            Ok(status) => {
                advance::to(&mut state, status, &sender.laptop, sender.now_ms);
                advance::save(writing, &sender.shop, &state).await?;
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
        parcels::put(writing.connection(), &sender.shop, &parcel).await?;
        writing
            .tell(&sender.shop, kind::PARCEL, &parcel.parcel.id, &parcel)
            .await?;
    }
    let new = DropOffState {
        drop_off: drop_off.clone(),
        status: DropOffStatus::Closed,
        left_ms: None,
        decided_ms: None,
        decided_at: None,
    };
    drop_offs::put(writing.connection(), &sender.shop, &new).await?;
    writing
        .tell(&sender.shop, kind::DROP_OFF, &drop_off.id, &new)
        .await?;
    Ok(Verdict::Applied)
}

/// The seller says that it lies at the office. Late, when the counter was faster: then it only adds the time.
pub async fn leave(writing: &mut Writing, sender: &Sender, id: &str, at_ms: i64) -> Result<Verdict, Error> {
    let there = drop_offs::get(writing.connection(), id).await?;
    let Some(drop_off) = there.filter(|drop_off| drop_off.shop_id == sender.shop) else {
        return Ok(Verdict::invalid());
    };
    let mut state = drop_off.state;
    if state.left_ms.is_some() {
        return Ok(Verdict::Behind);
    }
    state.left_ms = Some(at_ms.clamp(0, sender.now_ms));
    if state.status == DropOffStatus::Closed {
        state.status = DropOffStatus::Left;
    }
    drop_offs::put(writing.connection(), &sender.shop, &state).await?;
    writing.tell(&sender.shop, kind::DROP_OFF, id, &state).await?;
    Ok(Verdict::Applied)
}
