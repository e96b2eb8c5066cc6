//! What the app can watch.

use crate::sink::{Refusal, Taken};
use serde::Serialize;

/// The door as it is now. Counts begin at its opening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct State {
    pub phase: Phase,
    /// UTC milliseconds; use moves it.
    pub expires_ms: i64,
    /// In the order they came.
    pub phones: Vec<Phone>,
    /// How many are arriving now: the length of `arriving`.
    pub receiving: usize,
    pub arriving: Vec<Arriving>,
    pub received: u64,
    /// Refused by the door or by the sink; a photo that the piece has already is one of them.
    pub refused: u64,
    pub last: Option<Last>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    Open,
    /// Its time is over: it says so to who comes, and takes nothing.
    Expired,
    /// Nothing listens any more.
    Closed,
}

/// A phone that came in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Phone {
    /// From 1 in the order they came.
    pub number: u32,
    /// What it says it is: `iPhone`, `SM-A536B`, `Android`; empty when it does not say.
    pub name: String,
    /// `Safari`, `Chrome`, `Firefox`...; empty when it does not say.
    pub browser: String,
    /// When it last asked for something, UTC milliseconds.
    pub seen_ms: i64,
}

/// A photo on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Arriving {
    /// From 1, unlike any other of this door.
    pub number: u64,
    pub name: String,
    /// The number of its phone.
    pub phone: u32,
    pub bytes: u64,
    /// How many it will be, when the phone said.
    pub of: Option<u64>,
}

/// The photo that was settled last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Last {
    pub name: String,
    /// The number of its phone.
    pub phone: u32,
    pub at_ms: i64,
    pub outcome: Result<Taken, Refusal>,
}
