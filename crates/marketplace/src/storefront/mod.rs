//! Pages for buyers.

pub mod piece;
