//! A database as a file: copied while it is in use, and read back.

use super::disk;
use crate::fault::{Code, Fault, Result};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// What a database says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub rows: BTreeMap<String, i64>,
    pub pieces: i64,
    /// Orders that are not done.
    pub orders: i64,
    /// The last step of the schema.
    pub schema: i64,
    pub laptop_id: String,
    pub shop_name: String,
}

fn options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .busy_timeout(Duration::from_secs(10))
        .foreign_keys(false)
}

/// A database in use.
pub async fn connect(path: &Path) -> Result<SqliteConnection> {
    Ok(SqliteConnection::connect_with(&options(path)).await?)
}

/// A file that nobody writes to: nothing beside it is read, made or locked.
pub async fn connect_still(path: &Path) -> Result<SqliteConnection> {
    Ok(SqliteConnection::connect_with(&options(path).read_only(true).immutable(true)).await?)
}

/// Copies a database to a file that is not there yet, as it is at one moment, while others write to it, and reads it
/// back. What is in the copy is on the disk then.
pub async fn take(from: &Path, to: &Path) -> Result<Facts> {
    let mut source = connect(from).await?;
    let taken = copy(&mut source, to).await;
    let closed = source.close().await;
    let before = taken?;
    closed?;
    disk::flush(to)?;
    let copied = check(to).await?;
    match before {
        // Nobody wrote meanwhile: every row must be there.
        Some(before) if before != copied => {
            tracing::error!("a copy of the database has other rows than the database");
            Err(Code::BackupDamaged.into())
        }
        _ => Ok(copied),
    }
}

/// Gives what must be in the copy, unless somebody wrote while it was made.
async fn copy(source: &mut SqliteConnection, to: &Path) -> Result<Option<Facts>> {
    let to = to
        .to_str()
        .ok_or_else(|| Fault::new(Code::FolderUnusable).with("path", to.display()))?;
    let version = data_version(source).await?;
    let before = facts(source).await?;
    sqlx::query("VACUUM INTO ?")
        .bind(to)
        .execute(&mut *source)
        .await?;
    Ok((data_version(source).await? == version).then_some(before))
}

async fn data_version(connection: &mut SqliteConnection) -> Result<i64> {
    Ok(sqlx::query_scalar("PRAGMA data_version")
        .fetch_one(connection)
        .await?)
}

/// Reads a whole database. Fault `ShopDamaged` when something in it is not as it should be.
pub async fn check(path: &Path) -> Result<Facts> {
    let mut connection = connect_still(path).await?;
    let checked = async {
        if !is_sound(&mut connection, "PRAGMA integrity_check(10)").await? {
            return Err(Fault::new(Code::ShopDamaged));
        }
        facts(&mut connection).await
    }
    .await;
    let _read_only = connection.close().await;
    checked
}

/// Whether one of SQLite's checks finds nothing.
pub async fn is_sound(connection: &mut SqliteConnection, pragma: &'static str) -> Result<bool> {
    let said: Vec<String> = sqlx::query_scalar(pragma).fetch_all(connection).await?;
    let sound = said == ["ok"];
    if !sound {
        tracing::error!(?said, "the database is damaged");
    }
    Ok(sound)
}

pub async fn facts(connection: &mut SqliteConnection) -> Result<Facts> {
    let mut rows = BTreeMap::new();
    for table in tables(connection).await? {
        let count = format!("SELECT COUNT(*) FROM \"{table}\"");
        let count = sqlx::query_scalar(AssertSqlSafe(count))
            .fetch_one(&mut *connection)
            .await?;
        rows.insert(table, count);
    }
    if !rows.contains_key("settings") || !rows.contains_key("products") {
        return Err(Code::ShopDamaged.into());
    }
    let pieces = sqlx::query_scalar("SELECT COUNT(*) FROM products WHERE deleted = 0");
    let pieces = pieces.fetch_one(&mut *connection).await?;
    let orders =
        sqlx::query_scalar("SELECT COUNT(*) FROM orders WHERE status NOT IN ('delivered', 'cancelled')");
    let orders = orders.fetch_one(&mut *connection).await?;
    let schema = sqlx::query_scalar("SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations WHERE success");
    let schema = schema.fetch_one(&mut *connection).await?;
    Ok(Facts {
        rows,
        pieces,
        orders,
        schema,
        laptop_id: setting(connection, "laptop_id").await?,
        shop_name: setting(connection, "shop_name").await?,
    })
}

async fn setting(connection: &mut SqliteConnection, name: &str) -> Result<String> {
    let value: Option<String> = sqlx::query_scalar("SELECT value FROM settings WHERE name = ?")
        .bind(name)
        .fetch_optional(connection)
        .await?;
    Ok(value.unwrap_or_default())
}

/// Tables with rows of their own: not those that the search keeps for itself.
pub async fn tables(connection: &mut SqliteConnection) -> Result<Vec<String>> {
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
             AND name NOT LIKE 'products_search%' ORDER BY name",
    )
    .fetch_all(connection)
    .await?;
    // A damaged schema may say anything; a name goes into a statement.
    let plain = |name: &String| {
        name.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    if names.iter().all(plain) {
        Ok(names)
    } else {
        Err(Code::ShopDamaged.into())
    }
}
