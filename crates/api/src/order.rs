//! Orders and parcels. The marketplace decides; a laptop sends commands.

use crate::place::Address;
use crate::product::Money;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Only ever moves forward (`sync::orders` has the machine).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// Paid by the buyer; waits for the seller.
    Placed,
    Accepted,
    Packed,
    /// Every parcel has its number and its label.
    Labelled,
    /// In a drop-off that is closed.
    HandedIn,
    /// The post has it.
    Shipped,
    Delivered,
    Cancelled,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderLine {
    pub product_id: String,
    /// As it was when it was bought.
    pub title: String,
    pub sku: String,
    pub quantity: i64,
    pub unit_price: Money,
    pub weight_g: i64,
    /// Hash of the small rendition, when the piece had a photo.
    pub photo: Option<String>,
}

/// The state of an order in the feed (kind "order").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderState {
    pub id: String,
    /// Short, for people: "P-0087".
    pub number: String,
    pub status: OrderStatus,
    pub lines: Vec<OrderLine>,
    pub total: Money,
    pub postage: Money,
    pub buyer_name: String,
    pub buyer_email: String,
    pub ship_to: Address,
    #[serde(default)]
    pub note: String,
    pub placed_ms: i64,
    /// When it should be at the post.
    pub ship_by_ms: i64,
    pub cancelled_reason: Option<String>,
    pub events: Vec<OrderEvent>,
    /// Products that were sold more often than there were pieces.
    #[serde(default)]
    pub oversold: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrderEvent {
    pub status: OrderStatus,
    pub at_ms: i64,
    /// A laptop's id, "buyer", "post" or "marketplace".
    pub by: String,
}

/// What a laptop says of a parcel it packed and numbered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Parcel {
    pub id: String,
    pub order_id: String,
    /// UPU S10, 13 letters and digits without spaces.
    pub s10: String,
    /// The key of the service in the operator's profile.
    pub service: String,
    pub weight_g: i64,
}

/// The state of a parcel in the feed (kind "parcel"): events are a set, the state is their fold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ParcelState {
    #[serde(flatten)]
    pub parcel: Parcel,
    /// Set while it is in a drop-off.
    pub drop_off_id: Option<String>,
    pub events: Vec<ParcelEvent>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct ParcelEvent {
    pub at_ms: i64,
    /// EMSEVT V3 (UPU M40) where there is one: "EMA" accepted, "EMI" delivered; "X_REFUSED" when a
    /// counter refused it.
    pub code: String,
    /// Where, in words: the office's name.
    pub place: String,
    /// Why, when it was refused.
    #[serde(default)]
    pub reason: Option<String>,
}
