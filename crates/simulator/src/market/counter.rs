//! The post's counter.

use super::Market;
use api::drop_off::DropOffStatus;
use api::order::{OrderStatus, ParcelEvent, ParcelState};
use sync::authority::{Write, advance};
use sync::orders::{Command, next};

impl Market {
    /// Parcels that a clerk may decide on, and parcels on their way.
    pub fn at_the_counter(&self) -> (Vec<String>, Vec<String>) {
        let mut waiting = Vec::new();
        let mut travelling = Vec::new();
        for (id, parcel) in &self.parcels {
            let taken = parcel.events.iter().any(|event| event.code == "EMA");
            let arrived = parcel.events.iter().any(|event| event.code == "EMI");
            if !taken && parcel.drop_off_id.is_some() {
                waiting.push(id.clone());
            } else if taken && !arrived {
                travelling.push(id.clone());
            }
        }
        (waiting, travelling)
    }

    /// A clerk's word on a parcel: "EMA", "EMI" or "X_REFUSED". Gives the order's id.
    pub fn decide(&mut self, parcel_id: &str, code: &str) -> Option<String> {
        let mut parcel = self.parcels.get(parcel_id)?.clone();
        let mut order = self.orders.get(&parcel.parcel.order_id)?.clone();
        let fits = match code {
            "EMA" => matches!(
                order.status,
                OrderStatus::Labelled | OrderStatus::HandedIn | OrderStatus::Shipped
            ),
            _ => true,
        };
        if !fits {
            return None;
        }
        let was_in = parcel.drop_off_id.clone();
        parcel.events.push(ParcelEvent {
            at_ms: self.now_ms,
            code: code.to_owned(),
            place: "Oaxaca".into(),
            reason: None,
        });
        if code == "X_REFUSED" {
            parcel.drop_off_id = None;
        }
        self.save_parcel(parcel);
        let has = |parcel: &ParcelState, code: &str| parcel.events.iter().any(|event| event.code == code);
        let mut of_order = self
            .parcels
            .values()
            .filter(|other| other.parcel.order_id == order.id);
        let command = match code {
            "EMA" => Some(Command::Ship),
            "X_REFUSED" => of_order
                .all(|other| other.drop_off_id.is_none() && !has(other, "EMA"))
                .then_some(Command::GiveBack),
            _ => of_order
                .all(|other| has(other, "EMI"))
                .then_some(Command::Deliver),
        };
        if let Some(Ok(status)) = command.map(|command| next(order.status, command)) {
            advance(&mut order, status, "post", self.now_ms);
            self.save_order(order.clone());
        }
        if let Some(mut drop_off) = was_in.and_then(|id| self.drop_offs.get(&id).cloned())
            && drop_off.decided_ms.is_none()
            && drop_off.drop_off.parcel_ids.iter().all(|id| {
                let there = self.parcels.get(id);
                there.is_none_or(|parcel| parcel.drop_off_id.is_none() || has(parcel, "EMA"))
            })
        {
            drop_off.status = DropOffStatus::Accepted;
            drop_off.decided_ms = Some(self.now_ms);
            self.carry_out(vec![Write::DropOff(drop_off)]);
        }
        Some(order.id)
    }
}
