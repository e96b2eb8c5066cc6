//! Orders as a person sees them.

use crate::catalog::view::Price;
use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum OrderStep {
    Placed,
    Accepted,
    Packed,
    Labelled,
    HandedIn,
    Shipped,
    Delivered,
    Cancelled,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum OrderFilter {
    /// Those that need the seller.
    #[default]
    Open,
    OnTheWay,
    Done,
    All,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OrderCard {
    pub id: String,
    pub number: String,
    pub buyer_name: String,
    /// "Olla de barro bruñido" or the first of several.
    pub title: String,
    pub pieces: i64,
    pub total: Price,
    pub step: OrderStep,
    pub city: String,
    /// ISO 3166-1 alpha-2, and its name in the shop's language.
    pub country: String,
    pub country_name: String,
    pub abroad: bool,
    pub photo: Option<String>,
    pub placed_ms: i64,
    pub ship_by_ms: i64,
    pub new: bool,
    pub oversold: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OrderPage {
    pub items: Vec<OrderCard>,
    pub open: u32,
    pub on_the_way: u32,
    pub done: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OrderLineView {
    pub product_id: String,
    pub title: String,
    pub sku: String,
    pub quantity: i64,
    pub unit_price: Price,
    pub weight_g: i64,
    pub photo: Option<String>,
    pub oversold: bool,
}

/// A step of the parcel's way, newest last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct WayStep {
    pub at_ms: i64,
    /// EMSEVT code or "X_REFUSED".
    pub code: String,
    pub place: String,
    pub reason: Option<String>,
}

/// What the label will look like, drawn from the same data as the paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LabelPreview {
    pub operator: String,
    pub service: String,
    pub weight_g: i64,
    pub sender: Vec<String>,
    pub addressee: Vec<String>,
    /// "RR 473 124 829 MX", or none while no number is taken.
    pub number: Option<String>,
    /// Widths of bars and spaces in modules, bar first; empty without a number.
    pub bars: Vec<u8>,
    pub office: String,
}

/// A service that fits this order, with what it costs if the post publishes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ServiceChoice {
    pub key: String,
    pub name: String,
    pub estimate: Option<Price>,
    pub recommended: bool,
}

/// What the post offers for a weight: services, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ServiceOffer {
    pub services: Vec<ServiceChoice>,
    /// A fault's code.
    pub no_service: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OrderView {
    pub id: String,
    pub number: String,
    pub step: OrderStep,
    pub lines: Vec<OrderLineView>,
    pub total: Price,
    pub postage: Price,
    pub buyer_name: String,
    pub buyer_email: String,
    pub buyer_phone: String,
    /// The addressee's lines as the post wants them.
    pub ship_to: Vec<String>,
    pub abroad: bool,
    pub country_name: String,
    pub note: String,
    pub placed_ms: i64,
    pub ship_by_ms: i64,
    pub cancelled_reason: Option<String>,
    /// A command that waits for the network.
    pub waiting: bool,
    /// A command that the marketplace refused.
    pub refused: Option<String>,
    /// Grams of all pieces and the packing.
    pub weight_g: i64,
    pub services: Vec<ServiceChoice>,
    /// Why no service fits: a code of `shop::fault::Code`.
    pub no_service: Option<String>,
    pub office_name: String,
    pub office_code: String,
    pub parcel_id: Option<String>,
    pub s10: Option<String>,
    pub drop_off_id: Option<String>,
    pub way: Vec<WayStep>,
    pub label: LabelPreview,
}
