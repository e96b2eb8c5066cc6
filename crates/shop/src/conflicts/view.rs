//! A conflict as a person sees it.

use crate::catalog::view::Price;
use serde::{Deserialize, Serialize};
use specta::Type;

/// A value in the form that it is shown in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum ConflictValue {
    Text(String),
    Price(Option<Price>),
    YesNo(bool),
}

/// Who wrote a value, and when by the marketplace's clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct ConflictSide {
    pub value: ConflictValue,
    pub at_ms: i64,
    /// The laptop's name, empty when it is not known.
    pub laptop: String,
    /// Whether this laptop wrote it.
    pub here: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Conflict {
    pub id: String,
    pub product_id: String,
    /// The piece's title as it stands.
    pub title: String,
    /// Hash of the small rendition of its first photo.
    pub photo: Option<String>,
    /// One of `api::conflict::FIELDS`.
    pub field: String,
    /// What stands now.
    pub kept: ConflictSide,
    pub lost: ConflictSide,
    /// Whether both values can stand side by side: texts.
    pub can_keep_both: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    Keep,
    TakeOther,
    Both,
}
