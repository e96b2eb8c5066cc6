//! What the marketplace tells a laptop.
//!
//! One dense position per shop, taken inside the transaction that writes, so that the order of
//! positions is the order of commits. An entry carries the whole resulting state: applying it twice,
//! or an older after a newer, is harmless. Only the newest entry of a record is kept, so reading from
//! the beginning gives each record once.

use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Kinds of records. A kind that a reader does not know is kept and given to a newer version later.
pub mod kind {
    pub const PRODUCT: &str = "product";
    pub const MOVEMENT: &str = "movement";
    pub const ORDER: &str = "order";
    pub const PARCEL: &str = "parcel";
    pub const DROP_OFF: &str = "drop_off";
    pub const CONFLICT: &str = "conflict";
}

/// `GET /feed`
#[derive(Clone, Debug, Default, Serialize, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FeedRequest {
    /// The cursor of the last page; absent to read from the beginning.
    pub after: Option<String>,
    pub limit: Option<u32>,
    /// The sum of all that the reader holds ([`crate::parity`]), as it stands at `after`.
    pub sum: Option<String>,
    /// Pieces and movements that the reader itself wrote last may come as [`FeedPage::own`]: it can tell by itself
    /// how they stand. Not for a reading from the beginning.
    pub brief: Option<bool>,
}

/// A record that the reader itself wrote last, without its state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OwnEntry {
    pub position: u64,
    pub kind: String,
    pub id: String,
    /// Of its state ([`crate::parity`]). A reader that holds something else asks for it with `POST /records`.
    pub digest: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Entry {
    pub position: u64,
    pub kind: String,
    pub id: String,
    pub state: serde_json::Value,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FeedPage {
    pub entries: Vec<Entry>,
    /// Entries of this page too, when the reader asked for `brief`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own: Vec<OwnEntry>,
    /// Opaque and authenticated; hand it back as `after`.
    pub cursor: String,
    /// Whether there is more right now.
    pub more: bool,
    pub server_ms: i64,
    /// The sum of all records ([`crate::parity`]) when this page reaches the end of the feed. A reader whose own sum is
    /// another one then has lost something on the way, and `GET /parity` finds it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sum: Option<String>,
}

impl FeedPage {
    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.own.is_empty()
    }

    /// The highest position in it.
    pub fn highest(&self) -> Option<u64> {
        let entries = self.entries.iter().map(|entry| entry.position);
        entries.chain(self.own.iter().map(|entry| entry.position)).max()
    }
}

/// The data of a `position` event of `GET /events`: a hint that the feed has moved, never the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Hint {
    pub position: u64,
}
