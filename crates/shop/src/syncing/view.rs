//! The state of the network, for words in a corner.

use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SyncPhase {
    /// No marketplace is joined: everything stays on this laptop.
    SignedOut,
    Idle,
    Sending,
    Receiving,
    SendingPhotos,
    /// Everything was carried, but the two sides do not hold the same yet: they are compared again by themselves.
    Comparing,
    /// Nothing answers; everything is saved here and goes out later.
    Offline,
    /// Something answers that is no marketplace, or one that is out of order.
    Troubled,
    /// This laptop was revoked.
    Revoked,
    Paused,
}

/// Something that the marketplace said no to, with a way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct RefusedChange {
    pub id: String,
    pub verb: String,
    pub subject: String,
    /// The piece's title or the order's number.
    pub title: String,
    /// One of `api::intent::refusal`.
    pub code: String,
    pub at_ms: i64,
}

/// An order that the marketplace told of once and does not know any more: it was put back to an earlier day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LostOrder {
    pub id: String,
    pub number: String,
    pub buyer_name: String,
    pub placed_ms: i64,
    /// The tracking number of its parcel, if it has one.
    pub s10: Option<String>,
    /// Whether the parcel was handed in.
    pub gone_out: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SyncState {
    pub phase: SyncPhase,
    /// Changes that the marketplace does not have yet.
    pub waiting: u32,
    pub photos_waiting: u32,
    pub photos_sent: u32,
    pub bytes_waiting: i64,
    /// Bytes of photos that may go out in a day; none when there is no cap.
    pub cap_bytes: Option<i64>,
    /// Bytes of photos that went out since midnight.
    pub today_bytes: i64,
    /// Photos wait for tomorrow because of the cap.
    pub capped: bool,
    pub refused: Vec<RefusedChange>,
    /// Orders that only this shop knows of any more.
    pub lost_orders: Vec<LostOrder>,
    /// Values that wait for a person's word ([`crate::Shop::conflict_list`]).
    pub conflicts: u32,
    /// Pieces that were sold more often than there were ([`crate::Shop::oversold_list`]).
    pub oversold: u32,
    /// When the oldest change that waits was made.
    pub waiting_since_ms: Option<i64>,
    /// Bytes that travelled today, words and photos, both ways: heads and bodies of requests and answers, as far as HTTP
    /// counts. What the network puts around them is not in it.
    pub used_today_bytes: i64,
    /// When everything was last agreed.
    pub last_ms: Option<i64>,
    /// When it tries again by itself.
    pub next_ms: Option<i64>,
}
