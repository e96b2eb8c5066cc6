//! A transaction that writes for one or more shops.

use super::{Database, feed, shops};
use crate::error::Error;
use crate::hints::Hints;
use serde::Serialize;
use sqlx::{Any, AnyConnection, Transaction};
use std::collections::BTreeMap;

/// A transaction, the shops that it locked and how far their feeds have moved.
pub struct Writing {
    tx: Transaction<'static, Any>,
    moved: BTreeMap<String, i64>,
}

impl Writing {
    pub async fn begin(database: &Database) -> Result<Self, Error> {
        Ok(Self {
            tx: database.begin().await?,
            moved: BTreeMap::new(),
        })
    }

    /// Begins and takes the shop's lock: until the commit nobody else writes for this shop, so that what
    /// is read here stays true.
    pub async fn for_shop(database: &Database, shop: &str) -> Result<Self, Error> {
        let mut writing = Self::begin(database).await?;
        writing.lock(shop).await?;
        Ok(writing)
    }

    /// Who locks several shops must do it in the order of their ids.
    pub async fn lock(&mut self, shop: &str) -> Result<(), Error> {
        shops::lock(self.connection(), shop).await
    }

    pub fn connection(&mut self) -> &mut AnyConnection {
        &mut self.tx
    }

    /// Puts a record's new state into the shop's feed.
    pub async fn tell<T: Serialize>(
        &mut self,
        shop: &str,
        kind: &str,
        id: &str,
        state: &T,
    ) -> Result<(), Error> {
        self.tell_at(shop, kind, id, state).await.map(drop)
    }

    /// As [`Writing::tell`]; gives the position.
    pub async fn tell_at<T: Serialize>(
        &mut self,
        shop: &str,
        kind: &str,
        id: &str,
        state: &T,
    ) -> Result<u64, Error> {
        let state = serde_json::to_value(state)?;
        let position = feed::write(&mut self.tx, shop, kind, id, &state).await?;
        self.moved.insert(shop.to_owned(), position);
        Ok(position.unsigned_abs())
    }

    /// Marks a point to come back to. Always followed by [`Writing::keep`] or [`Writing::undo`].
    pub async fn mark(&mut self) -> Result<(), Error> {
        sqlx::query("SAVEPOINT one_intent").execute(&mut *self.tx).await?;
        Ok(())
    }

    pub async fn keep(&mut self) -> Result<(), Error> {
        sqlx::query("RELEASE SAVEPOINT one_intent")
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    pub async fn undo(&mut self) -> Result<(), Error> {
        sqlx::query("ROLLBACK TO SAVEPOINT one_intent")
            .execute(&mut *self.tx)
            .await?;
        self.keep().await
    }

    pub async fn commit(self, hints: &Hints) -> Result<(), Error> {
        self.tx.commit().await?;
        for (shop, position) in self.moved {
            hints.publish(&shop, position);
        }
        Ok(())
    }
}
