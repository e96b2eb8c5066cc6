//! Two laptops wrote the same field, and the later did not know of the earlier.

use crate::product::{Stamped, field};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Fields of a piece whose losing value is worth a person's look. In all others the later write stands, and that is
/// all.
pub const FIELDS: [&str; 5] = [
    field::PRICE,
    field::PUBLISHED,
    field::TITLE,
    field::STORY,
    field::DELETED,
];

/// The state of a conflict in the feed (kind "conflict"). A piece's field has at most one: a later conflict takes the
/// place of an earlier one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ConflictState {
    /// [`id`] of the piece and the field.
    pub id: String,
    pub product_id: String,
    pub field: String,
    /// What stands.
    pub kept: Stamped,
    /// What would be gone.
    pub lost: Stamped,
    pub at_ms: i64,
    /// When a person had looked at it, on whichever laptop.
    pub settled_ms: Option<i64>,
}

/// The id of the conflict of a piece's field.
pub fn id(product_id: &str, field: &str) -> String {
    format!("{product_id}-{field}")
}
