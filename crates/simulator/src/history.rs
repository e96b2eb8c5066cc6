//! What happened at the marketplace's door, in its order: all that the oracle is told.

use api::intent::{Intent, Outcome};
use api::lease::Lease;
use api::order::OrderLine;

#[derive(Clone, Debug)]
pub enum Happened {
    Intent {
        at_ms: i64,
        intent: Box<Intent>,
        outcome: Outcome,
        /// How many things had happened that the laptop knew of when the person did this.
        known: usize,
    },
    Bought {
        order_id: String,
        at_ms: i64,
        lines: Vec<OrderLine>,
    },
    /// A buyer's word on a piece.
    Reviewed {
        product: String,
        stars: i64,
    },
    /// A clerk's word on a parcel.
    Decided {
        parcel_id: String,
        code: &'static str,
    },
    Leased(Lease),
    /// Serials of a time that was lost, which any laptop may have used.
    PassedOver {
        first: u32,
        end: u32,
        until_ms: i64,
    },
}
