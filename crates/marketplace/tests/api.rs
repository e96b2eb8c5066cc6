//! Stories of the API, each on SQLite and on PostgreSQL.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod harness;

#[path = "api/conflicts.rs"]
mod conflicts;
#[path = "api/document.rs"]
mod document;
#[path = "api/feed.rs"]
mod feed;
#[path = "api/leases.rs"]
mod leases;
#[path = "api/photos.rs"]
mod photos;
#[path = "api/push.rs"]
mod push;
#[path = "api/sign_in.rs"]
mod sign_in;
#[path = "api/streams.rs"]
mod streams;
#[path = "api/together.rs"]
mod together;
