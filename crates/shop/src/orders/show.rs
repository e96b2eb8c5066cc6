//! An order as its screen shows it.

use super::store::{self, Listed};
use super::view::{OrderCard, OrderLineView, OrderStep, OrderView, WayStep};
use crate::Shop;
use crate::catalog::view::Price;
use crate::fault::{Code, Fault, Result};
use crate::shipping;
use api::order::{OrderState, OrderStatus};
use messages::Language;

impl From<OrderStatus> for OrderStep {
    fn from(status: OrderStatus) -> Self {
        match status {
            OrderStatus::Placed => Self::Placed,
            OrderStatus::Accepted => Self::Accepted,
            OrderStatus::Packed => Self::Packed,
            OrderStatus::Labelled => Self::Labelled,
            OrderStatus::HandedIn => Self::HandedIn,
            OrderStatus::Shipped => Self::Shipped,
            OrderStatus::Delivered => Self::Delivered,
            OrderStatus::Cancelled => Self::Cancelled,
        }
    }
}

pub fn card(order: &Listed, home: &str, language: Language) -> OrderCard {
    let state = &order.state;
    let country = &state.ship_to.country;
    OrderCard {
        id: state.id.clone(),
        number: state.number.clone(),
        buyer_name: state.buyer_name.clone(),
        title: state
            .lines
            .first()
            .map(|line| line.title.clone())
            .unwrap_or_default(),
        pieces: state.lines.iter().map(|line| line.quantity).sum(),
        total: Price::from(&state.total),
        step: order.status.into(),
        city: state.ship_to.city.clone(),
        country_name: country_name(country, language),
        abroad: country != home,
        country: country.clone(),
        photo: state.lines.first().and_then(|line| line.photo.clone()),
        placed_ms: state.placed_ms,
        ship_by_ms: state.ship_by_ms,
        new: order.new,
        oversold: !state.oversold.is_empty(),
    }
}

pub(crate) fn country_name(code: &str, language: Language) -> String {
    postal::country::find(code).map_or_else(
        || code.to_owned(),
        |country| country.name(language.code()).to_owned(),
    )
}

/// Grams of the pieces, and a tenth for the box and the paper, rounded up to ten: a first guess for the scale.
fn guessed_weight(state: &OrderState) -> i64 {
    let pieces: i64 = state
        .lines
        .iter()
        .map(|line| line.weight_g.saturating_mul(line.quantity))
        .sum();
    if pieces == 0 {
        0
    } else {
        (pieces + pieces / 10 + 9) / 10 * 10
    }
}

pub async fn order(shop: &Shop, id: &str) -> Result<OrderView> {
    let language = shop.language().await?;
    let profile = shop.operator().await?;
    let day = shop.day();
    let preferred = shop.preferences().await?.office;
    let me = shop.me().await?;
    let mut connection = shop.read().acquire().await?;
    let state = store::state(&mut connection, id).await?;
    let status = store::status(&mut connection, id).await?;
    let parcel = shipping::store::parcel_of_order(&mut connection, id).await?;
    let (waiting, refused) = outbox(&mut connection, id).await?;
    drop(connection);

    let destination = state.ship_to.country.clone();
    let weight_g = parcel
        .as_ref()
        .map_or_else(|| guessed_weight(&state), |parcel| parcel.weight_g);
    let offered = shipping::offer::offer(profile, &destination, weight_g, &day, language);
    let abroad = destination != profile.country;
    let service = parcel
        .as_ref()
        .map(|parcel| parcel.service.as_str())
        .or(offered.best.as_deref());
    let office = shipping::rules::office(profile, preferred.as_deref(), me.as_ref(), service);
    let label = shipping::rules::label(
        profile,
        me.as_ref(),
        &state,
        parcel.as_ref(),
        service,
        weight_g,
        office,
        language,
    );
    Ok(OrderView {
        id: state.id.clone(),
        number: state.number.clone(),
        step: status.into(),
        lines: state
            .lines
            .iter()
            .map(|line| OrderLineView {
                product_id: line.product_id.clone(),
                title: line.title.clone(),
                sku: line.sku.clone(),
                quantity: line.quantity,
                unit_price: Price::from(&line.unit_price),
                weight_g: line.weight_g,
                photo: line.photo.clone(),
                oversold: state.oversold.contains(&line.product_id),
            })
            .collect(),
        total: Price::from(&state.total),
        postage: Price::from(&state.postage),
        buyer_name: state.buyer_name.clone(),
        buyer_email: state.buyer_email.clone(),
        buyer_phone: state.ship_to.phone.clone(),
        ship_to: shipping::rules::lines(&state.ship_to, &profile.country),
        abroad,
        country_name: country_name(&destination, language),
        note: state.note.clone(),
        placed_ms: state.placed_ms,
        ship_by_ms: state.ship_by_ms,
        cancelled_reason: state.cancelled_reason.clone(),
        waiting,
        refused,
        weight_g,
        services: offered.offer.services,
        no_service: offered.offer.no_service,
        office_name: office.map(|office| office.name.clone()).unwrap_or_default(),
        office_code: office.map(|office| office.code.clone()).unwrap_or_default(),
        parcel_id: parcel.as_ref().map(|parcel| parcel.id.clone()),
        s10: parcel.as_ref().map(|parcel| parcel.s10.clone()),
        drop_off_id: parcel.as_ref().and_then(|parcel| parcel.drop_off_id.clone()),
        way: parcel.as_ref().map(way).unwrap_or_default(),
        label,
    })
}

fn way(parcel: &shipping::store::Stored) -> Vec<WayStep> {
    let mut steps: Vec<WayStep> = parcel
        .events
        .iter()
        .map(|event| WayStep {
            at_ms: event.at_ms,
            code: event.code.clone(),
            place: event.place.clone(),
            reason: event.reason.clone(),
        })
        .collect();
    steps.sort_by(|a, b| (a.at_ms, &a.code).cmp(&(b.at_ms, &b.code)));
    steps
}

async fn outbox(connection: &mut sqlx::SqliteConnection, id: &str) -> Result<(bool, Option<String>)> {
    let waiting = sqlx::query_scalar!(
        "SELECT COUNT(*) FROM outbox WHERE subject = ? AND status = 'waiting'",
        id
    )
    .fetch_one(&mut *connection)
    .await?;
    let refused = sqlx::query_scalar!(
        "SELECT code FROM outbox WHERE subject = ? AND status = 'refused' ORDER BY decided_ms DESC LIMIT 1",
        id
    )
    .fetch_optional(connection)
    .await?
    .flatten();
    Ok((waiting > 0, refused))
}

impl Shop {
    /// The post that this shop sends with.
    pub(crate) async fn operator(&self) -> Result<&'static postal::Profile> {
        let code = self.me().await?.map_or_else(|| "MX".to_owned(), |me| me.operator);
        let known = postal::profile(&code).or_else(|| postal::profile("MX"));
        known.ok_or_else(|| Fault::new(Code::Internal))
    }

    /// Today where the laptop is, as `YYYY-MM-DD`.
    pub(crate) fn day(&self) -> String {
        crate::today::rules::day(self.world().now_ms(), self.world().offset_minutes()).to_string()
    }
}
