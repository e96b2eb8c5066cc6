//! What needs the seller now.

use crate::catalog::view::Price;
use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    AcceptOrder,
    PackOrder,
    LabelOrder,
    HandInParcels,
    LeaveDropOff,
    ParcelRefused,
    Oversold,
    /// Sold twice, and no open order tells of it.
    SoldTwice,
    /// Two laptops wrote the same thing.
    Conflict,
    ChangeRefused,
    NoPrice,
    NoPhoto,
    ReadyToPublish,
}

/// One thing to do, most urgent first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Task {
    pub kind: TaskKind,
    /// The order's, product's or drop-off's id.
    pub subject: String,
    /// The piece's title or the office's name.
    pub title: String,
    pub person: String,
    pub place: String,
    pub count: i64,
    pub abroad: bool,
    pub photo: Option<String>,
    pub due_ms: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct DaySales {
    /// Midnight of the day where the laptop is.
    pub day_ms: i64,
    pub minor: i64,
    pub pieces: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct OnTheWay {
    pub order_id: String,
    pub order_number: String,
    pub buyer_name: String,
    pub city: String,
    pub country_name: String,
    /// EMSEVT code of the newest event, or "X_REFUSED".
    pub code: String,
    pub place: String,
    pub at_ms: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Today {
    pub seller_name: String,
    pub tasks: Vec<Task>,
    /// Tasks beyond those listed.
    pub more: u32,
    /// The seven days that end today.
    pub week: Vec<DaySales>,
    pub sold: Price,
    pub pieces: i64,
    /// The seven days before.
    pub sold_before: Price,
    pub on_the_way: Vec<OnTheWay>,
    pub products: u32,
}
