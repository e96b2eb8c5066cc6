//! What the tests stand on: a shop that keeps what it is given, a clock that is moved by hand.
#![allow(dead_code, reason = "each test uses a part of it")]

use phone::{Clock, Code, Door, Incoming, Options, Refusal, Sink, State, Taken};
use std::collections::HashSet;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{Semaphore, watch};

/// Long enough for a machine under load.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A sink that keeps names and bytes, and knows what it has.
pub struct Shop {
    pub kept: Mutex<Vec<(String, Vec<u8>, u32)>>,
    seen: Mutex<HashSet<Vec<u8>>>,
    /// How many were offered.
    pub offered: watch::Sender<usize>,
    /// A photo needs a permit to be taken.
    pub permits: Semaphore,
    pub full: AtomicBool,
    pub panics: AtomicBool,
}

impl Default for Shop {
    fn default() -> Self {
        Self {
            kept: Mutex::default(),
            seen: Mutex::default(),
            offered: watch::Sender::new(0),
            permits: Semaphore::new(Semaphore::MAX_PERMITS),
            full: AtomicBool::new(false),
            panics: AtomicBool::new(false),
        }
    }
}

impl Shop {
    /// One that takes nothing before it gets permits.
    pub fn waiting() -> Self {
        Self {
            permits: Semaphore::new(0),
            ..Self::default()
        }
    }

    pub fn names(&self) -> Vec<String> {
        self.kept
            .lock()
            .unwrap()
            .iter()
            .map(|kept| kept.0.clone())
            .collect()
    }
}

impl Sink for Shop {
    async fn take(&self, photo: Incoming) -> Result<Taken, Refusal> {
        self.offered.send_modify(|offered| *offered += 1);
        self.permits.acquire().await.unwrap().forget();
        assert!(!self.panics.load(Ordering::SeqCst), "as asked");
        if self.full.load(Ordering::SeqCst) {
            return Err(Code::FullDisk.into());
        }
        let bytes = std::fs::read(&photo.file).unwrap();
        assert_eq!(bytes.len() as u64, photo.bytes);
        if !self.seen.lock().unwrap().insert(bytes.clone()) {
            return Err(Code::Duplicate.into());
        }
        if bytes.starts_with(b"not a photo") {
            return Err(Code::NotAnImage.into());
        }
        if bytes.starts_with(b"heic") {
            return Err(Code::UnknownFormat.into());
        }
        let mut kept = self.kept.lock().unwrap();
        kept.push((photo.name, bytes, photo.phone.number));
        Ok(Taken {
            photo: format!("photo-{}", kept.len()),
        })
    }
}

/// 2026-11-22 00:00 UTC.
pub const MORNING_MS: i64 = 1_795_305_600_000;

pub fn hand_clock() -> (Arc<AtomicI64>, Clock) {
    let hand = Arc::new(AtomicI64::new(MORNING_MS));
    let clock: Clock = Arc::new({
        let hand = hand.clone();
        move || hand.load(Ordering::SeqCst)
    });
    (hand, clock)
}

pub fn options(title: &str) -> Options {
    // The client wants to know who encrypts, although nothing here is. Once is enough.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut options = Options::new(title);
    options.address = Some(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 0));
    options
}

/// A door with its shop, and a folder for photos on their way.
pub struct Stand {
    pub door: Door,
    pub shop: Arc<Shop>,
    pub folder: tempfile::TempDir,
    pub url: String,
}

impl Stand {
    pub async fn open(shop: Shop, change: impl FnOnce(&mut Options)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut options = options("Olla de barro negro");
        options.folder = Some(folder.path().to_owned());
        change(&mut options);
        let shop = Arc::new(shop);
        let door = Door::open(options, shop.clone()).await.unwrap();
        let url = door.addresses()[0].clone();
        Self {
            door,
            shop,
            folder,
            url,
        }
    }

    /// Waits until what the app watches looks so.
    pub async fn until(&self, what: &str, holds: impl FnMut(&State) -> bool) -> State {
        let mut watch = self.door.watch();
        match tokio::time::timeout(PATIENCE, watch.wait_for(holds)).await {
            Ok(state) => state.unwrap().clone(),
            Err(_) => panic!(
                "it never came to this: {what}. It is {:?}",
                self.door.watch().borrow()
            ),
        }
    }

    /// How many photos are on their way in the folder.
    pub fn on_their_way(&self) -> usize {
        std::fs::read_dir(self.folder.path()).unwrap().count()
    }

    /// `127.0.0.1:port`.
    pub fn host(&self) -> String {
        self.url
            .trim_start_matches("http://")
            .split('/')
            .next()
            .unwrap()
            .to_owned()
    }

    /// `/secret`.
    pub fn path(&self) -> String {
        format!("/{}", self.url.rsplit('/').next().unwrap())
    }
}

/// A phone as HTTP sees it.
pub struct Visitor {
    pub client: reqwest::Client,
    pub url: String,
    pub cookie: String,
}

impl Visitor {
    /// Opens the page, as scanning the code does.
    pub async fn enter(url: &str) -> Self {
        let client = reqwest::Client::new();
        let page = client.get(url).send().await.unwrap();
        assert_eq!(page.status(), 200);
        let cookie = page.headers()["set-cookie"].to_str().unwrap();
        Self {
            cookie: cookie.split(';').next().unwrap().to_owned(),
            url: url.to_owned(),
            client,
        }
    }

    pub fn photo(&self, name: &str, body: impl Into<reqwest::Body>) -> reqwest::RequestBuilder {
        self.client
            .post(format!("{}/photos", self.url))
            .header("cookie", &self.cookie)
            .header("content-type", "image/jpeg")
            .header("x-photo-name", name)
            .body(body)
    }

    /// Sends one and gives status and code.
    pub async fn send(&self, name: &str, body: impl Into<reqwest::Body>) -> (u16, String) {
        told(self.photo(name, body).send().await.unwrap()).await
    }
}

pub async fn told(answer: reqwest::Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let body: serde_json::Value = answer.json().await.unwrap();
    (status, body["code"].as_str().unwrap().to_owned())
}
