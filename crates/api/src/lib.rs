//! The marketplace API v1 as types: every request, answer and event, shared by both sides.
//!
//! Units: money in integer minor units with its ISO 4217 code, weight in grams, length in
//! millimetres, time in UTC milliseconds since 1970. Ids are UUIDv7 text made by whoever creates
//! the record. Unknown JSON fields are ignored by readers, so that either side may be newer.

pub mod auth;
pub mod clock;
pub mod compression;
pub mod conflict;
pub mod drop_off;
pub mod fault;
pub mod feed;
pub mod intent;
pub mod lease;
pub mod limits;
pub mod order;
pub mod parity;
pub mod photo;
pub mod place;
pub mod product;
pub mod stock;

/// The version of intents and states that this build speaks. A reader accepts what is lower.
pub const SCHEMA: u16 = 1;

/// Where every route of this API lives.
pub const BASE_PATH: &str = "/api/v1";
