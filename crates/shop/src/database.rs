//! Opening the database: one connection that writes, a few that read.

use crate::fault::{Code, Fault, Result};
use crate::folder::Folder;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, SqlitePool};
use std::time::Duration;

static MIGRATIONS: Migrator = sqlx::migrate!();

pub(crate) async fn open(folder: &Folder) -> Result<(SqlitePool, SqlitePool)> {
    // FULL: what a person was told is saved survives a power cut.
    let options = SqliteConnectOptions::new()
        .filename(folder.database())
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10));
    let write = SqlitePoolOptions::new()
        .max_connections(1)
        // When the disk is full SQLite ends the transaction by itself; rolling it back then fails, and the
        // connection would believe for ever that it is still in it. Such a one is closed, not used again.
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
        .connect_with(options.clone())
        .await?;
    MIGRATIONS.run(&write).await.map_err(migration_fault)?;
    let read = SqlitePoolOptions::new()
        .max_connections(3)
        .connect_with(options.read_only(true))
        .await?;
    Ok((write, read))
}

fn migration_fault(error: MigrateError) -> Fault {
    match error {
        // A step was applied that this version does not have: the shop was opened by a newer one.
        MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => Code::ShopTooNew.into(),
        MigrateError::VersionMismatch(_) | MigrateError::Dirty(_) => Code::ShopDamaged.into(),
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
        other => Fault::internal(other),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use crate::Shop;

    #[tokio::test]
    async fn what_sqlite_ends_by_itself_does_not_stop_the_next_writing() {
        let folder = tempfile::tempdir().unwrap();
        let shop = Shop::open(folder.path()).await.unwrap();
        let mut writing = shop.begin().await.unwrap();
        // As a full disk does, but at will: the statement fails and takes the whole transaction with it.
        let ended = sqlx::query("INSERT OR ROLLBACK INTO settings SELECT * FROM settings")
            .execute(writing.connection())
            .await;
        assert!(ended.is_err());
        drop(writing);

        assert!(shop.product_create().await.is_ok());
    }
}
