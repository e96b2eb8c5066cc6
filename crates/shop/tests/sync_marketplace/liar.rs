//! What stands in a marketplace's place and lies: on the line, in its heads, in its words.
//!
//! It passes on to a true marketplace what nobody told it to lie about, one request on each connection.

use serde_json::Value;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// What is said instead of the truth.
#[derive(Clone)]
pub enum Lie {
    /// The connection ends before a word is said.
    HangUp,
    /// These bytes, and the end of the connection.
    Say(Vec<u8>),
    /// These bytes, and then the second ones for as long as anyone listens.
    Endless(Vec<u8>, Vec<u8>),
    /// These bytes, and then nothing while the connection stays open.
    Silence(Vec<u8>),
    /// These bytes, and then one more each time that [`Liar::drop_falls`].
    Drip(Vec<u8>),
    /// A whole answer of JSON, made up for each request from how many were told before.
    Made(Arc<dyn Fn(usize) -> Value + Send + Sync>),
    /// The marketplace does what it was asked, and something else is made of the JSON that it answers.
    Twist(Arc<dyn Fn(&mut Value) + Send + Sync>),
}

impl Lie {
    pub fn twist(twist: impl Fn(&mut Value) + Send + Sync + 'static) -> Self {
        Self::Twist(Arc::new(twist))
    }

    /// A whole answer: a status line's end ("200 OK"), lines of the head, the body with its true length.
    pub fn answer(status: &str, head: &str, body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut bytes = format!(
            "HTTP/1.1 {status}\r\n{head}content-length: {}\r\n\r\n",
            body.len()
        )
        .into_bytes();
        bytes.extend_from_slice(body);
        Self::Say(bytes)
    }

    pub fn json(status: &str, body: impl AsRef<[u8]>) -> Self {
        Self::answer(status, JSON, body)
    }

    /// Bytes as they are, whatever they are.
    pub fn say(text: &str) -> Self {
        Self::Say(text.as_bytes().to_vec())
    }
}

pub const JSON: &str = "content-type: application/json\r\n";

struct State {
    /// By a text in the request's line; the first that fits holds.
    lies: Mutex<Vec<(String, Lie)>>,
    requests: AtomicUsize,
    told: AtomicUsize,
    /// Bytes of lies that somebody took.
    taken: AtomicU64,
    /// One for each first word, and for each drop, of a lie that takes its time.
    began: Semaphore,
    drops: Semaphore,
    /// Endless and silent lies that nobody listens to any more.
    left: AtomicUsize,
}

/// One way to one marketplace, or to none.
#[derive(Clone)]
pub struct Liar {
    address: SocketAddr,
    state: Arc<State>,
}

impl Liar {
    /// Listens on a free port of this machine, for as long as the runtime lives.
    pub async fn before(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let liar = Self {
            address: listener.local_addr().unwrap(),
            state: Arc::new(State {
                lies: Mutex::default(),
                requests: AtomicUsize::default(),
                told: AtomicUsize::default(),
                taken: AtomicU64::default(),
                began: Semaphore::new(0),
                drops: Semaphore::new(0),
                left: AtomicUsize::default(),
            }),
        };
        let state = Arc::clone(&liar.state);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let state = Arc::clone(&state);
                tokio::spawn(async move {
                    // Whoever does not listen to the end of a lie is right.
                    let _ = serve(client, target, &state).await;
                });
            }
        });
        liar
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Lies from now on where a request's line has this text; what it has told and counted before is forgotten.
    pub fn lies(&self, lies: &[(&str, Lie)]) {
        let state = &self.state;
        for counter in [&state.requests, &state.told, &state.left] {
            counter.store(0, Ordering::SeqCst);
        }
        state.taken.store(0, Ordering::SeqCst);
        state.began.forget_permits(usize::MAX);
        state.drops.forget_permits(usize::MAX);
        *state.lies.lock().unwrap() = lies
            .iter()
            .map(|(at, lie)| ((*at).to_owned(), lie.clone()))
            .collect();
    }

    /// Tells the truth again.
    pub fn is_honest(&self) {
        self.state.lies.lock().unwrap().clear();
    }

    pub fn requests(&self) -> usize {
        self.state.requests.load(Ordering::SeqCst)
    }

    pub fn told(&self) -> usize {
        self.state.told.load(Ordering::SeqCst)
    }

    pub fn taken(&self) -> u64 {
        self.state.taken.load(Ordering::SeqCst)
    }

    /// Lies without an end that somebody has turned away from.
    pub fn left(&self) -> usize {
        self.state.left.load(Ordering::SeqCst)
    }

    /// Waits until a silent or dripping lie has said its first bytes.
    pub async fn has_begun(&self) {
        self.state.began.acquire().await.unwrap().forget();
    }

    /// One byte more of a dripping lie.
    pub fn drop_falls(&self) {
        self.state.drops.add_permits(1);
    }
}

async fn serve(mut client: TcpStream, target: SocketAddr, state: &State) -> std::io::Result<()> {
    let (head, body) = request(&mut client).await?;
    state.requests.fetch_add(1, Ordering::SeqCst);
    let line = head.lines().next().unwrap_or_default();
    let lie = {
        let lies = state.lies.lock().unwrap();
        lies.iter()
            .find(|(at, _)| line.contains(at.as_str()))
            .map(|(_, lie)| lie.clone())
    };
    let Some(lie) = lie else {
        let mut server = pass_on(&head, &body, target, "").await?;
        copy(&mut server, &mut client).await?;
        return Ok(());
    };
    let told = state.told.fetch_add(1, Ordering::SeqCst);
    match lie {
        Lie::Made(make) => {
            let Lie::Say(bytes) = Lie::json("200 OK", make(told).to_string()) else {
                unreachable!()
            };
            say(client, &bytes, state).await
        }
        Lie::HangUp => Ok(()),
        Lie::Say(bytes) => say(client, &bytes, state).await,
        Lie::Endless(bytes, piece) => {
            let told = endless(&mut client, &bytes, &piece, state).await;
            state.left.fetch_add(1, Ordering::SeqCst);
            told
        }
        Lie::Silence(bytes) => {
            client.write_all(&bytes).await?;
            state.began.add_permits(1);
            drain(&mut client).await;
            state.left.fetch_add(1, Ordering::SeqCst);
            Ok(())
        }
        Lie::Drip(bytes) => {
            client.write_all(&bytes).await?;
            state.began.add_permits(1);
            let (mut from, mut to) = client.split();
            let mut rest = [0];
            loop {
                tokio::select! {
                    _ = from.read(&mut rest) => break,
                    drop = state.drops.acquire() => {
                        drop.unwrap().forget();
                        to.write_all(b" ").await?;
                        state.began.add_permits(1);
                    }
                }
            }
            state.left.fetch_add(1, Ordering::SeqCst);
            Ok(())
        }
        Lie::Twist(twist) => {
            // Spelled out, so that there is something to twist.
            let head = head.replacen("brief=true", "brief=false", 1);
            let mut server = pass_on(&head, &body, target, "accept-encoding:").await?;
            let mut answer = Vec::new();
            server.read_to_end(&mut answer).await?;
            let end = position(&answer, b"\r\n\r\n").unwrap();
            let line = String::from_utf8_lossy(&answer[..end]).into_owned();
            let status = line.lines().next().unwrap().strip_prefix("HTTP/1.1 ").unwrap();
            if !status.starts_with("200") {
                // There is nothing to twist.
                return say(client, &answer, state).await;
            }
            let mut value: Value = serde_json::from_slice(&answer[end + 4..]).unwrap();
            twist(&mut value);
            let Lie::Say(bytes) = Lie::json(status, value.to_string()) else {
                unreachable!()
            };
            say(client, &bytes, state).await
        }
    }
}

/// A request as it came: its head, and its body.
async fn request(client: &mut TcpStream) -> std::io::Result<(String, Vec<u8>)> {
    let mut bytes = Vec::new();
    let mut buffer = vec![0; 16 * 1024];
    let end = loop {
        if let Some(end) = position(&bytes, b"\r\n\r\n") {
            break end + 4;
        }
        let read = client.read(&mut buffer).await?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        bytes.extend_from_slice(&buffer[..read]);
    };
    let mut body = bytes.split_off(end);
    let head = String::from_utf8_lossy(&bytes).into_owned();
    let length = head
        .lines()
        .find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-length:")?
                .trim()
                .parse()
                .ok()
        })
        .unwrap_or(0);
    let come = body.len();
    body.resize(length, 0);
    if come < length {
        client.read_exact(&mut body[come..]).await?;
    }
    Ok((head, body))
}

/// Says it to the true marketplace, without the lines of the head that begin so.
async fn pass_on(head: &str, body: &[u8], target: SocketAddr, without: &str) -> std::io::Result<TcpStream> {
    let (first, rest) = head.split_once("\r\n").unwrap_or_default();
    let rest: String = rest
        .split_inclusive("\r\n")
        .filter(|line| {
            let line = line.to_ascii_lowercase();
            !line.starts_with("connection:") && (without.is_empty() || !line.starts_with(without))
        })
        .collect();
    let mut server = TcpStream::connect(target).await?;
    server
        .write_all(format!("{first}\r\nconnection: close\r\n{rest}").as_bytes())
        .await?;
    server.write_all(body).await?;
    Ok(server)
}

async fn say(mut client: TcpStream, bytes: &[u8], state: &State) -> std::io::Result<()> {
    client.write_all(bytes).await?;
    state.taken.fetch_add(bytes.len() as u64, Ordering::SeqCst);
    client.shutdown().await?;
    drain(&mut client).await;
    Ok(())
}

async fn endless(client: &mut TcpStream, bytes: &[u8], piece: &[u8], state: &State) -> std::io::Result<()> {
    client.write_all(bytes).await?;
    state.began.add_permits(1);
    let pieces = piece.repeat((64 * 1024 / piece.len()).max(1));
    loop {
        client.write_all(&pieces).await?;
        state.taken.fetch_add(pieces.len() as u64, Ordering::SeqCst);
    }
}

/// Reads until the other side has gone.
async fn drain(client: &mut TcpStream) {
    let mut rest = vec![0; 16 * 1024];
    while client.read(&mut rest).await.is_ok_and(|read| read > 0) {}
}

fn position(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
