//! Putting a piece up for sale and taking it down.

use super::edit::set_fields;
use super::view::Product;
use super::{rules, store};
use crate::Shop;
use crate::fault::{Code, Fault, Result};
use api::product::field;
use serde_json::json;
use std::collections::BTreeMap;

impl Shop {
    /// Puts a piece up for sale. Fault: `NotReady` with what it lacks.
    pub async fn product_publish(&self, id: &str) -> Result<Product> {
        let mut writing = self.begin().await?;
        let product = store::product(writing.connection(), id).await?;
        let stops = rules::stops(&product.missing);
        if !stops.is_empty() {
            let missing = stops.iter().map(|what| what.key()).collect::<Vec<_>>().join(",");
            return Err(Fault::new(Code::NotReady).with("missing", missing));
        }
        let mut state = store::state(writing.connection(), id).await?;
        let mut fields = BTreeMap::from([(field::PUBLISHED.to_owned(), json!(true))]);
        if product.deleted {
            fields.insert(field::DELETED.to_owned(), json!(false));
        }
        set_fields(&mut writing, &mut state, fields).await?;
        writing.commit().await?;
        self.product(id).await
    }

    /// Takes a piece down from sale; it stays in the shop.
    pub async fn product_withdraw(&self, id: &str) -> Result<Product> {
        let mut writing = self.begin().await?;
        let mut state = store::state(writing.connection(), id).await?;
        let fields = BTreeMap::from([(field::PUBLISHED.to_owned(), json!(false))]);
        set_fields(&mut writing, &mut state, fields).await?;
        writing.commit().await?;
        self.product(id).await
    }
}
