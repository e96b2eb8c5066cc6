//! Opening the database: SQLite in the data folder, or PostgreSQL by its URL.

use crate::error::Error;
use crate::percent;
use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{Any, AnyPool, Connection, Transaction};
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

/// Pools of connections; cheap to clone.
#[derive(Clone, Debug)]
pub struct Database {
    readers: AnyPool,
    writers: AnyPool,
    sqlite: bool,
}

const SQLITE_READERS: u32 = 4;
const POSTGRES_CONNECTIONS: u32 = 12;
const WAIT: Duration = Duration::from_secs(20);

impl Database {
    /// Opens the SQLite file `marketplace.db` of the data folder, or the PostgreSQL of `url`, and brings
    /// its tables up to date before any other connection opens.
    ///
    /// # Errors
    /// When it cannot be reached, or a migration fails.
    pub async fn open(data: &Path, url: Option<&str>) -> Result<Self, Error> {
        sqlx::any::install_default_drivers();
        match url {
            None => Self::sqlite(&data.join("marketplace.db")).await,
            Some(url) if url.starts_with("postgres:") || url.starts_with("postgresql:") => {
                Self::postgres(url).await
            }
            Some(_) => Err(Error::Setup(
                "the database's URL must begin with postgres://".to_owned(),
            )),
        }
    }

    async fn sqlite(file: &Path) -> Result<Self, Error> {
        let file = std::path::absolute(file)?;
        let path = file
            .to_str()
            .ok_or_else(|| Error::Setup("the data folder's name is not valid Unicode".to_owned()))?;
        let options =
            AnyConnectOptions::from_str(&format!("sqlite://{}?mode=rwc", percent::encode(path, b"/-._~")))?;
        // One writer: SQLite has one at a time anyway, and so nobody waits in its busy loop.
        let writers = sqlite_pool(1).connect_with(options.clone()).await?;
        migrate(&writers).await?;
        let readers = sqlite_pool(SQLITE_READERS).connect_with(options).await?;
        Ok(Self {
            readers,
            writers,
            sqlite: true,
        })
    }

    async fn postgres(url: &str) -> Result<Self, Error> {
        let options = AnyConnectOptions::from_str(url)?;
        let first = AnyPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(WAIT)
            .connect_with(options.clone())
            .await?;
        migrate(&first).await?;
        first.close().await;
        let pool = AnyPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(WAIT)
            .connect_with(options)
            .await?;
        Ok(Self {
            readers: pool.clone(),
            writers: pool,
            sqlite: false,
        })
    }

    /// For statements that only read.
    pub fn read(&self) -> &AnyPool {
        &self.readers
    }

    /// A transaction that will write. SQLite takes its lock at once, so that a transaction that read
    /// first can never be told too late that another process wrote in between.
    pub async fn begin(&self) -> Result<Transaction<'static, Any>, Error> {
        Ok(if self.sqlite {
            self.writers.begin_with("BEGIN IMMEDIATE").await?
        } else {
            self.writers.begin().await?
        })
    }

    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

async fn migrate(pool: &AnyPool) -> Result<(), Error> {
    sqlx::migrate!().run(pool).await?;
    Ok(())
}

fn sqlite_pool(connections: u32) -> AnyPoolOptions {
    AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(WAIT)
        // When the disk is full SQLite ends the transaction by itself; rolling it back then fails, and the
        // connection would believe for ever that it is still in it. Such a one is closed, not used again.
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
        .after_connect(|connection, _| {
            Box::pin(async move {
                for pragma in [
                    "PRAGMA busy_timeout = 15000",
                    "PRAGMA journal_mode = WAL",
                    "PRAGMA synchronous = FULL",
                    "PRAGMA foreign_keys = ON",
                ] {
                    sqlx::query(pragma).execute(&mut *connection).await?;
                }
                Ok(())
            })
        })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_sqlite_ends_by_itself_does_not_stop_the_next_writing() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path(), None).await.unwrap();
        let mut transaction = database.begin().await.unwrap();
        // As a full disk does, but at will: the statement fails and takes the whole transaction with it.
        for sql in [
            "CREATE TABLE ballast (one INTEGER UNIQUE)",
            "INSERT INTO ballast VALUES (1)",
        ] {
            sqlx::query(sql).execute(&mut *transaction).await.unwrap();
        }
        let ended = sqlx::query("INSERT OR ROLLBACK INTO ballast VALUES (1)")
            .execute(&mut *transaction)
            .await;
        assert!(ended.is_err());
        drop(transaction);

        let transaction = database.begin().await.unwrap();
        transaction.commit().await.unwrap();
    }
}
