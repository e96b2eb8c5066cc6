//! Photos of every kind, whole and broken, through the crate's public door.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod damaged;
mod formats;
mod glance;
mod heic;
mod hostile;
mod looks;
mod many;
mod names;
mod orientation;
mod refusals;
#[path = "../support/mod.rs"]
mod support;
