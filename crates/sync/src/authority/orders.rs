//! Intents about orders.

use super::{Draft, Known, Records, Verdict, Write, advance, stock};
use crate::orders::{Command, is_behind, next};
use api::feed::kind;
use api::intent::refusal;
use api::limits::SHORT_TEXT_LETTERS;
use api::order::OrderStatus;
use api::stock::{Movement, Reason};

pub(super) fn command<R: Records + ?Sized>(
    draft: &mut Draft<'_, R>,
    id: &str,
    command: Command,
) -> Known<Verdict> {
    let Some(mut state) = draft.order(id)? else {
        return Ok(Verdict::refused(refusal::NO_SUCH_ORDER));
    };
    match next(state.status, command) {
        Ok(status) => {
            advance(&mut state, status, draft.sender.laptop, draft.sender.now_ms);
            draft.write(Write::Order(state));
            Ok(Verdict::Applied)
        }
        Err(present) if is_behind(present, command) => Ok(Verdict::Behind),
        Err(_) => Ok(Verdict::refused_by(refusal::ORDER_MOVED_ON, kind::ORDER, id)),
    }
}

/// An order that the seller cannot keep: the pieces go back, and so does the money.
pub(super) fn cancel<R: Records + ?Sized>(
    draft: &mut Draft<'_, R>,
    id: &str,
    reason: &str,
) -> Known<Verdict> {
    if reason.trim().is_empty() || reason.chars().count() > SHORT_TEXT_LETTERS {
        return Ok(Verdict::invalid());
    }
    let Some(mut state) = draft.order(id)? else {
        return Ok(Verdict::refused(refusal::NO_SUCH_ORDER));
    };
    if next(state.status, Command::Cancel).is_err() {
        return Ok(if is_behind(state.status, Command::Cancel) {
            Verdict::Behind
        } else {
            Verdict::refused_by(refusal::ORDER_MOVED_ON, kind::ORDER, id)
        });
    }
    let now_ms = draft.sender.now_ms;
    advance(&mut state, OrderStatus::Cancelled, draft.sender.laptop, now_ms);
    state.cancelled_reason = Some(reason.trim().to_owned());
    state.oversold.clear();
    draft.write(Write::Order(state.clone()));
    for line in &state.lines {
        let movement = Movement {
            id: (draft.sender.new_id)(),
            product_id: line.product_id.clone(),
            delta: line.quantity,
            reason: Reason::Restocked,
            order_id: Some(state.id.clone()),
            note: String::new(),
            at_ms: now_ms,
            by: "marketplace".to_owned(),
        };
        stock::add_new(draft, movement)?;
    }
    draft.write(Write::MoneyBack { order_id: state.id });
    Ok(Verdict::Applied)
}
