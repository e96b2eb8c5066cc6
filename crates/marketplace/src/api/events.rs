//! Hints that the feed has moved, as server-sent events.

use super::bearer::Laptop;
use super::fault::{Answer, ApiFault};
use crate::clock::now_ms;
use crate::hints::Place;
use crate::records::{feed, tokens};
use crate::state::App;
use ::api::fault::Fault;
use ::api::feed::Hint;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{broadcast, watch};
use tokio::time::{Interval, MissedTickBehavior, interval};

/// A comment goes out this often, so that a dead line is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// How often the database is asked, for what another process wrote and for a laptop that was revoked.
const LOOK: Duration = Duration::from_secs(4);
/// Streams of one shop at once.
const STREAMS: usize = 64;

struct Listening {
    app: App,
    laptop: Laptop,
    told: i64,
    hints: broadcast::Receiver<(Arc<str>, i64)>,
    stopping: watch::Receiver<bool>,
    look: Interval,
    _place: Place,
}

/// An event `position` each time the feed moves; its id is the position, which `Last-Event-ID` brings
/// back. The stream ends when the access token does.
#[utoipa::path(get, path = "/events", security(("laptop" = [])),
    responses((status = 200, content_type = "text/event-stream", body = String), (status = 401, body = Fault)))]
pub async fn events(State(app): State<App>, laptop: Laptop, headers: HeaderMap) -> Answer<impl IntoResponse> {
    let place = app
        .hints
        .take_place(&laptop.shop_id, STREAMS)
        .ok_or_else(|| ApiFault::wait(60))?;
    // Listens before it asks, so that nothing falls between.
    let hints = app.hints.listen();
    let told = headers
        .get("last-event-id")
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .unwrap_or(-1);
    let mut look = interval(LOOK);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let listening = Listening {
        stopping: app.stopping.clone(),
        app,
        laptop,
        told,
        hints,
        look,
        _place: place,
    };
    let events = stream::unfold(listening, |mut listening| async move {
        let position = listening.next().await?;
        let event = Event::default()
            .event("position")
            .id(position.to_string())
            .json_data(Hint {
                position: position.unsigned_abs(),
            })
            .ok()?;
        Some((Ok::<_, Infallible>(event), listening))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

impl Listening {
    /// The next position that was not told yet; none when the stream should end.
    async fn next(&mut self) -> Option<i64> {
        let Self {
            app,
            laptop,
            told,
            hints,
            stopping,
            look,
            ..
        } = self;
        loop {
            let position = tokio::select! {
                // The sender is gone or says stop: either way the marketplace is stopping.
                () = stop(stopping) => return None,
                hint = hints.recv() => match hint {
                    Ok((shop, position)) if *shop == *laptop.shop_id => position,
                    Ok(_) | Err(broadcast::error::RecvError::Lagged(_)) => continue,
                    Err(broadcast::error::RecvError::Closed) => return None,
                },
                _ = look.tick() => ask(app, laptop).await?,
            };
            if position > *told {
                *told = position;
                return Some(position);
            }
        }
    }
}

async fn stop(stopping: &mut watch::Receiver<bool>) {
    let _ = stopping.wait_for(|stopping| *stopping).await;
}

/// How far the feed is; none when this laptop may not know any more.
async fn ask(app: &App, laptop: &Laptop) -> Option<i64> {
    if laptop.expires_ms <= now_ms() {
        return None;
    }
    let pool = app.database.read();
    if tokens::is_revoked(pool, &laptop.family_id).await.ok()? {
        return None;
    }
    feed::position(pool, &laptop.shop_id).await.ok()
}
