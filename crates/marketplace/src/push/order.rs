//! Intents about orders.

use super::{Sender, Verdict};
use crate::error::Error;
use crate::orders::{advance, cancel as take_back};
use crate::records::{Writing, orders};
use api::feed::kind;
use api::intent::refusal;
use api::limits::SHORT_TEXT_LETTERS;
use api::order::OrderState;
use sync::orders::{Command, is_behind, next};

pub async fn command(
    writing: &mut Writing,
    sender: &Sender,
    id: &str,
    command: Command,
) -> Result<Verdict, Error> {
    let Some(mut state) = own(writing, sender, id).await? else {
        return Ok(Verdict::refused(refusal::NO_SUCH_ORDER));
    };
    match next(state.status, command) {
        Ok(status) => {
            advance::to(&mut state, status, &sender.laptop, sender.now_ms);
            advance::save(writing, &sender.shop, &state).await?;
            Ok(Verdict::Applied)
        }
        Err(present) if is_behind(present, command) => Ok(Verdict::Behind),
        Err(_) => Ok(Verdict::refused_by(refusal::ORDER_MOVED_ON, kind::ORDER, id)),
    }
}

pub async fn cancel(
    writing: &mut Writing,
    sender: &Sender,
    id: &str,
    reason: &str,
) -> Result<Verdict, Error> {
    if reason.trim().is_empty() || reason.chars().count() > SHORT_TEXT_LETTERS {
        return Ok(Verdict::invalid());
    }
    let Some(state) = own(writing, sender, id).await? else {
        return Ok(Verdict::refused(refusal::NO_SUCH_ORDER));
    };
    match next(state.status, Command::Cancel) {
        Ok(_) => {
            take_back::cancel(
                writing,
                &sender.shop,
                state,
                reason.trim(),
                &sender.laptop,
                sender.now_ms,
            )
            .await?;
            Ok(Verdict::Applied)
        }
        Err(present) if is_behind(present, Command::Cancel) => Ok(Verdict::Behind),
        Err(_) => Ok(Verdict::refused_by(refusal::ORDER_MOVED_ON, kind::ORDER, id)),
    }
}

pub async fn own(writing: &mut Writing, sender: &Sender, id: &str) -> Result<Option<OrderState>, Error> {
    let order = orders::get(writing.connection(), id).await?;
    Ok(order
        .filter(|order| order.shop_id == sender.shop)
        .map(|order| order.state))
}
