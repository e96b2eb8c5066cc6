//! A marketplace and the laptops that sell on it.

use api::place::Address;
use darkroom::Darkroom;
use marketplace::accounts::add::{self, NewAccount, Role};
use marketplace::accounts::devices;
use marketplace::records::Database;
use marketplace::{Config, Server};
use shop::Shop;
use shop::catalog::view::{FieldChange, Price, Product};
use shop::credentials::secrets::Memory;
use shop::credentials::view::SignInStep;
use shop::stock::view::MoveReason;
use shop::syncing::Syncing;
use shop::syncing::view::{SyncPhase, SyncState};
use shop::world::{System, World};
use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use tempfile::TempDir;

pub const SELLER: &str = "maria@example.mx";
pub const PASSWORD: &str = "barro negro 1952";
/// Nothing here takes this long; a test that waits longer has failed.
pub const LONG: Duration = Duration::from_secs(30);

pub struct Market {
    server: Option<Server>,
    config: Config,
    _folder: TempDir,
}

impl Market {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config {
            attempts_per_quarter_hour: 100,
            ..Config::new(folder.path())
        };
        let server = Server::start(config.clone()).await.unwrap();
        config.listen = server.address();
        let market = Self {
            server: Some(server),
            config,
            _folder: folder,
        };
        market.add_seller(SELLER, "María Núñez", "Taller Núñez").await;
        market
    }

    pub fn server(&self) -> &Server {
        self.server.as_ref().expect("the marketplace is stopped")
    }

    pub fn address(&self) -> std::net::SocketAddr {
        self.config.listen
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.config.listen)
    }

    pub async fn stop(&mut self) {
        self.server.take().unwrap().stop().await.unwrap();
    }

    /// Starts again on the same data and the same port.
    pub async fn start_again(&mut self) {
        self.server = Some(Server::start(self.config.clone()).await.unwrap());
    }

    pub fn folder(&self) -> &Path {
        &self.config.data
    }

    /// The data folder as it is now, while the marketplace is stopped.
    pub fn copy(&self) -> TempDir {
        let copy = tempfile::tempdir().unwrap();
        copy_files(self.config.data.as_path(), copy.path());
        copy
    }

    /// Puts the data folder back to a copy, while the marketplace is stopped.
    pub fn put_back(&self, copy: &TempDir) {
        for file in ["marketplace.db-wal", "marketplace.db-shm"] {
            let _ = std::fs::remove_file(self.config.data.join(file));
        }
        copy_files(copy.path(), &self.config.data);
    }

    /// What the operator says after it was put back.
    pub async fn mark_restored(&self) {
        let database = Database::open(&self.config.data, None).await.unwrap();
        marketplace::restored(&database).await.unwrap();
        database.close().await;
    }

    pub async fn add_seller(&self, email: &str, name: &str, shop_name: &str) {
        let address = Address {
            street: "Independencia 230".into(),
            neighbourhood: "Centro".into(),
            city: "Tlaquepaque".into(),
            region: "Jalisco".into(),
            postal_code: "45500".into(),
            ..Address::default()
        };
        let new = NewAccount {
            email: email.into(),
            name: name.into(),
            password: PASSWORD.into(),
            role: Role::Seller {
                shop_name: shop_name.into(),
                address: Box::new(address),
            },
        };
        let profile = marketplace::profile("MX").unwrap();
        add::add(self.server().database(), profile, new, System.now_ms())
            .await
            .unwrap();
    }

    pub async fn shop_of(&self, email: &str) -> String {
        let account = marketplace::records::accounts::by_email(self.server().database().read(), email).await;
        account.unwrap().unwrap().shop_id.unwrap()
    }

    /// What the seller says in her browser to a laptop's code.
    pub async fn decide(&self, email: &str, user_code: &str, approve: bool) {
        let shop = self.shop_of(email).await;
        assert!(
            devices::decide(self.server().database(), user_code, &shop, approve)
                .await
                .unwrap()
        );
    }
}

/// The files of a folder, not what is in folders below it: photos are named by content and stay good.
fn copy_files(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

/// The system's clock, moved.
#[derive(Default)]
pub struct Moved {
    pub by_ms: AtomicI64,
}

impl World for Moved {
    fn now_ms(&self) -> i64 {
        System.now_ms() + self.by_ms.load(Ordering::SeqCst)
    }

    fn id(&self) -> String {
        System.id()
    }

    fn offset_minutes(&self) -> i32 {
        -360
    }
}

/// A laptop: a folder, a keyring, a clock, and the shop while it is open.
pub struct Laptop {
    pub folder: TempDir,
    pub secrets: Arc<Memory>,
    pub clock: Arc<Moved>,
    pub shop: Shop,
}

impl Laptop {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (secrets, clock) = (Arc::new(Memory::default()), Arc::new(Moved::default()));
        let shop = open(&folder, &secrets, &clock).await;
        Self {
            folder,
            secrets,
            clock,
            shop,
        }
    }

    /// A laptop of the seller that is signed in by way of `url`.
    pub async fn signed_in(market: &Market, url: &str) -> Self {
        let laptop = Self::new().await;
        laptop.sign_in(market, url).await;
        laptop
    }

    pub async fn sign_in(&self, market: &Market, url: &str) {
        let code = self.shop.sign_in_begin(url).await.unwrap();
        market.decide(SELLER, &code.user_code, true).await;
        assert_eq!(self.shop.sign_in_poll().await.unwrap(), SignInStep::Done);
    }

    /// Closes the shop and opens it again, as after a restart.
    pub async fn restart(self) -> Self {
        let Self {
            folder,
            secrets,
            clock,
            shop,
        } = self;
        shop.close().await;
        let shop = open(&folder, &secrets, &clock).await;
        Self {
            folder,
            secrets,
            clock,
            shop,
        }
    }

    /// Carries everything; both sides have all of it then.
    pub async fn sync(&self) -> SyncState {
        let state = self.shop.sync_once(LONG).await.unwrap();
        assert_eq!((state.phase, state.waiting), (SyncPhase::Idle, 0), "{state:?}");
        state
    }

    /// A piece that can be sold.
    pub async fn piece(&self, title: &str, photo: Vec<u8>) -> Product {
        let begun = self.shop.product_create().await.unwrap();
        let id = begun.id;
        let price = Price {
            minor: 78_000,
            currency: "MXN".into(),
        };
        let changes = vec![
            FieldChange::Title(title.into()),
            FieldChange::Price(Some(price)),
            FieldChange::WeightG(Some(900)),
            FieldChange::Branch("ceramics".into()),
        ];
        self.shop.product_edit(&id, changes).await.unwrap();
        self.shop
            .stock_move(&id, 3 - begun.on_hand, MoveReason::Made, "")
            .await
            .unwrap();
        self.shop.photo_add(&id, "foto.png", photo).await.unwrap();
        self.shop.product_publish(&id).await.unwrap()
    }

    pub async fn title(&self, id: &str, title: &str) {
        self.shop
            .product_edit(id, vec![FieldChange::Title(title.into())])
            .await
            .unwrap();
    }
}

async fn open(folder: &TempDir, secrets: &Arc<Memory>, clock: &Arc<Moved>) -> Shop {
    let world = Arc::clone(clock) as Arc<dyn World>;
    let shop = Shop::open_with(folder.path(), world, Darkroom::here())
        .await
        .unwrap();
    shop.keep_secrets_in(Arc::clone(secrets) as _);
    shop
}

pub fn keep_syncing(laptop: &Laptop) -> Syncing {
    Syncing::spawn(laptop.shop.clone())
}

/// Waits until something holds, looking again whenever the shop or its syncing has changed.
pub async fn until<F: Future<Output = bool>>(shop: &Shop, what: &str, holds: impl Fn(Shop) -> F) {
    let mut changes = shop.changes();
    let mut states = shop.sync_watch();
    let waiting = async {
        while !holds(shop.clone()).await {
            tokio::select! {
                _ = changes.recv() => {}
                _ = states.changed() => {}
            }
        }
    };
    if tokio::time::timeout(LONG, waiting).await.is_err() {
        panic!("{what} has not happened: {:?}", shop.sync_state().await);
    }
}

pub async fn until_phase(shop: &Shop, phase: SyncPhase) {
    let what = format!("the phase {phase:?}");
    until(shop, &what, |shop| async move {
        shop.sync_state().await.unwrap().phase == phase
    })
    .await;
}

pub async fn until_carried(shop: &Shop) {
    until(shop, "everything carried", |shop| async move {
        let state = shop.sync_state().await.unwrap();
        state.phase == SyncPhase::Idle && state.waiting == 0 && state.photos_waiting == 0
    })
    .await;
}

/// A PNG of this many pixels in a row, of noise from a seed, so that it hardly compresses.
pub fn noise(side: u32, seed: u64) -> Vec<u8> {
    let mut state = seed | 1;
    let picture = image::RgbImage::from_fn(side, side, |_, _| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let [a, b, c, ..] = state.to_le_bytes();
        image::Rgb([a, b, c])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}
