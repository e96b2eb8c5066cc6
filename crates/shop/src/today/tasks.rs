//! The list of things to do, the most urgent first.

use super::view::{Task, TaskKind};
use crate::fault::Result;
use crate::orders::store::{self, Listed};
use crate::syncing::view::RefusedChange;
use api::order::OrderStatus;
use sqlx::SqliteConnection;

/// Drafts that are worth a reminder: the ones she worked on last.
const DRAFTS: i64 = 3;

pub async fn all(
    connection: &mut SqliteConnection,
    home: &str,
    refused: &[RefusedChange],
) -> Result<Vec<Task>> {
    let mut tasks: Vec<Task> = refused.iter().map(change_refused).collect();
    let open = store::list(connection, &crate::orders::OPEN, true).await?;
    tasks.extend(
        open.iter()
            .filter(|order| !order.state.oversold.is_empty())
            .map(|order| order_task(TaskKind::Oversold, order, home)),
    );
    tasks.extend(sold_twice(connection).await?);
    tasks.extend(conflict(connection).await?);
    for order in &open {
        let refused_parcel = match order.status {
            OrderStatus::Labelled => crate::shipping::store::parcel_of_order(connection, &order.state.id)
                .await?
                .and_then(|parcel| parcel.events.iter().max_by_key(|event| event.at_ms).cloned())
                .is_some_and(|event| event.code == "X_REFUSED"),
            _ => false,
        };
        let kind = match order.status {
            _ if refused_parcel => TaskKind::ParcelRefused,
            OrderStatus::Placed => TaskKind::AcceptOrder,
            OrderStatus::Accepted => TaskKind::PackOrder,
            OrderStatus::Packed => TaskKind::LabelOrder,
            _ => continue,
        };
        tasks.push(order_task(kind, order, home));
    }
    tasks.extend(hand_in(connection).await?);
    tasks.extend(leave(connection).await?);
    tasks.extend(drafts(connection).await?);
    Ok(tasks)
}

/// Pieces of which fewer than none are left, unless an open order says so already.
async fn sold_twice(connection: &mut SqliteConnection) -> Result<Vec<Task>> {
    let rows = sqlx::query!(
        r#"SELECT p.id, p.title, p.on_hand,
               (SELECT small FROM product_photos WHERE product_id = p.id ORDER BY place, hash LIMIT 1)
               AS "photo?: String"
           FROM products p WHERE p.on_hand < 0 AND p.deleted = 0 AND NOT EXISTS (
               SELECT 1 FROM orders o, json_each(o.state, '$.oversold') marked
               WHERE o.status IN ('placed', 'accepted', 'packed', 'labelled') AND marked.value = p.id)
           ORDER BY p.on_hand, p.id LIMIT 50"#
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Task {
            photo: row.photo,
            count: -row.on_hand,
            ..plain(TaskKind::SoldTwice, row.id, row.title)
        })
        .collect())
}

/// One task for all that waits for a person's word.
async fn conflict(connection: &mut SqliteConnection) -> Result<Option<Task>> {
    let count = crate::conflicts::count(connection).await?;
    Ok((count > 0).then(|| Task {
        count: i64::from(count),
        ..plain(TaskKind::Conflict, String::new(), String::new())
    }))
}

fn order_task(kind: TaskKind, order: &Listed, home: &str) -> Task {
    let state = &order.state;
    Task {
        kind,
        subject: state.id.clone(),
        title: state
            .lines
            .first()
            .map(|line| line.title.clone())
            .unwrap_or_default(),
        person: state.buyer_name.clone(),
        place: state.ship_to.city.clone(),
        count: state.lines.iter().map(|line| line.quantity).sum(),
        abroad: state.ship_to.country != home,
        photo: state.lines.first().and_then(|line| line.photo.clone()),
        due_ms: Some(state.ship_by_ms),
    }
}

fn plain(kind: TaskKind, subject: String, title: String) -> Task {
    Task {
        kind,
        subject,
        title,
        person: String::new(),
        place: String::new(),
        count: 1,
        abroad: false,
        photo: None,
        due_ms: None,
    }
}

fn change_refused(change: &RefusedChange) -> Task {
    plain(
        TaskKind::ChangeRefused,
        change.subject.clone(),
        change.title.clone(),
    )
}

/// Parcels that lie ready: one task for all of them.
async fn hand_in(connection: &mut SqliteConnection) -> Result<Option<Task>> {
    let ready = crate::shipping::store::ready(connection).await?;
    let Some(first) = ready.first() else {
        return Ok(None);
    };
    let order = store::state(connection, &first.order_id).await?;
    let mut task = plain(TaskKind::HandInParcels, String::new(), String::new());
    task.count = i64::try_from(ready.len()).unwrap_or(i64::MAX);
    task.photo = order.lines.first().and_then(|line| line.photo.clone());
    task.due_ms = Some(order.ship_by_ms);
    Ok(Some(task))
}

/// Drop-offs that are closed and still at home.
async fn leave(connection: &mut SqliteConnection) -> Result<Vec<Task>> {
    let rows = sqlx::query!("SELECT id, number FROM drop_offs WHERE status = 'closed' ORDER BY closed_ms")
        .fetch_all(connection)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| plain(TaskKind::LeaveDropOff, row.id, row.number))
        .collect())
}

async fn drafts(connection: &mut SqliteConnection) -> Result<Vec<Task>> {
    let rows = sqlx::query!(
        r#"SELECT id, title, price_minor,
               (SELECT small FROM product_photos f WHERE f.product_id = p.id ORDER BY f.place, f.hash LIMIT 1)
               AS "photo: String"
           FROM products p WHERE deleted = 0 AND listing = 'draft' AND title <> '' AND on_hand > 0
           ORDER BY changed_ms DESC LIMIT ?"#,
        DRAFTS
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let kind = match (&row.photo, row.price_minor) {
                (None, _) => TaskKind::NoPhoto,
                (_, None | Some(0)) => TaskKind::NoPrice,
                _ => TaskKind::ReadyToPublish,
            };
            let mut task = plain(kind, row.id, row.title);
            task.photo = row.photo;
            task
        })
        .collect())
}
