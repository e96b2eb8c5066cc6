//! What a seller leaves at an office in one visit.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Closed on the laptop and immutable from then on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DropOff {
    pub id: String,
    /// `postal::drop_off_number`, printed as a barcode.
    pub number: String,
    /// The post's code of the office.
    pub office: String,
    pub parcel_ids: Vec<String>,
    pub closed_ms: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DropOffStatus {
    Closed,
    /// The seller says that it lies at the office.
    Left,
    Accepted,
    PartlyAccepted,
    Refused,
}

/// The state of a drop-off in the feed (kind "drop_off").
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DropOffState {
    #[serde(flatten)]
    pub drop_off: DropOff,
    pub status: DropOffStatus,
    pub left_ms: Option<i64>,
    pub decided_ms: Option<i64>,
    /// The clerk's office.
    pub decided_at: Option<String>,
}
