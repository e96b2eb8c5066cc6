//! Pieces in the database: the whole state as JSON, and columns derived from it for finding and showing.

use super::view::{Dimensions, Product, StripPhoto};
use super::{rules, view};
use crate::fault::{Code, Fault, Result};
use crate::photos::coach;
use crate::writing::{Area, Writing};
use api::feed::Entry;
use api::intent::Intent;
use api::product::{Money, ProductState, Size, StockMode, field};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
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
    let row = Written::of(state, serde_json::to_string(state)?);
    write_all(writing, &[row], hand).await
}

/// A piece's row, as the statement of [`write_all`] reads it.
#[derive(Serialize)]
struct Written<'s> {
    id: &'s str,
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
    stock_mode: &'static str,
    listing: &'static str,
    deleted: bool,
    state: String,
    #[serde(skip)]
    strip: Vec<StripRow<'s>>,
}

/// A photo of a piece's strip, as the statement of [`write_all`] reads it.
#[derive(Serialize)]
struct StripRow<'s> {
    product_id: &'s str,
    hash: &'s str,
    large: &'s str,
    small: &'s str,
    place: &'s str,
    alt: &'s str,
    shot: &'s str,
}

impl<'s> Written<'s> {
    fn of(state: &'s ProductState, stored: String) -> Self {
        let text = |name| value::<String>(state, name);
        let price: Option<Money> = value(state, field::PRICE);
        let (price_minor, price_currency) = price.map(|price| (price.minor, price.currency)).unzip();
        let size: Option<Size> = value(state, field::SIZE_MM);
        let published = state.fields.get(field::PUBLISHED);
        Self {
            id: &state.id,
            sku: text(field::SKU),
            title: text(field::TITLE),
            story: text(field::STORY),
            branch: text(field::BRANCH),
            technique: text(field::TECHNIQUE),
            materials: text(field::MATERIALS),
            community: text(field::COMMUNITY),
            people: text(field::PEOPLE),
            maker: text(field::MAKER),
            category: text(field::CATEGORY),
            hours: value(state, field::HOURS),
            price_minor,
            price_currency,
            weight_g: value(state, field::WEIGHT_G),
            length_mm: size.map(|size| size.length),
            width_mm: size.map(|size| size.width),
            height_mm: size.map(|size| size.height),
            stock_mode: match value(state, field::STOCK_MODE) {
                StockMode::Unique => "unique",
                StockMode::Quantity => "quantity",
            },
            listing: match published.and_then(|published| published.value.as_bool()) {
                Some(true) => "listed",
                Some(false) => "withdrawn",
                None => "draft",
            },
            deleted: value(state, field::DELETED),
            state: stored,
            strip: sync::products::strip(state)
                .into_iter()
                .map(|placed| StripRow {
                    product_id: &state.id,
                    hash: &placed.photo.hash,
                    large: &placed.photo.large,
                    small: &placed.photo.small,
                    place: &placed.place,
                    alt: &placed.photo.alt,
                    shot: &placed.photo.shot,
                })
                .collect(),
        }
    }
}

/// Writes rows with few statements: when a whole shop comes to a laptop, each statement counts.
async fn write_all(writing: &mut Writing<'_>, rows: &[Written<'_>], hand: bool) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let now_ms = writing.now_ms();
    let connection = writing.connection();
    let written = serde_json::to_string(rows)?;
    sqlx::query!(
        "INSERT INTO products (id, sku, title, story, branch, technique, materials, community, people, maker,
             category, hours, price_minor, price_currency, weight_g, length_mm, width_mm, height_mm,
             stock_mode, listing, deleted, created_ms, changed_ms, state, on_hand)
         SELECT value ->> 'id', value ->> 'sku', value ->> 'title', value ->> 'story', value ->> 'branch',
             value ->> 'technique', value ->> 'materials', value ->> 'community', value ->> 'people',
             value ->> 'maker', value ->> 'category', value ->> 'hours', value ->> 'price_minor',
             value ->> 'price_currency', value ->> 'weight_g', value ->> 'length_mm', value ->> 'width_mm',
             value ->> 'height_mm', value ->> 'stock_mode', value ->> 'listing', value ->> 'deleted', ?2, ?2,
             value ->> 'state', (SELECT COALESCE(SUM(delta), 0) FROM movements WHERE product_id = value ->> 'id')
         FROM json_each(?1) WHERE true
         ON CONFLICT (id) DO UPDATE SET
             sku = excluded.sku, title = excluded.title, story = excluded.story, branch = excluded.branch,
             technique = excluded.technique, materials = excluded.materials, community = excluded.community,
             people = excluded.people, maker = excluded.maker, category = excluded.category,
             hours = excluded.hours, price_minor = excluded.price_minor,
             price_currency = excluded.price_currency, weight_g = excluded.weight_g,
             length_mm = excluded.length_mm, width_mm = excluded.width_mm, height_mm = excluded.height_mm,
             stock_mode = excluded.stock_mode, listing = excluded.listing, deleted = excluded.deleted,
             changed_ms = CASE WHEN ?3 THEN excluded.changed_ms ELSE products.changed_ms END,
             state = excluded.state, on_hand = excluded.on_hand",
        written,
        now_ms,
        hand
    )
    .execute(&mut *connection)
    .await?;
    let ids: Vec<&str> = rows.iter().map(|row| row.id).collect();
    let ids = serde_json::to_string(&ids)?;
    sqlx::query!(
        "DELETE FROM product_photos WHERE product_id IN (SELECT value FROM json_each(?))",
        ids
    )
    .execute(&mut *connection)
    .await?;
    let strips: Vec<&StripRow<'_>> = rows.iter().flat_map(|row| &row.strip).collect();
    if !strips.is_empty() {
        let strips = serde_json::to_string(&strips)?;
        sqlx::query!(
            "INSERT INTO product_photos (product_id, hash, large, small, place, alt, shot)
             SELECT value ->> 'product_id', value ->> 'hash', value ->> 'large', value ->> 'small',
                 value ->> 'place', value ->> 'alt', value ->> 'shot' FROM json_each(?)",
            strips
        )
        .execute(&mut *connection)
        .await?;
    }
    writing.touches(Area::Catalog);
    Ok(())
}

/// Takes over what the marketplace says of pieces.
pub(crate) async fn apply(writing: &mut Writing<'_>, entries: &[&Entry]) -> Result<()> {
    let mut said: Vec<ProductState> = entries
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
    for state in &mut said {
        // What the marketplace said, with this laptop's changes that it has not taken on top: a stamp that it
        // took back to its own time does not live on here.
        if let Some(changes) = changes.get(&state.id) {
            sync::pending::piece(state, changes.iter().cloned());
        }
        crate::photos::store::want(writing, state).await?;
    }
    let mut otherwise = Vec::new();
    for state in &said {
        let stored = serde_json::to_string(state)?;
        if here.get(&state.id) != Some(&stored) {
            otherwise.push(Written::of(state, stored));
        }
    }
    write_all(writing, &otherwise, false).await
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
