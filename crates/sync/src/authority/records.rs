//! What the rules need to know.

use super::Answered;
use api::conflict::ConflictState;
use api::drop_off::DropOffState;
use api::order::{OrderState, ParcelState};
use api::product::ProductState;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Something that has not been read yet. Read it, and ask again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unread {
    Answered(String),
    /// The highest epoch that was seen of the sender.
    Epoch,
    /// Whether the sender used this number of this epoch.
    Sequence(u32, u64),
    Product(String),
    Order(String),
    /// Orders of this piece that are not with the post yet.
    OpenOrders(String),
    Parcel(String),
    DropOff(String),
    Movement(String),
    Conflict(String),
    /// Whether a parcel has this tracking number.
    Number(String),
    /// Whether the tracking number is in a lease of this laptop that was good at this time.
    Lease(String, String, i64),
    DropOffNumber(String),
}

pub type Known<T> = Result<T, Unread>;

/// A record by its id. Ids are everyone's; records are each shop's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found<T> {
    Here(T),
    /// Another shop's.
    Elsewhere,
    Nowhere,
}

impl<T> Found<T> {
    pub fn here(self) -> Option<T> {
        match self {
            Self::Here(record) => Some(record),
            Self::Elsewhere | Self::Nowhere => None,
        }
    }
}

/// Who wrote something last (by its stamp: a folder that was moved to another computer sends what the old one wrote),
/// and where in the feed that stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    pub position: u64,
    pub laptop: String,
}

/// A piece with what the feed does not tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    pub state: ProductState,
    pub on_hand: i64,
    /// By the name of the field, and by the hash of the photo.
    pub written: BTreeMap<String, Origin>,
}

/// Notes who wrote these parts of a piece, once their position is known.
pub fn mark(written: &mut BTreeMap<String, Origin>, marks: Vec<String>, position: u64, laptop: &str) {
    for mark in marks {
        let laptop = laptop.to_owned();
        written.insert(mark, Origin { position, laptop });
    }
}

/// The records of the sender's shop as they stand.
pub trait Records {
    fn answered(&self, intent_id: &str) -> Known<Option<&Answered>>;
    fn epoch(&self) -> Known<u32>;
    fn sequence_is_taken(&self, epoch: u32, seq: u64) -> Known<bool>;
    fn product(&self, id: &str) -> Known<Found<&Piece>>;
    fn order(&self, id: &str) -> Known<Found<&OrderState>>;
    /// Orders of this piece that are not with the post yet, the latest first.
    fn open_orders(&self, product_id: &str) -> Known<Vec<&OrderState>>;
    fn parcel(&self, id: &str) -> Known<Found<&ParcelState>>;
    fn drop_off(&self, id: &str) -> Known<Found<&DropOffState>>;
    fn movement_is_known(&self, id: &str) -> Known<bool>;
    fn conflict(&self, id: &str) -> Known<Option<&ConflictState>>;

    /// Whether it is a tracking number, written as such numbers are.
    fn is_number(&self, s10: &str) -> bool;
    fn number_is_taken(&self, s10: &str) -> Known<bool>;
    /// Whether it is in a lease of this laptop that was good when it was used.
    fn number_is_leased(&self, s10: &str, laptop: &str, used_ms: i64) -> Known<bool>;
    fn is_drop_off_number(&self, number: &str) -> bool;
    fn drop_off_number_is_taken(&self, number: &str) -> Known<bool>;
    fn is_service(&self, code: &str) -> bool;
    fn is_office(&self, code: &str) -> bool;
}
