//! Laptops of one shop and a real marketplace, in one process, with a network between them that can be
//! cut, spoilt and watched.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(clippy::print_stdout, reason = "figures are told with `--nocapture`")]

#[path = "sync_marketplace/bytes.rs"]
mod bytes;
#[path = "sync_marketplace/circle.rs"]
mod circle;
#[path = "sync_marketplace/conflicts.rs"]
mod conflicts;
#[path = "sync_marketplace/hostile.rs"]
mod hostile;
#[path = "sync_marketplace/liar.rs"]
mod liar;
#[path = "sync_marketplace/line.rs"]
mod line;
#[path = "sync_marketplace/lost.rs"]
mod lost;
#[path = "sync_marketplace/network.rs"]
mod network;
#[path = "sync_marketplace/parity.rs"]
mod parity;
#[path = "sync_marketplace/photos.rs"]
mod photos;
#[path = "sync_marketplace/sign_in.rs"]
mod sign_in;
#[path = "sync_marketplace/storms.rs"]
mod storms;
#[path = "sync_marketplace/thin.rs"]
mod thin;
#[path = "sync_marketplace/time.rs"]
mod time;
#[path = "sync_marketplace/tokens.rs"]
mod tokens;
#[path = "sync_marketplace/world.rs"]
mod world;
