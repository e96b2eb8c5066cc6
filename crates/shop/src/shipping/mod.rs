//! Parcels and their numbers, drop-offs, and the papers for the post's counter.

mod close_drop_off;
mod number_parcel;
pub(crate) mod offer;
mod papers;
pub(crate) mod rules;
mod show;
pub(crate) mod store;
pub mod view;

pub(crate) use store::{apply_drop_off, apply_parcel};
