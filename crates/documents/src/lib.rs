//! The papers that go to the counter, labels and drop-off slips, and the cards with which pieces are
//! photographed, as PDF. Pure.
//!
//! Everything is drawn in whole printer dots, in black, with the fonts embedded; the same input always
//! gives the same bytes. Each paper is complete for a clerk without a computer: the codes only save
//! typing.

mod card;
mod code128;
mod face;
mod label;
mod page;
mod paragraph;
mod pdf;
mod qr;
mod slip;
mod words;

pub use card::{CardInput, Sheet, cards};
pub use code128::widths as code128_widths;
pub use label::{LabelInput, Paper, label, labels};
pub use page::{Document, Mark, Note, PlacedBox};
pub use slip::{DropOffInput, DropOffParcel, Money, drop_off_slip};

/// Why a paper was not made.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    #[error("there is nothing to print")]
    Empty,
    /// An A4 sheet has the places 0 to 3.
    #[error("a sheet has no place {0}")]
    StartSlot(u8),
    /// A drop-off has at most 200 parcels; more go on a second slip.
    #[error("{0} parcels do not go on one slip")]
    TooMany(usize),
    /// The code's text has characters that the code cannot carry.
    #[error("no code can carry {0:?}")]
    Code(String),
    /// The fonts that are part of the program cannot be read.
    #[error("font: {0}")]
    Font(String),
}
