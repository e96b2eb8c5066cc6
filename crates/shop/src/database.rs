//! Opening the database: one connection that writes, a few that read.

use crate::fault::{Code, Fault, Result};
use crate::folder::Folder;
use sqlx::SqlitePool;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
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
