//! Hybrid logical clock stamps, which order the writes of several laptops.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A stamp: corrected UTC milliseconds, a counter for writes within one millisecond, and the laptop.
/// Ordered by those three in turn, so that two laptops never tie.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct Stamp {
    pub ms: i64,
    #[serde(default)]
    pub n: u32,
    pub laptop: String,
}
