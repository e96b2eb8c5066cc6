//! Pieces in the database: the whole state as JSON, and columns derived from it for finding and showing.

use super::view::{Dimensions, Product, StripPhoto};
use super::{rules, view};
use crate::fault::{Code, Fault, Result};
use crate::photos::coach;
use crate::writing::{Area, Writing};
use api::feed::Entry;
use api::intent::Intent;
use api::product::{Money, ProductState, Size, StockMode, field};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sqlx::{FromRow, SqliteConnection};
use std::collections::BTreeMap;

/// A piece's state; `NotFound` when there is none.
pub async fn state(connection: &mut SqliteConnection, id: &str) -> Result<ProductState> {
    let stored = sqlx::query_scalar!("SELECT state FROM products WHERE id = ?", id)
        .fetch_optional(connection)
        .await?
        .ok_or(Code::NotFound)?;
    serde_json::from_str(&stored).map_err(|_| Fault::new(Code::ShopDamaged))
}

fn value<T: DeserializeOwned + Default>(state: &ProductState, name: &str) -> T {
    state
        .fields
        .get(name)
        .and_then(|field| serde_json::from_value(field.value.clone()).ok())
        .unwrap_or_default()
}

/// Writes a state and everything that is derived from it. `hand` is true when this laptop's person did it,
/// who then finds the piece at the top.
pub async fn write(writing: &mut Writing<'_>, state: &ProductState, hand: bool) -> Result<()> {
    let stored = serde_json::to_string(state)?;
    write_as(writing, state, &stored, hand).await
}

async fn write_as(writing: &mut Writing<'_>, state: &ProductState, stored: &str, hand: bool) -> Result<()> {
    let now_ms = writing.now_ms();
    let text = |name| value::<String>(state, name);
    let (sku, title, story) = (text(field::SKU), text(field::TITLE), text(field::STORY));
    let (branch, technique, materials) = (
        text(field::BRANCH),
        text(field::TECHNIQUE),
        text(field::MATERIALS),
    );
    let (community, people, maker) = (text(field::COMMUNITY), text(field::PEOPLE), text(field::MAKER));
    let category = text(field::CATEGORY);
    let hours: Option<i64> = value(state, field::HOURS);
    let price: Option<Money> = value(state, field::PRICE);
    let (price_minor, price_currency) = price.map(|price| (price.minor, price.currency)).unzip();
    let weight_g: Option<i64> = value(state, field::WEIGHT_G);
    let size: Option<Size> = value(state, field::SIZE_MM);
    let (length_mm, width_mm, height_mm) = (
        size.map(|size| size.length),
        size.map(|size| size.width),
        size.map(|size| size.height),
    );
    let stock_mode = match value(state, field::STOCK_MODE) {
        StockMode::Unique => "unique",
        StockMode::Quantity => "quantity",
    };
    let listing = match state
        .fields
        .get(field::PUBLISHED)
        .and_then(|published| published.value.as_bool())
    {
        Some(true) => "listed",
        Some(false) => "withdrawn",
        None => "draft",
    };
    let deleted = value::<bool>(state, field::DELETED);
    let id = &state.id;
    sqlx::query!(
        r#"INSERT INTO products (id, sku, title, story, branch, technique, materials, community, people, maker,
               category, hours, price_minor, price_currency, weight_g, length_mm, width_mm, height_mm,
               stock_mode, listing, deleted, created_ms, changed_ms, state, on_hand)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
               ?22, ?22, ?23, (SELECT COALESCE(SUM(delta), 0) FROM movements WHERE product_id = ?1))
           ON CONFLICT (id) DO UPDATE SET
               sku = excluded.sku, title = excluded.title, story = excluded.story, branch = excluded.branch,
               technique = excluded.technique, materials = excluded.materials, community = excluded.community,
               people = excluded.people, maker = excluded.maker, category = excluded.category,
               hours = excluded.hours, price_minor = excluded.price_minor,
               price_currency = excluded.price_currency, weight_g = excluded.weight_g,
               length_mm = excluded.length_mm, width_mm = excluded.width_mm, height_mm = excluded.height_mm,
               stock_mode = excluded.stock_mode, listing = excluded.listing, deleted = excluded.deleted,
               changed_ms = CASE WHEN ?24 THEN excluded.changed_ms ELSE products.changed_ms END,
               state = excluded.state, on_hand = excluded.on_hand"#,
        id,
        sku,
        title,
        story,
        branch,
        technique,
        materials,
        community,
        people,
        maker,
        category,
        hours,
        price_minor,
        price_currency,
        weight_g,
        length_mm,
        width_mm,
        height_mm,
        stock_mode,
        listing,
        deleted,
        now_ms,
        stored,
        hand
    )
    .execute(writing.connection())
    .await?;
    write_strip(writing.connection(), state).await?;
    writing.touches(Area::Catalog);
    Ok(())
}

async fn write_strip(connection: &mut SqliteConnection, state: &ProductState) -> Result<()> {
    sqlx::query!("DELETE FROM product_photos WHERE product_id = ?", state.id)
        .execute(&mut *connection)
        .await?;
    for placed in sync::products::strip(state) {
        let photo = &placed.photo;
        sqlx::query!(
            "INSERT INTO product_photos (product_id, hash, large, small, place, alt, shot) VALUES (?, ?, ?, ?, ?, ?, ?)",
            state.id,
            photo.hash,
            photo.large,
            photo.small,
            placed.place,
            photo.alt,
            photo.shot
        )
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Takes over what the marketplace says of pieces.
pub(crate) async fn apply(writing: &mut Writing<'_>, entries: &[&Entry]) -> Result<()> {
    let said: Vec<ProductState> = entries
        .iter()
        .map(|entry| ProductState::deserialize(&entry.state))
        .collect::<std::result::Result<_, _>>()?;
    let now_ms = writing.now_ms();
    let mut clock = crate::settings::store::clock(writing.connection()).await?;
    for state in &said {
        let stamps = state.fields.values().map(|field| &field.stamp);
        stamps
            .chain(state.photos.values().map(|photo| &photo.stamp))
            .for_each(|stamp| clock.seen(stamp, now_ms));
    }
    crate::settings::store::set_clock(writing.connection(), clock).await?;
    let ids: Vec<String> = said.iter().map(|state| state.id.clone()).collect();
    let changes = unsaid(writing.connection(), &ids).await?;
    let here = states(writing.connection(), &ids).await?;
    for mut state in said {
        // What the marketplace said, with this laptop's changes that it has not taken on top: a stamp that it
        // took back to its own time does not live on here.
        if let Some(changes) = changes.get(&state.id) {
            sync::pending::piece(&mut state, changes.iter().cloned());
        }
        crate::photos::store::want(writing, &state).await?;
        let stored = serde_json::to_string(&state)?;
        if here.get(&state.id) != Some(&stored) {
            write_as(writing, &state, &stored, false).await?;
        }
    }
    Ok(())
}

/// The changes of these pieces that wait, or that were refused and are still to be looked at, in their order.
async fn unsaid(connection: &mut SqliteConnection, ids: &[String]) -> Result<BTreeMap<String, Vec<Intent>>> {
    let ids = serde_json::to_string(ids)?;
    let rows = sqlx::query!(
        "SELECT subject, body FROM outbox
         WHERE subject IN (SELECT value FROM json_each(?)) AND status IN ('waiting', 'refused') ORDER BY epoch, seq",
        ids
    )
    .fetch_all(connection)
    .await?;
    let mut changes: BTreeMap<String, Vec<Intent>> = BTreeMap::new();
    for row in rows {
        if let Ok(intent) = serde_json::from_str(&row.body) {
            changes.entry(row.subject).or_default().push(intent);
        }
    }
    Ok(changes)
}

/// These pieces as they are stored, in JSON.
pub(crate) async fn states(
    connection: &mut SqliteConnection,
    ids: &[String],
) -> Result<BTreeMap<String, String>> {
    let ids = serde_json::to_string(ids)?;
    let rows = sqlx::query!(
        "SELECT id, state FROM products WHERE id IN (SELECT value FROM json_each(?))",
        ids
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.state)).collect())
}

#[derive(FromRow)]
struct Row {
    id: String,
    sku: String,
    title: String,
    story: String,
    branch: String,
    technique: String,
    materials: String,
    community: String,
    people: String,
    maker: String,
    category: String,
    hours: Option<i64>,
    price_minor: Option<i64>,
    price_currency: Option<String>,
    weight_g: Option<i64>,
    length_mm: Option<i64>,
    width_mm: Option<i64>,
    height_mm: Option<i64>,
    stock_mode: String,
    listing: String,
    deleted: i64,
    on_hand: i64,
    created_ms: i64,
    changed_ms: i64,
}

/// A piece with everything that the editor shows.
pub async fn product(connection: &mut SqliteConnection, id: &str) -> Result<Product> {
    let row = sqlx::query_as!(
        Row,
        "SELECT id, sku, title, story, branch, technique, materials, community, people, maker, category, hours,
             price_minor, price_currency, weight_g, length_mm, width_mm, height_mm, stock_mode, listing, deleted,
             on_hand, created_ms, changed_ms
         FROM products WHERE id = ?",
        id
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or(Code::NotFound)?;
    let photos = strip(connection, id).await?;
    let waiting = sqlx::query_scalar!(
        "SELECT COUNT(*) FROM outbox WHERE subject = ? AND status = 'waiting'",
        id
    )
    .fetch_one(&mut *connection)
    .await?;
    let refused = sqlx::query_scalar!(
        "SELECT code FROM outbox WHERE subject = ? AND status = 'refused' ORDER BY decided_ms DESC LIMIT 1",
        id
    )
    .fetch_optional(&mut *connection)
    .await?
    .flatten();
    let reserved = crate::orders::store::reserved(connection, id).await?;
    let size_mm = match (row.length_mm, row.width_mm, row.height_mm) {
        (Some(length), Some(width), Some(height)) => Some(Dimensions {
            length,
            width,
            height,
        }),
        _ => None,
    };
    Ok(Product {
        status: rules::status(&row.listing, row.on_hand),
        missing: rules::missing(
            &row.title,
            row.price_minor,
            photos.len(),
            row.on_hand,
            row.weight_g,
        ),
        price: view::price(row.price_minor, row.price_currency),
        stock_kind: view::stock_kind(&row.stock_mode),
        size_mm,
        photos,
        reserved,
        waiting: waiting > 0,
        refused,
        deleted: row.deleted != 0,
        id: row.id,
        sku: row.sku,
        title: row.title,
        story: row.story,
        branch: row.branch,
        technique: row.technique,
        materials: row.materials,
        community: row.community,
        people: row.people,
        maker: row.maker,
        category: row.category,
        hours: row.hours,
        weight_g: row.weight_g,
        on_hand: row.on_hand,
        created_ms: row.created_ms,
        changed_ms: row.changed_ms,
    })
}

async fn strip(connection: &mut SqliteConnection, id: &str) -> Result<Vec<StripPhoto>> {
    let rows = sqlx::query!(
        r#"SELECT p.hash, p.large, p.small, p.alt, p.shot, COALESCE(looks.scores, photos.scores) AS "scores?: String",
               looks.look IS NOT NULL AS "edited!: bool", COALESCE(photos.has_original, 0) AS "editable!: bool",
               NOT EXISTS (SELECT 1 FROM uploads u WHERE u.hash IN (p.large, p.small) AND u.sent_ms IS NULL)
               AS "sent!: bool"
           FROM product_photos p LEFT JOIN photos ON photos.hash = p.hash
           LEFT JOIN photo_looks looks ON looks.product_id = p.product_id AND looks.hash = p.hash AND looks.large = p.large
           WHERE p.product_id = ? ORDER BY p.place, p.hash"#,
        id
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| StripPhoto {
            hash: row.hash,
            large: row.large,
            small: row.small,
            alt: row.alt,
            sent: row.sent,
            advice: row.scores.as_deref().map(coach::advice).unwrap_or_default(),
            edited: row.edited,
            editable: row.editable,
            shot: row.shot,
        })
        .collect())
}
