//! Which photos belong to which piece, by what their files and folders are called, or by a card with the
//! piece's SKU as a QR code in the picture before them. Pure: names in, a table out that says why.

mod cards;
mod names;
mod table;

#[cfg(test)]
mod tests;

pub use table::{Candidate, File, Piece, Reason, Row, Unmatched, match_photos};
