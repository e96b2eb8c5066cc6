//! The end of a shop's feed in an open transaction.

use super::feed::{self, Head};
use super::many::{places, portions, values};
use crate::error::Error;
use serde_json::Value;
use sqlx::AnyConnection;
use std::collections::BTreeMap;
use sync::parity;

/// A record by its kind and id.
type Name = (String, String);

/// What is told under the shop's lock: positions are given at once, and the rows are written together.
pub struct Tail {
    shop: String,
    head: Head,
    /// Digests of records as they stand with what is told; 0 of those that are not there.
    digests: BTreeMap<Name, u64>,
    /// A record that is told twice is written once, as it stands at the end.
    told: BTreeMap<Name, Told>,
}

struct Told {
    position: i64,
    state: String,
    digest: u64,
    urgency: i64,
    laptop: Option<String>,
}

impl Tail {
    /// Takes the shop's lock, if this transaction does not have it yet.
    pub async fn open(connection: &mut AnyConnection, shop: &str) -> Result<Self, Error> {
        Ok(Self {
            shop: shop.to_owned(),
            head: feed::lock(connection, shop).await?,
            digests: BTreeMap::new(),
            told: BTreeMap::new(),
        })
    }

    /// Reads at once what is about to be told anew.
    pub async fn learn(
        &mut self,
        connection: &mut AnyConnection,
        kind: &str,
        ids: &[String],
    ) -> Result<(), Error> {
        for portion in portions(ids) {
            let sql = places(3, portion.len()).of(
                "SELECT record_id, digest FROM feed WHERE shop_id = $1 AND kind = $2 AND record_id IN ({})",
            );
            let mut query = sqlx::query_as(sql).bind(&self.shop).bind(kind);
            for id in portion {
                query = query.bind(id);
            }
            let rows: Vec<(String, i64)> = query.fetch_all(&mut *connection).await?;
            let there: BTreeMap<String, i64> = rows.into_iter().collect();
            for id in portion {
                let digest = there.get(id).map_or(0, |digest| feed::read(*digest));
                self.digests
                    .entry((kind.to_owned(), id.clone()))
                    .or_insert(digest);
            }
        }
        Ok(())
    }

    /// Puts a record's new state at the feed's next position, and gives that. `laptop` is the one that knows it already.
    pub async fn tell(
        &mut self,
        connection: &mut AnyConnection,
        kind: &str,
        id: &str,
        state: &Value,
        laptop: Option<&str>,
    ) -> Result<i64, Error> {
        let name = (kind.to_owned(), id.to_owned());
        if !self.digests.contains_key(&name) {
            self.learn(connection, kind, &[id.to_owned()]).await?;
        }
        let text = parity::canonical(state);
        let digest = parity::digest_of_text(kind, id, &text);
        let before = self.digests.insert(name.clone(), digest).unwrap_or(0);
        self.head.position += 1;
        self.head.sum = self.head.sum.without(before).with(digest);
        let told = Told {
            position: self.head.position,
            state: text,
            digest,
            urgency: feed::urgency(kind, state),
            laptop: laptop.map(str::to_owned),
        };
        self.told.insert(name, told);
        Ok(self.head.position)
    }

    /// Writes down what was told since the last time. Gives the feed's position, if it has moved.
    pub async fn write(&mut self, connection: &mut AnyConnection) -> Result<Option<i64>, Error> {
        if self.told.is_empty() {
            return Ok(None);
        }
        feed::set_head(connection, &self.shop, self.head).await?;
        let told: Vec<(Name, Told)> = std::mem::take(&mut self.told).into_iter().collect();
        for portion in portions(&told) {
            let sql = values(portion.len(), 8).of(
                "INSERT INTO feed (shop_id, kind, record_id, position, state, digest, urgency, laptop_id) VALUES {} \
                 ON CONFLICT (shop_id, kind, record_id) DO UPDATE SET position = excluded.position, \
                 state = excluded.state, digest = excluded.digest, urgency = excluded.urgency, \
                 laptop_id = excluded.laptop_id",
            );
            let mut query = sqlx::query(sql);
            for ((kind, id), told) in portion {
                query = query
                    .bind(&self.shop)
                    .bind(kind)
                    .bind(id)
                    .bind(told.position)
                    .bind(&told.state)
                    .bind(feed::stored(told.digest))
                    .bind(told.urgency)
                    .bind(&told.laptop);
            }
            query.execute(&mut *connection).await?;
        }
        Ok(Some(self.head.position))
    }
}
