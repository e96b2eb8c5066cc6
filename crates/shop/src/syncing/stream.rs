//! The event stream: hints that the feed has moved, read by hand from the bytes.

use super::wire::{Wire, trouble_of};
use crate::Shop;
use api::feed::Hint;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use std::sync::atomic::Ordering;
use std::time::Duration;
use sync::engine::words::{Event, Ticket, Trouble};
use tokio::sync::mpsc::UnboundedSender;

/// The longest line that is read; ours are shorter than a hundred bytes.
const LONGEST_LINE: usize = 16 * 1024;
/// Between a hint and the next: whoever hints without end would leave no time for anything else.
const BREATH: Duration = Duration::from_millis(50);

/// Holds a stream open and tells what comes, until it ends.
pub async fn hold(shop: Shop, stream: Ticket, events: UnboundedSender<Event>) {
    let trouble = match listen(&shop, stream, &events).await {
        Ok(()) => Trouble::Unreachable,
        Err(trouble) => trouble,
    };
    tracing::debug!(%trouble, "the event stream ended");
    // Nobody listens any more when syncing has stopped.
    let _ = events.send(Event::StreamDown { stream, trouble });
}

async fn listen(shop: &Shop, stream: Ticket, events: &UnboundedSender<Event>) -> Result<(), Trouble> {
    let wire: Wire = shop.wire().await?;
    let token = shop.sync().keeper.access(shop, &wire).await?;
    let mut request = wire
        .stream("/events")
        .bearer_auth(token)
        .header(ACCEPT, "text/event-stream");
    let last = shop.sync().last_event.load(Ordering::Relaxed);
    if last > 0 {
        request = request.header("Last-Event-ID", last.to_string());
    }
    let mut response = wire.accept(wire.send(request).await).await?;
    let kind = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .unwrap_or_default();
    if !kind.starts_with("text/event-stream") {
        return Err(Trouble::NotAMarketplace);
    }
    // Nobody listens any more when syncing has stopped.
    let _ = events.send(Event::StreamUp { stream });
    let mut lines = Lines::default();
    while let Some(bytes) = response.chunk().await.map_err(|error| trouble_of(&error))? {
        wire.count(bytes.len());
        // The feed is read to its end in any case: of several hints the last says it all.
        if let Some(Hint { position }) = lines.take(&bytes)?.pop() {
            shop.sync().last_event.store(position, Ordering::Relaxed);
            let _ = events.send(Event::Hint { stream, position });
            tokio::time::sleep(BREATH).await;
        }
    }
    Ok(())
}

/// What has come of an event so far (WHATWG HTML §9.2.6).
#[derive(Default)]
struct Lines {
    rest: Vec<u8>,
    event: String,
    data: String,
}

impl Lines {
    /// Hints that are complete with these bytes.
    fn take(&mut self, bytes: &[u8]) -> Result<Vec<Hint>, Trouble> {
        let mut hints = Vec::new();
        for byte in bytes {
            if *byte != b'\n' {
                self.rest.push(*byte);
                if self.rest.len() > LONGEST_LINE {
                    return Err(Trouble::NotAMarketplace);
                }
                continue;
            }
            let line = std::mem::take(&mut self.rest);
            let line = String::from_utf8_lossy(&line);
            hints.extend(self.line(line.trim_end_matches('\r')));
        }
        Ok(hints)
    }

    fn line(&mut self, line: &str) -> Option<Hint> {
        if line.is_empty() {
            let (event, data) = (std::mem::take(&mut self.event), std::mem::take(&mut self.data));
            // Events that are not known here are a newer marketplace's.
            return if event == "position" {
                serde_json::from_str(&data).ok()
            } else {
                None
            };
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event),
            "data" if self.data.len() + value.len() <= LONGEST_LINE => self.data.push_str(value),
            // A comment is a heartbeat: that something came is all that it says.
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn hints_are_read_however_the_bytes_are_cut() {
        let text = ":\n\nevent: position\nid: 7\ndata: {\"position\":7}\n\nevent: other\ndata: {\"position\":9}\n\n\
                    event:position\r\ndata:{\"position\":8}\r\n\r\n";
        for size in 1..text.len() {
            let mut lines = Lines::default();
            let mut positions = Vec::new();
            for part in text.as_bytes().chunks(size) {
                positions.extend(lines.take(part).unwrap().iter().map(|hint| hint.position));
            }
            assert_eq!(positions, [7, 8], "in parts of {size}");
        }
    }

    #[test]
    fn a_line_without_an_end_is_cut_off() {
        assert!(Lines::default().take(&vec![b'x'; 1_000_000]).is_err());
    }
}
