//! Backups: made while the shop is used, brought back, and what a marketplace hears of it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stderr)]

#[path = "backup/bench.rs"]
mod bench;
#[path = "backup/damage.rs"]
mod damage;
#[path = "backup/laptop.rs"]
mod laptop;
#[path = "backup/making.rs"]
mod making;
#[path = "backup/moved.rs"]
mod moved;
#[path = "backup/restoring.rs"]
mod restoring;
#[path = "sync_marketplace/world.rs"]
#[allow(dead_code)]
mod world;
