//! Pieces: the state that travels, and the columns that pages search and sort by.

use super::many::{places, portions, values};
use super::read_state;
use crate::error::Error;
use api::product::ProductState;
use sqlx::{AnyConnection, AnyPool};
use std::collections::BTreeMap;
use sync::authority::{Origin, Piece};

/// What the columns hold, taken out of a state by `storefront::piece`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns {
    pub visible: bool,
    pub title: String,
    pub branch: String,
    pub price_minor: i64,
    pub currency: String,
    pub unique_piece: bool,
    pub search_text: String,
    /// Hash of the small rendition of the first photo; empty when there is none.
    pub cover: String,
}

/// A piece with how many of it there are.
#[derive(Clone, Debug)]
pub struct Product {
    pub shop_id: String,
    pub state: ProductState,
    /// Whether buyers see it.
    pub visible: bool,
    pub on_hand: i64,
    /// Who wrote which field last, and at which position of the feed; likewise of photos, by their hash.
    pub written: BTreeMap<String, Origin>,
}

#[derive(sqlx::FromRow)]
struct Row {
    shop_id: String,
    state: String,
    visible: i64,
    on_hand: i64,
    written: String,
}

impl Row {
    fn product(self) -> Result<Product, Error> {
        Ok(Product {
            state: read_state(&self.state)?,
            written: read_state(&self.written)?,
            shop_id: self.shop_id,
            visible: self.visible != 0,
            on_hand: self.on_hand,
        })
    }
}

pub async fn get(connection: &mut AnyConnection, id: &str) -> Result<Option<Product>, Error> {
    let row: Option<Row> =
        sqlx::query_as("SELECT shop_id, state, visible, on_hand, written FROM products WHERE id = $1")
            .bind(id)
            .fetch_optional(connection)
            .await?;
    row.map(Row::product).transpose()
}

/// These pieces, whichever shop's they are, as far as there are such.
pub async fn named(
    connection: &mut AnyConnection,
    ids: &[String],
) -> Result<BTreeMap<String, Product>, Error> {
    #[derive(sqlx::FromRow)]
    struct Named {
        id: String,
        #[sqlx(flatten)]
        row: Row,
    }
    let mut products = BTreeMap::new();
    for portion in portions(ids) {
        let sql = places(1, portion.len())
            .of("SELECT id, shop_id, state, visible, on_hand, written FROM products WHERE id IN ({})");
        let mut query = sqlx::query_as(sql);
        for id in portion {
            query = query.bind(id);
        }
        let rows: Vec<Named> = query.fetch_all(&mut *connection).await?;
        for Named { id, row } in rows {
            products.insert(id, row.product()?);
        }
    }
    Ok(products)
}

/// A piece as it is written down.
pub struct Stored {
    pub state: ProductState,
    pub written: BTreeMap<String, Origin>,
    pub columns: Columns,
}

/// Writes pieces down, each at most once.
pub async fn put(
    connection: &mut AnyConnection,
    shop: &str,
    pieces: &[Stored],
    now_ms: i64,
) -> Result<(), Error> {
    for portion in portions(pieces) {
        let sql = values(portion.len(), 13).of(
            "INSERT INTO products (id, shop_id, state, visible, title, branch, price_minor, currency, \
             unique_piece, search_text, shown_ms, cover, written) \
             VALUES {} \
             ON CONFLICT (id) DO UPDATE SET state = excluded.state, title = excluded.title, \
             branch = excluded.branch, price_minor = excluded.price_minor, currency = excluded.currency, \
             unique_piece = excluded.unique_piece, search_text = excluded.search_text, \
             cover = excluded.cover, written = excluded.written, \
             shown_ms = CASE WHEN products.visible = 0 AND excluded.visible = 1 \
             THEN excluded.shown_ms ELSE products.shown_ms END, visible = excluded.visible",
        );
        let mut query = sqlx::query(sql);
        for Stored {
            state,
            written,
            columns,
        } in portion
        {
            query = query
                .bind(&state.id)
                .bind(shop)
                .bind(serde_json::to_string(state)?)
                .bind(i64::from(columns.visible))
                .bind(&columns.title)
                .bind(&columns.branch)
                .bind(columns.price_minor)
                .bind(&columns.currency)
                .bind(i64::from(columns.unique_piece))
                .bind(&columns.search_text)
                .bind(now_ms)
                .bind(&columns.cover)
                .bind(serde_json::to_string(written)?);
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

/// Adds deltas to what there is of pieces, each named at most once.
pub async fn add_stock(connection: &mut AnyConnection, deltas: &[(String, i64)]) -> Result<(), Error> {
    for portion in portions(deltas) {
        // Both databases name the columns of such a list so.
        let sql = values(portion.len(), 2).of("UPDATE products SET on_hand = on_hand + moved.column2 \
             FROM (VALUES {}) AS moved WHERE products.id = moved.column1");
        let mut query = sqlx::query(sql);
        for (id, delta) in portion {
            query = query.bind(id).bind(delta);
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

/// A visible piece as a card in a list.
#[derive(Clone, Debug)]
pub struct Listed {
    pub state: ProductState,
    pub shop_name: String,
    pub price_minor: i64,
    pub currency: String,
    pub unique_piece: bool,
    pub on_hand: i64,
    /// Hash of the small rendition of its first photo, once that has come.
    pub cover: Option<String>,
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    state: String,
    shop_name: String,
    price_minor: i64,
    currency: String,
    unique_piece: i64,
    on_hand: i64,
    cover: Option<String>,
}

impl Product {
    pub fn into_piece(self) -> Piece {
        Piece {
            state: self.state,
            on_hand: self.on_hand,
            written: self.written,
        }
    }
}

/// What a list of pieces is narrowed down to. Empty texts narrow nothing.
#[derive(Clone, Debug, Default)]
pub struct Wanted<'a> {
    pub branch: &'a str,
    /// Country of the workshop.
    pub country: &'a str,
    /// At most four `LIKE` patterns, escaped with `\`.
    pub patterns: &'a [String],
}

/// Visible pieces: those to be had first, then the newest.
pub async fn list(
    pool: &AnyPool,
    wanted: &Wanted<'_>,
    offset: i64,
    limit: i64,
) -> Result<Vec<Listed>, Error> {
    let pattern = |n: usize| wanted.patterns.get(n).map_or("%", String::as_str);
    let rows: Vec<ListedRow> = sqlx::query_as(
        "SELECT p.state, s.name AS shop_name, p.price_minor, p.currency, p.unique_piece, p.on_hand, h.hash AS cover \
         FROM products p JOIN shops s ON s.id = p.shop_id LEFT JOIN photos h ON h.hash = p.cover \
         WHERE p.visible = 1 AND ($1 = '' OR p.branch = $1) AND ($2 = '' OR s.country = $2) \
         AND p.search_text LIKE $3 ESCAPE '\\' AND p.search_text LIKE $4 ESCAPE '\\' \
         AND p.search_text LIKE $5 ESCAPE '\\' AND p.search_text LIKE $6 ESCAPE '\\' \
         ORDER BY CASE WHEN p.on_hand > 0 THEN 0 ELSE 1 END, p.shown_ms DESC, p.id DESC LIMIT $7 OFFSET $8",
    )
    .bind(wanted.branch)
    .bind(wanted.country)
    .bind(pattern(0))
    .bind(pattern(1))
    .bind(pattern(2))
    .bind(pattern(3))
    .bind(limit)
    .bind(offset)
    .fetch_all(pool)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Listed {
                state: read_state(&row.state)?,
                shop_name: row.shop_name,
                price_minor: row.price_minor,
                currency: row.currency,
                unique_piece: row.unique_piece != 0,
                on_hand: row.on_hand,
                cover: row.cover,
            })
        })
        .collect()
}

/// How many visible pieces each branch has.
pub async fn branches(pool: &AnyPool) -> Result<Vec<(String, i64)>, Error> {
    Ok(sqlx::query_as(
        "SELECT branch, COUNT(*) AS pieces FROM products WHERE visible = 1 AND branch <> '' \
         GROUP BY branch ORDER BY branch",
    )
    .fetch_all(pool)
    .await?)
}
