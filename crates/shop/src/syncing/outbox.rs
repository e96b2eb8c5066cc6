//! The outbox: what waits for the marketplace, and what it said of it.

use super::parity;
use super::view::RefusedChange;
use crate::Shop;
use crate::fault::{Code, Fault, Result};
use crate::settings::store::{self as settings, name};
use crate::writing::{Area, Writing};
use api::feed::kind;
use api::intent::{Action, Intent, IntentAnswer, Outcome, refusal};
use api::limits;
use sqlx::SqliteConnection;

/// Acknowledged intents are kept this long, in case the marketplace is put back to an earlier day.
pub(crate) const KEPT_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// Room for what is around the intents of a push.
const ENVELOPE: usize = 4 * 1024;

/// Waiting intents after a number, in their order, as many as one push takes. Also whether there are more.
pub async fn load(
    shop: &Shop,
    after: Option<(u32, u64)>,
    limit: usize,
    deferred: bool,
) -> Result<(Vec<Intent>, bool)> {
    let (epoch, seq) = after.unwrap_or((0, 0));
    let (epoch, seq) = (i64::from(epoch), i64::try_from(seq).unwrap_or(i64::MAX));
    let one_more = i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1);
    let mut connection = shop.read().acquire().await?;
    let bodies = sqlx::query_scalar!(
        "SELECT body FROM outbox
         WHERE status = 'waiting' AND (deferred = 0 OR ?1) AND (epoch, seq) > (?2, ?3)
         ORDER BY epoch, seq LIMIT ?4",
        deferred,
        epoch,
        seq,
        one_more
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut intents = Vec::new();
    let mut bytes = ENVELOPE;
    let mut more = bodies.len() > limit;
    for body in bodies.iter().take(limit) {
        bytes += body.len() + 1;
        if bytes > limits::PUSH_BYTES && !intents.is_empty() {
            more = true;
            break;
        }
        intents.push(serde_json::from_str(body).map_err(|_| Fault::new(Code::ShopDamaged))?);
    }
    Ok((intents, more))
}

/// Writes down what the marketplace said, in one transaction. True when the waiting intents were given
/// a new epoch because their numbers had been used before.
pub async fn record(shop: &Shop, answers: &[IntentAnswer]) -> Result<bool> {
    let mut writing = shop.begin().await?;
    let now_ms = marketplace_ms(&mut writing).await?;
    let taken: Vec<&str> = answers
        .iter()
        .filter(|answer| matches!(answer.outcome, Outcome::Applied | Outcome::Already))
        .map(|answer| answer.id.as_str())
        .collect();
    let taken = serde_json::to_string(&taken)?;
    sqlx::query!(
        "UPDATE outbox SET status = 'done', decided_ms = ?
         WHERE id IN (SELECT value FROM json_each(?)) AND status = 'waiting'",
        now_ms,
        taken
    )
    .execute(writing.connection())
    .await?;
    let mut renumber = false;
    for IntentAnswer { id, outcome } in answers {
        match outcome {
            Outcome::Applied | Outcome::Already => {}
            Outcome::Refused { code, .. } if code == refusal::EPOCH_REUSED => renumber = true,
            Outcome::Refused { code, .. } => refuse(&mut writing, id, code).await?,
            Outcome::Deferred { code } => {
                sqlx::query!(
                    "UPDATE outbox SET deferred = 1, code = ? WHERE id = ? AND status = 'waiting'",
                    code,
                    id
                )
                .execute(writing.connection())
                .await?;
            }
        }
    }
    if renumber {
        take_new_epoch(writing.connection()).await?;
    }
    writing.touches(Area::Catalog);
    writing.commit().await?;
    Ok(renumber)
}

/// The marketplace's time, as far as it is known here: how old an answer is must not hang on a clock that was set wrong
/// for an hour.
async fn marketplace_ms(writing: &mut Writing<'_>) -> Result<i64> {
    let now_ms = writing.now_ms();
    let clock = settings::clock(writing.connection()).await?;
    Ok(now_ms.saturating_add(clock.offset_ms))
}

/// Writes a refusal down, and that of everything that depends on it: a marketplace that is put back to an earlier day
/// would not know of the refusal any more, and let its dependents wait for ever.
pub(super) async fn refuse(writing: &mut Writing<'_>, id: &str, code: &str) -> Result<()> {
    let mut fallen = vec![(id.to_owned(), code)];
    while let Some((id, code)) = fallen.pop() {
        refuse_one(writing, &id, code).await?;
        let dependents: Vec<String> = sqlx::query_scalar(
            "SELECT id FROM outbox o WHERE status = 'waiting'
                 AND EXISTS (SELECT 1 FROM json_each(o.body, '$.depends_on') WHERE value = ?)",
        )
        .bind(&id)
        .fetch_all(writing.connection())
        .await?;
        fallen.extend(dependents.into_iter().map(|id| (id, refusal::DEPENDS_ON_REFUSED)));
    }
    Ok(())
}

async fn refuse_one(writing: &mut Writing<'_>, id: &str, code: &str) -> Result<()> {
    let now_ms = marketplace_ms(writing).await?;
    tracing::info!(intent = id, code, "the marketplace refused a change");
    let subject = sqlx::query_scalar!(
        "UPDATE outbox SET status = 'refused', code = ?, decided_ms = ? WHERE id = ? AND status = 'waiting'
         RETURNING subject",
        code,
        now_ms,
        id
    )
    .fetch_optional(writing.connection())
    .await?;
    let Some(subject) = subject else { return Ok(()) };
    // What was shown as done here is not: an order goes back to what the marketplace says.
    let mut orders = sqlx::query_scalar!(
        "SELECT order_id FROM parcels WHERE drop_off_id = ?1 OR id = ?1",
        subject
    )
    .fetch_all(writing.connection())
    .await?;
    crate::shipping::store::let_go(writing, &subject).await?;
    orders.push(subject);
    crate::orders::refresh(writing, &orders).await
}

/// Gives every waiting intent a number of a new epoch; their ids, stamps and order stay.
pub async fn take_new_epoch(connection: &mut SqliteConnection) -> Result<()> {
    let highest = sqlx::query_scalar!("SELECT MAX(epoch) FROM outbox")
        .fetch_one(&mut *connection)
        .await?;
    let epoch = settings::epoch(connection).await?.max(highest.unwrap_or(0)) + 1;
    let rows = sqlx::query!("SELECT id, body FROM outbox WHERE status = 'waiting' ORDER BY epoch, seq")
        .fetch_all(&mut *connection)
        .await?;
    let mut seq = 0_i64;
    for row in rows {
        seq += 1;
        let mut intent: Intent =
            serde_json::from_str(&row.body).map_err(|_| Fault::new(Code::ShopDamaged))?;
        intent.epoch = u32::try_from(epoch).unwrap_or(u32::MAX);
        intent.seq = seq.unsigned_abs();
        let body = serde_json::to_string(&intent)?;
        sqlx::query!(
            "UPDATE outbox SET epoch = ?, seq = ?, body = ? WHERE id = ?",
            epoch,
            seq,
            body,
            row.id
        )
        .execute(&mut *connection)
        .await?;
    }
    settings::set(connection, name::EPOCH, &epoch.to_string()).await?;
    settings::set_last_seq(connection, seq).await?;
    tracing::warn!(
        epoch,
        waiting = seq,
        "these numbers were used before: a new epoch"
    );
    Ok(())
}

/// The marketplace may have been put back to an earlier day: what it acknowledged and is still kept is offered again.
/// The time is not asked: on a laptop whose clock was just set wrong everything would look too old.
pub async fn offer_again(writing: &mut Writing<'_>) -> Result<()> {
    sqlx::query("UPDATE outbox SET status = 'waiting', deferred = 0 WHERE status = 'done'")
        .execute(writing.connection())
        .await?;
    Ok(())
}

/// Forgets what was acknowledged long ago.
pub async fn tidy(writing: &mut Writing<'_>) -> Result<()> {
    let before = marketplace_ms(writing).await?.saturating_sub(KEPT_MS);
    sqlx::query!(
        "DELETE FROM outbox WHERE status IN ('done', 'dismissed') AND decided_ms < ?",
        before
    )
    .execute(writing.connection())
    .await?;
    Ok(())
}

/// What was refused and not dismissed, the newest first.
pub async fn refused(connection: &mut SqliteConnection) -> Result<Vec<RefusedChange>> {
    let rows = sqlx::query!(
        r#"SELECT o.id, o.verb, o.subject, COALESCE(o.code, '') AS "code!: String",
               COALESCE(o.decided_ms, o.created_ms) AS "at_ms!: i64",
               COALESCE(product.title, orders.number, parcel_order.number, drop_offs.number, '') AS "title!: String"
           FROM outbox o
           LEFT JOIN products product ON product.id = o.subject
           LEFT JOIN orders ON orders.id = o.subject
           LEFT JOIN parcels ON parcels.id = o.subject
           LEFT JOIN orders parcel_order ON parcel_order.id = parcels.order_id
           LEFT JOIN drop_offs ON drop_offs.id = o.subject
           WHERE o.status = 'refused' ORDER BY o.decided_ms DESC LIMIT 200"#
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| RefusedChange {
            id: row.id,
            verb: row.verb,
            subject: row.subject,
            title: row.title,
            code: row.code,
            at_ms: row.at_ms,
        })
        .collect())
}

/// Says the same again, as a new intent. Fault `NotFound` when it is not refused any more.
pub async fn retry(shop: &Shop, id: &str) -> Result<()> {
    let mut writing = shop.begin().await?;
    let row = sqlx::query!(
        "SELECT body, subject FROM outbox WHERE id = ? AND status = 'refused'",
        id
    )
    .fetch_optional(writing.connection())
    .await?
    .ok_or(Code::NotFound)?;
    let intent: Intent = serde_json::from_str(&row.body).map_err(|_| Fault::new(Code::ShopDamaged))?;
    let mut depends_on = Vec::new();
    for id in intent.depends_on {
        // What was refused was said again under another id, or is gone: waiting for it would be for ever.
        let stands = sqlx::query_scalar!(
            "SELECT 1 FROM outbox WHERE id = ? AND status IN ('waiting', 'done')",
            id
        )
        .fetch_optional(writing.connection())
        .await?;
        if stands.is_some() {
            depends_on.push(id);
        }
    }
    let stamp = writing.stamp().await?;
    writing
        .record(stamp, &row.subject, depends_on, intent.action)
        .await?;
    dismiss_in(&mut writing, id).await?;
    crate::orders::refresh(&mut writing, &[row.subject]).await?;
    writing.commit().await
}

/// Takes note of a refusal: it is not shown any more. Fault `NotFound`.
pub async fn dismiss(shop: &Shop, id: &str) -> Result<()> {
    let mut writing = shop.begin().await?;
    dismiss_in(&mut writing, id).await?;
    writing.commit().await
}

async fn dismiss_in(writing: &mut Writing<'_>, id: &str) -> Result<()> {
    let row = sqlx::query!(
        "UPDATE outbox SET status = 'dismissed' WHERE id = ? AND status = 'refused' RETURNING subject, body",
        id
    )
    .fetch_optional(writing.connection())
    .await?
    .ok_or(Code::NotFound)?;
    writing.touches(Area::Catalog);
    writing.touches(Area::Orders);
    // What it had changed here does not hold any more: a movement is taken out, a piece is fetched as it stands.
    let intent: Intent = serde_json::from_str(&row.body).map_err(|_| Fault::new(Code::ShopDamaged))?;
    match intent.action {
        Action::MoveStock { movement } => crate::stock::take_out(writing, &movement).await,
        _ => parity::doubt(writing, kind::PRODUCT, &row.subject).await,
    }
}
