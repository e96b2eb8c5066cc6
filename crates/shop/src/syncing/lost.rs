//! What a marketplace that was put back to an earlier day does not have any more, and cannot get by itself.
//!
//! A piece is on every laptop that ever read it: whoever has something to say about it offers it again, as it was. An
//! order was the marketplace's own: the person is told, with what is known of it here.

use super::outbox;
use super::view::{LostOrder, SyncState};
use crate::Shop;
use crate::fault::{Code, Fault, Result};
use crate::settings::store::{self as settings, name};
use crate::writing::{Area, Writing};
use api::clock::Stamp;
use api::intent::{Action, Intent, refusal};
use api::stock::Movement;
use serde_json::Value;
use sqlx::SqliteConnection;
use std::collections::{BTreeMap, BTreeSet};

/// A piece that nobody has, neither this laptop nor the marketplace, may be one that another laptop is about to offer. It
/// has so long.
const OTHERS_MS: i64 = 7 * 24 * 60 * 60_000;

/// The feed is read from its beginning: until its end nothing is said of what is not there.
pub async fn begin_reading(connection: &mut SqliteConnection) -> Result<()> {
    settings::set(connection, name::READING, "1").await
}

/// The feed was read to its end.
pub async fn end_reading(writing: &mut Writing<'_>) -> Result<()> {
    let connection = writing.connection();
    if settings::get(connection, name::READING).await?.is_none() {
        return Ok(());
    }
    settings::remove(connection, name::READING).await?;
    if unknown_orders(connection).await?.is_empty() {
        settings::remove(connection, name::LOST_ORDERS).await?;
    } else {
        tracing::warn!("the marketplace does not know orders any more that it once told of");
        settings::set(connection, name::LOST_ORDERS, "1").await?;
    }
    writing.touches(Area::Orders);
    Ok(())
}

/// A reading from the beginning may end with a page, or with an answer that there is nothing more.
pub async fn nothing_more(shop: &Shop) -> Result<()> {
    let reading = settings::get(&mut *shop.read().acquire().await?, name::READING).await?;
    if reading.is_none() {
        return Ok(());
    }
    let mut writing = shop.begin().await?;
    end_reading(&mut writing).await?;
    writing.commit().await?;
    settle(shop).await
}

/// Orders that the marketplace told of once, does not know any more, and that the person was not told of yet.
pub async fn orders(connection: &mut SqliteConnection) -> Result<Vec<LostOrder>> {
    // Asked often, and hardly ever the case.
    if settings::get(connection, name::LOST_ORDERS).await?.is_none()
        || settings::get(connection, name::READING).await?.is_some()
    {
        return Ok(Vec::new());
    }
    unknown_orders(connection).await
}

async fn unknown_orders(connection: &mut SqliteConnection) -> Result<Vec<LostOrder>> {
    let rows: Vec<(String, String, String, String, i64, String)> = sqlx::query_as(
        "SELECT o.id, o.number, o.buyer_name, o.status, o.placed_ms,
             COALESCE((SELECT s10 FROM parcels WHERE order_id = o.id ORDER BY created_ms LIMIT 1), '')
         FROM orders o
         WHERE NOT EXISTS (SELECT 1 FROM base WHERE kind = 'order' AND base.id = o.id)
             AND o.id NOT IN (SELECT value FROM json_each(
                 COALESCE((SELECT value FROM settings WHERE name = 'lost_orders_noted'), '[]')))
         ORDER BY o.placed_ms DESC, o.id LIMIT 50",
    )
    .fetch_all(connection)
    .await?;
    let lost =
        |(id, number, buyer_name, status, placed_ms, s10): (String, _, _, String, _, String)| LostOrder {
            id,
            number,
            buyer_name,
            placed_ms,
            s10: (!s10.is_empty()).then_some(s10),
            gone_out: ["handed_in", "shipped", "delivered"].contains(&status.as_str()),
        };
    Ok(rows.into_iter().map(lost).collect())
}

impl Shop {
    /// The person has seen to an order that the marketplace does not know any more. Fault `NotFound`.
    pub async fn lost_order_dismiss(&self, id: &str) -> Result<SyncState> {
        let mut writing = self.begin().await?;
        let connection = writing.connection();
        if !orders(connection).await?.iter().any(|order| order.id == id) {
            return Err(Code::NotFound.into());
        }
        let noted = settings::get(connection, name::LOST_ORDERS_NOTED).await?;
        let mut noted: BTreeSet<String> = noted
            .and_then(|noted| serde_json::from_str(&noted).ok())
            .unwrap_or_default();
        noted.insert(id.to_owned());
        let noted = serde_json::to_string(&noted)?;
        settings::set(connection, name::LOST_ORDERS_NOTED, &noted).await?;
        writing.touches(Area::Orders);
        writing.commit().await?;
        self.sync_state().await
    }
}

/// Looks after what waits although what it is about will not come by itself.
pub async fn settle(shop: &Shop) -> Result<()> {
    let waits =
        "SELECT body, created_ms FROM outbox WHERE status = 'waiting' AND deferred = 1 AND code = 'waits'
                 ORDER BY epoch, seq LIMIT 500";
    let rows: Vec<(String, i64)> = sqlx::query_as(waits)
        .fetch_all(&mut *shop.read().acquire().await?)
        .await?;
    if rows.is_empty() {
        return Ok(());
    }
    let mut writing = shop.begin().await?;
    let connection = writing.connection();
    if settings::get(connection, name::CURSOR).await?.is_none()
        || settings::get(connection, name::READING).await?.is_some()
    {
        // What the marketplace has is not known yet.
        return Ok(());
    }
    let now_ms = writing.now_ms();
    let mut offered = BTreeSet::new();
    for (body, created_ms) in rows {
        let intent: Intent = serde_json::from_str(&body).map_err(|_| Fault::new(Code::ShopDamaged))?;
        if depends_on_nothing(writing.connection(), &intent).await? {
            // What it depends on was acknowledged so long ago that it is not kept any more.
            outbox::refuse(&mut writing, &intent.id, refusal::DEPENDS_ON_REFUSED).await?;
            continue;
        }
        let Some(piece) = piece_of(&intent.action).map(str::to_owned) else {
            continue;
        };
        if !offered.contains(&piece) {
            match lost(writing.connection(), &piece).await? {
                Lost::No => continue,
                // It was answered while the piece was offered.
                Lost::Coming => {}
                Lost::There => {
                    offer(&mut writing, &piece).await?;
                    offered.insert(piece.clone());
                }
                Lost::Everywhere => {
                    if now_ms.saturating_sub(created_ms) > OTHERS_MS {
                        outbox::refuse(&mut writing, &intent.id, refusal::NO_SUCH_PRODUCT).await?;
                    }
                    continue;
                }
            }
        }
        put_behind(&mut writing, intent).await?;
    }
    writing.touches(Area::Catalog);
    writing.commit().await
}

/// Whether one of those that it depends on is not in the outbox any more. They are all this laptop's own.
async fn depends_on_nothing(connection: &mut SqliteConnection, intent: &Intent) -> Result<bool> {
    for id in &intent.depends_on {
        let kept: Option<i64> =
            sqlx::query_scalar("SELECT 1 FROM outbox WHERE id = ? AND status IN ('waiting', 'done')")
                .bind(id)
                .fetch_optional(&mut *connection)
                .await?;
        if kept.is_none() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The piece without which the action makes no sense.
fn piece_of(action: &Action) -> Option<&str> {
    match action {
        Action::AttachPhoto { product_id, .. }
        | Action::PlacePhoto { product_id, .. }
        | Action::DetachPhoto { product_id, .. } => Some(product_id),
        Action::MoveStock { movement } => Some(&movement.product_id),
        _ => None,
    }
}

enum Lost {
    /// The marketplace has it.
    No,
    /// This laptop has offered it, and there is no answer yet.
    Coming,
    /// It is here, and the marketplace does not have it.
    There,
    /// Nor is it here.
    Everywhere,
}

async fn lost(connection: &mut SqliteConnection, piece: &str) -> Result<Lost> {
    let (known, answered, coming): (bool, bool, bool) = sqlx::query_as(
        "SELECT EXISTS (SELECT 1 FROM base WHERE kind = 'product' AND id = ?1),
             EXISTS (SELECT 1 FROM outbox WHERE subject = ?1 AND verb = 'set_product'
                         AND (status = 'done' OR (status = 'waiting' AND deferred = 1))),
             EXISTS (SELECT 1 FROM outbox WHERE subject = ?1 AND verb = 'set_product' AND status = 'waiting')",
    )
    .bind(piece)
    .fetch_one(&mut *connection)
    .await?;
    if known || answered {
        return Ok(Lost::No);
    }
    if coming {
        return Ok(Lost::Coming);
    }
    let here: Option<i64> = sqlx::query_scalar("SELECT 1 FROM products WHERE id = ?")
        .bind(piece)
        .fetch_optional(&mut *connection)
        .await?;
    Ok(if here.is_some() {
        Lost::There
    } else {
        Lost::Everywhere
    })
}

/// Offers a piece as it is here, under the stamps that it has: whoever else offers it again says the very same.
async fn offer(writing: &mut Writing<'_>, piece: &str) -> Result<()> {
    tracing::warn!(piece, "the marketplace has lost a piece: it is offered again");
    let state = crate::catalog::store::state(writing.connection(), piece).await?;
    let mut writes: BTreeMap<Stamp, BTreeMap<String, Value>> = BTreeMap::new();
    for (name, field) in state.fields {
        writes.entry(field.stamp).or_default().insert(name, field.value);
    }
    for (stamp, fields) in writes {
        let action = Action::SetProduct {
            product_id: piece.to_owned(),
            fields,
        };
        writing.record(stamp, piece, Vec::new(), action).await?;
    }
    for placed in state.photos.into_values().filter(|placed| !placed.removed) {
        let action = Action::AttachPhoto {
            product_id: piece.to_owned(),
            photo: placed.photo,
            place: placed.place,
        };
        writing.record(placed.stamp, piece, Vec::new(), action).await?;
    }
    for movement in movements(writing.connection(), piece).await? {
        let stamp = writing.stamp().await?;
        writing
            .record(stamp, piece, Vec::new(), Action::MoveStock { movement })
            .await?;
    }
    Ok(())
}

/// Those of laptops, without this laptop's own that wait: what an order did to the stock comes with the order.
async fn movements(connection: &mut SqliteConnection, piece: &str) -> Result<Vec<Movement>> {
    let ids: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM movements m WHERE product_id = ?1 AND order_id IS NULL AND reason NOT IN ('sold', 'restocked')
             AND NOT EXISTS (SELECT 1 FROM outbox WHERE subject = ?1 AND verb = 'move_stock' AND status = 'waiting'
                                 AND json_extract(body, '$.action.movement.id') = m.id)
         ORDER BY at_ms, id",
    )
    .bind(piece)
    .fetch_all(&mut *connection)
    .await?;
    let mut states = crate::stock::states(connection, &ids).await?;
    ids.iter()
        .filter_map(|id| states.remove(id))
        .map(|state| serde_json::from_value(state).map_err(Fault::from))
        .collect()
}

/// Gives an intent that waits the next number, so that it comes after all that was recorded before.
async fn put_behind(writing: &mut Writing<'_>, mut intent: Intent) -> Result<()> {
    let connection = writing.connection();
    let epoch = settings::epoch(connection).await?;
    let seq = settings::last_seq(connection).await? + 1;
    intent.epoch = u32::try_from(epoch).unwrap_or(1);
    intent.seq = seq.unsigned_abs();
    sqlx::query("UPDATE outbox SET epoch = ?, seq = ?, body = ?, deferred = 0 WHERE id = ?")
        .bind(epoch)
        .bind(seq)
        .bind(serde_json::to_string(&intent)?)
        .bind(&intent.id)
        .execute(&mut *connection)
        .await?;
    settings::set_last_seq(connection, seq).await?;
    writing.rings();
    Ok(())
}
