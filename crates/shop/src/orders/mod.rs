//! The inbox: orders that the marketplace sends, and what the seller does with them.

pub(crate) mod inbox;
pub(crate) mod show;
pub(crate) mod store;
pub mod view;

pub(crate) use inbox::OPEN;
pub(crate) use store::{apply, refresh};

use crate::Shop;
use crate::fault::{Code, Fault, Result};
use crate::writing::Area;
use api::intent::Action;
use api::limits;
use api::order::OrderStatus;
use sync::orders::Command;
use view::OrderView;

impl Shop {
    pub async fn order_accept(&self, id: &str) -> Result<OrderView> {
        self.command(id, Command::Accept, Action::AcceptOrder { order_id: id.into() })
            .await
    }

    pub async fn order_pack(&self, id: &str) -> Result<OrderView> {
        self.command(id, Command::Pack, Action::PackOrder { order_id: id.into() })
            .await
    }

    /// Cancels an order that is not at the post yet; the buyer reads the reason.
    pub async fn order_cancel(&self, id: &str, reason: &str) -> Result<OrderView> {
        if reason.chars().count() > limits::SHORT_TEXT_LETTERS {
            let most = limits::SHORT_TEXT_LETTERS;
            return Err(Fault::new(Code::TooLong)
                .with("field", "reason")
                .with("most", most));
        }
        let action = Action::CancelOrder {
            order_id: id.into(),
            reason: reason.trim().into(),
        };
        self.command(id, Command::Cancel, action).await
    }

    /// A command takes effect here at once and goes to the marketplace, which decides.
    async fn command(&self, id: &str, command: Command, action: Action) -> Result<OrderView> {
        let mut writing = self.begin().await?;
        let status = store::status(writing.connection(), id).await?;
        match sync::orders::next(status, command) {
            Ok(_) => {}
            // She pressed it twice, or on another laptop: it is done.
            Err(_) if sync::orders::is_behind(status, command) => return self.order(id).await,
            Err(present) => return Err(moved_on(present)),
        }
        let stamp = writing.stamp().await?;
        writing.record(stamp, id, Vec::new(), action).await?;
        refresh(&mut writing, &[id.to_owned()]).await?;
        writing.touches(Area::Orders);
        writing.commit().await?;
        self.order(id).await
    }
}

pub(crate) fn moved_on(present: OrderStatus) -> Fault {
    Fault::new(Code::OrderMovedOn).with("status", store::status_key(present))
}
