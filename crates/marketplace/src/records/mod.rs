//! The SQL: one file per table or pair of tables. One text for SQLite and PostgreSQL.
//!
//! Readers take a connection of [`Database::read`]; everything that writes does it inside a
//! [`Writing`], which gives the feed its positions and tells the open streams after the commit.

pub mod accounts;
pub mod baskets;
pub mod counter_entries;
mod database;
pub mod drop_offs;
pub mod feed;
pub mod grants;
pub mod intents;
pub mod laptops;
pub mod leases;
mod many;
pub mod movements;
pub mod orders;
pub mod parcels;
pub mod payments;
pub mod photos;
pub mod products;
pub mod sessions;
pub mod settings;
pub mod shops;
mod tail;
pub mod tokens;
mod writing;

pub use database::Database;
pub use writing::Writing;

use crate::error::Error;

/// Reads a state that was written as JSON text.
pub(crate) fn read_state<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    Ok(serde_json::from_str(text)?)
}
