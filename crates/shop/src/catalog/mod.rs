//! Pieces: writing them down, finding them, putting them up for sale.

mod edit;
mod find;
mod listing;
pub mod rules;
pub(crate) mod store;
pub mod view;

pub(crate) use edit::set;
pub(crate) use store::{apply, states};
