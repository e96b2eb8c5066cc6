//! The ledger of stock.

use super::many::{places, portions, values};
use crate::error::Error;
use api::stock::Movement;
use sqlx::AnyConnection;
use std::collections::BTreeSet;

/// Those of these movements that are in the ledger, whoever's they are: a movement is known by its id and counts once.
pub async fn known(connection: &mut AnyConnection, ids: &[String]) -> Result<BTreeSet<String>, Error> {
    let mut known = BTreeSet::new();
    for portion in portions(ids) {
        let sql = places(1, portion.len()).of("SELECT id FROM movements WHERE id IN ({})");
        let mut query = sqlx::query_scalar(sql);
        for id in portion {
            query = query.bind(id);
        }
        let rows: Vec<String> = query.fetch_all(&mut *connection).await?;
        known.extend(rows);
    }
    Ok(known)
}

pub async fn add(connection: &mut AnyConnection, shop: &str, movements: &[Movement]) -> Result<(), Error> {
    for portion in portions(movements) {
        let sql = values(portion.len(), 6)
            .of("INSERT INTO movements (id, shop_id, product_id, delta, order_id, at_ms) VALUES {}");
        let mut query = sqlx::query(sql);
        for movement in portion {
            query = query
                .bind(&movement.id)
                .bind(shop)
                .bind(&movement.product_id)
                .bind(movement.delta)
                .bind(&movement.order_id)
                .bind(movement.at_ms);
        }
        query.execute(&mut *connection).await?;
    }
    Ok(())
}
