//! The connections: taken, limited, and every one ended when the door closes.

use crate::gate::Line;
use crate::inside::Inside;
use crate::network;
use crate::state::Phase;
use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;

/// Connections at once; a browser opens six.
const ALL: usize = 96;
const EACH: usize = 16;
/// How long a request's head may take; an idle connection ends then too.
const HEAD: Duration = Duration::from_secs(30);
/// How long those that are open when the door closes have to hear of it.
const GRACE: Duration = Duration::from_secs(1);
/// How often the clock is looked at.
const LOOK: Duration = Duration::from_millis(200);

/// Serves until `stop` is true or the expired door has said so for long enough.
pub async fn serve(
    listener: TcpListener,
    routes: Router,
    inside: Arc<Inside>,
    mut stop: watch::Receiver<bool>,
) {
    let (ending, ended) = watch::channel(false);
    let mut lines = JoinSet::new();
    let counts = Counts::default();
    let mut look = tokio::time::interval(LOOK);
    loop {
        tokio::select! {
            // The sender is dropped with the door: that closes it too.
            _ = stop.changed() => break,
            _ = look.tick() => {
                if inside.is_long_over() {
                    break;
                }
            }
            Some(_) = lines.join_next(), if !lines.is_empty() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let near = near(peer.ip());
                    if let Some(address) = near && lines.len() < ALL
                        && let Some(counted) = counts.begin(address)
                    {
                        lines.spawn(line(stream, address, routes.clone(), ended.clone(), counted));
                    }
                }
                // Out of file handles, perhaps: not for long.
                Err(error) => {
                    tracing::warn!(%error, "a connection was not taken");
                    tokio::time::sleep(LOOK).await;
                }
            },
        }
    }
    drop(listener);
    inside.end(Phase::Closed);
    // Nobody is on the line: nobody to tell.
    let _ = ending.send(true);
    // Those who do not end by themselves are cut off.
    let _ = timeout(GRACE, async { while lines.join_next().await.is_some() {} }).await;
    lines.shutdown().await;
}

fn near(peer: IpAddr) -> Option<Ipv4Addr> {
    let IpAddr::V4(address) = peer else { return None };
    // The interfaces are asked only about public addresses: they are rare, and networks come and go.
    let near = network::is_near(address, &[]) || network::is_near(address, &network::interfaces());
    near.then_some(address)
}

async fn line(
    stream: TcpStream,
    peer: Ipv4Addr,
    routes: Router,
    mut ended: watch::Receiver<bool>,
    _counted: Counted,
) {
    let Ok(own) = stream.local_addr() else { return };
    let routes = routes.layer(Extension(Line { peer, own }));
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(routes));
    let mut serving = std::pin::pin!(serving);
    let closes = ended.changed();
    let result = tokio::select! {
        result = &mut serving => result,
        _ = closes => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = result {
        tracing::debug!(%error, "a connection ended early");
    }
}

/// Connections by address.
#[derive(Clone, Default)]
struct Counts(Arc<Mutex<HashMap<Ipv4Addr, usize>>>);

impl Counts {
    fn begin(&self, address: Ipv4Addr) -> Option<Counted> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_insert(0);
        if *count >= EACH {
            return None;
        }
        *count += 1;
        Some(Counted {
            counts: self.clone(),
            address,
        })
    }
}

struct Counted {
    counts: Counts,
    address: Ipv4Addr,
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut counts = self.counts.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}
