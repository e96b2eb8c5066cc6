//! Shared by tests and the sample shop: sample catalogue, world builder, throw-away servers.

pub mod sample;
