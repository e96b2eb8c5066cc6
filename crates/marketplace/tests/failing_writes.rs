//! The marketplace's disk says no at every single write of a push and of a photo: it is full, or broken once.
//!
//! strace looks over its shoulder while it serves, and answers in the system's place. Whoever asked is told so in an
//! answer; nothing is there by half; what was said yes to is there; and once the disk is well again, the same marketplace
//! takes the same things, without being started anew.
//!
//! Calls are counted for each thread. What is written into the file of a chunk is not among them, for that call also wakes
//! threads. `PUESTO_FAIL_EACH=1` refuses each of them, 2 (as when nothing is said) every second.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod harness;

use api::intent::{Action, Intent, Outcome, PushAnswer};
use api::limits::CHUNK_BYTES;
use api::product::StockMode;
use api::stock::Reason;
use harness::{Laptop, World, id};
use reqwest::{Method, Response, StatusCode};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const CALLS: &str =
    "pwrite64,ftruncate,fallocate,fsync,fdatasync,rename,renameat,renameat2,link,linkat,mkdir,unlink";
/// A marketplace that does not answer within this time hangs.
const ANSWER: Duration = Duration::from_secs(20);

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(data: &Path) -> (Running, SocketAddr) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_marketplace"));
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut running = Running(command.spawn().unwrap());
    let mut lines = BufReader::new(running.0.stdout.take().unwrap()).lines();
    let address = loop {
        let line = lines.next().expect("it ended").unwrap();
        if let Some(address) = line.strip_prefix("listening on http://") {
            break address.parse().unwrap();
        }
    };
    // Somebody has to read what it prints, or it would wait.
    std::thread::spawn(move || lines.count());
    (running, address)
}

/// strace on a program that runs, until it is dropped.
struct Tracer(Child);

impl Tracer {
    /// None where no program may look over another's shoulder.
    fn on(process: &Running, how: &str, log: &Path) -> Option<Self> {
        let mut command = Command::new("strace");
        command.args(["-f", "-e", how, "-o"]).arg(log);
        command.args(["-p", &process.0.id().to_string()]);
        let mut tracer = Self(command.stderr(Stdio::piped()).spawn().ok()?);
        let mut said = BufReader::new(tracer.0.stderr.take().unwrap());
        let mut line = String::new();
        while said.read_line(&mut line).unwrap_or(0) > 0 {
            if line.contains(" attached") {
                std::thread::spawn(move || said.read_to_end(&mut Vec::new()));
                return Some(tracer);
            }
            line.clear();
        }
        None
    }
}

impl Drop for Tracer {
    fn drop(&mut self) {
        // Told to end, it lets go first; killed, it might not.
        let _ = Command::new("kill")
            .args(["-INT", &self.0.id().to_string()])
            .status();
        let _ = self.0.wait();
    }
}

/// What there is to say, once: a piece with its stock, and a photo in two chunks.
struct Said {
    intents: Vec<Intent>,
    product: String,
    photo: Vec<u8>,
}

impl Said {
    fn new(laptop: &mut Laptop, n: usize) -> Self {
        let product = id();
        let fields = serde_json::from_value(json!({"title": format!("Pieza {n}")})).unwrap();
        let set = Action::SetProduct {
            product_id: product.clone(),
            fields,
        };
        let made = laptop.movement(&product, 5, Reason::Made);
        let mut photo = vec![0xff, 0xd8, 0xff];
        photo.extend(product.bytes().cycle().take(CHUNK_BYTES + 1_000));
        Self {
            intents: vec![laptop.intent(set), laptop.intent(made)],
            product,
            photo,
        }
    }

    fn hash(&self) -> String {
        blake3::hash(&self.photo).to_hex().to_string()
    }

    async fn push(&self, laptop: &Laptop) -> Response {
        let body = json!({"intents": self.intents});
        ask(laptop.request(Method::POST, "/push").json(&body)).await
    }

    async fn offer(&self, laptop: &Laptop) -> Response {
        let body = json!({"bytes": self.photo.len()});
        ask(laptop
            .request(Method::POST, &format!("/photos/{}", self.hash()))
            .json(&body))
        .await
    }

    async fn chunk(&self, laptop: &Laptop, n: usize) -> Response {
        let chunk = self.photo.chunks(CHUNK_BYTES).nth(n).unwrap().to_vec();
        let path = format!("/photos/{}/chunks/{n}", self.hash());
        ask(laptop.request(Method::PUT, &path).body(chunk)).await
    }

    /// Whether the piece is there, and how many of it are.
    async fn there(&self, laptop: &Laptop) -> (bool, i64) {
        let entries = laptop.feed().await;
        let piece = entries.iter().any(|entry| entry.id == self.product);
        let stock = entries
            .iter()
            .filter(|entry| entry.kind == "movement" && entry.state["product_id"] == self.product.as_str())
            .map(|entry| entry.state["delta"].as_i64().unwrap())
            .sum();
        (piece, stock)
    }
}

/// There is always an answer.
async fn ask(request: reqwest::RequestBuilder) -> Response {
    request.timeout(ANSWER).send().await.expect("it does not answer")
}

/// Whether it said yes. A no is one of a marketplace, for another time.
async fn is_yes(response: Response, what: &str) -> Option<Value> {
    let status = response.status();
    let body: Value = response.json().await.unwrap_or_default();
    if status == StatusCode::OK {
        return Some(body);
    }
    assert!(status.is_server_error(), "{what}: {status} {body}");
    assert!(body["code"].is_string(), "{what}: {status} without a word");
    None
}

fn is_taken(answer: Value) -> bool {
    let answer: PushAnswer = serde_json::from_value(answer).unwrap();
    answer.answers.len() == 2
        && answer
            .answers
            .iter()
            .all(|answer| matches!(answer.outcome, Outcome::Applied | Outcome::Already))
}

/// The push and the photo, whatever becomes of them.
async fn say(said: &Said, laptop: &Laptop, what: &str) -> (bool, bool) {
    let pushed = is_yes(said.push(laptop).await, what).await.is_some_and(is_taken);
    let mut photo = is_yes(said.offer(laptop).await, what).await.is_some();
    for n in 0..2 {
        if photo {
            let need = is_yes(said.chunk(laptop, n).await, what).await;
            photo = need.is_some_and(|need| n == 0 || need["missing"] == json!([]));
        }
    }
    (pushed, photo)
}

/// On a disk that is well: the same again, as often as it takes for a photo that was all but there.
async fn say_again(said: &Said, laptop: &Laptop, what: &str) {
    let pushed = is_yes(said.push(laptop).await, what).await;
    assert!(
        pushed.is_some_and(is_taken),
        "{what}: the push is not taken again"
    );
    let need = is_yes(said.offer(laptop).await, what)
        .await
        .expect("it takes the photo");
    for n in need["missing"].as_array().unwrap() {
        let n = usize::try_from(n.as_u64().unwrap()).unwrap();
        assert!(
            is_yes(said.chunk(laptop, n).await, what).await.is_some(),
            "{what}"
        );
    }
    let need = is_yes(said.offer(laptop).await, what).await.unwrap();
    assert_eq!(need["missing"], json!([]), "{what}: the photo is not there");
}

async fn photo_is_whole(said: &Said, address: SocketAddr, what: &str) {
    let url = format!("http://{address}/photos/{}.jpg", said.hash());
    let shown = reqwest::get(url).await.unwrap();
    assert_eq!(shown.status(), StatusCode::OK, "{what}");
    assert!(
        shown.bytes().await.unwrap() == said.photo,
        "{what}: another photo"
    );
}

/// The most calls that one thread made.
fn most_calls(log: &Path) -> usize {
    let mut calls: BTreeMap<String, usize> = BTreeMap::new();
    for line in fs::read_to_string(log).unwrap().lines() {
        if line.contains(" = ") {
            let thread = line.split_whitespace().next().unwrap_or_default();
            *calls.entry(thread.to_owned()).or_default() += 1;
        }
    }
    calls.into_values().max().unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_write_may_fail() {
    let world = World::sqlite().await;
    if world.database_url().is_some() {
        return;
    }
    let mut laptop = world.laptop("Rosa").await;
    laptop.piece("Olla", 78_000, 3, StockMode::Quantity).await;
    let data = world.end().await;
    let folder = tempfile::tempdir().unwrap();
    let log: PathBuf = folder.path().join("strace");
    let (process, address) = serve(data.path());
    let mut laptop = laptop.at(address);

    // How it goes when all is well, and how often it writes.
    let Some(tracer) = Tracer::on(&process, &format!("trace={CALLS}"), &log) else {
        println!("left out: strace may not trace on this machine");
        return;
    };
    let said = Said::new(&mut laptop, 0);
    assert_eq!(say(&said, &laptop, "all is well").await, (true, true));
    drop(tracer);
    let calls = most_calls(&log);
    assert!(calls > 3, "{calls} calls");

    let each = std::env::var("PUESTO_FAIL_EACH").map_or(2, |each| each.parse().unwrap());
    let (mut done, mut refused) = (vec![said], 0);
    for n in (1..=calls).step_by(each) {
        for how in [format!("ENOSPC:when={n}+"), format!("EIO:when={n}")] {
            let said = Said::new(&mut laptop, done.len());
            let tracer = Tracer::on(&process, &format!("inject={CALLS}:error={how}"), &log).unwrap();
            let (pushed, photo) = say(&said, &laptop, &how).await;
            drop(tracer);
            refused += usize::from(!pushed) + usize::from(!photo);
            let there = said.there(&laptop).await;
            assert!(
                there == (true, 5) || (!pushed && there == (false, 0)),
                "{how}: said yes: {pushed}, there: {there:?}"
            );
            if photo {
                photo_is_whole(&said, address, &how).await;
            }
            say_again(&said, &laptop, &how).await;
            assert_eq!(said.there(&laptop).await, (true, 5), "{how}");
            photo_is_whole(&said, address, &how).await;
            done.push(said);
        }
    }
    println!(
        "one in {each} of {calls} calls of a thread refused in two ways: {refused} of {} said no to",
        (done.len() - 1) * 2
    );
    assert!(refused > 0);

    // After a restart, too, all of it is there.
    drop(process);
    let (_process, address) = serve(data.path());
    let laptop = laptop.at(address);
    for said in &done {
        assert_eq!(said.there(&laptop).await, (true, 5), "after a restart");
        photo_is_whole(said, address, "after a restart").await;
    }
}
