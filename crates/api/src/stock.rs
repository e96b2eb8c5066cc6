//! Stock is a ledger: a number is never overwritten, movements are added up.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Made, or found when the piece was first written down.
    Made,
    /// Sold here; written by the marketplace, with the order.
    Sold,
    /// Sold or given away outside the marketplace.
    SoldElsewhere,
    Fair,
    Damaged,
    Returned,
    /// The difference that a count found.
    Counted,
    /// An order was cancelled: its pieces are back.
    Restocked,
}

/// A movement (kind "movement" in the feed). Union by id; on hand is the sum of the deltas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Movement {
    pub id: String,
    pub product_id: String,
    pub delta: i64,
    pub reason: Reason,
    pub order_id: Option<String>,
    #[serde(default)]
    pub note: String,
    pub at_ms: i64,
    /// The laptop, or "marketplace".
    pub by: String,
}
