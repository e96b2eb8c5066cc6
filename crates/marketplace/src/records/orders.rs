//! Orders and their lines.

use super::many::{places, portions};
use super::read_state;
use crate::error::Error;
use api::order::OrderState;
use sqlx::{AnyConnection, AnyPool};
use std::collections::BTreeMap;

/// An order with what is not in the state that travels.
#[derive(Clone, Debug)]
pub struct Order {
    pub shop_id: String,
    pub checkout_id: String,
    pub state: OrderState,
}

#[derive(sqlx::FromRow)]
struct Row {
    shop_id: String,
    checkout_id: String,
    state: String,
}

impl Row {
    fn order(self) -> Result<Order, Error> {
        Ok(Order {
            state: read_state(&self.state)?,
            shop_id: self.shop_id,
            checkout_id: self.checkout_id,
        })
    }
}

/// What is fixed when an order is placed.
pub struct Placement<'a> {
    pub shop: &'a str,
    pub checkout_id: &'a str,
    pub language: &'a str,
}

pub async fn add(
    connection: &mut AnyConnection,
    placement: &Placement<'_>,
    state: &OrderState,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO orders (id, shop_id, number, status, checkout_id, language, state, placed_ms) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(&state.id)
    .bind(placement.shop)
    .bind(&state.number)
    .bind(status_text(state))
    .bind(placement.checkout_id)
    .bind(placement.language)
    .bind(serde_json::to_string(state)?)
    .bind(state.placed_ms)
    .execute(&mut *connection)
    .await?;
    for line in &state.lines {
        sqlx::query("INSERT INTO order_lines (order_id, product_id, quantity) VALUES ($1, $2, $3)")
            .bind(&state.id)
            .bind(&line.product_id)
            .bind(line.quantity)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

pub async fn save(connection: &mut AnyConnection, state: &OrderState) -> Result<(), Error> {
    sqlx::query("UPDATE orders SET status = $2, state = $3 WHERE id = $1")
        .bind(&state.id)
        .bind(status_text(state))
        .bind(serde_json::to_string(state)?)
        .execute(connection)
        .await?;
    Ok(())
}

pub async fn get(connection: &mut AnyConnection, id: &str) -> Result<Option<Order>, Error> {
    let row: Option<Row> = sqlx::query_as("SELECT shop_id, checkout_id, state FROM orders WHERE id = $1")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    row.map(Row::order).transpose()
}

/// The orders of a form that was sent, by shop: a form sent twice buys once.
pub async fn of_checkout(pool: &AnyPool, checkout_id: &str) -> Result<Vec<Order>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT shop_id, checkout_id, state FROM orders WHERE checkout_id = $1 ORDER BY shop_id",
    )
    .bind(checkout_id)
    .fetch_all(pool)
    .await?;
    rows.into_iter().map(Row::order).collect()
}

/// Orders that are not with the post yet, the latest first, by each of these pieces that is in them.
pub async fn open_with(
    connection: &mut AnyConnection,
    shop: &str,
    products: &[String],
) -> Result<BTreeMap<String, Vec<OrderState>>, Error> {
    #[derive(sqlx::FromRow)]
    struct Line {
        product_id: String,
        state: String,
    }
    let mut open: BTreeMap<String, Vec<OrderState>> = BTreeMap::new();
    for portion in portions(products) {
        let sql = places(2, portion.len()).of("SELECT l.product_id, o.state \
             FROM orders o JOIN order_lines l ON l.order_id = o.id \
             WHERE o.shop_id = $1 AND l.product_id IN ({}) \
             AND o.status IN ('placed', 'accepted', 'packed', 'labelled', 'handed_in') \
             ORDER BY o.placed_ms DESC, o.id DESC");
        let mut query = sqlx::query_as(sql).bind(shop);
        for id in portion {
            query = query.bind(id);
        }
        let lines: Vec<Line> = query.fetch_all(&mut *connection).await?;
        for line in lines {
            open.entry(line.product_id)
                .or_default()
                .push(read_state(&line.state)?);
        }
    }
    Ok(open)
}

fn status_text(state: &OrderState) -> &'static str {
    use api::order::OrderStatus as S;
    match state.status {
        S::Placed => "placed",
        S::Accepted => "accepted",
        S::Packed => "packed",
        S::Labelled => "labelled",
        S::HandedIn => "handed_in",
        S::Shipped => "shipped",
        S::Delivered => "delivered",
        S::Cancelled => "cancelled",
    }
}
