//! What a shop asks its database may not cost a walk through everything: SQLite's planner chooses by guesses, and an
//! index that is added for one question can spoil another.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use shop::Shop;
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};
use std::fs;
use std::path::Path;

/// Tables that grow for as long as the shop lives, by the names that queries give them.
const LARGE: [&str; 8] = [
    "outbox",
    "o",
    "products",
    "p",
    "product",
    "movements",
    "orders",
    "conflicts",
];
/// Indexes that hold only what waits, was refused or is not settled: walking through them is reading the answer.
const NARROW: [&str; 3] = ["outbox_waiting", "outbox_refused", "conflicts_open"];
/// Queries that may go through all there is: photos are counted while some of them are on their way, not at other times.
const WHOLE: [&str; 1] = ["FROM photos p\n"];

/// All queries that are checked when the crate is compiled, from its offline data.
fn queries() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(".sqlx");
    let files = fs::read_dir(folder).unwrap();
    let query = |file: fs::DirEntry| {
        let data: serde_json::Value = serde_json::from_slice(&fs::read(file.path()).unwrap()).unwrap();
        data["query"].as_str().unwrap().to_owned()
    };
    files.map(|file| query(file.unwrap())).collect()
}

fn walks(step: &str) -> bool {
    let Some(rest) = step.strip_prefix("SCAN ") else {
        return false;
    };
    let mut words = rest.split_whitespace();
    let table = words.next().unwrap_or_default();
    let index = words.next_back().unwrap_or_default();
    LARGE.contains(&table) && !NARROW.contains(&index)
}

fn sorted(steps: &[String]) -> bool {
    steps.iter().any(|step| step.contains("TEMP B-TREE"))
}

#[tokio::test]
async fn no_question_walks_through_a_large_table() {
    let folder = tempfile::tempdir().unwrap();
    let shop = Shop::open(folder.path()).await.unwrap();
    let mut connection = SqliteConnection::connect(folder.path().join("shop.db").to_str().unwrap())
        .await
        .unwrap();
    let queries = queries();
    assert!(queries.len() > 100, "{}", queries.len());
    let mut walking = Vec::new();
    for query in queries {
        let explain = format!("EXPLAIN QUERY PLAN {query}");
        let rows = sqlx::query(AssertSqlSafe(explain))
            .fetch_all(&mut connection)
            .await
            .unwrap();
        let steps: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
        let excused = WHOLE.iter().any(|whole| query.contains(whole));
        // A push in the order of its numbers is read off an index, not sorted.
        let sorts = query.contains("FROM outbox") && !query.contains("subject ") && sorted(&steps);
        if !excused && (sorts || steps.iter().any(|step| walks(step))) {
            walking.push(format!("{query}\n    {}", steps.join("\n    ")));
        }
    }
    assert!(walking.is_empty(), "{}", walking.join("\n"));
    shop.close().await;
}
