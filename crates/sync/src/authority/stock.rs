//! Stock: movements, and the orders that they leave without a piece.

use super::{Draft, Known, Records, Verdict, Write, catalog, is_id};
use api::limits::{QUANTITY, SHORT_TEXT_LETTERS};
use api::order::OrderState;
use api::stock::{Movement, Reason};

/// A movement that a laptop wrote down. The number of pieces may fall below zero: that is a fact, and it is told on the
/// orders that it touches.
pub(super) fn take<R: Records + ?Sized>(draft: &mut Draft<'_, R>, movement: &Movement) -> Known<Verdict> {
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
    if let Err(verdict) = catalog::own(draft, &movement.product_id)? {
        return Ok(verdict);
    }
    let movement = Movement {
        by: draft.sender.laptop.to_owned(),
        at_ms: movement.at_ms.min(draft.sender.now_ms),
        ..movement.clone()
    };
    add(draft, movement)?;
    Ok(Verdict::Applied)
}

/// Adds a movement once, and says on the open orders whether there are pieces enough for them.
pub fn add<R: Records + ?Sized>(draft: &mut Draft<'_, R>, movement: Movement) -> Known<()> {
    if draft.records.movement_is_known(&movement.id)? {
        return Ok(());
    }
    add_new(draft, movement)
}

/// As [`add`], for a movement that was made just now: nobody can know its id, and so nobody is asked. (Asked, the rules
/// would run again under yet another id, and so without end.)
pub(super) fn add_new<R: Records + ?Sized>(draft: &mut Draft<'_, R>, movement: Movement) -> Known<()> {
    let product_id = movement.product_id.clone();
    draft.write(Write::Movement(movement));
    let on_hand = draft.on_hand(&product_id)?;
    for order in oversold(&product_id, on_hand, draft.open_orders(&product_id)?) {
        draft.write(Write::Order(order));
    }
    Ok(())
}

/// Marks the latest open orders until the pieces that are lacking are named, and clears the others; gives those that
/// changed. A number below zero is never clamped. `open` has the latest first.
fn oversold(product_id: &str, on_hand: i64, open: Vec<OrderState>) -> Vec<OrderState> {
    let mut lacking = on_hand.saturating_neg();
    let mut changed = Vec::new();
    for mut order in open {
        let marked = order.oversold.iter().any(|id| id == product_id);
        let ordered: i64 = order
            .lines
            .iter()
            .filter(|line| line.product_id == product_id)
            .map(|line| line.quantity)
            .sum();
        let mark = lacking > 0;
        lacking = lacking.saturating_sub(ordered);
        if mark == marked {
            continue;
        }
        if mark {
            order.oversold.push(product_id.to_owned());
        } else {
            order.oversold.retain(|id| id != product_id);
        }
        changed.push(order);
    }
    changed
}
