//! Orders in the database: what the marketplace said, and on top of it the commands on their way.

use crate::fault::{Code, Fault, Result};
use crate::writing::{Area, Writing};
use api::feed::Entry;
use api::intent::Intent;
use api::order::{OrderState, OrderStatus};
use sqlx::SqliteConnection;
use sync::orders::Command;

/// The text that a status is stored and travels as.
pub fn status_key(status: OrderStatus) -> String {
    serde_json::to_value(status)
        .ok()
        .and_then(|key| key.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn status_of(key: &str) -> Result<OrderStatus> {
    serde_json::from_value(serde_json::Value::from(key)).map_err(|_| Fault::new(Code::ShopDamaged))
}

/// The status as it is shown.
pub async fn status(connection: &mut SqliteConnection, id: &str) -> Result<OrderStatus> {
    let key = sqlx::query_scalar!("SELECT status FROM orders WHERE id = ?", id)
        .fetch_optional(connection)
        .await?
        .ok_or(Code::NotFound)?;
    status_of(&key)
}

/// What the marketplace said last.
pub async fn state(connection: &mut SqliteConnection, id: &str) -> Result<OrderState> {
    let stored = sqlx::query_scalar!("SELECT state FROM orders WHERE id = ?", id)
        .fetch_optional(connection)
        .await?
        .ok_or(Code::NotFound)?;
    serde_json::from_str(&stored).map_err(|_| Fault::new(Code::ShopDamaged))
}

/// Takes over an order from the marketplace.
pub(crate) async fn apply(writing: &mut Writing<'_>, entry: &Entry) -> Result<()> {
    let state: OrderState = serde_json::from_value(entry.state.clone())?;
    let stored = entry.state.to_string();
    let status = status_key(state.status);
    sqlx::query!(
        "INSERT INTO orders (id, number, status, buyer_name, placed_ms, ship_by_ms, state) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET number = excluded.number, buyer_name = excluded.buyer_name,
             placed_ms = excluded.placed_ms, ship_by_ms = excluded.ship_by_ms, state = excluded.state",
        state.id,
        state.number,
        status,
        state.buyer_name,
        state.placed_ms,
        state.ship_by_ms,
        stored
    )
    .execute(writing.connection())
    .await?;
    refresh(writing, &[state.id]).await
}

/// Works the shown status out anew: the marketplace's, with the commands that wait on top.
pub(crate) async fn refresh(writing: &mut Writing<'_>, order_ids: &[String]) -> Result<()> {
    for id in order_ids {
        let state = match state(writing.connection(), id).await {
            Ok(state) => state,
            // A parcel can come before its order.
            Err(fault) if fault.code == Code::NotFound => continue,
            Err(fault) => return Err(fault),
        };
        let waiting = waiting_commands(writing.connection(), id).await?;
        let status = status_key(sync::pending::order(state.status, waiting));
        sqlx::query!("UPDATE orders SET status = ? WHERE id = ?", status, id)
            .execute(writing.connection())
            .await?;
        writing.touches(Area::Orders);
    }
    Ok(())
}

async fn waiting_commands(connection: &mut SqliteConnection, order_id: &str) -> Result<Vec<Command>> {
    let bodies = sqlx::query_scalar!(
        "SELECT body FROM outbox WHERE subject = ? AND status = 'waiting' ORDER BY epoch, seq",
        order_id
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut commands: Vec<Command> = bodies
        .iter()
        .filter_map(|body| serde_json::from_str::<Intent>(body).ok())
        .filter_map(|intent| sync::pending::command(&intent.action))
        .collect();
    let closing = sqlx::query_scalar!(
        "SELECT COUNT(*) FROM parcels p JOIN outbox o ON o.subject = p.drop_off_id
         WHERE p.order_id = ? AND o.verb = 'close_drop_off' AND o.status = 'waiting'",
        order_id
    )
    .fetch_one(connection)
    .await?;
    if closing > 0 {
        commands.push(Command::HandIn);
    }
    Ok(commands)
}

/// Pieces that are bought and not at the post yet.
pub async fn reserved(connection: &mut SqliteConnection, product_id: &str) -> Result<i64> {
    let sum = sqlx::query_scalar!(
        r#"SELECT COALESCE(SUM(json_extract(line.value, '$.quantity')), 0) AS "sum!: i64"
           FROM orders o, json_each(o.state, '$.lines') line
           WHERE o.status IN ('placed', 'accepted', 'packed', 'labelled')
               AND json_extract(line.value, '$.product_id') = ?"#,
        product_id
    )
    .fetch_one(connection)
    .await?;
    Ok(sum)
}

/// An order as the inbox lists it.
pub struct Listed {
    pub status: OrderStatus,
    pub state: OrderState,
    pub new: bool,
}

/// Orders whose shown status is one of `statuses` (JSON array of keys), the most urgent first.
pub async fn list(
    connection: &mut SqliteConnection,
    statuses: &[OrderStatus],
    oldest_first: bool,
) -> Result<Vec<Listed>> {
    let keys = serde_json::to_string(statuses)?;
    let rows = sqlx::query!(
        "SELECT status, state, seen_ms FROM orders
         WHERE status IN (SELECT value FROM json_each(?))
         ORDER BY CASE WHEN ? THEN ship_by_ms ELSE -placed_ms END, id LIMIT 1000",
        keys,
        oldest_first
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            let state = serde_json::from_str(&row.state).map_err(|_| Fault::new(Code::ShopDamaged))?;
            Ok(Listed {
                status: status_of(&row.status)?,
                state,
                new: row.seen_ms.is_none(),
            })
        })
        .collect()
}

pub async fn count(connection: &mut SqliteConnection, statuses: &[OrderStatus]) -> Result<u32> {
    let keys = serde_json::to_string(statuses)?;
    let count = sqlx::query_scalar!(
        r#"SELECT COUNT(*) AS "count!: u32" FROM orders WHERE status IN (SELECT value FROM json_each(?))"#,
        keys
    )
    .fetch_one(connection)
    .await?;
    Ok(count)
}
