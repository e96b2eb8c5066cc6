//! Hints by server-sent events.

use crate::check::{Fail, Verdict, holds, same};
use crate::laptop::title;
use crate::moment::id;
use crate::shop::Shop;
use api::feed::Hint;
use futures_util::{Stream, StreamExt};
use reqwest::Method;
use std::time::Duration;

/// A hint must come within this.
const SOON: Duration = Duration::from_secs(6);
/// A line is dead when nothing comes for 40 s; a comment goes out every 15.
const ALIVE: Duration = Duration::from_secs(20);

struct Events<S> {
    bytes: S,
    text: String,
}

/// An event: its id, its name, its data.
#[derive(Debug, Default, PartialEq)]
struct Event {
    id: String,
    name: String,
    data: String,
}

async fn open(
    shop: &Shop<'_>,
    last: Option<u64>,
) -> Result<Events<impl Stream<Item = reqwest::Result<Vec<u8>>> + Unpin>, Fail> {
    let mut request = shop
        .one
        .request(Method::GET, "/events")
        .header("accept", "text/event-stream");
    if let Some(last) = last {
        request = request.header("last-event-id", last.to_string());
    }
    let response = request.send().await?;
    same("status", &response.status().as_u16(), &200)?;
    let content_type = response.headers().get("content-type");
    let content_type = content_type
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    holds(
        content_type.starts_with("text/event-stream"),
        "text/event-stream",
        content_type,
    )?;
    let bytes = Box::pin(
        response
            .bytes_stream()
            .map(|bytes| bytes.map(|bytes| bytes.to_vec())),
    );
    Ok(Events {
        bytes,
        text: String::new(),
    })
}

impl<S: Stream<Item = reqwest::Result<Vec<u8>>> + Unpin> Events<S> {
    /// Everything up to the next empty line: an event, or a comment.
    async fn block(&mut self, within: Duration) -> Result<String, Fail> {
        let next = async {
            loop {
                if let Some((block, rest)) = self.text.split_once("\n\n") {
                    let block = block.to_owned();
                    self.text = rest.to_owned();
                    return Ok(block);
                }
                let bytes = self
                    .bytes
                    .next()
                    .await
                    .ok_or_else(|| Fail::miss("more of the stream", "its end"))??;
                self.text
                    .push_str(&String::from_utf8_lossy(&bytes).replace('\r', ""));
            }
        };
        let next = tokio::time::timeout(within, next).await;
        next.unwrap_or_else(|_| Err(Fail::miss(format!("something within {within:?}"), "nothing")))
    }

    /// The next hint of at least this position.
    async fn hint(&mut self, position: u64) -> Result<u64, Fail> {
        loop {
            let block = self.block(SOON).await?;
            let mut event = Event::default();
            for line in block.lines() {
                match line.split_once(':') {
                    Some(("id", value)) => value.trim().clone_into(&mut event.id),
                    Some(("event", value)) => value.trim().clone_into(&mut event.name),
                    Some(("data", value)) => event.data.push_str(value.trim()),
                    _ => {}
                }
            }
            if event.name != "position" {
                continue;
            }
            let hint: Hint = serde_json::from_str(&event.data)
                .map_err(|error| Fail::miss(format!("a hint ({error})"), &event))?;
            same("the event's id", &event.id, &hint.position.to_string())?;
            if hint.position >= position {
                return Ok(hint.position);
            }
        }
    }
}

pub async fn hint(shop: &Shop<'_>) -> Verdict {
    let (end, _) = shop.end().await?;
    let mut events = open(shop, None).await?;
    same("how things stand comes first", &events.hint(0).await?, &end)?;
    shop.one.does(title(&id(), "Avisada")).await?;
    same("the push", &events.hint(end + 1).await?, &(end + 1))?;
    drop(events);
    for _ in 0..2 {
        shop.one.does(title(&id(), "Mientras nadie oye")).await?;
    }
    let mut events = open(shop, Some(end + 1)).await?;
    same(
        "what was missed comes at once",
        &events.hint(end + 2).await?,
        &(end + 3),
    )?;
    let mut events = open(shop, Some(end + 3)).await?;
    shop.one.does(title(&id(), "La siguiente")).await?;
    same("only what is new", &events.hint(0).await?, &(end + 4))
}

pub async fn heartbeat(shop: &Shop<'_>) -> Verdict {
    shop.patient()?;
    let (end, _) = shop.end().await?;
    let mut events = open(shop, Some(end)).await?;
    for _ in 0..2 {
        let block = events.block(ALIVE).await?;
        holds(block.starts_with(':'), "a comment", block)?;
    }
    Ok(())
}
