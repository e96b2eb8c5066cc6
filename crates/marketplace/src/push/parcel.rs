//! Intents about parcels.

use super::{Sender, Verdict, is_id, order};
use crate::error::Error;
use crate::orders::advance;
use crate::records::{Writing, leases, parcels};
use crate::state::Marketplace;
use api::clock::Stamp;
use api::feed::kind;
use api::intent::refusal;
use api::limits::WEIGHT_G;
use api::order::{OrderStatus, Parcel, ParcelState};
use postal::S10;
use sync::orders::{Command, next};

/// The parcel took a number out of a lease and has its label. `used` is when that was, and on which laptop: the
/// sender may be another computer that her folder was moved to.
pub async fn number(
    marketplace: &Marketplace,
    writing: &mut Writing,
    sender: &Sender,
    parcel: &Parcel,
    used: &Stamp,
) -> Result<Verdict, Error> {
    let Some(number) = S10::parse(&parcel.s10)
        .ok()
        .filter(|number| number.to_string() == parcel.s10)
    else {
        return Ok(Verdict::invalid());
    };
    let service_is_known = marketplace.profile.service(&parcel.service).is_some();
    if !is_id(&parcel.id) || !service_is_known || !(1..=WEIGHT_G).contains(&parcel.weight_g) {
        return Ok(Verdict::invalid());
    }
    let Some(mut state) = order::own(writing, sender, &parcel.order_id).await? else {
        return Ok(Verdict::refused(refusal::NO_SUCH_ORDER));
    };
    if let Some(there) = parcels::get(writing.connection(), &parcel.id).await? {
        return Ok(if there.shop_id == sender.shop && there.state.parcel == *parcel {
            Verdict::Behind
        } else {
            Verdict::invalid()
        });
    }
    if parcels::by_number(writing.connection(), &parcel.s10)
        .await?
        .is_some()
    {
        return Ok(Verdict::refused(refusal::NUMBER_TAKEN));
    }
    let leased = leases::covers(writing.connection(), &sender.shop, &used.laptop, &number, used.ms).await?;
    if !leased {
        return Ok(Verdict::refused(refusal::NUMBER_NOT_LEASED));
    }
    match next(state.status, Command::Label) {
        Ok(status) => advance::to(&mut state, status, &sender.laptop, sender.now_ms),
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
    let new = ParcelState {
        parcel: parcel.clone(),
        drop_off_id: None,
        events: Vec::new(),
    };
    parcels::put(writing.connection(), &sender.shop, &new).await?;
    writing.tell(&sender.shop, kind::PARCEL, &parcel.id, &new).await?;
    advance::save(writing, &sender.shop, &state).await?;
    Ok(Verdict::Applied)
}
