//! Finding pieces: the grid, search as one types, and what was written before.

use super::rules;
use super::view::{self, FilterCounts, ProductCard, ProductFilter, ProductPage, ProductQuery, Suggestions};
use crate::Shop;
use crate::fault::Result;
use sqlx::{AssertSqlSafe, FromRow, SqliteConnection};

/// The most pieces in one page.
const PAGE: u32 = 200;
const SUGGESTIONS: i64 = 50;

#[derive(FromRow)]
struct CardRow {
    id: String,
    title: String,
    sku: String,
    price_minor: Option<i64>,
    price_currency: Option<String>,
    weight_g: Option<i64>,
    stock_mode: String,
    listing: String,
    on_hand: i64,
    photo: Option<String>,
    photos: i64,
    refused: bool,
}

impl ProductFilter {
    /// The condition on `p`; fixed text, never anything that a person typed.
    fn condition(self) -> &'static str {
        match self {
            Self::All => "p.deleted = 0",
            Self::OnSale => "p.deleted = 0 AND p.listing = 'listed' AND p.on_hand > 0",
            Self::Drafts => "p.deleted = 0 AND p.listing = 'draft'",
            Self::Unique => "p.deleted = 0 AND p.stock_mode = 'unique'",
            Self::SoldOut => "p.deleted = 0 AND p.listing = 'listed' AND p.on_hand <= 0",
            Self::Withdrawn => "p.deleted = 0 AND p.listing = 'withdrawn'",
        }
    }
}

impl Shop {
    /// A page of the grid, the newest change first.
    pub async fn product_list(&self, query: ProductQuery) -> Result<ProductPage> {
        let mut connection = self.read().acquire().await?;
        let counts = counts(&mut connection).await?;
        let typed = rules::search_query(&query.text);
        if typed.is_none() && !query.text.trim().is_empty() {
            return Ok(ProductPage {
                items: Vec::new(),
                total: 0,
                counts,
            });
        }
        let (source, matches) = match typed {
            Some(_) => (
                "products_search s JOIN products p ON p.rowid = s.rowid",
                "products_search MATCH ?1 AND ",
            ),
            None => ("products p", "?1 IS NULL AND "),
        };
        let condition = query.filter.condition();
        let total = format!("SELECT COUNT(*) FROM {source} WHERE {matches}{condition}");
        let total: i64 = sqlx::query_scalar(AssertSqlSafe(total))
            .bind(&typed)
            .fetch_one(&mut *connection)
            .await?;
        let page = format!(
            "SELECT p.id, p.title, p.sku, p.price_minor, p.price_currency, p.weight_g, p.stock_mode, p.listing,
                 p.on_hand,
                 (SELECT small FROM product_photos f WHERE f.product_id = p.id ORDER BY f.place, f.hash LIMIT 1) AS photo,
                 (SELECT COUNT(*) FROM product_photos f WHERE f.product_id = p.id) AS photos,
                 EXISTS (SELECT 1 FROM outbox o WHERE o.subject = p.id AND o.status = 'refused') AS refused
             FROM {source} WHERE {matches}{condition}
             ORDER BY p.changed_ms DESC, p.id DESC LIMIT ?2 OFFSET ?3"
        );
        let rows: Vec<CardRow> = sqlx::query_as(AssertSqlSafe(page))
            .bind(&typed)
            .bind(query.limit.clamp(1, PAGE))
            .bind(query.offset)
            .fetch_all(&mut *connection)
            .await?;
        let items = rows.into_iter().map(card).collect();
        Ok(ProductPage {
            items,
            total: u32::try_from(total).unwrap_or(u32::MAX),
            counts,
        })
    }

    /// What this shop wrote before in the fields that repeat.
    pub async fn product_suggestions(&self) -> Result<Suggestions> {
        let mut connection = self.read().acquire().await?;
        Ok(Suggestions {
            techniques: written(&mut connection, "technique").await?,
            materials: written(&mut connection, "materials").await?,
            communities: written(&mut connection, "community").await?,
            people: written(&mut connection, "people").await?,
            makers: written(&mut connection, "maker").await?,
            categories: written(&mut connection, "category").await?,
        })
    }
}

fn card(row: CardRow) -> ProductCard {
    let photos = usize::try_from(row.photos).unwrap_or(0);
    ProductCard {
        status: rules::status(&row.listing, row.on_hand),
        missing: rules::missing(&row.title, row.price_minor, photos, row.on_hand, row.weight_g),
        price: view::price(row.price_minor, row.price_currency),
        stock_kind: view::stock_kind(&row.stock_mode),
        id: row.id,
        title: row.title,
        sku: row.sku,
        on_hand: row.on_hand,
        photo: row.photo,
        refused: row.refused,
    }
}

async fn counts(connection: &mut SqliteConnection) -> Result<FilterCounts> {
    let row = sqlx::query!(
        r#"SELECT COUNT(*) AS "all_pieces!: u32",
               COALESCE(SUM(listing = 'listed' AND on_hand > 0), 0) AS "on_sale!: u32",
               COALESCE(SUM(listing = 'draft'), 0) AS "drafts!: u32",
               COALESCE(SUM(stock_mode = 'unique'), 0) AS "one_of_a_kind!: u32",
               COALESCE(SUM(listing = 'listed' AND on_hand <= 0), 0) AS "sold_out!: u32",
               COALESCE(SUM(listing = 'withdrawn'), 0) AS "withdrawn!: u32"
           FROM products WHERE deleted = 0"#
    )
    .fetch_one(connection)
    .await?;
    Ok(FilterCounts {
        all: row.all_pieces,
        on_sale: row.on_sale,
        drafts: row.drafts,
        unique: row.one_of_a_kind,
        sold_out: row.sold_out,
        withdrawn: row.withdrawn,
    })
}

/// The different values of a column (fixed text), the most used first.
async fn written(connection: &mut SqliteConnection, column: &'static str) -> Result<Vec<String>> {
    let query = format!(
        "SELECT {column} FROM products WHERE deleted = 0 AND {column} <> ''
         GROUP BY {column} ORDER BY COUNT(*) DESC, {column} LIMIT ?"
    );
    Ok(sqlx::query_scalar(AssertSqlSafe(query))
        .bind(SUGGESTIONS)
        .fetch_all(connection)
        .await?)
}
