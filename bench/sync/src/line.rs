//! The line between laptops and the marketplace: it counts, and it can be cut at a byte.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Result;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

const NEVER: u64 = u64::MAX;

#[derive(Default)]
struct State {
    up: AtomicU64,
    down: AtomicU64,
    /// Bytes up that may still pass before one connection is cut.
    left: AtomicU64,
}

#[derive(Clone)]
pub struct Line {
    address: SocketAddr,
    state: Arc<State>,
}

impl Line {
    pub async fn to(target: SocketAddr) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let line = Self {
            address: listener.local_addr()?,
            state: Arc::new(State {
                left: AtomicU64::new(NEVER),
                ..State::default()
            }),
        };
        let state = Arc::clone(&line.state);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let state = Arc::clone(&state);
                // A connection that is cut is what this is for.
                tokio::spawn(async move { carry(client, target, &state).await });
            }
        });
        Ok(line)
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Bytes of TCP's payload since the last asking: up and down.
    pub fn bytes(&self) -> (u64, u64) {
        (
            self.state.up.swap(0, Ordering::SeqCst),
            self.state.down.swap(0, Ordering::SeqCst),
        )
    }

    /// Cuts the connection that carries this byte from now on, once.
    pub fn cut_after(&self, bytes: u64) {
        self.state.left.store(bytes, Ordering::SeqCst);
    }
}

async fn carry(client: TcpStream, target: SocketAddr, state: &State) -> std::io::Result<()> {
    let server = TcpStream::connect(target).await?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    tokio::select! {
        done = up(from_client, to_server, state) => done,
        done = down(from_server, to_client, state) => done,
    }
}

async fn up(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, state: &State) -> std::io::Result<()> {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let read = from.read(&mut buffer).await?;
        if read == 0 {
            return Ok(());
        }
        let left = state.left.load(Ordering::SeqCst);
        let passes = usize::try_from(left).unwrap_or(usize::MAX).min(read);
        state.up.fetch_add(passes as u64, Ordering::SeqCst);
        to.write_all(&buffer[..passes]).await?;
        if left == NEVER {
            continue;
        }
        if passes < read {
            state.left.store(NEVER, Ordering::SeqCst);
            return Ok(());
        }
        state.left.store(left - passes as u64, Ordering::SeqCst);
    }
}

async fn down(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, state: &State) -> std::io::Result<()> {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let read = from.read(&mut buffer).await?;
        if read == 0 {
            return Ok(());
        }
        state.down.fetch_add(read as u64, Ordering::SeqCst);
        to.write_all(&buffer[..read]).await?;
    }
}
