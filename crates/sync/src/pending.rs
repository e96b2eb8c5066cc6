//! What a laptop shows: what the marketplace said last, with the changes on top that are still on their way.

use crate::orders::{Command, next};
use crate::products;
use api::intent::{Action, Intent};
use api::order::OrderStatus;
use api::product::ProductState;

/// Puts changes on top of a piece, in the order in which they were made. Those about anything else do nothing.
pub fn piece(state: &mut ProductState, intents: impl IntoIterator<Item = Intent>) {
    for intent in intents {
        let stamp = &intent.stamp;
        match intent.action {
            Action::SetProduct { fields, .. } => {
                for (name, value) in fields {
                    products::set_field(state, &name, value, stamp);
                }
            }
            Action::AttachPhoto { photo, place, .. } => {
                products::attach(state, photo, place, stamp);
            }
            Action::PlacePhoto { hash, place, .. } => {
                products::place(state, &hash, place, stamp);
            }
            Action::DetachPhoto { hash, .. } => {
                products::detach(state, &hash, stamp);
            }
            _ => {}
        }
    }
}

/// What an intent about an order, or about its parcel, does to the order.
pub fn command(action: &Action) -> Option<Command> {
    match action {
        Action::AcceptOrder { .. } => Some(Command::Accept),
        Action::PackOrder { .. } => Some(Command::Pack),
        Action::CancelOrder { .. } => Some(Command::Cancel),
        Action::NumberParcel { .. } => Some(Command::Label),
        _ => None,
    }
}

/// The status that is shown: commands that the order does not take any more are passed over.
pub fn order(said: OrderStatus, commands: impl IntoIterator<Item = Command>) -> OrderStatus {
    commands
        .into_iter()
        .fold(said, |status, command| next(status, command).unwrap_or(status))
}
