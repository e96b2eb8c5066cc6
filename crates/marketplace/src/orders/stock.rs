//! Stock: movements, and the orders that they leave without a piece.

use crate::error::Error;
use crate::records::{Writing, movements, orders, products};
use api::feed::kind;
use api::stock::Movement;

/// Adds a movement once, and says on the open orders whether there are pieces enough for them.
pub async fn add(writing: &mut Writing, shop: &str, movement: &Movement) -> Result<(), Error> {
    if !movements::add(writing.connection(), shop, movement).await? {
        return Ok(());
    }
    let on_hand = products::add_stock(writing.connection(), &movement.product_id, movement.delta).await?;
    writing.tell(shop, kind::MOVEMENT, &movement.id, movement).await?;
    report_oversold(writing, shop, &movement.product_id, on_hand).await
}

/// Marks the latest open orders until the pieces that are lacking are named, and clears the others. A
/// number below zero is never clamped.
async fn report_oversold(
    writing: &mut Writing,
    shop: &str,
    product: &str,
    on_hand: i64,
) -> Result<(), Error> {
    let mut lacking = on_hand.saturating_neg();
    for mut state in orders::open_with(writing.connection(), shop, product).await? {
        let marked = state.oversold.iter().any(|id| id == product);
        let ordered: i64 = state
            .lines
            .iter()
            .filter(|line| line.product_id == product)
            .map(|line| line.quantity)
            .sum();
        let mark = lacking > 0;
        lacking -= ordered;
        if mark == marked {
            continue;
        }
        if mark {
            state.oversold.push(product.to_owned());
        } else {
            state.oversold.retain(|id| id != product);
        }
        super::advance::save(writing, shop, &state).await?;
    }
    Ok(())
}
