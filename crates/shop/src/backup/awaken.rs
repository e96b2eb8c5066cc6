//! What a shop does when it finds that time went back, or that it is on another computer: it takes a new epoch and new
//! numbers, and reads everything again.

use crate::fault::Result;
use crate::settings::store::{self as settings, name};
use crate::syncing::{lost, outbox};
use crate::world::World;
use serde::{Deserialize, Serialize};
use sqlx::{Connection, SqliteConnection, SqlitePool};

/// Left in a restored database until it is opened.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restored {
    /// The epoch of the shop as it was before, when that could be read.
    pub epoch: i64,
    /// When the backup was made, UTC milliseconds.
    pub made_ms: i64,
}

/// Gives this laptop's id, after whatever has to be done about the shop first. All of it in one transaction.
pub async fn awaken(pool: &SqlitePool, world: &dyn World) -> Result<String> {
    let mut connection = pool.acquire().await?;
    let restored = settings::get(&mut connection, name::RESTORED).await?;
    let machine = world.machine().map(|machine| machine_hash(&machine));
    let known = settings::get(&mut connection, name::MACHINE).await?;
    let moved = matches!((&machine, &known), (Some(now), Some(then)) if now != then);
    let first = machine.is_some() && known.is_none();
    if restored.is_some() || moved || first {
        let mut writing = connection.begin_with("BEGIN IMMEDIATE").await?;
        if let Some(machine) = &machine {
            settings::set(&mut writing, name::MACHINE, machine).await?;
        }
        if moved {
            tracing::warn!("this shop's folder came from another computer: a new laptop");
            // The other one may go on under the old id, with its numbers and its sign-in.
            settings::set(&mut writing, name::LAPTOP_ID, &world.id()).await?;
            settings::remove(&mut writing, name::REVOKED).await?;
        }
        if let Some(restored) = &restored {
            let restored: Restored = serde_json::from_str(restored).unwrap_or_default();
            go_back(&mut writing, &restored, world.now_ms()).await?;
        }
        if moved || restored.is_some() {
            begin_anew(&mut writing).await?;
        }
        writing.commit().await?;
    }
    drop(connection);
    settings::laptop_id(pool, world).await
}

/// Not the computer's own name for itself, which other programs must not learn from a backup.
fn machine_hash(machine: &str) -> String {
    let key = blake3::derive_key(
        "puesto 2026 the computer that a shop is open on",
        machine.as_bytes(),
    );
    blake3::Hash::from_bytes(key).to_hex().to_string()
}

/// What was acknowledged lately may be newer than what the marketplace has, or older: it is offered again.
async fn go_back(connection: &mut SqliteConnection, restored: &Restored, now_ms: i64) -> Result<()> {
    let since = restored.made_ms.min(now_ms).saturating_sub(outbox::KEPT_MS);
    sqlx::query(
        "UPDATE outbox SET status = 'waiting', deferred = 0 WHERE status = 'done' AND decided_ms >= ?",
    )
    .bind(since)
    .execute(&mut *connection)
    .await?;
    let epoch = settings::epoch(connection).await?.max(restored.epoch);
    settings::set(connection, name::EPOCH, &epoch.to_string()).await?;
    settings::remove(connection, name::RESTORED).await
}

/// Sequence numbers and tracking numbers may have been used since, here or there: others are taken. What the
/// marketplace knows is read from its beginning.
async fn begin_anew(connection: &mut SqliteConnection) -> Result<()> {
    for known in [
        "DELETE FROM leases",
        "DELETE FROM lease_requests",
        "DELETE FROM base",
    ] {
        sqlx::query(known).execute(&mut *connection).await?;
    }
    for read in [name::CURSOR, name::POSITION, name::SUM, name::AGREED_MS] {
        settings::remove(connection, read).await?;
    }
    lost::begin_reading(connection).await?;
    outbox::take_new_epoch(connection).await
}
