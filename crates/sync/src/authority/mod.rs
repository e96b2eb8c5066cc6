//! The marketplace's rules: what becomes of an intent. Facts in; a verdict, and what is to be written, out.
//!
//! [`receive`] is one intent from its arrival to its answer. It asks [`Records`] for what it needs to know; whoever
//! keeps the records in a database answers [`Unread`] for what it has not read yet, reads it and asks again, all under
//! the shop's lock, so that what is decided still holds when it is written. What is written is carried out in the order
//! in which it is given: each state takes the next position of the shop's feed.

mod answer;
mod catalog;
mod conflicts;
mod draft;
mod drop_offs;
mod orders;
mod parcels;
mod photos;
mod records;
mod stock;

pub use answer::{Answered, Received, receive};
pub use catalog::is_hash;
pub use records::{Found, Known, Origin, Piece, Records, Unread, mark};
pub use stock::add as add_movement;

pub use draft::{Draft, advance};

use api::conflict::ConflictState;
use api::drop_off::DropOffState;
use api::intent::refusal;
use api::order::{OrderState, ParcelState};
use api::product::ProductState;
use api::stock::Movement;
use std::collections::BTreeMap;

/// Which laptop of the shop speaks, and when.
#[derive(Clone, Copy)]
pub struct Sender<'a> {
    pub laptop: &'a str,
    /// The marketplace's time.
    pub now_ms: i64,
    /// Makes the id of a record that only the marketplace writes.
    pub new_id: &'a (dyn Fn() -> String + Sync),
}

/// What one intent came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Applied,
    /// What it asks for has long happened.
    Behind,
    Refused {
        code: &'static str,
        /// Kind and id of the record that shows how things stand.
        present: Option<(&'static str, String)>,
    },
    /// Not yet: nothing is written down of it.
    Deferred {
        code: &'static str,
    },
}

impl Verdict {
    fn refused(code: &'static str) -> Self {
        Self::Refused { code, present: None }
    }

    fn refused_by(code: &'static str, kind: &'static str, id: &str) -> Self {
        Self::Refused {
            code,
            present: Some((kind, id.to_owned())),
        }
    }

    fn invalid() -> Self {
        Self::refused(refusal::INVALID)
    }
}

/// A record's new state. All but the last are also told to the shop, each at the feed's next position.
#[derive(Clone, Debug, PartialEq)]
#[expect(
    clippy::large_enum_variant,
    reason = "an intent writes a few of them, and keeps none"
)]
pub enum Write {
    Product {
        state: ProductState,
        /// As it was before.
        written: BTreeMap<String, Origin>,
        /// What was written now: to be put into `written` with the position that this gets ([`mark`]).
        marks: Vec<String>,
        /// The laptop that wrote it.
        by: String,
    },
    /// To be added to the ledger and to what is on hand.
    Movement(Movement),
    Order(OrderState),
    Parcel(ParcelState),
    DropOff(DropOffState),
    Conflict(ConflictState),
    /// What the buyer paid for this order is to be given back.
    MoneyBack {
        order_id: String,
    },
}

/// Ids are made by laptops: a plain text of at most 64 letters, digits, `-` and `_`.
pub fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}
