//! A piece as a card in a list.

use crate::records::products::{Listed, Wanted, list};
use crate::storefront::piece;
use crate::web::Page;
use api::product::field;
use sqlx::AnyPool;

/// How many cards a page of a list has.
pub const PER_PAGE: i64 = 24;

#[derive(Clone, Debug)]
pub struct Card {
    pub id: String,
    pub title: String,
    pub shop: String,
    pub price: String,
    /// Address of its picture.
    pub photo: Option<String>,
    pub alt: String,
    pub state: Availability,
}

/// Whether it can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// Unique, and there.
    Unique,
    /// So many are left.
    Left(i64),
    Many,
    /// Unique, and sold.
    Sold,
    Gone,
}

/// Fewer than this are counted on the page.
const FEW: i64 = 6;

impl Availability {
    pub fn of(unique: bool, on_hand: i64) -> Self {
        match (unique, on_hand) {
            (true, ..=0) => Self::Sold,
            (false, ..=0) => Self::Gone,
            (true, _) => Self::Unique,
            (false, left) if left < FEW => Self::Left(left),
            _ => Self::Many,
        }
    }

    pub fn can_be_had(&self) -> bool {
        !matches!(self, Self::Sold | Self::Gone)
    }

    /// In a list, that there is plenty goes without saying.
    pub fn is_worth_saying(&self) -> bool {
        !matches!(self, Self::Many)
    }

    /// The class of its badge.
    pub fn class(&self) -> &'static str {
        match self {
            Self::Unique => "is-unique",
            Self::Left(_) => "is-few",
            Self::Many => "is-many",
            Self::Sold | Self::Gone => "is-gone",
        }
    }

    pub fn words(&self, page: &Page) -> String {
        match self {
            Self::Unique => page.t("state-unique"),
            Self::Left(left) => page.tn("state-left", left),
            Self::Many => page.t("state-many"),
            Self::Sold => page.t("state-sold"),
            Self::Gone => page.t("state-gone"),
        }
    }
}

impl Card {
    pub fn of(page: &Page, listed: Listed) -> Self {
        let title = piece::text(&listed.state, field::TITLE).to_owned();
        let alt = piece::photos(&listed.state)
            .first()
            .map(|photo| photo.alt.clone())
            .filter(|alt| !alt.is_empty())
            .unwrap_or_else(|| title.clone());
        Self {
            price: page.money(listed.price_minor, &listed.currency),
            photo: listed.cover.map(|hash| format!("/photos/{hash}.jpg")),
            state: Availability::of(listed.unique_piece, listed.on_hand),
            id: listed.state.id,
            shop: listed.shop_name,
            title,
            alt,
        }
    }
}

/// Cards of a list from an offset on.
pub async fn cards(
    pool: &AnyPool,
    page: &Page,
    wanted: &Wanted<'_>,
    offset: i64,
    limit: i64,
) -> Result<Vec<Card>, crate::Error> {
    let listed = list(pool, wanted, offset, limit).await?;
    Ok(listed.into_iter().map(|listed| Card::of(page, listed)).collect())
}
