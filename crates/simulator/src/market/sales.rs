//! Buyers.

use super::Market;
use super::view::View;
use crate::disk::REVIEW;
use api::order::{OrderEvent, OrderLine, OrderState, OrderStatus};
use api::place::Address;
use api::product::{Money, field};
use api::stock::{Movement, Reason};
use serde_json::json;
use sync::authority::{Draft, Piece, Sender, add_movement};

impl Market {
    /// Pieces that a buyer can have.
    pub fn for_sale(&self) -> Vec<&Piece> {
        let published = |piece: &&Piece| {
            let field = piece.state.fields.get(field::PUBLISHED);
            field.and_then(|field| field.value.as_bool()).unwrap_or(false)
        };
        self.products
            .values()
            .filter(|piece| piece.on_hand > 0)
            .filter(published)
            .collect()
    }

    /// What a buyer says of a piece.
    pub fn review(&mut self, product: &str, stars: i64) {
        let state = json!({"product_id": product, "stars": stars, "at_ms": self.now_ms});
        self.tell(REVIEW, product, &state);
    }

    /// A buyer takes these pieces; gives the order.
    pub fn sell(&mut self, lines: &[(String, i64)]) -> OrderState {
        let id = self.new_id();
        let money = |minor| Money {
            minor,
            currency: "MXN".into(),
        };
        let state = OrderState {
            number: format!("P-{id}"),
            status: OrderStatus::Placed,
            lines: lines
                .iter()
                .map(|(product_id, quantity)| OrderLine {
                    product_id: product_id.clone(),
                    title: String::new(),
                    sku: String::new(),
                    quantity: *quantity,
                    unit_price: money(100),
                    weight_g: 500,
                    photo: None,
                })
                .collect(),
            total: money(100),
            postage: money(0),
            buyer_name: "Ana".into(),
            buyer_email: "ana@example.org".into(),
            ship_to: Address::default(),
            note: String::new(),
            placed_ms: self.now_ms,
            ship_by_ms: self.now_ms,
            cancelled_reason: None,
            events: vec![OrderEvent {
                status: OrderStatus::Placed,
                at_ms: self.now_ms,
                by: "buyer".into(),
            }],
            oversold: Vec::new(),
            id,
        };
        self.save_order(state.clone());
        for line in &state.lines {
            let movement = Movement {
                id: self.new_id(),
                product_id: line.product_id.clone(),
                delta: -line.quantity,
                reason: Reason::Sold,
                order_id: Some(state.id.clone()),
                note: String::new(),
                at_ms: self.now_ms,
                by: "marketplace".into(),
            };
            let sender = Sender {
                laptop: "marketplace",
                now_ms: self.now_ms,
                new_id: &String::new,
            };
            let view = View {
                market: self,
                laptop: "marketplace",
                intent: "",
            };
            let mut draft = Draft::new(&view, sender);
            if add_movement(&mut draft, movement).is_ok() {
                let writes = draft.into_writes();
                self.carry_out(writes);
            }
        }
        state
    }
}
