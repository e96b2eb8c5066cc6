//! Buying: one order for each shop, with its movements, its payment and its feed entries, all or nothing.

use super::stock;
use crate::clock::DAY_MS;
use crate::error::Error;
use crate::payment::{Charge, PaymentFault};
use crate::random;
use crate::records::orders::Placement;
use crate::records::products::Product;
use crate::records::{Writing, baskets, orders, payments, products};
use crate::state::Marketplace;
use crate::storefront::piece;
use api::feed::kind;
use api::order::{OrderEvent, OrderLine, OrderState, OrderStatus};
use api::place::Address;
use api::product::{Money, field};
use api::stock::{Movement, Reason};
use std::collections::BTreeMap;

/// What a buyer sent.
#[derive(Clone, Debug)]
pub struct Purchase {
    /// Made with the form: sent twice it buys once.
    pub checkout_id: String,
    /// Whose basket it is; emptied by the purchase.
    pub visitor: String,
    pub buyer_name: String,
    pub buyer_email: String,
    pub ship_to: Address,
    pub note: String,
    pub language: &'static str,
    /// Pieces and how many of each.
    pub lines: Vec<(String, i64)>,
    /// What the buyer saw as the total, by currency.
    pub seen: BTreeMap<String, i64>,
    pub try_refusal: bool,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Placed {
    Orders(Vec<OrderState>),
    /// A piece is gone, or not so many of it are left: the basket shows which.
    Missing,
    /// The basket or a price is not what the buyer saw.
    Changed,
    NotPaid(PaymentFault),
}

/// The part of a purchase that one shop gets.
struct Share {
    shop: String,
    lines: Vec<OrderLine>,
    postage: Money,
    total: Money,
}

pub async fn place(marketplace: &Marketplace, purchase: &Purchase, now_ms: i64) -> Result<Placed, Error> {
    if let Some(orders) = already(marketplace, purchase).await? {
        return Ok(orders);
    }
    let pool = marketplace.database.read();
    let mut pieces = BTreeMap::new();
    for (id, _) in &purchase.lines {
        let mut connection = pool.acquire().await?;
        pieces.insert(id.clone(), products::get(&mut connection, id).await?);
    }
    if lacks_any(purchase, &pieces) {
        return Ok(Placed::Missing);
    }
    let shares = shares(marketplace, purchase, &pieces);
    if shares.is_empty() || totals(&shares) != purchase.seen {
        return Ok(Placed::Changed);
    }
    let mut held: Vec<(String, Money)> = Vec::new();
    for share in &shares {
        let charge = Charge {
            checkout_id: format!("{}-{}", purchase.checkout_id, share.shop),
            amount: share.total.clone(),
            try_refusal: purchase.try_refusal,
        };
        match marketplace.payment.hold(&charge).await {
            Ok(reference) => held.push((reference, share.total.clone())),
            Err(fault) => {
                let_go(marketplace, &held).await;
                return Ok(Placed::NotPaid(fault));
            }
        }
    }
    let references: Vec<String> = held.iter().map(|(reference, _)| reference.clone()).collect();
    match write(marketplace, purchase, &shares, &references, now_ms).await {
        Ok(Placed::Orders(orders)) => {
            take(marketplace, &references).await?;
            Ok(Placed::Orders(orders))
        }
        Ok(other) => {
            let_go(marketplace, &held).await;
            Ok(other)
        }
        // The same form was sent twice at once, and the other was faster: what is held is the other's.
        Err(error) if error.is_of_the_data() => match already(marketplace, purchase).await? {
            Some(orders) => Ok(orders),
            None => {
                let_go(marketplace, &held).await;
                Err(error)
            }
        },
        Err(error) => {
            let_go(marketplace, &held).await;
            Err(error)
        }
    }
}

async fn already(marketplace: &Marketplace, purchase: &Purchase) -> Result<Option<Placed>, Error> {
    let orders = orders::of_checkout(marketplace.database.read(), &purchase.checkout_id).await?;
    let states: Vec<OrderState> = orders.into_iter().map(|order| order.state).collect();
    Ok((!states.is_empty()).then_some(Placed::Orders(states)))
}

/// Whether a piece cannot be had in that number.
fn lacks_any(purchase: &Purchase, pieces: &BTreeMap<String, Option<Product>>) -> bool {
    purchase.lines.iter().any(|(id, quantity)| {
        let there = pieces.get(id).and_then(Option::as_ref);
        there.is_none_or(|product| !product.visible || product.on_hand < *quantity || *quantity < 1)
    })
}

/// What each shop gets, in the order of the shops' ids.
fn shares(
    marketplace: &Marketplace,
    purchase: &Purchase,
    pieces: &BTreeMap<String, Option<Product>>,
) -> Vec<Share> {
    let mut by_shop: BTreeMap<&str, Vec<OrderLine>> = BTreeMap::new();
    for (id, quantity) in &purchase.lines {
        let Some(Some(product)) = pieces.get(id) else {
            continue;
        };
        let Some(unit_price) = piece::price(&product.state) else {
            continue;
        };
        by_shop.entry(&product.shop_id).or_default().push(OrderLine {
            product_id: id.clone(),
            title: piece::text(&product.state, field::TITLE).to_owned(),
            sku: piece::text(&product.state, field::SKU).to_owned(),
            quantity: *quantity,
            unit_price,
            weight_g: piece::number(&product.state, field::WEIGHT_G).unwrap_or(0),
            photo: piece::photos(&product.state)
                .first()
                .map(|photo| photo.small.clone()),
        });
    }
    by_shop
        .into_iter()
        .filter_map(|(shop, lines)| {
            let currency = lines.first()?.unit_price.currency.clone();
            let postage = marketplace.terms.postage(&purchase.ship_to.country, &currency);
            let pieces = lines.iter().try_fold(0_i64, |sum, line| {
                sum.checked_add(line.unit_price.minor.checked_mul(line.quantity)?)
            })?;
            let money = |minor| Money {
                minor,
                currency: currency.clone(),
            };
            Some(Share {
                shop: shop.to_owned(),
                postage: money(postage),
                total: money(pieces.checked_add(postage)?),
                lines,
            })
        })
        .collect()
}

fn totals(shares: &[Share]) -> BTreeMap<String, i64> {
    let mut totals = BTreeMap::new();
    for share in shares {
        *totals.entry(share.total.currency.clone()).or_insert(0) += share.total.minor;
    }
    totals
}

async fn write(
    marketplace: &Marketplace,
    purchase: &Purchase,
    shares: &[Share],
    references: &[String],
    now_ms: i64,
) -> Result<Placed, Error> {
    let mut writing = Writing::begin(&marketplace.database).await?;
    for share in shares {
        writing.lock(&share.shop).await?;
    }
    // Under the locks everything is looked at once more: this is what counts.
    let mut pieces = BTreeMap::new();
    for (id, _) in &purchase.lines {
        pieces.insert(id.clone(), products::get(writing.connection(), id).await?);
    }
    if lacks_any(purchase, &pieces) {
        return Ok(Placed::Missing);
    }
    let again = self::shares(marketplace, purchase, &pieces);
    if totals(&again) != purchase.seen || again.len() != shares.len() {
        return Ok(Placed::Changed);
    }
    let mut placed = Vec::with_capacity(again.len());
    for (share, reference) in again.into_iter().zip(references) {
        placed.push(one(marketplace, &mut writing, purchase, share, reference, now_ms).await?);
    }
    baskets::clear(writing.connection(), &purchase.visitor).await?;
    writing.commit(&marketplace.hints).await?;
    Ok(Placed::Orders(placed))
}

async fn one(
    marketplace: &Marketplace,
    writing: &mut Writing,
    purchase: &Purchase,
    share: Share,
    reference: &str,
    now_ms: i64,
) -> Result<OrderState, Error> {
    let count = crate::records::shops::next_order(writing.connection(), &share.shop).await?;
    let state = OrderState {
        id: random::id(),
        number: format!("P-{count:04}"),
        status: OrderStatus::Placed,
        lines: share.lines,
        total: share.total,
        postage: share.postage,
        buyer_name: purchase.buyer_name.clone(),
        buyer_email: purchase.buyer_email.clone(),
        ship_to: purchase.ship_to.clone(),
        note: purchase.note.clone(),
        placed_ms: now_ms,
        ship_by_ms: now_ms + marketplace.terms.ship_by_days * DAY_MS,
        cancelled_reason: None,
        events: vec![OrderEvent {
            status: OrderStatus::Placed,
            at_ms: now_ms,
            by: "buyer".to_owned(),
        }],
        oversold: Vec::new(),
    };
    let placement = Placement {
        shop: &share.shop,
        checkout_id: &purchase.checkout_id,
        language: purchase.language,
    };
    orders::add(writing.connection(), &placement, &state).await?;
    writing.tell(&share.shop, kind::ORDER, &state.id, &state).await?;
    for line in &state.lines {
        let movement = Movement {
            id: random::id(),
            product_id: line.product_id.clone(),
            delta: -line.quantity,
            reason: Reason::Sold,
            order_id: Some(state.id.clone()),
            note: String::new(),
            at_ms: now_ms,
            by: "marketplace".to_owned(),
        };
        stock::add(writing, marketplace.profile, &share.shop, &movement).await?;
    }
    let provider = marketplace.payment.key();
    payments::add(
        writing.connection(),
        &state.id,
        provider,
        reference,
        &state.total,
        now_ms,
    )
    .await?;
    Ok(state)
}

async fn take(marketplace: &Marketplace, references: &[String]) -> Result<(), Error> {
    for reference in references {
        match marketplace.payment.take(reference).await {
            Ok(()) => payments::mark_paid(&marketplace.database, reference).await?,
            // It stays "held", which is how the one who settles finds it.
            Err(error) => tracing::error!(reference, %error, "what was held could not be taken"),
        }
    }
    Ok(())
}

async fn let_go(marketplace: &Marketplace, held: &[(String, Money)]) {
    for (reference, amount) in held {
        if let Err(error) = marketplace.payment.give_back(reference, amount).await {
            tracing::error!(reference, %error, "what was held could not be let go");
        }
    }
}
