//! The marketplace is killed at any instant, again and again, while laptops push and people buy: nothing that it said
//! yes to is lost, and who follows its feed misses nothing.
//!
//! `PUESTO_KILLS` says how often (100 on SQLite, 20 on PostgreSQL), `PUESTO_SEED` where chance begins (1). It is the
//! marketplace that is killed, never its PostgreSQL, which has to notice by itself that nobody is there any more.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod harness;

use api::feed::Entry;
use api::intent::{Action, Intent, Outcome, PushAnswer};
use api::product::StockMode;
use api::stock::Reason;
use harness::{Laptop, World, id};
use reqwest::{Method, StatusCode};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use testkit::visitor::Visitor;

const BATCH: usize = 20;
const STOCK: i64 = 50_000;

fn asked(name: &str, otherwise: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(otherwise)
}

/// xorshift64*
struct Dice(u64);

impl Dice {
    fn up_to(&mut self, most: Duration) -> Duration {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 40;
        most.mul_f64(drawn as f64 / (1_u64 << 24) as f64)
    }
}

struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // SIGKILL: it gets no chance to put anything away.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Serves on a free port.
fn serve(data: &Path, database: Option<&str>) -> (Process, SocketAddr) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_marketplace"));
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .stdout(Stdio::piped());
    if let Some(url) = database {
        command.args(["--database-url", url]);
    }
    let mut process = Process(command.spawn().unwrap());
    let mut lines = BufReader::new(process.0.stdout.take().unwrap()).lines();
    let address = loop {
        let line = lines.next().expect("it ended").unwrap();
        if let Some(address) = line.strip_prefix("listening on http://") {
            break address.parse().unwrap();
        }
    };
    // Somebody has to read what it prints, or it would wait.
    std::thread::spawn(move || lines.count());
    (process, address)
}

/// What a laptop has to say, and what it was told.
struct Sender {
    laptop: Laptop,
    piece: String,
    /// Not answered yet, the oldest first.
    open: Vec<Intent>,
    /// Titles of pieces that the marketplace said yes to.
    titles: BTreeMap<String, String>,
    moved: i64,
    doubled: usize,
}

impl Sender {
    fn write(&mut self) {
        while self.open.len() < BATCH {
            let product_id = id();
            let title = format!("Pieza {}", self.titles.len() + self.open.len());
            let fields = serde_json::from_value(json!({"title": title})).unwrap();
            let set = self.laptop.intent(Action::SetProduct { product_id, fields });
            let taken = self.laptop.movement(&self.piece, -1, Reason::Damaged);
            let taken = self.laptop.intent(taken);
            self.open.extend([set, taken]);
        }
    }

    /// Pushes what is open; true when an answer came.
    async fn push(&mut self, address: SocketAddr) -> bool {
        let laptop = self.laptop.at(address);
        let sent = laptop
            .request(Method::POST, "/push")
            .json(&json!({"intents": self.open}))
            .send()
            .await;
        let Ok(response) = sent else { return false };
        assert_eq!(response.status(), StatusCode::OK);
        let Ok(answer) = response.json::<PushAnswer>().await else {
            return false;
        };
        for (intent, answer) in self.open.drain(..).zip(answer.answers) {
            assert_eq!(intent.id, answer.id);
            match answer.outcome {
                Outcome::Applied => {}
                Outcome::Already => self.doubled += 1,
                other => panic!("{other:?} for {intent:?}"),
            }
            match intent.action {
                Action::SetProduct { product_id, fields } => {
                    let title = fields["title"].as_str().unwrap().to_owned();
                    self.titles.insert(product_id, title);
                }
                Action::MoveStock { movement } => self.moved += movement.delta,
                other => panic!("{other:?}"),
            }
        }
        true
    }
}

/// Reads on from a cursor, as a laptop that was there all the time.
struct Follower {
    cursor: Option<String>,
    states: BTreeMap<(String, String), serde_json::Value>,
}

impl Follower {
    async fn read_on(&mut self, laptop: &Laptop) {
        // The first reading goes by urgency.
        let first = self.cursor.is_none();
        let mut last = 0;
        loop {
            let page = laptop.page(self.cursor.as_deref(), 500).await;
            for entry in page.entries {
                assert!(first || entry.position > last, "positions go up");
                last = entry.position;
                self.states.insert((entry.kind, entry.id), entry.state);
            }
            self.cursor = Some(page.cursor);
            if !page.more {
                return;
            }
        }
    }
}

/// Nothing is cut short in it. Gives twice what a batch and a purchase take one after the other, by which lives are
/// measured: on a slow machine too, about half of them see the end of what was begun.
async fn first_life(
    sender: &mut Sender,
    follower: &mut Follower,
    piece: &str,
    data: &Path,
    database: Option<&str>,
) -> Duration {
    let (_process, address) = serve(data, database);
    follower.read_on(&sender.laptop.at(address)).await;
    sender.write();
    let began = Instant::now();
    assert!(sender.push(address).await);
    Visitor::at(&format!("http://{address}")).buy(piece).await;
    began.elapsed() * 2
}

fn by_id(entries: Vec<Entry>) -> BTreeMap<(String, String), serde_json::Value> {
    let mut states = BTreeMap::new();
    for entry in entries {
        states.insert((entry.kind, entry.id), entry.state);
    }
    states
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_was_said_yes_to_outlives_a_kill() {
    outlives(World::sqlite().await, asked("PUESTO_KILLS", 100)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgresql_too_it_outlives_a_kill() {
    outlives(World::postgres().await, asked("PUESTO_KILLS", 20)).await;
}

async fn outlives(world: World, kills: u64) {
    let database = world.database_url();
    let (database, on) = (
        database.as_deref(),
        if database.is_some() {
            "PostgreSQL"
        } else {
            "SQLite"
        },
    );
    let mut laptop = world.laptop("Rosa").await;
    let piece = laptop.piece("Olla", 78_000, STOCK, StockMode::Quantity).await;
    let data = world.end().await;
    let data = data.path();
    let mut sender = Sender {
        laptop,
        piece: piece.clone(),
        open: Vec::new(),
        titles: BTreeMap::new(),
        moved: 0,
        doubled: 0,
    };
    let mut follower = Follower {
        cursor: None,
        states: BTreeMap::new(),
    };
    let longest_life = first_life(&mut sender, &mut follower, &piece, data, database).await;
    let mut dice = Dice(asked("PUESTO_SEED", 1) | 0x9e37_79b9_0000);
    let bought: Arc<Mutex<BTreeSet<String>>> = Arc::default();
    let started = Instant::now();
    let (mut slowest, mut in_the_middle) = (Duration::ZERO, 0);
    for _ in 0..kills {
        let began = Instant::now();
        let (process, address) = serve(data, database);
        slowest = slowest.max(began.elapsed());
        follower.read_on(&sender.laptop.at(address)).await;
        let (piece, orders) = (piece.clone(), Arc::clone(&bought));
        let buying = tokio::spawn(async move {
            loop {
                // It stops at its first surprise, which is the kill.
                let order = Visitor::at(&format!("http://{address}")).buy(&piece).await;
                orders.lock().unwrap().insert(order);
            }
        });
        let life = dice.up_to(longest_life);
        let killing = tokio::spawn(async move {
            tokio::time::sleep(life).await;
            drop(process);
        });
        loop {
            sender.write();
            if !sender.push(address).await {
                in_the_middle += 1;
                break;
            }
        }
        killing.await.unwrap();
        buying.abort();
        let _stopped_by_the_kill = buying.await;
    }

    let (_process, address) = serve(data, database);
    assert!(sender.push(address).await, "what was open is taken now");
    let laptop = sender.laptop.at(address);
    follower.read_on(&laptop).await;
    let states = by_id(laptop.feed().await);
    assert_eq!(follower.states, states, "who follows has what who reads all has");
    for (product, title) in &sender.titles {
        let state = &states[&("product".to_owned(), product.clone())];
        assert_eq!(state["fields"]["title"]["value"], title.as_str());
    }
    let orders: Vec<&serde_json::Value> = states
        .iter()
        .filter(|((kind, _), _)| kind == "order")
        .map(|(_, state)| state)
        .collect();
    let bought = bought.lock().unwrap().clone();
    for order in &bought {
        let page = reqwest::get(format!("http://{address}{order}")).await.unwrap();
        assert_eq!(page.status(), StatusCode::OK, "{order} was lost");
    }
    assert!(
        orders.len() >= bought.len(),
        "{} orders, {} bought",
        orders.len(),
        bought.len()
    );
    let on_hand: i64 = states
        .iter()
        .filter(|((kind, _), state)| kind == "movement" && state["product_id"] == piece.as_str())
        .map(|(_, state)| state["delta"].as_i64().unwrap())
        .sum();
    let sold = i64::try_from(orders.len()).unwrap();
    println!(
        "{on}: {kills} kills in {:?}, each after at most {longest_life:?}, {in_the_middle} in the middle of a push: {} intents said yes to, {} of them by a second sending, \
         {} of {sold} orders told to their buyers, slowest start {slowest:?}",
        started.elapsed(),
        sender.titles.len() * 2,
        sender.doubled,
        bought.len(),
    );
    assert_eq!(on_hand, STOCK + sender.moved - sold);
    assert!(
        sender.titles.len() > BATCH / 2 * usize::try_from(kills / 8).unwrap() && !bought.is_empty(),
        "it lived long enough to work"
    );
}
