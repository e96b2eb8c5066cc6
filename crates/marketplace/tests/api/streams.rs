//! Hints that the feed has moved.

use crate::harness::{Laptop, World};
use api::product::StockMode;
use futures_util::StreamExt;
use reqwest::Method;
use std::time::Duration;

crate::on_both_databases!(a_stream_tells_positions, a_stream_of_another_process_is_told_too);

/// Reads a stream until a hint of at least this position came.
async fn hint_of(laptop: &Laptop, position: u64, last: Option<u64>) -> u64 {
    let mut request = laptop.request(Method::GET, "/events");
    if let Some(last) = last {
        request = request.header("last-event-id", last.to_string());
    }
    let response = request.send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut stream = response.bytes_stream();
    let mut text = String::new();
    loop {
        let bytes = stream.next().await.unwrap().unwrap();
        text.push_str(std::str::from_utf8(&bytes).unwrap());
        let hints = text.lines().filter_map(|line| line.strip_prefix("data: "));
        for hint in hints {
            let hint: api::feed::Hint = serde_json::from_str(hint).unwrap();
            if hint.position >= position {
                return hint.position;
            }
        }
    }
}

async fn in_time<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), work)
        .await
        .expect("no hint came")
}

async fn a_stream_tells_positions(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    assert_eq!(
        in_time(hint_of(&laptop, 0, None)).await,
        0,
        "how things stand comes first"
    );
    let listener = laptop.clone();
    let hint = tokio::spawn(async move { hint_of(&listener, 2, Some(0)).await });
    laptop.piece("Olla", 50_000, 1, StockMode::Unique).await;
    assert_eq!(in_time(hint).await.unwrap(), 2);
    assert_eq!(
        in_time(hint_of(&laptop, 2, Some(1))).await,
        2,
        "what was missed comes at once"
    );
}

async fn a_stream_of_another_process_is_told_too(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let other = world.second().await;
    let listener = laptop.at(other.address());
    let hint = tokio::spawn(async move { hint_of(&listener, 2, Some(0)).await });
    laptop.piece("Olla", 50_000, 1, StockMode::Unique).await;
    assert_eq!(in_time(hint).await.unwrap(), 2);
    other.stop().await.unwrap();
}
