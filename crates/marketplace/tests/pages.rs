//! Stories of the pages, each on SQLite and on PostgreSQL, as a browser without scripts sees them.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod harness;

#[path = "pages/counter.rs"]
mod counter;
#[path = "pages/device.rs"]
mod device;
#[path = "pages/orders.rs"]
mod orders;
#[path = "pages/safety.rs"]
mod safety;
#[path = "pages/storefront.rs"]
mod storefront;
