//! What happens to orders: placing, moving on, cancelling, and the stock that goes with it.

pub mod advance;
pub mod give_back;
pub mod link;
pub mod place;
pub mod stock;
