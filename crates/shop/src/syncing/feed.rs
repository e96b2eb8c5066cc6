//! Taking over pages of the feed: the records and the cursor in one transaction.

use super::{lost, outbox, parity};
use crate::Shop;
use crate::fault::{Code, Result};
use crate::settings::store::{self as settings, name};
use crate::writing::Writing;
use api::feed::{Entry, FeedPage, kind};

/// Kinds in the order in which they refer to each other: a parcel names its order.
const KINDS: [&str; 6] = [
    kind::PRODUCT,
    kind::MOVEMENT,
    kind::ORDER,
    kind::PARCEL,
    kind::DROP_OFF,
    kind::CONFLICT,
];

/// Takes over a page and its cursor. Whether all that is here is then what the marketplace has, as far as it says.
pub async fn apply(shop: &Shop, page: FeedPage) -> Result<bool> {
    let highest = page.highest();
    let mut writing = shop.begin().await?;
    parity::note_own(&mut writing, &page.own).await?;
    if any_parked(&mut writing).await? {
        for entry in &page.own {
            forget_parked(&mut writing, &entry.kind, &entry.id).await?;
        }
    }
    take_all(&mut writing, page.entries).await?;
    settings::set(writing.connection(), name::CURSOR, &page.cursor).await?;
    if let Some(highest) = highest {
        let highest = highest.max(settings::position(writing.connection()).await?);
        settings::set(writing.connection(), name::POSITION, &highest.to_string()).await?;
    }
    if !page.more {
        lost::end_reading(&mut writing).await?;
    }
    let ours = parity::sum(writing.connection()).await?.to_string();
    writing.commit().await?;
    Ok(page.sum.is_none_or(|theirs| theirs == ours))
}

/// Takes over records that were asked for by name; the cursor stays where it is.
pub async fn apply_entries(shop: &Shop, entries: Vec<Entry>) -> Result<()> {
    let mut writing = shop.begin().await?;
    take_all(&mut writing, entries).await?;
    writing.commit().await
}

async fn take_all(writing: &mut Writing<'_>, mut entries: Vec<Entry>) -> Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    parity::note(writing, &entries).await?;
    entries.sort_by_key(|entry| KINDS.iter().position(|kind| *kind == entry.kind));
    let parks = any_parked(writing).await?;
    let known: Vec<&Entry> = entries.iter().filter(|entry| is_known(entry)).collect();
    // Together, as nearly always all of them fit.
    if known.len() == entries.len() && take(writing, &known).await? {
        if parks {
            for entry in &entries {
                // An older state of the same record, if one was kept, is worth nothing any more.
                forget_parked(writing, &entry.kind, &entry.id).await?;
            }
        }
    } else {
        for entry in &entries {
            if is_known(entry) && take(writing, &[entry]).await? {
                forget_parked(writing, &entry.kind, &entry.id).await?;
            } else {
                park(writing, entry).await?;
            }
        }
    }
    unpark(writing).await
}

fn is_known(entry: &Entry) -> bool {
    KINDS.contains(&entry.kind.as_str())
}

async fn any_parked(writing: &mut Writing<'_>) -> Result<bool> {
    let one = sqlx::query_scalar!("SELECT 1 FROM parked LIMIT 1")
        .fetch_optional(writing.connection())
        .await?;
    Ok(one.is_some())
}

/// The cursor is worth nothing: the feed is read from its beginning, and recent intents are offered again.
pub async fn forget_cursor(shop: &Shop) -> Result<()> {
    let mut writing = shop.begin().await?;
    settings::remove(writing.connection(), name::CURSOR).await?;
    // Positions of a marketplace that was put back are given again.
    settings::remove(writing.connection(), name::POSITION).await?;
    parity::forget(writing.connection()).await?;
    lost::begin_reading(writing.connection()).await?;
    outbox::offer_again(&mut writing).await?;
    writing.commit().await
}

/// Takes entries over, which are in the order of [`KINDS`]. False when one of them does not fit here: its shape is a
/// newer version's, or something that it names has not come yet. Then nothing of it has happened.
async fn take(writing: &mut Writing<'_>, entries: &[&Entry]) -> Result<bool> {
    sqlx::query("SAVEPOINT entries")
        .execute(writing.connection())
        .await?;
    let mut taken = Ok(());
    for alike in entries.chunk_by(|a, b| a.kind == b.kind) {
        taken = take_alike(writing, alike).await;
        if taken.is_err() {
            break;
        }
    }
    let misfit = match taken {
        Ok(()) => None,
        Err(fault) if matches!(fault.code, Code::Internal | Code::NotFound | Code::ShopDamaged) => {
            Some(fault)
        }
        // A full disk is no entry's fault.
        Err(fault) => return Err(fault),
    };
    if misfit.is_some() {
        if let [entry] = entries {
            tracing::warn!(
                kind = entry.kind,
                id = entry.id,
                "an entry does not fit here and is kept for later"
            );
        }
        sqlx::query("ROLLBACK TO entries")
            .execute(writing.connection())
            .await?;
    }
    sqlx::query("RELEASE entries")
        .execute(writing.connection())
        .await?;
    Ok(misfit.is_none())
}

/// Takes over entries of one kind.
async fn take_alike(writing: &mut Writing<'_>, entries: &[&Entry]) -> Result<()> {
    match entries.first().map(|entry| entry.kind.as_str()) {
        Some(kind::PRODUCT) => return crate::catalog::apply(writing, entries).await,
        Some(kind::MOVEMENT) => return crate::stock::apply(writing, entries).await,
        _ => {}
    }
    for entry in entries {
        match entry.kind.as_str() {
            kind::ORDER => crate::orders::apply(writing, entry).await?,
            kind::PARCEL => crate::shipping::apply_parcel(writing, entry).await?,
            kind::DROP_OFF => crate::shipping::apply_drop_off(writing, entry).await?,
            _ => crate::conflicts::apply(writing, entry).await?,
        }
    }
    Ok(())
}

async fn park(writing: &mut Writing<'_>, entry: &Entry) -> Result<()> {
    let position = i64::try_from(entry.position).unwrap_or(i64::MAX);
    let state = entry.state.to_string();
    sqlx::query!(
        "INSERT INTO parked (kind, id, position, state) VALUES (?, ?, ?, ?)
         ON CONFLICT (kind, id) DO UPDATE SET position = excluded.position, state = excluded.state",
        entry.kind,
        entry.id,
        position,
        state
    )
    .execute(writing.connection())
    .await?;
    Ok(())
}

async fn forget_parked(writing: &mut Writing<'_>, kind: &str, id: &str) -> Result<()> {
    sqlx::query!("DELETE FROM parked WHERE kind = ? AND id = ?", kind, id)
        .execute(writing.connection())
        .await?;
    Ok(())
}

/// Tries again what did not fit before: what it waited for may have come, or this version may know it.
pub async fn unpark(writing: &mut Writing<'_>) -> Result<()> {
    let known = serde_json::to_string(&KINDS)?;
    let rows = sqlx::query!(
        "SELECT kind, id, position, state FROM parked WHERE kind IN (SELECT value FROM json_each(?))
         ORDER BY position LIMIT 500",
        known
    )
    .fetch_all(writing.connection())
    .await?;
    let mut entries: Vec<Entry> = rows
        .into_iter()
        .filter_map(|row| {
            let state = serde_json::from_str(&row.state).ok()?;
            Some(Entry {
                position: row.position.unsigned_abs(),
                kind: row.kind,
                id: row.id,
                state,
            })
        })
        .collect();
    entries.sort_by_key(|entry| KINDS.iter().position(|kind| *kind == entry.kind));
    for entry in entries {
        if take(writing, &[&entry]).await? {
            forget_parked(writing, &entry.kind, &entry.id).await?;
        }
    }
    Ok(())
}
