//! The page of a piece: its photos, its story, its craft card.

use super::card::{Availability, Card, cards};
use super::piece;
use crate::records::products::Wanted;
use crate::records::{photos, products, shops};
use crate::web::{Answer, Page, PageFault, Visit};
use crate::words;
use api::product::{ProductState, field};
use askama::Template;
use axum::extract::Path;

pub struct Photo {
    pub large: String,
    pub small: String,
    pub alt: String,
    pub width: u32,
    pub height: u32,
}

/// A line of the craft card.
pub struct CraftLine {
    pub label: String,
    pub value: String,
}

#[derive(Template)]
#[template(path = "piece.html")]
struct PiecePage {
    page: Page,
    id: String,
    title: String,
    price: String,
    story: Vec<String>,
    branch_key: String,
    branch_name: String,
    photos: Vec<Photo>,
    craft: Vec<CraftLine>,
    shop: String,
    place: String,
    state: Availability,
    /// What can be chosen in the field for the number.
    most: i64,
    others: Vec<Card>,
}

/// So many of one piece at once.
pub const MOST_AT_ONCE: i64 = 20;

pub async fn show(visit: Visit, Path(id): Path<String>) -> Answer {
    let pool = visit.app.database.read();
    let mut connection = pool.acquire().await?;
    let product = products::get(&mut connection, &id).await?;
    drop(connection);
    let product = product
        .filter(|product| product.visible)
        .ok_or(PageFault::NotFound)?;
    let shop = shops::get(pool, &product.shop_id)
        .await?
        .ok_or(PageFault::NotFound)?;
    let page = visit.page().await?;
    let state = &product.state;
    let title = piece::text(state, field::TITLE).to_owned();
    let branch_key = piece::text(state, field::BRANCH).to_owned();
    let mut others = Vec::new();
    if !branch_key.is_empty() {
        let wanted = Wanted {
            branch: &branch_key,
            ..Wanted::default()
        };
        others = cards(pool, &page, &wanted, 0, 5).await?;
        others.retain(|card| card.id != id);
        others.truncate(4);
    }
    let price = piece::price(state).map(|price| page.money(price.minor, &price.currency));
    let place = [&shop.address.city, &shop.address.region];
    let place: Vec<&str> = place
        .into_iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    let shown = PiecePage {
        id,
        price: price.unwrap_or_default(),
        story: paragraphs(piece::text(state, field::STORY)),
        branch_name: words::branch(page.language, &branch_key),
        branch_key,
        photos: photos_that_came(&visit, state, &title).await?,
        craft: craft_card(&page, state),
        shop: shop.name,
        place: place.join(", "),
        state: Availability::of(piece::is_unique(state), product.on_hand),
        most: product.on_hand.clamp(1, MOST_AT_ONCE),
        others,
        title,
        page,
    };
    visit.html(&shown)
}

fn paragraphs(story: &str) -> Vec<String> {
    story
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Text travels before photos: only those whose bytes have come are shown.
async fn photos_that_came(
    visit: &Visit,
    state: &ProductState,
    title: &str,
) -> Result<Vec<Photo>, crate::Error> {
    let pool = visit.app.database.read();
    let mut came = Vec::new();
    for photo in piece::photos(state) {
        let large = photos::is_whole(pool, &photo.large).await?;
        let small = photos::is_whole(pool, &photo.small).await?;
        let (large, small) = match (large, small) {
            (true, true) => (&photo.large, &photo.small),
            (true, false) => (&photo.large, &photo.large),
            (false, true) => (&photo.small, &photo.small),
            (false, false) => continue,
        };
        came.push(Photo {
            large: format!("/photos/{large}.jpg"),
            small: format!("/photos/{small}.jpg"),
            alt: if photo.alt.is_empty() {
                title.to_owned()
            } else {
                photo.alt.clone()
            },
            width: photo.width,
            height: photo.height,
        });
    }
    Ok(came)
}

fn craft_card(page: &Page, state: &ProductState) -> Vec<CraftLine> {
    let mut lines = Vec::new();
    let mut say = |key: &str, value: String| {
        if !value.is_empty() {
            lines.push(CraftLine {
                label: page.t(key),
                value,
            });
        }
    };
    say(
        "craft-branch",
        words::branch(page.language, piece::text(state, field::BRANCH)),
    );
    for (key, name) in [
        ("craft-technique", field::TECHNIQUE),
        ("craft-materials", field::MATERIALS),
        ("craft-community", field::COMMUNITY),
        ("craft-people", field::PEOPLE),
        ("craft-maker", field::MAKER),
    ] {
        say(key, piece::text(state, name).to_owned());
    }
    if let Some(hours) = piece::number(state, field::HOURS).filter(|hours| *hours > 0) {
        say("craft-hours", page.tn("craft-hours-value", hours));
    }
    if let Some(size) = piece::size(state) {
        let sides = [size.length, size.width, size.height];
        let sides: Vec<String> = sides
            .into_iter()
            .filter(|side| *side > 0)
            .map(|side| centimetres(page, side))
            .collect();
        if !sides.is_empty() {
            say("craft-size", format!("{}\u{a0}cm", sides.join(" × ")));
        }
    }
    if let Some(weight) = piece::number(state, field::WEIGHT_G).filter(|weight| *weight > 0) {
        say("craft-weight", messages::weight(page.language, weight));
    }
    lines
}

/// Millimetres as centimetres, with one decimal where it is needed.
fn centimetres(page: &Page, mm: i64) -> String {
    let mark = if page.language == messages::Language::Fr {
        ','
    } else {
        '.'
    };
    if mm % 10 == 0 {
        (mm / 10).to_string()
    } else {
        format!("{}{mark}{}", mm / 10, mm % 10)
    }
}
