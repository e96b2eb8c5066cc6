//! A line to the marketplace as bad as one wants: counted, stormy by a seed, or thin.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// How bytes get through.
#[derive(Clone, Copy, Debug)]
pub enum Weather {
    /// As they are.
    Clear,
    /// Every connection meets a fate drawn from the seed.
    Storm(u64),
    /// So many bits in a second for all together, so much delay, and this share of packets sent again.
    Thin {
        bits_per_s: u64,
        delay: Duration,
        loss_percent: u64,
    },
}

#[derive(Clone, Copy, Debug)]
enum Fate {
    Through,
    /// Cut after so many bytes of requests, or of answers.
    CutUp(u64),
    CutDown(u64),
    /// The server gets everything once more, and its second answer is the one that arrives.
    Twice,
    /// Answers come in pieces of a few bytes.
    Drip,
    /// Something else answers.
    Lie(usize),
}

const LIES: [&str; 6] = [
    "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 13\r\n\r\n<html></html>",
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{\"entries\":[",
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}",
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-encoding: zstd\r\ncontent-length: 4\r\n\r\nABCD",
    "HTTP/1.1 503 Service Unavailable\r\nretry-after: 0\r\ncontent-length: 0\r\n\r\n",
    "HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/portal\r\ncontent-length: 0\r\n\r\n",
];

/// SplitMix64, so that what happened can be played again by its seed.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % sides
    }

    fn fate(&mut self) -> Fate {
        match self.roll(10) {
            0 | 1 => Fate::CutUp(self.roll(2_000)),
            2 | 3 => Fate::CutDown(self.roll(1_500)),
            4 => Fate::Twice,
            5 => Fate::Drip,
            6 => Fate::Lie(usize::try_from(self.roll(LIES.len() as u64)).unwrap()),
            _ => Fate::Through,
        }
    }
}

struct State {
    weather: Mutex<(Weather, Dice)>,
    up: AtomicU64,
    down: AtomicU64,
    connections: AtomicU64,
    is_clear: AtomicBool,
    /// One line for all: who sends waits for its turn.
    turn: tokio::sync::Mutex<Dice>,
}

#[derive(Clone)]
pub struct Line {
    address: SocketAddr,
    state: Arc<State>,
}

impl Line {
    pub async fn to(target: SocketAddr, weather: Weather) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let seed = match weather {
            Weather::Storm(seed) => seed,
            _ => 1,
        };
        let line = Self {
            address: listener.local_addr().unwrap(),
            state: Arc::new(State {
                weather: Mutex::new((weather, Dice(seed))),
                up: AtomicU64::new(0),
                down: AtomicU64::new(0),
                connections: AtomicU64::new(0),
                is_clear: AtomicBool::new(matches!(weather, Weather::Clear)),
                turn: tokio::sync::Mutex::new(Dice(seed)),
            }),
        };
        let state = Arc::clone(&line.state);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                state.connections.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(carry(client, target, Arc::clone(&state)));
            }
        });
        line
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn set(&self, weather: Weather) {
        let mut there = self.state.weather.lock().unwrap();
        if let Weather::Storm(seed) = weather {
            there.1 = Dice(seed);
        }
        there.0 = weather;
        let clear = matches!(weather, Weather::Clear);
        self.state.is_clear.store(clear, Ordering::Relaxed);
    }

    /// Bytes of TCP's payload since the last asking: up and down.
    pub fn bytes(&self) -> (u64, u64) {
        (
            self.state.up.swap(0, Ordering::Relaxed),
            self.state.down.swap(0, Ordering::Relaxed),
        )
    }
}

async fn carry(client: TcpStream, target: SocketAddr, state: Arc<State>) -> std::io::Result<()> {
    let (weather, fate) = {
        let mut there = state.weather.lock().unwrap();
        match there.0 {
            Weather::Storm(_) => (there.0, there.1.fate()),
            weather => (weather, Fate::Through),
        }
    };
    if let Fate::Lie(which) = fate {
        return lie(client, LIES[which]).await;
    }
    let server = TcpStream::connect(target).await?;
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let thin = match weather {
        Weather::Thin {
            bits_per_s,
            delay,
            loss_percent,
        } => Some((bits_per_s, delay, loss_percent)),
        _ => None,
    };
    if let Fate::Twice = fate {
        let request = first_request(&mut from_client).await?;
        let mut other = TcpStream::connect(target).await?;
        other.write_all(&request).await?;
        // The server is done with it once it begins to answer.
        other.read_u8().await?;
        to_server.write_all(&request).await?;
    }
    let (up_limit, down_limit) = match fate {
        Fate::CutUp(bytes) => (Some(bytes), None),
        Fate::CutDown(bytes) => (None, Some(bytes)),
        _ => (None, None),
    };
    let piece = if let Fate::Drip = fate { 7 } else { 4096 };
    let up = pump(
        &mut from_client,
        &mut to_server,
        &state,
        true,
        up_limit,
        4096,
        thin,
    );
    let down = pump(
        &mut from_server,
        &mut to_client,
        &state,
        false,
        down_limit,
        piece,
        thin,
    );
    // Whatever ends first ends both: a cut is a cut.
    tokio::select! {
        done = up => done,
        done = down => done,
    }
}

async fn pump(
    from: &mut OwnedReadHalf,
    to: &mut OwnedWriteHalf,
    state: &State,
    is_up: bool,
    limit: Option<u64>,
    piece: usize,
    thin: Option<(u64, Duration, u64)>,
) -> std::io::Result<()> {
    let mut left = limit.unwrap_or(u64::MAX);
    let mut buffer = vec![0; if thin.is_some() { 1_400 } else { piece }];
    loop {
        let read = from.read(&mut buffer).await?;
        if read == 0 {
            return Ok(());
        }
        if let Some((bits_per_s, delay, loss_percent)) = thin {
            let mut turn = state.turn.lock().await;
            let packet = Duration::from_micros(read as u64 * 8 * 1_000_000 / bits_per_s);
            // A lost packet is noticed after a while, and sent again.
            let lost = turn.roll(100) < loss_percent;
            tokio::time::sleep(if lost { packet * 2 + delay } else { packet }).await;
        }
        let counter = if is_up { &state.up } else { &state.down };
        counter.fetch_add(read as u64, Ordering::Relaxed);
        // What began in a storm and outlives it is as good as any.
        if state.is_clear.load(Ordering::Relaxed) {
            left = u64::MAX;
        }
        let fits = usize::try_from(left).unwrap_or(usize::MAX).min(read);
        to.write_all(&buffer[..fits]).await?;
        left -= fits as u64;
        if left == 0 {
            return Ok(());
        }
    }
}

/// A request with its body, as it came.
async fn first_request(from: &mut OwnedReadHalf) -> std::io::Result<Vec<u8>> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(from.read_u8().await?);
    }
    let head = String::from_utf8_lossy(&request).to_ascii_lowercase();
    let length: usize = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok())
        .unwrap_or(0);
    let start = request.len();
    request.resize(start + length, 0);
    from.read_exact(&mut request[start..]).await?;
    Ok(request)
}

async fn lie(mut client: TcpStream, answer: &str) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(client.read_u8().await?);
    }
    client.write_all(answer.as_bytes()).await?;
    client.shutdown().await?;
    let mut rest = Vec::new();
    client.read_to_end(&mut rest).await.map(drop)
}
