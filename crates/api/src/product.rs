//! Pieces for sale.

use crate::clock::Stamp;
use crate::photo::PhotoRef;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// The names of the fields of a piece, as they travel in `SetProduct` and in [`ProductState`].
///
/// Each field has one JSON shape: texts are strings; `price` is [`Money`]; `weight_g` and `hours` are
/// integers or null; `size_mm` is [`Size`] or null; `stock_mode` is [`StockMode`]; `published` and
/// `deleted` are booleans.
pub mod field {
    pub const SKU: &str = "sku";
    pub const TITLE: &str = "title";
    pub const STORY: &str = "story";
    pub const BRANCH: &str = "branch";
    pub const TECHNIQUE: &str = "technique";
    pub const MATERIALS: &str = "materials";
    pub const COMMUNITY: &str = "community";
    pub const PEOPLE: &str = "people";
    pub const MAKER: &str = "maker";
    pub const HOURS: &str = "hours";
    pub const CATEGORY: &str = "category";
    pub const PRICE: &str = "price";
    pub const WEIGHT_G: &str = "weight_g";
    pub const SIZE_MM: &str = "size_mm";
    pub const STOCK_MODE: &str = "stock_mode";
    pub const PUBLISHED: &str = "published";
    pub const DELETED: &str = "deleted";

    pub const ALL: [&str; 17] = [
        SKU, TITLE, STORY, BRANCH, TECHNIQUE, MATERIALS, COMMUNITY, PEOPLE, MAKER, HOURS, CATEGORY, PRICE,
        WEIGHT_G, SIZE_MM, STOCK_MODE, PUBLISHED, DELETED,
    ];
}

/// Branches of craft ("ramas artesanales"): the keys that travel; the words are in message files.
pub const BRANCHES: [&str; 18] = [
    "textiles",
    "wood",
    "candles",
    "metalwork",
    "goldwork",
    "jewellery",
    "huichol",
    "shell",
    "glass",
    "featherwork",
    "lacquer",
    "horn_bone",
    "plant_fibre",
    "paper",
    "leather",
    "stonework",
    "ceramics",
    "other",
];

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Money {
    pub minor: i64,
    /// ISO 4217.
    pub currency: String,
}

/// Outer size of the piece in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Size {
    pub length: i64,
    pub width: i64,
    pub height: i64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StockMode {
    /// One of a kind: sold means gone.
    Unique,
    #[default]
    Quantity,
}

/// A field's value with the stamp of the write that won.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Stamped {
    pub value: serde_json::Value,
    pub stamp: Stamp,
}

/// A photo of a piece and its place in the strip. Add wins over a remove that did not know of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PlacedPhoto {
    pub photo: PhotoRef,
    /// A fractional index: texts that sort; ties go by the photo's hash.
    pub place: String,
    pub stamp: Stamp,
    /// True when the last word on this photo was a removal.
    pub removed: bool,
}

/// The state of a piece in the feed (kind "product").
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ProductState {
    pub id: String,
    pub fields: BTreeMap<String, Stamped>,
    /// By the hash of the original.
    #[serde(default)]
    pub photos: BTreeMap<String, PlacedPhoto>,
}
