//! An order that the seller cannot keep: the pieces go back, and so does the money.

use super::{advance, stock};
use crate::error::Error;
use crate::random;
use crate::records::{Writing, payments};
use crate::state::Marketplace;
use api::order::{OrderState, OrderStatus};
use api::product::Money;
use api::stock::{Movement, Reason};

/// Cancels an order that may be cancelled.
pub async fn cancel(
    writing: &mut Writing,
    shop: &str,
    mut state: OrderState,
    reason: &str,
    by: &str,
    now_ms: i64,
) -> Result<(), Error> {
    advance::to(&mut state, OrderStatus::Cancelled, by, now_ms);
    state.cancelled_reason = Some(reason.to_owned());
    state.oversold.clear();
    advance::save(writing, shop, &state).await?;
    for line in &state.lines {
        let movement = Movement {
            id: random::id(),
            product_id: line.product_id.clone(),
            delta: line.quantity,
            reason: Reason::Restocked,
            order_id: Some(state.id.clone()),
            note: String::new(),
            at_ms: now_ms,
            by: "marketplace".to_owned(),
        };
        stock::add(writing, shop, &movement).await?;
    }
    payments::mark_due(writing.connection(), &state.id).await
}

/// Gives back what is due. Outside any transaction, for a provider is a network away; what fails stays
/// due and is tried again at the next occasion.
pub async fn give_back_what_is_due(marketplace: &Marketplace) -> Result<(), Error> {
    for payment in payments::due(marketplace.database.read()).await? {
        let amount = Money {
            minor: payment.amount_minor,
            currency: payment.currency.clone(),
        };
        match marketplace.payment.give_back(&payment.reference, &amount).await {
            Ok(()) => payments::mark_refunded(&marketplace.database, &payment.id).await?,
            Err(error) => tracing::error!(payment = %payment.id, %error, "money could not be given back"),
        }
    }
    Ok(())
}
