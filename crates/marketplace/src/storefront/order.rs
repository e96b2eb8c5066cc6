//! The page of an order, for whoever has its link.

use super::timeline::{self, Happening, Step};
use crate::orders::link;
use crate::records::{orders, parcels, shops};
use crate::web::{Answer, Page, PageFault, Visit};
use api::order::{OrderState, OrderStatus};
use askama::Template;
use axum::extract::{Path, Query};
use postal::S10;
use std::collections::BTreeMap;

pub struct OrderedLine {
    pub title: String,
    pub quantity: i64,
    pub sum: String,
    pub photo: Option<String>,
}

#[derive(Template)]
#[template(path = "order.html")]
struct OrderPage {
    page: Page,
    number: String,
    shop: String,
    /// Whether it was bought just now.
    is_new: bool,
    link: String,
    status: String,
    cancelled: bool,
    ship_by: String,
    waits_for_seller: bool,
    steps: Vec<Step>,
    happenings: Vec<Happening>,
    /// Numbers as people read them.
    numbers: Vec<String>,
    lines: Vec<OrderedLine>,
    postage: Option<String>,
    total: String,
    address: Vec<String>,
    /// Orders of other shops that were bought at the same time: number and link.
    others: Vec<(String, String)>,
    is_sandbox: bool,
}

pub async fn show(
    visit: Visit,
    Path((id, secret)): Path<(String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Answer {
    if !link::is_right(&visit.app.keys, &id, &secret) {
        return Err(PageFault::NotFound);
    }
    let pool = visit.app.database.read();
    let mut connection = pool.acquire().await?;
    let order = orders::get(&mut connection, &id)
        .await?
        .ok_or(PageFault::NotFound)?;
    let parcels = parcels::of_order(&mut connection, &id).await?;
    drop(connection);
    let shop = shops::get(pool, &order.shop_id)
        .await?
        .ok_or(PageFault::NotFound)?;
    let page = visit.page().await?;
    let others = orders::of_checkout(pool, &order.checkout_id)
        .await?
        .into_iter()
        .filter(|other| other.state.id != id)
        .map(|other| {
            let secret = link::secret(&visit.app.keys, &other.state.id);
            (other.state.number, format!("/order/{}/{secret}", other.state.id))
        })
        .collect();
    let state = order.state;
    let mut lines = Vec::with_capacity(state.lines.len());
    for line in &state.lines {
        let photo = match &line.photo {
            Some(hash) if crate::records::photos::is_whole(pool, hash).await? => {
                Some(format!("/photos/{hash}.jpg"))
            }
            _ => None,
        };
        lines.push(OrderedLine {
            title: line.title.clone(),
            quantity: line.quantity,
            sum: page.money(
                line.unit_price.minor.saturating_mul(line.quantity),
                &line.unit_price.currency,
            ),
            photo,
        });
    }
    let shown = OrderPage {
        is_new: query.contains_key("new"),
        link: format!("{}/order/{id}/{secret}", visit.app.public_url),
        status: page.t(&format!("status-{}", timeline::status_key(state.status))),
        cancelled: state.status == OrderStatus::Cancelled,
        ship_by: page.date(state.ship_by_ms),
        waits_for_seller: state.status < OrderStatus::HandedIn,
        steps: timeline::steps(&page, state.status),
        happenings: timeline::happenings(&page, &state, &parcels),
        numbers: parcels
            .iter()
            .map(|parcel| {
                S10::parse(&parcel.parcel.s10).map_or(parcel.parcel.s10.clone(), |number| number.grouped())
            })
            .collect(),
        postage: (state.postage.minor > 0).then(|| page.money(state.postage.minor, &state.postage.currency)),
        total: page.money(state.total.minor, &state.total.currency),
        address: address_lines(&state, &shop.country),
        is_sandbox: visit.app.payment.is_sandbox(),
        number: state.number,
        shop: shop.name,
        lines,
        others,
        page,
    };
    visit.html(&shown)
}

pub fn address_lines(order: &OrderState, from: &str) -> Vec<String> {
    let to = &order.ship_to;
    let between = if to.reference.is_empty() {
        Vec::new()
    } else {
        vec![to.reference.clone()]
    };
    let address = postal::Address {
        country: to.country.clone(),
        name: to.name.clone(),
        street: to.street.clone(),
        // In Cuba the hint is part of the street; elsewhere it is a line of its own.
        neighbourhood: to.neighbourhood.clone(),
        city: to.city.clone(),
        region: to.region.clone(),
        postcode: to.postal_code.clone(),
        ..postal::Address::default()
    };
    let mut lines = address.lines(from);
    for hint in between.into_iter().rev() {
        lines.insert(lines.len().min(2), hint);
    }
    lines
}
