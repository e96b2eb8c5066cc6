//! What a clerk decides: it is written on the parcel, the order and the drop-off, and travels to the shop.

use crate::error::Error;
use crate::orders::advance;
use crate::random;
use crate::records::counter_entries::{self, CounterEntry};
use crate::records::{Writing, drop_offs, orders, parcels};
use crate::state::Marketplace;
use crate::storefront::timeline::{self, REFUSED};
use api::drop_off::DropOffStatus;
use api::feed::kind;
use api::order::{OrderState, OrderStatus, ParcelEvent, ParcelState as Parcel};
use postal::Office;
use postal::parcel_state::ParcelState;
use std::collections::BTreeMap;
use sync::orders::{Command, next};

/// Who decides, and where.
pub struct Clerk {
    pub account_id: String,
    pub office: &'static Office,
}

/// What can be said of a parcel at the counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Accept,
    Refuse(String),
    /// A later event of the post, by its code.
    Event(&'static str),
}

/// The events that a clerk may enter by hand after acceptance, in the order of a parcel's way.
pub const LATER: [&str; 9] = ["EMC", "EMD", "EME", "EMF", "EMG", "EDG", "EDH", "EMH", "EMI"];

/// Those of them that happen to a parcel that stays in the country.
const AT_HOME: [&str; 5] = ["EMG", "EDG", "EDH", "EMH", "EMI"];

/// Those of them that would bring the parcel on.
pub fn next_events(parcel: &Parcel, goes_abroad: bool, now_ms: i64) -> Vec<&'static str> {
    let now = timeline::now(parcel).state;
    if !now.with_the_post() || now.is_final() {
        return Vec::new();
    }
    LATER
        .into_iter()
        .filter(|code| goes_abroad || AT_HOME.contains(code))
        .filter(|code| {
            let then = timeline::after(parcel, code, now_ms).state;
            then != now && then.rank() >= now.rank()
        })
        .collect()
}

/// Whether a decision fits how the parcel stands.
fn fits(parcel: &Parcel, order: &OrderState, goes_abroad: bool, decision: &Decision, now_ms: i64) -> bool {
    let with_post = timeline::now(parcel).state.with_the_post();
    match decision {
        Decision::Accept => {
            !with_post
                && matches!(
                    order.status,
                    OrderStatus::Labelled | OrderStatus::HandedIn | OrderStatus::Shipped
                )
        }
        Decision::Refuse(reason) => !with_post && !reason.is_empty(),
        Decision::Event(code) => next_events(parcel, goes_abroad, now_ms).contains(code),
    }
}

/// Decides on parcels of one shop by their ids; gives how many decisions counted. One that does not fit
/// any more (another clerk was faster) is passed over.
pub async fn decide(
    marketplace: &Marketplace,
    clerk: &Clerk,
    shop: &str,
    decisions: &BTreeMap<String, Decision>,
    now_ms: i64,
) -> Result<usize, Error> {
    let mut writing = Writing::for_shop(&marketplace.database, shop).await?;
    let mut counted = 0;
    let mut touched: Vec<String> = Vec::new();
    for (id, decision) in decisions {
        let Some(parcel) = parcels::get(writing.connection(), id).await? else {
            continue;
        };
        if parcel.shop_id != shop {
            continue;
        }
        let mut parcel = parcel.state;
        let Some(order) = orders::get(writing.connection(), &parcel.parcel.order_id).await? else {
            continue;
        };
        let mut order = order.state;
        let goes_abroad = order.ship_to.country != marketplace.profile.country;
        if !fits(&parcel, &order, goes_abroad, decision, now_ms) {
            continue;
        }
        let was_in = parcel.drop_off_id.clone();
        let event = event(clerk, decision, &parcel, now_ms);
        let entry = CounterEntry {
            id: random::id(),
            office: clerk.office.code.clone(),
            account_id: clerk.account_id.clone(),
            parcel_id: id.clone(),
            s10: parcel.parcel.s10.clone(),
            code: event.code.clone(),
            reason: event.reason.clone().unwrap_or_default(),
            at_ms: now_ms,
        };
        parcel.events.push(event);
        if matches!(decision, Decision::Refuse(_)) {
            // It goes home with the seller and can come in another drop-off.
            parcel.drop_off_id = None;
        }
        parcels::put(writing.connection(), shop, &parcel).await?;
        writing.tell(shop, kind::PARCEL, id, &parcel).await?;
        counter_entries::add(writing.connection(), &entry).await?;
        let others = parcels::of_order(writing.connection(), &order.id).await?;
        if let Some(command) = command(decision, &others)
            && let Ok(status) = next(order.status, command)
        {
            advance::to(&mut order, status, "post", now_ms);
            advance::save(&mut writing, shop, &order).await?;
        }
        touched.extend(was_in);
        counted += 1;
    }
    touched.sort();
    touched.dedup();
    for drop_off in touched {
        settle(&mut writing, clerk, shop, &drop_off, now_ms).await?;
    }
    writing.commit(&marketplace.hints).await?;
    Ok(counted)
}

fn event(clerk: &Clerk, decision: &Decision, parcel: &Parcel, now_ms: i64) -> ParcelEvent {
    let (code, reason) = match decision {
        Decision::Accept => ("EMA", None),
        Decision::Refuse(reason) => (REFUSED, Some(reason.clone())),
        Decision::Event(code) => (*code, None),
    };
    // Later than all before it, even when the clock was set back: the order of events is their times'.
    let latest = parcel
        .events
        .iter()
        .map(|event| event.at_ms + 1)
        .max()
        .unwrap_or(0);
    ParcelEvent {
        at_ms: now_ms.max(latest),
        code: code.to_owned(),
        place: clerk.office.name.clone(),
        reason,
    }
}

/// What the decision means for the order, given all its parcels as they are now.
fn command(decision: &Decision, parcels: &[Parcel]) -> Option<Command> {
    let states: Vec<ParcelState> = parcels.iter().map(|parcel| timeline::now(parcel).state).collect();
    match decision {
        Decision::Accept => Some(Command::Ship),
        Decision::Refuse(_) => {
            let none_left = parcels.iter().all(|parcel| parcel.drop_off_id.is_none());
            let none_with_post = !states.iter().any(|state| state.with_the_post());
            (none_left && none_with_post).then_some(Command::GiveBack)
        }
        Decision::Event(_) => states
            .iter()
            .all(|state| *state == ParcelState::Delivered)
            .then_some(Command::Deliver),
    }
}

/// Once every parcel of a drop-off is decided, so is the drop-off.
async fn settle(
    writing: &mut Writing,
    clerk: &Clerk,
    shop: &str,
    id: &str,
    now_ms: i64,
) -> Result<(), Error> {
    let Some(drop_off) = drop_offs::get(writing.connection(), id).await? else {
        return Ok(());
    };
    let mut state = drop_off.state;
    if state.decided_ms.is_some() {
        return Ok(());
    }
    let (mut accepted, mut refused) = (0, 0);
    for parcel in &state.drop_off.parcel_ids {
        let Some(parcel) = parcels::get(writing.connection(), parcel).await? else {
            continue;
        };
        let in_this = parcel.state.drop_off_id.as_deref() == Some(id);
        match (in_this, timeline::now(&parcel.state).state.with_the_post()) {
            (true, true) => accepted += 1,
            (true, false) => return Ok(()),
            (false, _) => refused += 1,
        }
    }
    state.status = match (accepted, refused) {
        (_, 0) => DropOffStatus::Accepted,
        (0, _) => DropOffStatus::Refused,
        _ => DropOffStatus::PartlyAccepted,
    };
    state.decided_ms = Some(now_ms);
    state.decided_at = Some(clerk.office.code.clone());
    drop_offs::put(writing.connection(), shop, &state).await?;
    writing.tell(shop, kind::DROP_OFF, id, &state).await
}
