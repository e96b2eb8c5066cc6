//! The ledger as a person sees it.

use api::stock::Reason;
use serde::{Deserialize, Serialize};
use specta::Type;

/// Reasons that a person can give; the others are the marketplace's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum MoveReason {
    Made,
    SoldElsewhere,
    Fair,
    Damaged,
    Returned,
}

impl From<MoveReason> for Reason {
    fn from(reason: MoveReason) -> Self {
        match reason {
            MoveReason::Made => Self::Made,
            MoveReason::SoldElsewhere => Self::SoldElsewhere,
            MoveReason::Fair => Self::Fair,
            MoveReason::Damaged => Self::Damaged,
            MoveReason::Returned => Self::Returned,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct StockLine {
    pub id: String,
    pub delta: i64,
    /// The key of `api::stock::Reason`: "made", "sold", "counted" …
    pub reason: String,
    pub note: String,
    pub order_id: Option<String>,
    pub at_ms: i64,
    /// On hand after it.
    pub balance: i64,
}

/// A piece that was sold more often than there were of it. Nothing is taken back by itself: the person calls a buyer,
/// makes another one, or cancels an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Oversold {
    pub product_id: String,
    pub title: String,
    /// Hash of the small rendition of its first photo.
    pub photo: Option<String>,
    /// How many are lacking.
    pub lacking: i64,
    /// The sales that cannot all be kept, the newest first.
    pub sales: Vec<OversoldSale>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OversoldSale {
    pub at_ms: i64,
    pub quantity: i64,
    /// The key of `api::stock::Reason`: "sold" for an order, else "fair" or "sold_elsewhere".
    pub reason: String,
    /// Of a sale on the marketplace.
    pub order_id: Option<String>,
    pub order_number: String,
    pub buyer_name: String,
    /// Whether the order can still be cancelled.
    pub open: bool,
    /// The name of the laptop on which it was written down, empty for the marketplace's own and unknown ones.
    pub laptop: String,
    pub here: bool,
}
