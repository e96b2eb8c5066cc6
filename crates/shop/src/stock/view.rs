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
