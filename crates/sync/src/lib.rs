//! The sync engine and the rules that both sides share. No I/O, no clock, no database.
//!
//! - [`engine`]: events in, effects out; the shop gives it a network and a database.
//! - [`parity`]: sums that prove that both sides hold the same.
//! - [`authority`]: what becomes of an intent, with the marketplace's records behind it.
//! - [`pending`]: what a laptop shows while its changes are on their way.
//! - [`products`], [`orders`], [`stamps`], [`places`]: what happens when two writers meet, the same on
//!   a laptop and in the marketplace.

pub mod authority;
pub mod checks;
pub mod engine;
pub mod orders;
pub mod parity;
pub mod pending;
pub mod places;
pub mod products;
pub mod stamps;
