//! An order's way. It only moves forward; who asks for a step that is behind gets how things stand.

use api::order::OrderStatus::{self, *};

/// What a person or the post does to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Accept,
    Pack,
    /// The parcel has its number and label.
    Label,
    /// The drop-off with the parcel is closed.
    HandIn,
    /// The post's counter has accepted the parcel.
    Ship,
    /// The post's counter gave the parcel back: it can be handed in again.
    GiveBack,
    Deliver,
    Cancel,
}

/// The status after a command, or the present one when the order does not take it.
///
/// A seller may skip what she did in her head: packing an order accepts it, labelling packs it.
pub fn next(status: OrderStatus, command: Command) -> Result<OrderStatus, OrderStatus> {
    match (status, command) {
        (Placed, Command::Accept) => Ok(Accepted),
        (Placed | Accepted, Command::Pack) => Ok(Packed),
        (Placed | Accepted | Packed, Command::Label) => Ok(Labelled),
        (Labelled, Command::HandIn) => Ok(HandedIn),
        (Labelled | HandedIn, Command::Ship) => Ok(Shipped),
        (HandedIn, Command::GiveBack) => Ok(Labelled),
        (Labelled | HandedIn | Shipped, Command::Deliver) => Ok(Delivered),
        (Placed | Accepted | Packed | Labelled, Command::Cancel) => Ok(Cancelled),
        _ => Err(status),
    }
}

/// Whether a refused command asks for what has long happened: then there is nothing to tell anyone.
pub fn is_behind(status: OrderStatus, command: Command) -> bool {
    let wanted = match command {
        Command::Accept => Accepted,
        Command::Pack => Packed,
        Command::Label | Command::GiveBack => Labelled,
        Command::HandIn => HandedIn,
        Command::Ship => Shipped,
        Command::Deliver => Delivered,
        Command::Cancel => Cancelled,
    };
    status == wanted || (status != Cancelled && wanted != Cancelled && status > wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [OrderStatus; 8] = [
        Placed, Accepted, Packed, Labelled, HandedIn, Shipped, Delivered, Cancelled,
    ];
    const COMMANDS: [Command; 8] = [
        Command::Accept,
        Command::Pack,
        Command::Label,
        Command::HandIn,
        Command::Ship,
        Command::GiveBack,
        Command::Deliver,
        Command::Cancel,
    ];

    #[test]
    fn only_the_counter_ever_takes_a_step_back() {
        for status in ALL {
            for command in COMMANDS.into_iter().filter(|c| *c != Command::GiveBack) {
                if let Ok(after) = next(status, command) {
                    assert!(after > status, "{status:?} went back to {after:?} by {command:?}");
                }
            }
        }
    }

    #[test]
    fn a_delivered_or_cancelled_order_takes_nothing_more() {
        for status in [Delivered, Cancelled] {
            for command in COMMANDS {
                assert_eq!(next(status, command), Err(status));
            }
        }
    }

    #[test]
    fn the_same_command_twice_is_behind_and_not_a_fault() {
        for status in ALL {
            for command in COMMANDS {
                if let Ok(after) = next(status, command)
                    && next(after, command).is_err()
                {
                    assert!(is_behind(after, command));
                }
            }
        }
    }
}
