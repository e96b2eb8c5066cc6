//! Stock: a ledger of movements, never a number that is overwritten.

mod oversold;
pub(crate) mod store;
pub mod view;

pub(crate) use oversold::count as count_oversold;
pub(crate) use store::states;

use crate::Shop;
use crate::catalog::view::Product;
use crate::fault::{Code, Fault, Result};
use crate::writing::{Area, Writing};
use api::feed::Entry;
use api::intent::Action;
use api::limits;
use api::stock::{Movement, Reason};
use serde::Deserialize;
use view::{MoveReason, StockLine};

impl Shop {
    /// Pieces come or go. Faults: `WouldBeNegative`, `OutOfRange`, `TooLong`.
    pub async fn stock_move(
        &self,
        product_id: &str,
        delta: i64,
        reason: MoveReason,
        note: &str,
    ) -> Result<Product> {
        if delta == 0 || delta.abs() > limits::QUANTITY {
            return Err(Fault::new(Code::OutOfRange)
                .with("field", "quantity")
                .with("most", limits::QUANTITY));
        }
        if note.chars().count() > limits::SHORT_TEXT_LETTERS {
            return Err(Fault::new(Code::TooLong)
                .with("field", "note")
                .with("most", limits::SHORT_TEXT_LETTERS));
        }
        let mut writing = self.begin().await?;
        let product = crate::catalog::store::product(writing.connection(), product_id).await?;
        check(product.on_hand, delta)?;
        record(&mut writing, product_id, delta, reason.into(), note).await?;
        writing.commit().await?;
        self.product(product_id).await
    }

    /// A count: writes the difference between what was counted and what was expected. A sale that
    /// comes in between the two stays in the sum.
    pub async fn stock_count(&self, product_id: &str, expected: i64, counted: i64) -> Result<Product> {
        check_count(counted)?;
        let mut writing = self.begin().await?;
        crate::catalog::store::product(writing.connection(), product_id).await?;
        count(&mut writing, product_id, expected, counted).await?;
        writing.commit().await?;
        self.product(product_id).await
    }

    /// The ledger of a piece, the newest first.
    pub async fn stock_history(&self, product_id: &str) -> Result<Vec<StockLine>> {
        store::history(&mut *self.read().acquire().await?, product_id).await
    }
}

pub(crate) fn check_count(counted: i64) -> Result<()> {
    if (0..=limits::QUANTITY).contains(&counted) {
        return Ok(());
    }
    Err(Fault::new(Code::OutOfRange)
        .with("field", "quantity")
        .with("most", limits::QUANTITY))
}

/// Writes what a count found. False when it is what was expected.
pub(crate) async fn count(
    writing: &mut Writing<'_>,
    product_id: &str,
    expected: i64,
    counted: i64,
) -> Result<bool> {
    let delta = counted
        .saturating_sub(expected)
        .clamp(-limits::QUANTITY, limits::QUANTITY);
    if delta != 0 {
        record(writing, product_id, delta, Reason::Counted, "").await?;
    }
    Ok(delta != 0)
}

fn check(on_hand: i64, delta: i64) -> Result<()> {
    let after = on_hand.saturating_add(delta);
    if delta < 0 && after < 0 {
        return Err(Fault::new(Code::WouldBeNegative).with("on_hand", on_hand));
    }
    if after > limits::QUANTITY {
        return Err(Fault::new(Code::OutOfRange)
            .with("field", "quantity")
            .with("most", limits::QUANTITY));
    }
    Ok(())
}

/// Writes a movement and its intent.
pub(crate) async fn record(
    writing: &mut Writing<'_>,
    product_id: &str,
    delta: i64,
    reason: Reason,
    note: &str,
) -> Result<()> {
    let movement = Movement {
        id: writing.id(),
        product_id: product_id.to_owned(),
        delta,
        reason,
        order_id: None,
        note: note.to_owned(),
        at_ms: writing.now_ms(),
        by: writing.shop().laptop_id().to_owned(),
    };
    store::add(writing.connection(), &movement).await?;
    store::refresh(writing.connection(), product_id).await?;
    let stamp = writing.stamp().await?;
    writing
        .record(stamp, product_id, Vec::new(), Action::MoveStock { movement })
        .await?;
    writing.touches(Area::Stock);
    writing.touches(Area::Catalog);
    Ok(())
}

/// Takes a movement out of the ledger that the marketplace refused, and that the person let go of.
pub(crate) async fn take_out(writing: &mut Writing<'_>, movement: &Movement) -> Result<()> {
    store::remove(writing.connection(), &movement.id).await?;
    store::refresh(writing.connection(), &movement.product_id).await?;
    writing.touches(Area::Stock);
    Ok(())
}

/// Takes over movements from the marketplace: a union by id, so that twice is once.
pub(crate) async fn apply(writing: &mut Writing<'_>, entries: &[&Entry]) -> Result<()> {
    let movements: Vec<Movement> = entries
        .iter()
        .map(|entry| Movement::deserialize(&entry.state))
        .collect::<std::result::Result<_, _>>()?;
    store::add_all(writing.connection(), &movements).await?;
    writing.touches(Area::Stock);
    writing.touches(Area::Catalog);
    Ok(())
}
