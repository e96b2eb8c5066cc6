//! Names and values: the laptop's own facts, and where syncing stands.

use crate::fault::Result;
use crate::world::World;
use sqlx::{SqliteConnection, SqlitePool};
use sync::stamps::Clock;

pub mod name {
    pub const LAPTOP_ID: &str = "laptop_id";
    pub const EPOCH: &str = "epoch";
    pub const LAST_SEQ: &str = "last_seq";
    pub const CLOCK: &str = "clock";
    /// The feed's cursor.
    pub const CURSOR: &str = "cursor";
    /// The highest position of the feed that was taken over.
    pub const POSITION: &str = "position";
    /// The sum of all records as the marketplace said them (`sync::parity`).
    pub const SUM: &str = "sum";
    /// Set while the feed is read from its beginning, after the cursor was gone.
    pub const READING: &str = "reading";
    /// Set when the marketplace does not know orders any more that it once told of.
    pub const LOST_ORDERS: &str = "lost_orders";
    /// Ids of those that the person has seen to, as JSON.
    pub const LOST_ORDERS_NOTED: &str = "lost_orders_noted";
    pub const SERVER: &str = "server";
    /// `api::auth::Me` as JSON, from the last sign-in or reconcile.
    pub const ME: &str = "me";
    /// When the marketplace said so, by this laptop's clock.
    pub const ME_MS: &str = "me_ms";
    pub const SHOP_NAME: &str = "shop_name";
    pub const SELLER_NAME: &str = "seller_name";
    /// `settings::view::Preferences` as JSON.
    pub const PREFERENCES: &str = "preferences";
    /// When everything was last agreed, UTC milliseconds.
    pub const AGREED_MS: &str = "agreed_ms";
    /// Set while the marketplace and this laptop, when compared last, did not hold the same.
    pub const UNSURE: &str = "unsure";
    /// Megabytes of photos that may go out in a day.
    pub const PHOTO_CAP: &str = "photo_cap";
    /// The day, counted from 1970 where the person is, on which the cap does not hold.
    pub const PHOTO_CAP_LIFTED: &str = "photo_cap_lifted";
    /// The day, counted from 1970 where the person is, and the bytes that travelled on it.
    pub const DATA_USED: &str = "data_used";
    pub const SYNC_PAUSED: &str = "sync_paused";
    pub const REVOKED: &str = "revoked";
    /// BLAKE3 of the name of the computer that the shop was last opened on.
    pub const MACHINE: &str = "machine";
    /// `backup::awaken::Restored` as JSON, until the restored shop is opened for the first time.
    pub const RESTORED: &str = "restored";
}

pub async fn get(connection: &mut SqliteConnection, name: &str) -> Result<Option<String>> {
    Ok(
        sqlx::query_scalar!("SELECT value FROM settings WHERE name = ?", name)
            .fetch_optional(connection)
            .await?,
    )
}

pub async fn set(connection: &mut SqliteConnection, name: &str, value: &str) -> Result<()> {
    sqlx::query!(
        "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name,
        value
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub async fn remove(connection: &mut SqliteConnection, name: &str) -> Result<()> {
    sqlx::query!("DELETE FROM settings WHERE name = ?", name)
        .execute(connection)
        .await?;
    Ok(())
}

pub async fn clock(connection: &mut SqliteConnection) -> Result<Clock> {
    let stored = get(connection, name::CLOCK).await?.unwrap_or_default();
    let mut parts = stored.split(' ').map(|part| part.parse::<i64>().unwrap_or(0));
    Ok(Clock {
        last_ms: parts.next().unwrap_or(0),
        last_n: u32::try_from(parts.next().unwrap_or(0)).unwrap_or(0),
        offset_ms: parts.next().unwrap_or(0),
        floor_ms: parts.next().unwrap_or(0),
        floor_n: u32::try_from(parts.next().unwrap_or(0)).unwrap_or(0),
        heard_ms: parts.next().unwrap_or(0),
    })
}

pub async fn set_clock(connection: &mut SqliteConnection, clock: Clock) -> Result<()> {
    set(
        connection,
        name::CLOCK,
        &format!(
            "{} {} {} {} {} {}",
            clock.last_ms, clock.last_n, clock.offset_ms, clock.floor_ms, clock.floor_n, clock.heard_ms
        ),
    )
    .await
}

async fn number(connection: &mut SqliteConnection, name: &str, otherwise: i64) -> Result<i64> {
    Ok(get(connection, name)
        .await?
        .and_then(|value| value.parse().ok())
        .unwrap_or(otherwise))
}

/// The laptop's epoch, from 1.
pub async fn epoch(connection: &mut SqliteConnection) -> Result<i64> {
    number(connection, name::EPOCH, 1).await
}

/// The highest sequence number given, also of intents that were tidied away since.
pub async fn last_seq(connection: &mut SqliteConnection) -> Result<i64> {
    number(connection, name::LAST_SEQ, 0).await
}

pub async fn set_last_seq(connection: &mut SqliteConnection, seq: i64) -> Result<()> {
    set(connection, name::LAST_SEQ, &seq.to_string()).await
}

/// The highest position of the feed that was taken over, 0 before the first.
pub async fn position(connection: &mut SqliteConnection) -> Result<u64> {
    Ok(number(connection, name::POSITION, 0).await?.unsigned_abs())
}

/// This laptop's id, made when the shop is first opened.
pub(crate) async fn laptop_id(pool: &SqlitePool, world: &dyn World) -> Result<String> {
    let mut connection = pool.acquire().await?;
    if let Some(id) = get(&mut connection, name::LAPTOP_ID).await? {
        return Ok(id);
    }
    let id = world.id();
    set(&mut connection, name::LAPTOP_ID, &id).await?;
    Ok(id)
}
