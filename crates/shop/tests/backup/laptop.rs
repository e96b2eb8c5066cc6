//! A laptop whose folder, clock and computer a test holds in its hand.

use super::world::{LONG, Market, SELLER, noise};
use darkroom::Darkroom;
use shop::Shop;
use shop::catalog::view::{FieldChange, Price, Product};
use shop::credentials::secrets::Memory;
use shop::credentials::view::SignInStep;
use shop::fault::Result;
use shop::orders::view::{OrderCard, OrderFilter, OrderView};
use shop::settings::view::ShopBeginning;
use shop::shipping::view::{LabelChoice, PaperSize};
use shop::stock::view::MoveReason;
use shop::syncing::view::{SyncPhase, SyncState};
use shop::world::{System, World};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;

/// The system's clock, moved, on a computer of this name.
pub struct Computer {
    pub by_ms: AtomicI64,
    pub name: String,
}

impl Computer {
    pub fn new(name: &str) -> Arc<Self> {
        Arc::new(Self {
            by_ms: AtomicI64::new(0),
            name: name.into(),
        })
    }
}

impl World for Computer {
    fn now_ms(&self) -> i64 {
        System.now_ms() + self.by_ms.load(Ordering::SeqCst)
    }

    fn id(&self) -> String {
        System.id()
    }

    fn offset_minutes(&self) -> i32 {
        -360
    }

    fn machine(&self) -> Option<String> {
        Some(self.name.clone())
    }
}

pub struct Laptop {
    pub folder: TempDir,
    pub secrets: Arc<Memory>,
    pub computer: Arc<Computer>,
    pub shop: Shop,
}

pub async fn open(folder: &Path, secrets: &Arc<Memory>, computer: &Arc<Computer>) -> Result<Shop> {
    let world = Arc::clone(computer) as Arc<dyn World>;
    let shop = Shop::open_with(folder, world, Darkroom::here()).await?;
    shop.keep_secrets_in(Arc::clone(secrets) as _);
    Ok(shop)
}

impl Laptop {
    pub async fn new() -> Self {
        Self::on(tempfile::tempdir().unwrap(), Computer::new("first")).await
    }

    /// Opens what is in a folder on a computer.
    pub async fn on(folder: TempDir, computer: Arc<Computer>) -> Self {
        let secrets = Arc::new(Memory::default());
        let shop = open(folder.path(), &secrets, &computer).await.unwrap();
        if shop.state().await.unwrap().new {
            let beginning = ShopBeginning {
                shop_name: "Taller Núñez".into(),
                seller_name: "María".into(),
                language: "es".into(),
            };
            shop.begin_shop(beginning).await.unwrap();
        }
        Self {
            folder,
            secrets,
            computer,
            shop,
        }
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    pub async fn sign_in(&self, market: &Market) {
        let code = self.shop.sign_in_begin(&market.url()).await.unwrap();
        market.decide(SELLER, &code.user_code, true).await;
        assert_eq!(self.shop.sign_in_poll().await.unwrap(), SignInStep::Done);
    }

    pub async fn restart(self) -> Self {
        let Self {
            folder,
            secrets,
            computer,
            shop,
        } = self;
        shop.close().await;
        let shop = open(folder.path(), &secrets, &computer).await.unwrap();
        Self {
            folder,
            secrets,
            computer,
            shop,
        }
    }

    pub async fn sync(&self) -> SyncState {
        let state = self.shop.sync_once(LONG).await.unwrap();
        assert_eq!((state.phase, state.waiting), (SyncPhase::Idle, 0), "{state:?}");
        state
    }

    pub async fn piece(&self, title: &str, seed: u64) -> Product {
        let id = self.shop.product_create().await.unwrap().id;
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
        self.shop.stock_move(&id, 5, MoveReason::Made, "").await.unwrap();
        self.shop
            .photo_add(&id, "foto.png", noise(200, seed))
            .await
            .unwrap();
        self.shop.product_publish(&id).await.unwrap()
    }

    pub async fn title(&self, id: &str, title: &str) {
        let change = vec![FieldChange::Title(title.into())];
        self.shop.product_edit(id, change).await.unwrap();
    }

    pub async fn orders(&self) -> Vec<OrderCard> {
        self.shop.order_list(OrderFilter::All).await.unwrap().items
    }

    pub async fn label(&self, order: &str) -> Result<OrderView> {
        let choice = LabelChoice {
            order_id: order.into(),
            service: String::new(),
            weight_g: 900,
            paper: PaperSize::Label,
            slot: 0,
        };
        self.shop.order_label(choice).await
    }

    /// Every row of a table's column, out of the file itself.
    pub async fn column(&self, select: &'static str) -> Vec<String> {
        column(&self.root().join("shop.db"), select).await
    }
}

pub async fn column(database: &Path, select: &'static str) -> Vec<String> {
    use sqlx::Connection;
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(database)
        .read_only(true);
    let mut connection = sqlx::SqliteConnection::connect_with(&options).await.unwrap();
    let rows: Vec<Option<Vec<u8>>> = sqlx::query_scalar(select)
        .fetch_all(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    // A spoilt text may be none any more.
    let text = |row: Option<Vec<u8>>| String::from_utf8_lossy(&row.unwrap_or_default()).into_owned();
    rows.into_iter().map(text).collect()
}

/// The whole folder, as a copy of a disk is.
pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
