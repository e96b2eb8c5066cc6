//! Parcels and drop-offs in the database.

use crate::fault::{Code, Fault, Result};
use crate::writing::{Area, Writing};
use api::drop_off::{DropOffState, DropOffStatus};
use api::feed::Entry;
use api::order::{ParcelEvent, ParcelState};
use sqlx::SqliteConnection;
use std::collections::BTreeSet;

/// A parcel as it is stored.
#[derive(Clone, Debug)]
pub struct Stored {
    pub id: String,
    pub order_id: String,
    pub s10: String,
    pub service: String,
    pub weight_g: i64,
    pub drop_off_id: Option<String>,
    pub events: BTreeSet<ParcelEvent>,
}

struct Row {
    id: String,
    order_id: String,
    s10: String,
    service: String,
    weight_g: i64,
    drop_off_id: Option<String>,
    events: String,
}

impl TryFrom<Row> for Stored {
    type Error = Fault;

    fn try_from(row: Row) -> Result<Self> {
        let events = serde_json::from_str(&row.events).map_err(|_| Fault::new(Code::ShopDamaged))?;
        Ok(Self {
            id: row.id,
            order_id: row.order_id,
            s10: row.s10,
            service: row.service,
            weight_g: row.weight_g,
            drop_off_id: row.drop_off_id,
            events,
        })
    }
}

pub async fn parcel(connection: &mut SqliteConnection, id: &str) -> Result<Stored> {
    sqlx::query_as!(
        Row,
        "SELECT id, order_id, s10, service, weight_g, drop_off_id, events FROM parcels WHERE id = ?",
        id
    )
    .fetch_optional(connection)
    .await?
    .ok_or(Code::NotFound)?
    .try_into()
}

pub async fn parcel_of_order(connection: &mut SqliteConnection, order_id: &str) -> Result<Option<Stored>> {
    sqlx::query_as!(
        Row,
        "SELECT id, order_id, s10, service, weight_g, drop_off_id, events FROM parcels
         WHERE order_id = ? ORDER BY created_ms LIMIT 1",
        order_id
    )
    .fetch_optional(connection)
    .await?
    .map(Stored::try_from)
    .transpose()
}

/// Parcels of orders that are labelled and in no drop-off.
pub async fn ready(connection: &mut SqliteConnection) -> Result<Vec<Stored>> {
    sqlx::query_as!(
        Row,
        "SELECT p.id, p.order_id, p.s10, p.service, p.weight_g, p.drop_off_id, p.events
         FROM parcels p JOIN orders o ON o.id = p.order_id
         WHERE p.drop_off_id IS NULL AND o.status = 'labelled' ORDER BY o.ship_by_ms, p.id"
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Stored::try_from)
    .collect()
}

/// The parcels that a drop-off was closed with, in the order of its slip.
pub async fn of_drop_off(connection: &mut SqliteConnection, drop_off_id: &str) -> Result<Vec<Stored>> {
    sqlx::query_as!(
        Row,
        "SELECT p.id, p.order_id, p.s10, p.service, p.weight_g, p.drop_off_id, p.events
         FROM drop_off_parcels d JOIN parcels p ON p.id = d.parcel_id WHERE d.drop_off_id = ? ORDER BY d.line",
        drop_off_id
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Stored::try_from)
    .collect()
}

/// Takes over what the marketplace says of a parcel. Events are a set: their union loses none.
pub(crate) async fn apply_parcel(writing: &mut Writing<'_>, entry: &Entry) -> Result<()> {
    let said: ParcelState = serde_json::from_value(entry.state.clone())?;
    let now_ms = writing.now_ms();
    let mut events: BTreeSet<ParcelEvent> = said.events.into_iter().collect();
    if let Ok(here) = parcel(writing.connection(), &entry.id).await {
        events.extend(here.events);
    }
    let events = serde_json::to_string(&events)?;
    let parcel = said.parcel;
    sqlx::query!(
        "INSERT INTO parcels (id, order_id, s10, service, weight_g, drop_off_id, created_ms, events)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET events = excluded.events,
             -- A drop-off that was closed here and has not arrived there yet still holds the parcel.
             drop_off_id = CASE WHEN EXISTS (SELECT 1 FROM outbox o WHERE o.subject = parcels.drop_off_id
                     AND o.verb = 'close_drop_off' AND o.status = 'waiting')
                 THEN parcels.drop_off_id ELSE excluded.drop_off_id END",
        parcel.id,
        parcel.order_id,
        parcel.s10,
        parcel.service,
        parcel.weight_g,
        said.drop_off_id,
        now_ms,
        events
    )
    .execute(writing.connection())
    .await?;
    crate::orders::refresh(writing, &[parcel.order_id]).await?;
    writing.touches(Area::Shipping);
    Ok(())
}

/// The marketplace does not take a drop-off: its parcels are where they were before, or in the one that has them there.
pub(crate) async fn let_go(writing: &mut Writing<'_>, drop_off_id: &str) -> Result<()> {
    sqlx::query(
        "UPDATE parcels SET drop_off_id = (SELECT d.drop_off_id FROM drop_off_parcels d
             WHERE d.parcel_id = parcels.id AND d.drop_off_id <> ?1
                 AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.subject = d.drop_off_id
                     AND o.verb = 'close_drop_off' AND o.status IN ('refused', 'dismissed')) LIMIT 1)
         WHERE drop_off_id = ?1 AND EXISTS (SELECT 1 FROM outbox o WHERE o.subject = ?1
             AND o.verb = 'close_drop_off' AND o.status = 'refused')",
    )
    .bind(drop_off_id)
    .execute(writing.connection())
    .await?;
    writing.touches(Area::Shipping);
    Ok(())
}

pub fn drop_off_key(status: DropOffStatus) -> String {
    serde_json::to_value(status)
        .ok()
        .and_then(|key| key.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// Takes over what the marketplace says of a drop-off.
pub(crate) async fn apply_drop_off(writing: &mut Writing<'_>, entry: &Entry) -> Result<()> {
    let said: DropOffState = serde_json::from_value(entry.state.clone())?;
    let status = drop_off_key(said.status);
    let drop_off = said.drop_off;
    sqlx::query!(
        "INSERT INTO drop_offs (id, number, office, status, closed_ms, left_ms, decided_ms, decided_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET
             -- What was said here and has not arrived there yet stays said.
             status = CASE WHEN excluded.status = 'closed' THEN drop_offs.status ELSE excluded.status END,
             left_ms = COALESCE(excluded.left_ms, drop_offs.left_ms),
             decided_ms = excluded.decided_ms, decided_at = excluded.decided_at",
        drop_off.id,
        drop_off.number,
        drop_off.office,
        status,
        drop_off.closed_ms,
        said.left_ms,
        said.decided_ms,
        said.decided_at
    )
    .execute(writing.connection())
    .await?;
    write_lines(writing, &drop_off.id, &drop_off.parcel_ids).await?;
    writing.touches(Area::Shipping);
    Ok(())
}

pub async fn write_lines(writing: &mut Writing<'_>, drop_off_id: &str, parcel_ids: &[String]) -> Result<()> {
    for (line, parcel_id) in (1_i64..).zip(parcel_ids) {
        sqlx::query!(
            "INSERT INTO drop_off_parcels (drop_off_id, line, parcel_id) VALUES (?, ?, ?)
             ON CONFLICT (drop_off_id, line) DO NOTHING",
            drop_off_id,
            line,
            parcel_id
        )
        .execute(writing.connection())
        .await?;
    }
    Ok(())
}
