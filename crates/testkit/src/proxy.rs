//! A way to a server that can be cut in the middle of a request.
#![expect(
    clippy::unwrap_used,
    reason = "only tests go this way, and a test stops at the first surprise"
)]

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy};
use tokio::net::{TcpListener, TcpStream};

/// What happens to requests whose line contains a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The server gets it, answers, and the answer is lost.
    LoseAnswer,
    /// The server gets it, answers, and the line goes in the middle of the answer.
    CutAnswer,
    /// It is cut before the server has it.
    LoseRequest,
    /// A captive portal answers.
    Html,
    /// A page that sends elsewhere answers.
    Redirect,
}

#[derive(Default)]
struct State {
    fates: Vec<(String, Fate, usize)>,
    seen: BTreeMap<String, usize>,
    lost: BTreeMap<String, usize>,
}

/// One way to one server.
#[derive(Clone)]
pub struct Proxy {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Proxy {
    /// Listens on a free port of this machine, for as long as the runtime lives.
    pub async fn to(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = Self {
            address: listener.local_addr().unwrap(),
            state: Arc::default(),
        };
        let state = Arc::clone(&proxy.state);
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let state = Arc::clone(&state);
                tokio::spawn(async move {
                    // A cut connection is what this is for.
                    let _ = carry(client, target, state).await;
                });
            }
        });
        proxy
    }

    /// Where to reach the server through it.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The next so many requests whose line contains the text meet this fate.
    pub fn next(&self, text: &str, times: usize, fate: Fate) {
        self.state
            .lock()
            .unwrap()
            .fates
            .push((text.to_owned(), fate, times));
    }

    /// The way is free again.
    pub fn clear(&self) {
        self.state.lock().unwrap().fates.clear();
    }

    /// How many requests with this text in their line came by.
    pub fn count(&self, text: &str) -> usize {
        matching(&self.state.lock().unwrap().seen, text)
    }

    /// How many of them the server has answered in vain.
    pub fn lost(&self, text: &str) -> usize {
        matching(&self.state.lock().unwrap().lost, text)
    }
}

fn matching(counts: &BTreeMap<String, usize>, text: &str) -> usize {
    counts
        .iter()
        .filter(|(line, _)| line.contains(text))
        .map(|(_, count)| count)
        .sum()
}

async fn carry(mut client: TcpStream, target: SocketAddr, state: Arc<Mutex<State>>) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(client.read_u8().await?);
    }
    let text = String::from_utf8_lossy(&head).into_owned();
    let line = text.lines().next().unwrap_or_default().to_owned();
    let fate = {
        let mut state = state.lock().unwrap();
        *state.seen.entry(line.clone()).or_default() += 1;
        let fate = state
            .fates
            .iter_mut()
            .find(|(text, _, times)| *times > 0 && line.contains(text.as_str()));
        fate.map(|(_, fate, times)| {
            *times -= 1;
            *fate
        })
    };
    match fate {
        Some(Fate::LoseRequest) => return Ok(()),
        Some(Fate::Html) => return say(client, "200 OK", "content-type: text/html\r\n").await,
        Some(Fate::Redirect) => {
            return say(client, "302 Found", "location: http://127.0.0.1:1/portal\r\n").await;
        }
        Some(Fate::LoseAnswer | Fate::CutAnswer) | None => {}
    }
    let mut server = TcpStream::connect(target).await?;
    // One request on each connection, so that each can meet its own fate.
    let (first, rest) = text.split_once("\r\n").unwrap_or_default();
    let rest: String = rest
        .split_inclusive("\r\n")
        .filter(|line| !line.to_ascii_lowercase().starts_with("connection:"))
        .collect();
    server
        .write_all(format!("{first}\r\nconnection: close\r\n{rest}").as_bytes())
        .await?;
    let (mut from_client, mut to_client) = client.split();
    let (mut from_server, mut to_server) = server.split();
    if fate.is_some() {
        let length: u64 = text
            .lines()
            .find_map(|line| {
                line.to_ascii_lowercase()
                    .strip_prefix("content-length:")?
                    .trim()
                    .parse()
                    .ok()
            })
            .unwrap_or(0);
        copy(&mut (&mut from_client).take(length), &mut to_server).await?;
        // The first byte of the answer: it is done there.
        let begun = from_server.read_u8().await?;
        if fate == Some(Fate::CutAnswer) {
            let mut answer = vec![begun];
            from_server.read_to_end(&mut answer).await?;
            // Its last bytes are the body's.
            to_client.write_all(&answer[..answer.len() - 8]).await?;
        }
        *state.lock().unwrap().lost.entry(line).or_default() += 1;
        return Ok(());
    }
    tokio::select! {
        sent = copy(&mut from_client, &mut to_server) => { sent?; copy(&mut from_server, &mut to_client).await?; }
        answered = copy(&mut from_server, &mut to_client) => { answered?; }
    }
    Ok(())
}

async fn say(mut client: TcpStream, status: &str, headers: &str) -> std::io::Result<()> {
    let body = "<html><body>Acepta los términos para navegar</body></html>";
    let answer = format!(
        "HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    client.write_all(answer.as_bytes()).await?;
    // What the client still sends is read, or its end would see a reset instead of the answer.
    let mut rest = Vec::new();
    client.shutdown().await?;
    client.read_to_end(&mut rest).await?;
    Ok(())
}
