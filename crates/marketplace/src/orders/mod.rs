//! What happens to orders: placing, moving on, cancelling, and the stock that goes with it.

pub mod advance;
pub mod cancel;
pub mod stock;
