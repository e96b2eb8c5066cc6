//! Photos of a piece, all without a network: edited, told apart, shared out of a folder.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "photos/folders.rs"]
mod folders;
#[path = "photos/looks.rs"]
mod looks;
#[path = "photos/world.rs"]
mod world;
