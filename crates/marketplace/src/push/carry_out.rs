//! Writing down what the rules decided, each state at the feed's next position.

use super::Sender;
use super::staged::Staged;
use crate::error::Error;
use crate::records::{Writing, drop_offs, orders, parcels, payments};
use api::feed::kind;
use sync::authority::{Write, mark};

/// Carries these writes out, and nothing of them waits.
pub async fn all(writing: &mut Writing, sender: &Sender, writes: Vec<Write>) -> Result<(), Error> {
    let mut staged = Staged::default();
    for write in writes {
        stage(writing, &mut staged, sender, write).await?;
    }
    staged.write(writing, sender).await
}

/// Carries a write out; pieces, movements and what the feed is told wait in `staged` and in the writing.
pub async fn stage(
    writing: &mut Writing,
    staged: &mut Staged,
    sender: &Sender,
    write: Write,
) -> Result<(), Error> {
    let shop = sender.shop.as_str();
    match write {
        Write::Product {
            state,
            mut written,
            marks,
            by,
        } => {
            let position = writing.tell_at(shop, kind::PRODUCT, &state.id, &state).await?;
            mark(&mut written, marks, position, &by);
            staged.piece(writing, sender, state, written).await
        }
        Write::Movement(movement) => {
            writing
                .tell(shop, kind::MOVEMENT, &movement.id, &movement)
                .await?;
            staged.movement(movement);
            Ok(())
        }
        Write::Order(state) => {
            orders::save(writing.connection(), &state).await?;
            writing.tell(shop, kind::ORDER, &state.id, &state).await
        }
        Write::Parcel(state) => {
            parcels::put(writing.connection(), shop, &state).await?;
            writing.tell(shop, kind::PARCEL, &state.parcel.id, &state).await
        }
        Write::DropOff(state) => {
            drop_offs::put(writing.connection(), shop, &state).await?;
            writing
                .tell(shop, kind::DROP_OFF, &state.drop_off.id, &state)
                .await
        }
        Write::Conflict(state) => writing.tell(shop, kind::CONFLICT, &state.id, &state).await,
        Write::MoneyBack { order_id } => payments::mark_due(writing.connection(), &order_id).await,
    }
}
