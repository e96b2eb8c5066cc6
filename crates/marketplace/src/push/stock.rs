//! Intents about stock.

use super::{Sender, Verdict, is_id};
use crate::error::Error;
use crate::orders::stock;
use crate::records::{Writing, products};
use api::intent::refusal;
use api::limits::{QUANTITY, SHORT_TEXT_LETTERS};
use api::stock::{Movement, Reason};

/// A movement that a laptop wrote down. The number of pieces may fall below zero: that is a fact, and
/// it is told on the orders that it touches.
pub async fn take_movement(
    writing: &mut Writing,
    sender: &Sender,
    movement: &Movement,
) -> Result<Verdict, Error> {
    let from_a_laptop = !matches!(movement.reason, Reason::Sold | Reason::Restocked);
    let good = from_a_laptop
        && is_id(&movement.id)
        && movement
            .delta
            .checked_abs()
            .is_some_and(|delta| delta <= QUANTITY)
        && movement.order_id.is_none()
        && movement.note.chars().count() <= SHORT_TEXT_LETTERS;
    if !good {
        return Ok(Verdict::invalid());
    }
    match products::get(writing.connection(), &movement.product_id).await? {
        Some(product) if product.shop_id == sender.shop => {}
        _ => return Ok(Verdict::refused(refusal::NO_SUCH_PRODUCT)),
    }
    let movement = Movement {
        by: sender.laptop.clone(),
        at_ms: movement.at_ms.min(sender.now_ms),
        ..movement.clone()
    };
    stock::add(writing, &sender.shop, &movement).await?;
    Ok(Verdict::Applied)
}
