//! Carrying the outbox to the marketplace and the feed back: the `sync` engine with a network and this database.

pub mod view;

/// What the running shop shares with whoever asks how syncing stands.
#[derive(Default)]
pub struct Shared {}
