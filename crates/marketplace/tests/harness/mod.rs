//! A marketplace for each test, on SQLite or on PostgreSQL, and the laptops and browsers that use it.

#![allow(dead_code, reason = "each test binary uses its own part")]

pub mod browser;
pub mod chromium;
pub mod laptop;
mod postgres;
pub mod sample;

use api::place::Address;
use marketplace::accounts::add::{self, NewAccount, Role};
use marketplace::payment::PaymentProvider;
use marketplace::{Config, Server};
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

pub use laptop::Laptop;

pub const PASSWORD: &str = "barro negro 1952";
pub const OFFICE: &str = "68001";

/// One marketplace with its folder and its database.
pub struct World {
    pub server: Server,
    pub http: reqwest::Client,
    config: Config,
    _folder: TempDir,
}

impl World {
    pub async fn sqlite() -> Self {
        Self::start(|_| {}, None).await
    }

    pub async fn postgres() -> Self {
        Self::start(|_| {}, Some(postgres::new_database().await)).await
    }

    /// With the pages' typeface, when the face's packages are installed.
    pub async fn with_fonts() -> Self {
        const FONTS: &str = "../../ui/node_modules/@fontsource-variable/atkinson-hyperlegible-next/files";
        let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join(FONTS);
        Self::with(|config| config.fonts = fonts.is_dir().then_some(fonts)).await
    }

    pub async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::start(change, None).await
    }

    /// With someone else taking the money.
    pub async fn paid_by(payment: Arc<dyn PaymentProvider>) -> Self {
        let world = Self::sqlite().await;
        let server = Server::start_with(world.config.clone(), payment).await.unwrap();
        let Self {
            server: first,
            http,
            config,
            _folder,
        } = world;
        first.stop().await.unwrap();
        Self {
            server,
            http,
            config,
            _folder,
        }
    }

    async fn start(change: impl FnOnce(&mut Config), database_url: Option<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = Config {
            database_url,
            // A story signs in and types codes more often than a person does.
            attempts_per_quarter_hour: 100,
            ..Config::new(folder.path())
        };
        change(&mut config);
        let server = Server::start(config.clone()).await.unwrap();
        Self {
            server,
            http: client(),
            config,
            _folder: folder,
        }
    }

    /// Stops it and starts it again on the same data.
    pub async fn restart(&mut self) {
        let again = Server::start(self.config.clone()).await.unwrap();
        std::mem::replace(&mut self.server, again).stop().await.unwrap();
    }

    /// Stops it and gives its data folder.
    pub async fn end(self) -> TempDir {
        self.server.stop().await.unwrap();
        self._folder
    }

    /// Where its records are when they are not in its data folder.
    pub fn database_url(&self) -> Option<String> {
        self.config.database_url.clone()
    }

    /// A second process on the same database.
    pub async fn second(&self) -> Server {
        Server::start(self.config.clone()).await.unwrap()
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.address())
    }

    /// Adds a seller; the shop is called "Taller NAME".
    pub async fn seller(&self, name: &str) -> String {
        let email = format!("{}@example.mx", name.to_lowercase());
        let address = Address {
            street: "Calle de la Reforma 12".into(),
            neighbourhood: "Centro".into(),
            city: "San Bartolo Coyotepec".into(),
            region: "Oaxaca".into(),
            postal_code: "71256".into(),
            ..Address::default()
        };
        self.account(
            &email,
            name,
            Role::Seller {
                shop_name: format!("Taller {name}"),
                address: Box::new(address),
            },
        )
        .await;
        email
    }

    pub async fn clerk(&self, name: &str) -> String {
        let email = format!("{}@correo.example.mx", name.to_lowercase());
        self.account(
            &email,
            name,
            Role::Clerk {
                office: OFFICE.into(),
            },
        )
        .await;
        email
    }

    async fn account(&self, email: &str, name: &str, role: Role) {
        let new = NewAccount {
            email: email.to_owned(),
            name: name.to_owned(),
            password: PASSWORD.to_owned(),
            role,
        };
        let profile = marketplace::profile("MX").unwrap();
        let now = marketplace::clock::now_ms();
        add::add(self.server.database(), profile, new, now).await.unwrap();
    }

    /// A laptop of a new seller, signed in.
    pub async fn laptop(&self, seller: &str) -> Laptop {
        let email = self.seller(seller).await;
        self.laptop_of(&email, &format!("laptop-{}", seller.to_lowercase()))
            .await
    }

    /// One more laptop of a seller.
    pub async fn laptop_of(&self, email: &str, id: &str) -> Laptop {
        Laptop::sign_in(self, email, id).await
    }

    pub async fn shop_of(&self, email: &str) -> String {
        let account = marketplace::records::accounts::by_email(self.server.database().read(), email).await;
        account.unwrap().unwrap().shop_id.unwrap()
    }
}

pub fn client() -> reqwest::Client {
    // Another test of the process may have been first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

#[expect(clippy::disallowed_methods, reason = "a test's ids come from nowhere else")]
pub fn id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// Runs each story on SQLite and on PostgreSQL.
#[macro_export]
macro_rules! on_both_databases {
    ($($story:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                super::$story($crate::harness::World::sqlite().await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $story() {
                super::$story($crate::harness::World::postgres().await).await;
            })*
        }
    };
}
