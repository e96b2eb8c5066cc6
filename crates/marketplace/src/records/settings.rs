//! Secrets and marks that belong to the database, made when it is first opened.

use super::Database;
use crate::error::Error;
use crate::random;
use sqlx::AnyConnection;

/// Keys that every process on the same database shares.
#[derive(Clone)]
pub struct Keys {
    /// For cursors, form tokens and the links to orders.
    pub master: [u8; 32],
    /// Changes when the feed's history does: cursors of another epoch are gone.
    pub feed_epoch: u64,
}

impl Keys {
    pub async fn load(database: &Database) -> Result<Self, Error> {
        let master = remembered(database, "master_key", &random::hex(32)?).await?;
        let epoch = remembered(database, "feed_epoch", &random::hex(8)?).await?;
        let wrong = || Error::Setup("the settings in the database cannot be read".to_owned());
        Ok(Self {
            master: *blake3::Hash::from_hex(&master).map_err(|_| wrong())?.as_bytes(),
            feed_epoch: u64::from_str_radix(&epoch, 16).map_err(|_| wrong())?,
        })
    }
}

/// Gives the feed a new epoch, 16 hexadecimal letters: cursors of the old one are gone.
pub async fn set_feed_epoch(connection: &mut AnyConnection, epoch: &str) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO settings (name, value) VALUES ('feed_epoch', $1) \
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )
    .bind(epoch)
    .execute(connection)
    .await?;
    Ok(())
}

async fn remembered(database: &Database, name: &str, fresh: &str) -> Result<String, Error> {
    let mut tx = database.begin().await?;
    sqlx::query("INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
        .bind(name)
        .bind(fresh)
        .execute(&mut *tx)
        .await?;
    let value = sqlx::query_scalar("SELECT value FROM settings WHERE name = $1")
        .bind(name)
        .fetch_one(&mut *tx)
        .await?;
    tx.commit().await?;
    Ok(value)
}
