//! Blocks of tracking numbers, so that a laptop can number parcels without a network.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// `POST /leases`. The id makes it idempotent: asked again, the same lease is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LeaseRequest {
    pub id: String,
    /// Two letters, UPU S10-12: "RR", "CP".
    pub indicator: String,
    pub count: u32,
}

/// Serial numbers `first..end` of one indicator, for one laptop only. The check digit is computed
/// where the number is used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Lease {
    pub id: String,
    pub indicator: String,
    /// Issuing country, the last two letters of the S10.
    pub country: String,
    pub first: u32,
    pub end: u32,
    pub laptop_id: String,
    pub issued_ms: i64,
    /// Numbers that are not used by then may not be used any more.
    pub expires_ms: i64,
}
