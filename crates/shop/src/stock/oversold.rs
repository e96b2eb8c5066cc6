//! Pieces that were sold more often than there were: an alarm that names the sales.

use super::view::{Oversold, OversoldSale};
use crate::Shop;
use crate::conflicts::laptop_name;
use crate::fault::Result;
use sqlx::SqliteConnection;

/// More sales of one piece than this are not told apart by anyone.
const SALES: i64 = 12;

impl Shop {
    /// Pieces of which fewer than none are left, the most lacking first. Numbers below zero are facts and are never
    /// set right by themselves.
    pub async fn oversold_list(&self) -> Result<Vec<Oversold>> {
        let mut connection = self.read().acquire().await?;
        let rows = sqlx::query!(
            r#"SELECT p.id, p.title, p.on_hand,
                   (SELECT small FROM product_photos WHERE product_id = p.id ORDER BY place, hash LIMIT 1)
                   AS "photo?: String"
               FROM products p WHERE p.on_hand < 0 AND p.deleted = 0 ORDER BY p.on_hand, p.title, p.id LIMIT 200"#
        )
        .fetch_all(&mut *connection)
        .await?;
        let mut oversold = Vec::with_capacity(rows.len());
        for row in rows {
            oversold.push(Oversold {
                sales: sales(&mut connection, &row.id, -row.on_hand, self.laptop_id()).await?,
                product_id: row.id,
                title: row.title,
                photo: row.photo,
                lacking: -row.on_hand,
            });
        }
        Ok(oversold)
    }
}

pub(crate) async fn count(connection: &mut SqliteConnection) -> Result<u32> {
    Ok(sqlx::query_scalar!(
        r#"SELECT COUNT(*) AS "count!: u32" FROM products WHERE on_hand < 0 AND deleted = 0"#
    )
    .fetch_one(connection)
    .await?)
}

/// The newest sales that still count, at least two of them, until they hold more pieces than are lacking: those that
/// cannot all be kept.
async fn sales(
    connection: &mut SqliteConnection,
    product_id: &str,
    lacking: i64,
    this_laptop: &str,
) -> Result<Vec<OversoldSale>> {
    let rows = sqlx::query!(
        r#"SELECT m.at_ms, -m.delta AS "quantity!: i64", m.reason, m.by, m.order_id,
               COALESCE(o.number, '') AS "number!: String", COALESCE(o.buyer_name, '') AS "buyer!: String",
               COALESCE(o.status IN ('placed', 'accepted', 'packed', 'labelled'), 0) AS "open!: bool"
           FROM movements m LEFT JOIN orders o ON o.id = m.order_id
           WHERE m.product_id = ? AND m.delta < 0 AND m.reason IN ('sold', 'sold_elsewhere', 'fair')
               AND COALESCE(o.status, '') <> 'cancelled'
           ORDER BY m.at_ms DESC, m.id DESC LIMIT ?"#,
        product_id,
        SALES
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut sales = Vec::new();
    let mut pieces = 0;
    for row in rows {
        if pieces > lacking && sales.len() >= 2 {
            break;
        }
        pieces += row.quantity;
        sales.push(OversoldSale {
            at_ms: row.at_ms,
            quantity: row.quantity,
            reason: row.reason,
            order_id: row.order_id,
            order_number: row.number,
            buyer_name: row.buyer,
            open: row.open,
            here: row.by == this_laptop,
            laptop: laptop_name(connection, &row.by).await?,
        });
    }
    Ok(sales)
}
