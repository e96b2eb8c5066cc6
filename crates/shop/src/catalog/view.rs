//! Pieces as a person sees them.

use api::product::{Money, Size, StockMode};
use serde::{Deserialize, Serialize};
use specta::Type;

/// `api::product::Money` for the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Price {
    pub minor: i64,
    pub currency: String,
}

impl From<Price> for Money {
    fn from(price: Price) -> Self {
        Self {
            minor: price.minor,
            currency: price.currency,
        }
    }
}

/// Millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Dimensions {
    pub length: i64,
    pub width: i64,
    pub height: i64,
}

impl From<Dimensions> for Size {
    fn from(size: Dimensions) -> Self {
        Self {
            length: size.length,
            width: size.width,
            height: size.height,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StockKind {
    Unique,
    Quantity,
}

impl From<StockKind> for StockMode {
    fn from(kind: StockKind) -> Self {
        match kind {
            StockKind::Unique => Self::Unique,
            StockKind::Quantity => Self::Quantity,
        }
    }
}

/// Where a piece stands, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ProductStatus {
    Draft,
    OnSale,
    /// On sale and none left, or a unique piece that is sold.
    SoldOut,
    Withdrawn,
}

/// What a piece lacks before it can be put up for sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    Title,
    Price,
    Photo,
    Stock,
    Weight,
}

impl Missing {
    pub fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Price => "price",
            Self::Photo => "photo",
            Self::Stock => "stock",
            Self::Weight => "weight",
        }
    }
}

/// A photo in the strip. The bytes come from `photo://localhost/small/{small}` and `/large/{large}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct StripPhoto {
    pub hash: String,
    pub large: String,
    pub small: String,
    pub alt: String,
    /// Whether the marketplace has it.
    pub sent: bool,
    /// What would make it better, most important first; empty for one that is fine or was not measured here.
    pub advice: Vec<PhotoAdvice>,
    /// A look other than the one that does nothing.
    pub edited: bool,
    /// Its original is on this laptop.
    pub editable: bool,
    /// Which of the shots it is, or "".
    pub shot: String,
}

/// Something about a photo that costs sales.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PhotoAdvice {
    /// `photo_blurred`, `photo_too_dark`, ...
    pub code: String,
    /// Marketplaces that refuse a first photo for it: `amazon_handmade`, ...
    pub refused_by: Vec<String>,
}

/// A piece with everything that the editor shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct Product {
    pub id: String,
    pub sku: String,
    pub title: String,
    pub story: String,
    /// A key of `api::product::BRANCHES`, or "".
    pub branch: String,
    pub technique: String,
    pub materials: String,
    pub community: String,
    pub people: String,
    pub maker: String,
    pub category: String,
    pub hours: Option<i64>,
    pub price: Option<Price>,
    pub weight_g: Option<i64>,
    pub size_mm: Option<Dimensions>,
    pub stock_kind: StockKind,
    pub on_hand: i64,
    /// Bought and not yet handed in.
    pub reserved: i64,
    pub status: ProductStatus,
    pub deleted: bool,
    pub photos: Vec<StripPhoto>,
    /// What it lacks; empty when it can be put up for sale. `Weight` alone never stops a piece.
    pub missing: Vec<Missing>,
    /// Changes that wait for the network.
    pub waiting: bool,
    /// The marketplace said no to a change; the code is one of `api::intent::refusal`.
    pub refused: Option<String>,
    pub created_ms: i64,
    pub changed_ms: i64,
}

/// One change of the editor; a list of them is one transaction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
#[serde(tag = "field", content = "value", rename_all = "snake_case")]
pub enum FieldChange {
    Sku(String),
    Title(String),
    Story(String),
    Branch(String),
    Technique(String),
    Materials(String),
    Community(String),
    People(String),
    Maker(String),
    Category(String),
    Hours(Option<i64>),
    Price(Option<Price>),
    WeightG(Option<i64>),
    SizeMm(Option<Dimensions>),
    StockKind(StockKind),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ProductFilter {
    #[default]
    All,
    OnSale,
    Drafts,
    Unique,
    SoldOut,
    Withdrawn,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ProductQuery {
    /// What was typed so far; accents do not matter.
    pub text: String,
    pub filter: ProductFilter,
    pub offset: u32,
    /// At most 200.
    pub limit: u32,
}

/// A piece in the grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ProductCard {
    pub id: String,
    pub title: String,
    pub sku: String,
    pub price: Option<Price>,
    pub status: ProductStatus,
    pub stock_kind: StockKind,
    pub on_hand: i64,
    /// Small rendition of the first photo.
    pub photo: Option<String>,
    pub missing: Vec<Missing>,
    pub refused: bool,
}

/// How many pieces each filter shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct FilterCounts {
    pub all: u32,
    pub on_sale: u32,
    pub drafts: u32,
    pub unique: u32,
    pub sold_out: u32,
    pub withdrawn: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ProductPage {
    pub items: Vec<ProductCard>,
    pub total: u32,
    pub counts: FilterCounts,
}

/// What this shop wrote before, for completing as one types.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Suggestions {
    pub techniques: Vec<String>,
    pub materials: Vec<String>,
    pub communities: Vec<String>,
    pub people: Vec<String>,
    pub makers: Vec<String>,
    pub categories: Vec<String>,
}

/// A price from its two columns.
pub(crate) fn price(minor: Option<i64>, currency: Option<String>) -> Option<Price> {
    minor
        .zip(currency)
        .map(|(minor, currency)| Price { minor, currency })
}

/// A stock kind from its column.
pub(crate) fn stock_kind(mode: &str) -> StockKind {
    if mode == "unique" {
        StockKind::Unique
    } else {
        StockKind::Quantity
    }
}

impl From<&Money> for Price {
    fn from(money: &Money) -> Self {
        Self {
            minor: money.minor,
            currency: money.currency.clone(),
        }
    }
}
