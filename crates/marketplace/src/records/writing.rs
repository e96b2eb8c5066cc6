//! A transaction that writes for one or more shops.

use super::tail::Tail;
use super::{Database, shops};
use crate::error::Error;
use crate::hints::Hints;
use serde::Serialize;
use sqlx::{Any, AnyConnection, Transaction};
use std::collections::BTreeMap;

/// A transaction, and what it tells the shops that it writes for.
pub struct Writing {
    tx: Transaction<'static, Any>,
    tails: BTreeMap<String, Tail>,
    /// The laptop that knows already what is told.
    laptop: Option<String>,
    /// How far the feeds have moved.
    moved: BTreeMap<String, i64>,
}

impl Writing {
    pub async fn begin(database: &Database) -> Result<Self, Error> {
        Ok(Self {
            tx: database.begin().await?,
            tails: BTreeMap::new(),
            laptop: None,
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

    /// What is told from now on is what this laptop of the shop has sent.
    pub fn sent_by(&mut self, laptop: &str) {
        self.laptop = Some(laptop.to_owned());
    }

    /// Who locks several shops must do it in the order of their ids.
    pub async fn lock(&mut self, shop: &str) -> Result<(), Error> {
        shops::lock(self.connection(), shop).await
    }

    pub fn connection(&mut self) -> &mut AnyConnection {
        &mut self.tx
    }

    /// Puts a record's new state into the shop's feed. It is in the table after [`Writing::settle`].
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
        let laptop = self.laptop.clone();
        let (tail, connection) = self.tail(shop).await?;
        let position = tail.tell(connection, kind, id, &state, laptop.as_deref()).await?;
        Ok(position.unsigned_abs())
    }

    /// Reads at once what stands in the shop's feed of records that are about to be told.
    pub async fn about_to_tell(&mut self, shop: &str, kind: &str, ids: &[String]) -> Result<(), Error> {
        let (tail, connection) = self.tail(shop).await?;
        tail.learn(connection, kind, ids).await
    }

    async fn tail(&mut self, shop: &str) -> Result<(&mut Tail, &mut AnyConnection), Error> {
        if !self.tails.contains_key(shop) {
            let tail = Tail::open(&mut self.tx, shop).await?;
            self.tails.insert(shop.to_owned(), tail);
        }
        let tail = self.tails.get_mut(shop).ok_or(sqlx::Error::RowNotFound)?;
        Ok((tail, &mut self.tx))
    }

    /// Writes down what was told so far: who reads a feed's table in this transaction must do this first.
    pub async fn settle(&mut self) -> Result<(), Error> {
        for (shop, tail) in &mut self.tails {
            if let Some(position) = tail.write(&mut self.tx).await? {
                self.moved.insert(shop.clone(), position);
            }
        }
        Ok(())
    }

    /// Marks a point to come back to. Always followed by [`Writing::keep`] or [`Writing::undo`].
    pub async fn mark(&mut self) -> Result<(), Error> {
        self.settle().await?;
        sqlx::query("SAVEPOINT a_point").execute(&mut *self.tx).await?;
        Ok(())
    }

    pub async fn keep(&mut self) -> Result<(), Error> {
        self.settle().await?;
        self.release().await
    }

    async fn release(&mut self) -> Result<(), Error> {
        sqlx::query("RELEASE SAVEPOINT a_point")
            .execute(&mut *self.tx)
            .await?;
        Ok(())
    }

    pub async fn undo(&mut self) -> Result<(), Error> {
        self.tails.clear();
        sqlx::query("ROLLBACK TO SAVEPOINT a_point")
            .execute(&mut *self.tx)
            .await?;
        self.release().await
    }

    pub async fn commit(mut self, hints: &Hints) -> Result<(), Error> {
        self.settle().await?;
        self.tx.commit().await?;
        for (shop, position) in self.moved {
            hints.publish(&shop, position);
        }
        Ok(())
    }
}
