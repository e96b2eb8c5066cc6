//! What is to be written, and how the records stand with it.

use super::{Known, Records, Sender, Write};
use api::order::{OrderEvent, OrderState, OrderStatus};
use std::collections::BTreeMap;

/// The writes of one intent so far.
pub struct Draft<'a, R: ?Sized> {
    pub(super) records: &'a R,
    pub(super) sender: Sender<'a>,
    orders: BTreeMap<String, OrderState>,
    moved: BTreeMap<String, i64>,
    writes: Vec<Write>,
}

impl<'a, R: Records + ?Sized> Draft<'a, R> {
    pub fn new(records: &'a R, sender: Sender<'a>) -> Self {
        Self {
            records,
            sender,
            orders: BTreeMap::new(),
            moved: BTreeMap::new(),
            writes: Vec::new(),
        }
    }

    pub fn into_writes(self) -> Vec<Write> {
        self.writes
    }

    pub fn write(&mut self, write: Write) {
        match &write {
            Write::Order(state) => {
                self.orders.insert(state.id.clone(), state.clone());
            }
            Write::Movement(movement) => {
                *self.moved.entry(movement.product_id.clone()).or_default() += movement.delta;
            }
            _ => {}
        }
        self.writes.push(write);
    }

    /// The order as it will stand; none when this shop has no such order.
    pub(super) fn order(&self, id: &str) -> Known<Option<OrderState>> {
        if let Some(state) = self.orders.get(id) {
            return Ok(Some(state.clone()));
        }
        Ok(self.records.order(id)?.here().cloned())
    }

    /// Orders of this piece that will not be with the post yet, the latest first.
    pub(super) fn open_orders(&self, product_id: &str) -> Known<Vec<OrderState>> {
        let there = self.records.open_orders(product_id)?;
        let mut open: Vec<OrderState> = self
            .orders
            .values()
            .chain(
                there
                    .into_iter()
                    .filter(|order| !self.orders.contains_key(&order.id)),
            )
            .filter(|order| is_open(order) && order.lines.iter().any(|line| line.product_id == product_id))
            .cloned()
            .collect();
        open.sort_by(|a, b| (b.placed_ms, &b.id).cmp(&(a.placed_ms, &a.id)));
        Ok(open)
    }

    /// How many pieces there will be. Below zero is a fact.
    pub(super) fn on_hand(&self, product_id: &str) -> Known<i64> {
        let there = self.records.product(product_id)?.here();
        let moved = self.moved.get(product_id).copied().unwrap_or(0);
        Ok(there.map_or(0, |piece| piece.on_hand).saturating_add(moved))
    }
}

/// Not with the post yet, and not taken back.
fn is_open(order: &OrderState) -> bool {
    order.status < OrderStatus::Shipped
}

/// Writes an order's next step into its state. `by` is a laptop's id, "buyer", "post" or "marketplace".
pub fn advance(state: &mut OrderState, status: OrderStatus, by: &str, now_ms: i64) {
    state.status = status;
    state.events.push(OrderEvent {
        status,
        at_ms: now_ms,
        by: by.to_owned(),
    });
}
