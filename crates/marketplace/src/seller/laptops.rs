//! The seller's laptops, each to be revoked with one button.

use super::sign_in;
use crate::clock::now_ms;
use crate::records::accounts::Kind;
use crate::records::{laptops, shops};
use crate::web::{Answer, Form, Page, PageFault, Visit};
use askama::Template;
use axum::extract::Path;

pub struct Row {
    pub id: String,
    pub name: String,
    pub signed_in: String,
    pub seen: String,
    pub revoked: Option<String>,
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    page: Page,
    shop: String,
    laptops: Vec<Row>,
}

pub async fn show(visit: Visit) -> Answer {
    let Some(shop) = visit
        .signed_in(Kind::Seller)
        .and_then(|account| account.shop_id.clone())
    else {
        return sign_in::ask(visit);
    };
    let page = visit.page().await?;
    let pool = visit.app.database.read();
    let shop = shops::get(pool, &shop).await?.ok_or(PageFault::NotFound)?;
    let laptops = laptops::of_shop(pool, &shop.id)
        .await?
        .into_iter()
        .map(|laptop| Row {
            signed_in: page.date_time(laptop.signed_in_ms),
            seen: page.date_time(laptop.seen_ms),
            revoked: laptop.revoked_ms.map(|at| page.date_time(at)),
            id: laptop.id,
            name: laptop.name,
        });
    let shown = AccountPage {
        laptops: laptops.collect(),
        shop: shop.name,
        page,
    };
    visit.html(&shown)
}

pub async fn revoke(Path(id): Path<String>, Form { visit, .. }: Form) -> Answer {
    let Some(shop) = visit
        .signed_in(Kind::Seller)
        .and_then(|account| account.shop_id.clone())
    else {
        return sign_in::ask(visit);
    };
    let mut tx = visit.app.database.begin().await?;
    laptops::revoke(&mut tx, &shop, &id, now_ms()).await?;
    tx.commit().await?;
    visit.go("/account")
}
