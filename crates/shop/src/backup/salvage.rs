//! Carrying over what can still be read of a broken database, row by row.
//!
//! Nothing is written to the broken file: a copy of it is read. The outbox comes first, since only it knows what the
//! marketplace has not heard of; everything else comes back from there.

use super::snapshot;
use super::view::Salvaged;
use crate::fault::{Fault, Result};
use crate::settings::store::name;
use api::intent::Intent;
use api::order::{OrderState, ParcelEvent};
use api::product::ProductState;
use futures_util::TryStreamExt;
use serde::de::DeserializeOwned;
use sqlx::sqlite::{SqliteConnectOptions, SqliteRow};
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection, TypeInfo, ValueRef};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// In the order in which they are carried over: what refers to others comes after them.
const TABLES: [&str; 14] = [
    "outbox",
    "settings",
    "products",
    "orders",
    "parcels",
    "movements",
    "drop_offs",
    "drop_off_parcels",
    "photos",
    "product_photos",
    "photo_looks",
    "uploads",
    "conflicts",
    "parked",
];
/// How often reading goes on behind a place that cannot be read.
const LEAPS: u32 = 48;
/// What the settings of a broken database are not believed about.
const NOT_KEPT: [&str; 5] = [
    name::CURSOR,
    name::POSITION,
    name::SUM,
    name::AGREED_MS,
    name::RESTORED,
];

#[derive(Clone, Debug, PartialEq)]
enum Value {
    Null,
    Integer(i64),
    Text(String),
}

impl Value {
    fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }
}

/// What was read of a table.
#[derive(Debug, Default)]
struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
    lost: i64,
}

impl Table {
    fn value<'r>(&self, row: &'r [Value], column: &str) -> &'r Value {
        let place = self.columns.iter().position(|name| name == column);
        place.and_then(|place| row.get(place)).unwrap_or(&Value::Null)
    }
}

/// Everything that could be read.
#[derive(Debug, Default)]
pub struct Found {
    tables: BTreeMap<&'static str, Table>,
}

impl Found {
    fn rows(&self, table: &str) -> i64 {
        self.tables
            .get(table)
            .map_or(0, |table| i64::try_from(table.rows.len()).unwrap_or(i64::MAX))
    }

    pub fn is_empty(&self) -> bool {
        self.tables.values().all(|table| table.rows.is_empty())
    }
}

/// Reads a broken database, a copy of which is made at `copy`. What cannot be read is left out; nothing is a fault but
/// the disk that the copy is made on.
pub async fn read(broken: &Path, copy: &Path) -> Result<Found> {
    fs::copy(broken, copy)?;
    for end in ["db-wal", "db-journal"] {
        let beside = broken.with_extension(end);
        if beside.is_file() {
            fs::copy(beside, copy.with_extension(end))?;
        }
    }
    let mut found = Found::default();
    let mut connection = match open(copy).await {
        Some(connection) => connection,
        None => {
            // The file's first page says what it is; that much is always the same.
            mend_header(copy)?;
            match open(copy).await {
                Some(connection) => connection,
                None => return Ok(found),
            }
        }
    };
    for table in TABLES {
        let mut read = table_of(&mut connection, table).await;
        let before = read.rows.len();
        let columns = read.columns.clone();
        read.rows.retain(|row| is_good(table, &columns, row));
        read.lost += i64::try_from(before - read.rows.len()).unwrap_or(0);
        found.tables.insert(table, read);
    }
    let _read_only = connection.close().await;
    Ok(found)
}

async fn open(path: &Path) -> Option<SqliteConnection> {
    // With a writable schema what is broken in the list of tables does not hide the others.
    let options = SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(false)
        .pragma("writable_schema", "ON");
    let mut connection = SqliteConnection::connect_with(&options).await.ok()?;
    let read: std::result::Result<i64, _> = sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_schema")
        .fetch_one(&mut connection)
        .await;
    match read {
        Ok(_) => Some(connection),
        Err(_) => {
            let _broken = connection.close().await;
            None
        }
    }
}

/// Puts the first hundred bytes back as our databases have them (SQLite file format, 1.3), and cuts the file to whole
/// pages.
fn mend_header(path: &Path) -> Result<()> {
    const PAGE: usize = 4096;
    let mut bytes = fs::read(path)?;
    let whole = bytes.len().div_ceil(PAGE).max(1) * PAGE;
    bytes.resize(whole, 0);
    let pages = u32::try_from(whole / PAGE).unwrap_or(u32::MAX).to_be_bytes();
    let counter: [u8; 4] = bytes
        .get(24..28)
        .and_then(|counter| counter.try_into().ok())
        .unwrap_or_default();
    let parts: [(usize, &[u8]); 8] = [
        (0, b"SQLite format 3\0"),
        (16, &[0x10, 0, 2, 2, 0, 64, 32, 32]),
        (28, &pages),
        // No page is taken for a free one.
        (32, &[0; 8]),
        (44, &[0, 0, 0, 4]),
        (56, &[0, 0, 0, 1]),
        (72, &[0; 20]),
        (92, &counter),
    ];
    for (at, part) in parts {
        if let Some(place) = bytes.get_mut(at..at + part.len()) {
            place.copy_from_slice(part);
        }
    }
    fs::write(path, bytes)?;
    Ok(())
}

async fn columns(connection: &mut SqliteConnection, table: &str) -> Vec<String> {
    let names = sqlx::query_scalar("SELECT name FROM pragma_table_info(?)").bind(table);
    let names: Vec<String> = names.fetch_all(connection).await.unwrap_or_default();
    let plain = |name: &String| {
        name.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    names.into_iter().filter(plain).collect()
}

fn quoted(columns: &[String]) -> String {
    let quoted: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
    quoted.join(", ")
}

async fn table_of(connection: &mut SqliteConnection, table: &'static str) -> Table {
    let columns = columns(connection, table).await;
    if columns.is_empty() {
        return Table::default();
    }
    let names = quoted(&columns);
    let up = format!("SELECT rowid, {names} FROM \"{table}\" WHERE rowid > ? ORDER BY rowid");
    let down = format!("SELECT rowid, {names} FROM \"{table}\" WHERE rowid < ? ORDER BY rowid DESC");
    let mut rows = BTreeMap::new();
    let mut skipped = 0;
    let mut whole = scan(connection, &up, i64::MIN, &mut rows, &mut skipped).await;
    if !whole {
        // From the other end, and then behind each place that cannot be read, farther each time.
        scan(connection, &down, i64::MAX, &mut rows, &mut skipped).await;
        let mut leap = 1_i64;
        let mut from = 0_i64;
        for _ in 0..LEAPS {
            let before = rows.len();
            whole = scan(connection, &up, from, &mut rows, &mut skipped).await;
            if whole {
                break;
            }
            leap = if rows.len() > before {
                1
            } else {
                leap.saturating_mul(2)
            };
            from = from.saturating_add(leap);
        }
    }
    // The index may still know how many there were.
    let count = format!("SELECT COUNT(*) FROM \"{table}\"");
    let count: Option<i64> = sqlx::query_scalar(AssertSqlSafe(count))
        .fetch_one(connection)
        .await
        .ok();
    let read = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let missing = count.map_or(i64::from(!whole), |count| (count - read).max(0));
    Table {
        columns,
        rows: rows.into_values().collect(),
        lost: missing.max(skipped),
    }
}

/// Reads rows until their end, which is true, or until one cannot be read.
async fn scan(
    connection: &mut SqliteConnection,
    select: &str,
    from: i64,
    rows: &mut BTreeMap<i64, Vec<Value>>,
    skipped: &mut i64,
) -> bool {
    let mut stream = sqlx::query(AssertSqlSafe(select.to_owned()))
        .bind(from)
        .fetch(connection);
    loop {
        match stream.try_next().await {
            Ok(Some(row)) => match (row.try_get::<i64, _>(0), values(&row)) {
                (Ok(rowid), Some(values)) => drop(rows.insert(rowid, values)),
                _ => *skipped += 1,
            },
            Ok(None) => return true,
            Err(_) => return false,
        }
    }
}

fn values(row: &SqliteRow) -> Option<Vec<Value>> {
    (1..row.len())
        .map(|n| {
            let raw = row.try_get_raw(n).ok()?;
            if raw.is_null() {
                return Some(Value::Null);
            }
            match raw.type_info().name() {
                "INTEGER" => row.try_get_unchecked(n).ok().map(Value::Integer),
                // Bytes that are no text are no word of ours.
                "TEXT" => row.try_get_unchecked(n).ok().map(Value::Text),
                _ => None,
            }
        })
        .collect()
}

/// A row that the shop would choke on is as good as lost.
fn is_good(table: &str, columns: &[String], row: &[Value]) -> bool {
    let text = |column: &str| {
        let place = columns.iter().position(|name| name == column);
        place.and_then(|place| row.get(place)).map_or("", Value::text)
    };
    fn reads<T: DeserializeOwned>(text: &str) -> Option<T> {
        serde_json::from_str(text).ok()
    }
    match table {
        "outbox" => reads::<Intent>(text("body")).is_some_and(|intent| intent.id == text("id")),
        "products" => reads::<ProductState>(text("state")).is_some_and(|state| state.id == text("id")),
        "orders" => reads::<OrderState>(text("state")).is_some_and(|state| state.id == text("id")),
        "conflicts" => reads::<api::conflict::ConflictState>(text("state")).is_some(),
        "parcels" => reads::<BTreeSet<ParcelEvent>>(text("events")).is_some(),
        "settings" => match text("name") {
            known if NOT_KEPT.contains(&known) => false,
            name::LAPTOP_ID => {
                let id = text("value");
                id.len() == 36 && id.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
            }
            name::ME => reads::<api::auth::Me>(text("value")).is_some(),
            _ => true,
        },
        _ => true,
    }
}

/// Writes what was found into an empty database.
pub async fn write_all(found: &Found, into: &Path) -> Result<Salvaged> {
    let mut connection = snapshot::connect(into).await?;
    let mut writing = connection.begin().await?;
    let mut lost = 0;
    let mut counts = BTreeMap::new();
    for table in TABLES {
        let Some(read) = found.tables.get(table) else {
            continue;
        };
        let everything = |_: &[Value]| true;
        let written = insert(&mut writing, table, read, "OR IGNORE", &everything).await?;
        lost += read.lost + (found.rows(table) - written).max(0);
        counts.insert(table, written);
    }
    for orphans in [
        "DELETE FROM product_photos WHERE product_id NOT IN (SELECT id FROM products)",
        "DELETE FROM photo_looks WHERE product_id NOT IN (SELECT id FROM products)",
        "DELETE FROM drop_off_parcels WHERE drop_off_id NOT IN (SELECT id FROM drop_offs)",
    ] {
        sqlx::query(orphans).execute(&mut *writing).await?;
    }
    agree(&mut writing).await?;
    let waiting = sqlx::query_scalar("SELECT COUNT(*) FROM outbox WHERE status = 'waiting'");
    let waiting = waiting.fetch_one(&mut *writing).await?;
    writing.commit().await?;
    connection.close().await?;
    let count = |table: &str| counts.get(table).copied().unwrap_or(0);
    Ok(Salvaged {
        pieces: count("products"),
        orders: count("orders"),
        movements: count("movements"),
        photos: count("photos"),
        waiting,
        lost,
        kept: String::new(),
    })
}

/// Adds to a backup what was done after it and the marketplace has not heard of: the changes that wait, and the records
/// that they are about. Gives how many changes that were.
pub async fn add_waiting(found: &Found, into: &Path) -> Result<i64> {
    let Some(outbox) = found.tables.get("outbox") else {
        return Ok(0);
    };
    let mut connection = snapshot::connect(into).await?;
    let mut writing = connection.begin().await?;
    let known: Vec<String> = sqlx::query_scalar("SELECT id FROM outbox")
        .fetch_all(&mut *writing)
        .await?;
    let known: BTreeSet<String> = known.into_iter().collect();
    let mut waiting: Vec<(i64, i64, &Vec<Value>)> = outbox
        .rows
        .iter()
        .filter(|row| outbox.value(row, "status").text() == "waiting")
        .filter(|row| !known.contains(outbox.value(row, "id").text()))
        .filter_map(
            |row| match (outbox.value(row, "epoch"), outbox.value(row, "seq")) {
                (Value::Integer(epoch), Value::Integer(seq)) => Some((*epoch, *seq, row)),
                _ => None,
            },
        )
        .collect();
    waiting.sort_by_key(|(epoch, seq, _)| (*epoch, *seq));
    let last: Option<i64> = sqlx::query_scalar("SELECT MAX(epoch) FROM outbox")
        .fetch_one(&mut *writing)
        .await?;
    let mut subjects = BTreeSet::new();
    for (n, (_, _, row)) in (1_i64..).zip(&waiting) {
        let text = |column| outbox.value(row, column).text().to_owned();
        let created = match outbox.value(row, "created_ms") {
            Value::Integer(ms) => *ms,
            _ => 0,
        };
        sqlx::query("INSERT INTO outbox (id, epoch, seq, verb, subject, body, created_ms) VALUES (?, ?, ?, ?, ?, ?, ?)")
            .bind(text("id"))
            .bind(last.unwrap_or(0) + 1)
            .bind(n)
            .bind(text("verb"))
            .bind(text("subject"))
            .bind(text("body"))
            .bind(created)
            .execute(&mut *writing)
            .await?;
        subjects.insert(text("subject"));
    }
    for (table, column, how) in [
        ("products", "id", "OR REPLACE"),
        ("product_photos", "product_id", "OR REPLACE"),
        ("photo_looks", "product_id", "OR REPLACE"),
        ("orders", "id", "OR REPLACE"),
        ("parcels", "order_id", "OR IGNORE"),
        ("drop_offs", "id", "OR REPLACE"),
        ("drop_off_parcels", "drop_off_id", "OR IGNORE"),
        ("movements", "product_id", "OR IGNORE"),
    ] {
        if let Some(read) = found.tables.get(table) {
            let theirs = |row: &[Value]| subjects.contains(read.value(row, column).text());
            insert(&mut writing, table, read, how, &theirs).await?;
        }
    }
    for table in ["photos", "uploads"] {
        if let Some(read) = found.tables.get(table) {
            insert(&mut writing, table, read, "OR IGNORE", &|_: &[Value]| true).await?;
        }
    }
    agree(&mut writing).await?;
    writing.commit().await?;
    connection.close().await?;
    Ok(i64::try_from(waiting.len()).unwrap_or(i64::MAX))
}

/// What is worked out of something else is worked out anew.
async fn agree(connection: &mut SqliteConnection) -> Result<()> {
    for anew in [
        "UPDATE products SET title = CASE json_type(state, '$.fields.title.value')
             WHEN 'text' THEN json_extract(state, '$.fields.title.value') ELSE '' END",
        "UPDATE products SET story = CASE json_type(state, '$.fields.story.value')
             WHEN 'text' THEN json_extract(state, '$.fields.story.value') ELSE '' END",
        "UPDATE products SET on_hand = (SELECT COALESCE(SUM(delta), 0) FROM movements WHERE product_id = products.id)",
        "UPDATE outbox SET verb = json_extract(body, '$.action.verb')",
    ] {
        sqlx::query(anew).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Writes rows, those that the schema takes. Gives how many it took.
async fn insert(
    connection: &mut SqliteConnection,
    table: &str,
    read: &Table,
    how: &str,
    which: &(dyn Fn(&[Value]) -> bool + Sync),
) -> Result<i64> {
    let known = columns(connection, table).await;
    let shared: Vec<String> = read
        .columns
        .iter()
        .filter(|name| known.contains(name))
        .cloned()
        .collect();
    if shared.is_empty() {
        return Ok(0);
    }
    let places = vec!["?"; shared.len()].join(", ");
    let statement = format!(
        "INSERT {how} INTO \"{table}\" ({}) VALUES ({places})",
        quoted(&shared)
    );
    let mut written = 0;
    for row in read.rows.iter().filter(|row| which(row)) {
        let mut query = sqlx::query(AssertSqlSafe(statement.clone()));
        for column in &shared {
            query = match read.value(row, column) {
                Value::Null => query.bind(None::<i64>),
                Value::Integer(number) => query.bind(*number),
                Value::Text(text) => query.bind(text.clone()),
            };
        }
        match query.execute(&mut *connection).await {
            Ok(done) => written += i64::try_from(done.rows_affected().min(1)).unwrap_or(0),
            // A row of another type or without what it must have: it was spoilt.
            Err(sqlx::Error::Database(error)) if error.code().is_some_and(|code| is_constraint(&code)) => {}
            Err(error) => return Err(Fault::from(error)),
        }
    }
    Ok(written)
}

/// SQLITE_CONSTRAINT and SQLITE_MISMATCH, with all their kinds.
fn is_constraint(code: &str) -> bool {
    code.parse::<i32>()
        .is_ok_and(|code| matches!(code & 0xff, 19 | 20))
}
