//! Closing a drop-off: from then on its list is what the paper says.

use super::store;
use super::view::{DropOffStep, DropOffView};
use crate::Shop;
use crate::fault::{Code, Fault, Result};
use crate::writing::{Area, Writing};
use api::drop_off::DropOff;
use api::intent::Action;
use api::limits;
use postal::DropOffNumber;
use std::collections::BTreeSet;

impl Shop {
    /// Closes a drop-off with parcels that are labelled. Faults: `NothingToHandIn`, `ParcelTaken`,
    /// `OfficeUnknown`, `OutOfRange`, `NotSignedIn`.
    pub async fn drop_off_close(&self, parcel_ids: Vec<String>, office: &str) -> Result<DropOffView> {
        let me = self.me().await?.ok_or(Code::NotSignedIn)?;
        let profile = self.operator().await?;
        let office = profile.office(office).ok_or(Code::OfficeUnknown)?;
        let distinct: BTreeSet<&String> = parcel_ids.iter().collect();
        if distinct.is_empty() {
            return Err(Code::NothingToHandIn.into());
        }
        if distinct.len() > limits::PARCELS_PER_DROP_OFF || distinct.len() != parcel_ids.len() {
            let most = limits::PARCELS_PER_DROP_OFF;
            return Err(Fault::new(Code::OutOfRange)
                .with("field", "parcels")
                .with("most", most));
        }
        let mut writing = self.begin().await?;
        let ready = store::ready(writing.connection()).await?;
        if !parcel_ids
            .iter()
            .all(|id| ready.iter().any(|parcel| parcel.id == *id))
        {
            return Err(Code::ParcelTaken.into());
        }
        let number = next_number(&mut writing, &me.shop_id).await?;
        let drop_off = DropOff {
            id: writing.id(),
            number: number.to_string(),
            office: office.code.clone(),
            parcel_ids,
            closed_ms: writing.now_ms(),
        };
        let id = drop_off.id.clone();
        sqlx::query!(
            "INSERT INTO drop_offs (id, number, office, status, closed_ms) VALUES (?, ?, ?, 'closed', ?)",
            drop_off.id,
            drop_off.number,
            drop_off.office,
            drop_off.closed_ms
        )
        .execute(writing.connection())
        .await?;
        store::write_lines(&mut writing, &drop_off.id, &drop_off.parcel_ids).await?;
        let mut orders = Vec::new();
        for parcel in ready
            .iter()
            .filter(|parcel| drop_off.parcel_ids.contains(&parcel.id))
        {
            sqlx::query!("UPDATE parcels SET drop_off_id = ? WHERE id = ?", id, parcel.id)
                .execute(writing.connection())
                .await?;
            orders.push(parcel.order_id.clone());
        }
        let depends_on = numbering(&mut writing, &orders).await?;
        let stamp = writing.stamp().await?;
        writing
            .record(stamp, &id, depends_on, Action::CloseDropOff { drop_off })
            .await?;
        crate::orders::refresh(&mut writing, &orders).await?;
        writing.touches(Area::Shipping);
        writing.touches(Area::Orders);
        writing.commit().await?;
        self.drop_off(&id).await
    }

    /// She left it at the office; only the counter's word comes after that.
    pub async fn drop_off_left(&self, id: &str) -> Result<DropOffView> {
        let there = self.drop_off(id).await?;
        if there.card.step != DropOffStep::Closed {
            return Ok(there);
        }
        let mut writing = self.begin().await?;
        let at_ms = writing.now_ms();
        sqlx::query!(
            "UPDATE drop_offs SET status = 'left', left_ms = ? WHERE id = ?",
            at_ms,
            id
        )
        .execute(writing.connection())
        .await?;
        let stamp = writing.stamp().await?;
        writing
            .record(
                stamp,
                id,
                Vec::new(),
                Action::LeaveDropOff {
                    drop_off_id: id.into(),
                    at_ms,
                },
            )
            .await?;
        writing.touches(Area::Shipping);
        writing.commit().await?;
        self.drop_off(id).await
    }
}

/// The day's next number. Each laptop counts from its own start, so that two of one shop do not meet.
async fn next_number(writing: &mut Writing<'_>, shop_id: &str) -> Result<DropOffNumber> {
    let offset = writing.shop().world().offset_minutes();
    let day = crate::today::rules::day(writing.now_ms(), offset);
    let (year, month, date) = crate::today::rules::parts(day);
    let seller = DropOffNumber::seller_code(shop_id);
    // After a restore the numbers of the lost days are not known: each epoch counts from a start of its own.
    let epoch = crate::settings::store::epoch(writing.connection()).await?;
    let laptop = writing.shop().laptop_id();
    let start = match epoch {
        1 => DropOffNumber::seller_code(laptop) % 1024,
        _ => DropOffNumber::seller_code(&format!("{laptop} {epoch}")) % 1024,
    };
    for step in 0..1024_u32 {
        let sequence = u16::try_from((start + step) % 1024).unwrap_or(0);
        let number = DropOffNumber::new(seller, year, month, date, sequence).map_err(Fault::internal)?;
        let text = number.to_string();
        let taken = sqlx::query_scalar!("SELECT COUNT(*) FROM drop_offs WHERE number = ?", text)
            .fetch_one(writing.connection())
            .await?;
        if taken == 0 {
            return Ok(number);
        }
    }
    Err(Fault::new(Code::OutOfRange)
        .with("field", "drop_offs")
        .with("most", 1024))
}

/// Intents that number these orders' parcels and have not arrived: the drop-off falls with them.
async fn numbering(writing: &mut Writing<'_>, orders: &[String]) -> Result<Vec<String>> {
    let orders = serde_json::to_string(orders)?;
    let ids = sqlx::query_scalar!(
        "SELECT id FROM outbox WHERE verb = 'number_parcel' AND status = 'waiting'
             AND subject IN (SELECT value FROM json_each(?))",
        orders
    )
    .fetch_all(writing.connection())
    .await?;
    Ok(ids)
}
