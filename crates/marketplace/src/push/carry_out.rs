//! Writing down what the rules decided, each state at the feed's next position.

use super::Sender;
use crate::error::Error;
use crate::records::{Writing, drop_offs, movements, orders, parcels, payments, products, shops};
use crate::storefront::piece;
use api::feed::kind;
use api::product::ProductState;
use std::collections::BTreeMap;
use sync::authority::{Origin, Write, mark};

pub async fn all(writing: &mut Writing, sender: &Sender, writes: Vec<Write>) -> Result<(), Error> {
    for write in writes {
        one(writing, sender, write).await?;
    }
    Ok(())
}

async fn one(writing: &mut Writing, sender: &Sender, write: Write) -> Result<(), Error> {
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
            product(writing, sender, &state, &written).await
        }
        Write::Movement(movement) => {
            movements::add(writing.connection(), shop, &movement).await?;
            products::add_stock(writing.connection(), &movement.product_id, movement.delta).await?;
            writing.tell(shop, kind::MOVEMENT, &movement.id, &movement).await
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

async fn product(
    writing: &mut Writing,
    sender: &Sender,
    state: &ProductState,
    written: &BTreeMap<String, Origin>,
) -> Result<(), Error> {
    let shop = sender.shop.as_str();
    let (shop_name, currency) = shops::name_and_currency(writing.connection(), shop).await?;
    let columns = piece::columns(state, &shop_name, &currency);
    let stored = products::Stored {
        state,
        written,
        columns: &columns,
    };
    products::put(writing.connection(), shop, &stored, sender.now_ms).await
}
