//! The basket.

use super::card::Availability;
use super::piece;
use super::product::MOST_AT_ONCE;
use crate::clock::{DAY_MS, now_ms};
use crate::records::{baskets, photos, products, shops};
use crate::web::{Answer, Form, Page, Visit};
use api::product::{Money, field};
use askama::Template;
use std::collections::BTreeMap;

/// One piece in the basket.
pub struct Line {
    pub id: String,
    pub title: String,
    pub shop: String,
    pub shop_id: String,
    pub photo: Option<String>,
    pub quantity: i64,
    pub most: i64,
    pub price: Money,
    pub price_words: String,
    pub sum_words: String,
    /// Whether so many can be had.
    pub is_there: bool,
    pub state: Availability,
}

/// What is in the basket and what it comes to.
pub struct Contents {
    pub lines: Vec<Line>,
    /// By currency, without postage.
    pub totals: BTreeMap<String, i64>,
}

impl Contents {
    pub fn can_be_bought(&self) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(|line| line.is_there)
    }

    /// How many shops send something.
    pub fn shops(&self) -> usize {
        let mut shops: Vec<&str> = self.lines.iter().map(|line| line.shop_id.as_str()).collect();
        shops.sort_unstable();
        shops.dedup();
        shops.len()
    }

    pub fn totals_words(&self, page: &Page) -> Vec<String> {
        self.totals
            .iter()
            .map(|(currency, minor)| page.money(*minor, currency))
            .collect()
    }
}

/// Different pieces in one basket.
const PIECES: usize = 40;
const FORGET_AFTER_DAYS: i64 = 60;

pub async fn contents(visit: &Visit, page: &Page) -> Result<Contents, crate::Error> {
    let pool = visit.app.database.read();
    let mut contents = Contents {
        lines: Vec::new(),
        totals: BTreeMap::new(),
    };
    for (id, quantity) in baskets::lines(pool, &visit.basket()).await? {
        let mut connection = pool.acquire().await?;
        let Some(product) = products::get(&mut connection, &id).await? else {
            continue;
        };
        drop(connection);
        let Some(price) = piece::price(&product.state) else {
            continue;
        };
        let shop = shops::get(pool, &product.shop_id).await?;
        let photo = match piece::photos(&product.state).first() {
            Some(photo) if photos::is_whole(pool, &photo.small).await? => {
                Some(format!("/photos/{}.jpg", photo.small))
            }
            _ => None,
        };
        let is_there = product.visible && product.on_hand >= quantity;
        let sum = price.minor.saturating_mul(quantity);
        if is_there {
            *contents.totals.entry(price.currency.clone()).or_insert(0) += sum;
        }
        contents.lines.push(Line {
            title: piece::text(&product.state, field::TITLE).to_owned(),
            shop: shop.map(|shop| shop.name).unwrap_or_default(),
            shop_id: product.shop_id,
            photo,
            quantity,
            most: product.on_hand.clamp(1, MOST_AT_ONCE),
            price_words: page.money(price.minor, &price.currency),
            sum_words: page.money(sum, &price.currency),
            price,
            is_there,
            state: Availability::of(
                piece::is_unique(&product.state),
                if product.visible { product.on_hand } else { 0 },
            ),
            id,
        });
    }
    Ok(contents)
}

#[derive(Template)]
#[template(path = "basket.html")]
struct BasketPage {
    page: Page,
    contents: Contents,
    totals: Vec<String>,
}

pub async fn show(visit: Visit) -> Answer {
    let page = visit.page().await?;
    let contents = contents(&visit, &page).await?;
    let totals = contents.totals_words(&page);
    visit.html(&BasketPage {
        page,
        contents,
        totals,
    })
}

/// Puts a piece in, changes how many, or takes it out.
pub async fn change(Form { visit, fields }: Form) -> Answer {
    let now = now_ms();
    let id = fields.get("piece").to_owned();
    let basket = visit.basket();
    let mut tx = visit.app.database.begin().await?;
    if let Some(product) = products::get(&mut tx, &id).await? {
        let lines = baskets::lines(visit.app.database.read(), &basket).await?;
        let wanted: i64 = fields.get("quantity").parse().unwrap_or(1);
        let most = product.on_hand.clamp(1, MOST_AT_ONCE);
        let there = lines
            .iter()
            .find(|(line, _)| *line == id)
            .map(|(_, quantity)| *quantity);
        let quantity = match fields.get("do") {
            "remove" => 0,
            "set" => wanted.clamp(0, most),
            _ if there.is_none() && lines.len() >= PIECES => 0,
            _ => there.unwrap_or(0).saturating_add(wanted.clamp(1, most)).min(most),
        };
        baskets::forget_before(&mut tx, now - FORGET_AFTER_DAYS * DAY_MS).await?;
        baskets::set(&mut tx, &basket, &id, quantity, now).await?;
        tx.commit().await?;
    } else {
        drop(tx);
    }
    visit.go("/basket")
}
