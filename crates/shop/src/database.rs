//! Opening the database: one connection that writes, a few that read.

use crate::backup::place::Place;
use crate::backup::view::BackupReason;
use crate::backup::{damage, make};
use crate::fault::{Code, Fault, Result};
use crate::folder::Folder;
use crate::world::World;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, SqliteConnection, SqlitePool};
use std::path::Path;
use std::time::Duration;

static MIGRATIONS: Migrator = sqlx::migrate!();

/// Also whether the database is still to be looked at as a whole.
pub(crate) async fn open(folder: &Folder, world: &dyn World) -> Result<(SqlitePool, SqlitePool, bool)> {
    let unsure = damage::look(folder).await?;
    back_up_before_migration(folder, world).await?;
    // FULL: what a person was told is saved survives a power cut.
    let options = SqliteConnectOptions::new()
        .filename(folder.database())
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10))
        // Rows on their way from SQLite's thread: with few of them two threads wake each other all the time.
        .row_buffer_size(1_000)
        // Kibibytes: a large shop's search index is written in many places at once.
        .pragma("cache_size", "-16384");
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
    Ok((write, read, unsure))
}

/// An empty database with today's schema, in a file that nobody has open.
pub(crate) async fn create(path: &Path) -> Result<()> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .synchronous(SqliteSynchronous::Full);
    let pool = SqlitePoolOptions::new()
        .max_connections(1)
        .connect_with(options)
        .await?;
    let migrated = MIGRATIONS.run(&pool).await.map_err(migration_fault);
    pool.close().await;
    migrated
}

/// A step of the schema cannot be taken back: what was before it is kept.
async fn back_up_before_migration(folder: &Folder, world: &dyn World) -> Result<()> {
    if !folder.database().exists() {
        return Ok(());
    }
    let mut connection = SqliteConnection::connect_with(
        &SqliteConnectOptions::new()
            .filename(folder.database())
            .busy_timeout(Duration::from_secs(10)),
    )
    .await?;
    let last: std::result::Result<Option<i64>, _> =
        sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations WHERE success")
            .fetch_one(&mut connection)
            .await;
    connection.close().await?;
    // Without the table there is nothing in it yet: the power went while it was made.
    let Ok(Some(last)) = last else { return Ok(()) };
    if MIGRATIONS.iter().all(|step| step.version <= last) {
        return Ok(());
    }
    let here = Place::here(folder.root());
    let reason = BackupReason::BeforeMigration;
    make::make(folder.root(), &here, reason, world, make::silent()).await?;
    Ok(())
}

fn migration_fault(error: MigrateError) -> Fault {
    match error {
        // A step was applied that this version does not have: the shop was opened by a newer one.
        MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => Code::ShopTooNew.into(),
        MigrateError::VersionMismatch(_) | MigrateError::Dirty(_) => Code::ShopDamaged.into(),
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => match Fault::from(error) {
            // A step that the schema does not take: what is there is not what was noted to be there.
            fault if fault.code == Code::Internal => Code::ShopDamaged.into(),
            fault => fault,
        },
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
