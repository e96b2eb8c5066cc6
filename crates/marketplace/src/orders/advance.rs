//! An order's next step.

use crate::error::Error;
use crate::records::{Writing, orders};
use api::feed::kind;
use api::order::{OrderState, OrderStatus};

/// Writes the step into the state. `by` is a laptop's id, "buyer", "post" or "marketplace".
pub fn to(state: &mut OrderState, status: OrderStatus, by: &str, now_ms: i64) {
    sync::authority::advance(state, status, by, now_ms);
}

/// Saves the state and tells the shop.
pub async fn save(writing: &mut Writing, shop: &str, state: &OrderState) -> Result<(), Error> {
    orders::save(writing.connection(), state).await?;
    writing.tell(shop, kind::ORDER, &state.id, state).await
}
