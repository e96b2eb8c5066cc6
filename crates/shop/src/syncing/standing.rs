//! How syncing stands, in numbers and one word.

use super::view::{SyncPhase, SyncState};
use super::{lost, meter, outbox, thrift};
use crate::Shop;
use crate::fault::Result;
use crate::settings::store::{self as settings, name};
use std::sync::PoisonError;
use sync::engine::words::Phase;

/// What the running engine said last, by this laptop's clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Said {
    pub phase: Phase,
    pub next_ms: Option<i64>,
    pub agreed_ms: Option<i64>,
}

impl From<Phase> for SyncPhase {
    fn from(phase: Phase) -> Self {
        match phase {
            Phase::SignedOut => Self::SignedOut,
            Phase::Idle => Self::Idle,
            Phase::Sending => Self::Sending,
            Phase::Receiving => Self::Receiving,
            Phase::SendingPhotos => Self::SendingPhotos,
            Phase::Comparing => Self::Comparing,
            Phase::Offline => Self::Offline,
            Phase::Troubled => Self::Troubled,
            Phase::Revoked => Self::Revoked,
            Phase::Paused => Self::Paused,
        }
    }
}

pub async fn standing(shop: &Shop) -> Result<SyncState> {
    let said = *shop.sync().said.lock().unwrap_or_else(PoisonError::into_inner);
    let mut connection = shop.read().acquire().await?;
    // Left to itself SQLite walks through all that was ever said.
    let waiting = sqlx::query_scalar!(
        r#"SELECT COUNT(*) AS "count!: u32" FROM outbox INDEXED BY outbox_waiting WHERE status = 'waiting'"#
    )
    .fetch_one(&mut *connection)
    .await?;
    let uploads = sqlx::query!(
        r#"SELECT COUNT(*) AS "count!: u32", COALESCE(SUM(bytes), 0) AS "bytes!: i64"
           FROM uploads WHERE sent_ms IS NULL"#
    )
    .fetch_one(&mut *connection)
    .await?;
    let photos = match uploads.count {
        0 => Photos::default(),
        _ => photos(&mut connection).await?,
    };
    let allowance = thrift::allowance(&mut connection, shop.world()).await?;
    // The next that would go, as `load_upload` chooses it.
    let next = sqlx::query_scalar!(
        "SELECT bytes FROM uploads WHERE sent_ms IS NULL ORDER BY urgency, added_ms, hash LIMIT 1"
    )
    .fetch_optional(&mut *connection)
    .await?;
    // Their numbers grow with time.
    let waiting_since_ms = sqlx::query_scalar!(
        "SELECT created_ms FROM outbox WHERE status = 'waiting' ORDER BY epoch, seq LIMIT 1"
    )
    .fetch_optional(&mut *connection)
    .await?;
    let conflicts = crate::conflicts::count(&mut connection).await?;
    let oversold = crate::stock::count_oversold(&mut connection).await?;
    let used_today_bytes = meter::today(shop, &mut connection).await?;
    let refused = outbox::refused(&mut connection).await?;
    let lost_orders = lost::orders(&mut connection).await?;
    let stored_ms = settings::get(&mut connection, name::AGREED_MS)
        .await?
        .and_then(|ms| ms.parse().ok());
    let phase = phase(&mut connection, said).await?;
    Ok(SyncState {
        phase,
        waiting,
        photos_waiting: photos.waiting,
        photos_sent: photos.sent,
        bytes_waiting: uploads.bytes,
        cap_bytes: allowance.cap_bytes,
        today_bytes: allowance.today_bytes,
        capped: next.is_some_and(|bytes| !allowance.lets(bytes)),
        refused,
        lost_orders,
        conflicts,
        oversold,
        waiting_since_ms,
        used_today_bytes,
        last_ms: said.and_then(|said| said.agreed_ms).or(stored_ms),
        next_ms: said.and_then(|said| said.next_ms),
    })
}

#[derive(Default)]
struct Photos {
    waiting: u32,
    sent: u32,
}

async fn photos(connection: &mut sqlx::SqliteConnection) -> Result<Photos> {
    let waiting = sqlx::query!(
        r#"SELECT COUNT(*) AS "count!: u32", COALESCE(MIN(added_ms), 0) AS "since!: i64" FROM photos p
           WHERE EXISTS (SELECT 1 FROM uploads u WHERE u.hash IN (p.large, p.small) AND u.sent_ms IS NULL)"#
    )
    .fetch_one(&mut *connection)
    .await?;
    // Of the same go: added since the oldest that still waits.
    let since = sqlx::query_scalar!(
        r#"SELECT COUNT(*) AS "count!: u32" FROM photos WHERE added_ms >= ? AND ? > 0"#,
        waiting.since,
        waiting.count
    )
    .fetch_one(&mut *connection)
    .await?;
    Ok(Photos {
        waiting: waiting.count,
        sent: since.saturating_sub(waiting.count),
    })
}

/// The engine's word, unless what is written down says more: it may have been written just now, or no
/// engine runs.
async fn phase(connection: &mut sqlx::SqliteConnection, said: Option<Said>) -> Result<SyncPhase> {
    let joined = settings::get(connection, name::SERVER).await?.is_some();
    let revoked = settings::get(connection, name::REVOKED).await?.is_some();
    let paused = settings::get(connection, name::SYNC_PAUSED).await?.is_some();
    let unsure = settings::get(connection, name::UNSURE).await?.is_some();
    Ok(match said.map(|said| said.phase) {
        _ if !joined => SyncPhase::SignedOut,
        _ if revoked => SyncPhase::Revoked,
        Some(Phase::SignedOut) => SyncPhase::SignedOut,
        _ if paused => SyncPhase::Paused,
        None if unsure => SyncPhase::Comparing,
        Some(Phase::Paused | Phase::Revoked) | None => SyncPhase::Idle,
        Some(phase) => phase.into(),
    })
}
