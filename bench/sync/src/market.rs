//! A marketplace in a process of its own, so that its time is counted and its memory is not ours.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use api::place::Address;
use marketplace::accounts::add::{self, NewAccount, Role};
use marketplace::{Config, Server};
use testkit::visitor::Visitor;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{Child, Command};

const SELLER: &str = "maria@example.mx";
const PASSWORD: &str = "barro negro 1952";

/// Serves, with one seller, until standard input ends.
pub async fn serve(data: &Path) -> Result<()> {
    let config = Config {
        // The bench lets laptops in one after the other.
        attempts_per_quarter_hour: 1_000,
        ..Config::new(data)
    };
    let server = Server::start(config).await?;
    let profile = marketplace::profile("MX").context("no profile of Mexico")?;
    let seller = NewAccount {
        email: SELLER.into(),
        name: "María Núñez".into(),
        password: PASSWORD.into(),
        role: Role::Seller {
            shop_name: "Taller Núñez".into(),
            address: Box::new(Address {
                street: "Independencia 230".into(),
                neighbourhood: "Centro".into(),
                city: "Tlaquepaque".into(),
                region: "Jalisco".into(),
                postal_code: "45500".into(),
                ..Address::default()
            }),
        },
    };
    let now_ms = i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH)?.as_millis())?;
    add::add(server.database(), profile, seller, now_ms).await?;
    println!("{}", server.address());
    tokio::io::stdin().read_to_end(&mut Vec::new()).await?;
    server.stop().await?;
    Ok(())
}

pub struct Market {
    child: Child,
    pub address: SocketAddr,
}

impl Market {
    pub async fn start(data: &Path) -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg("market")
            .arg(data)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let said = child.stdout.take().context("the marketplace has no voice")?;
        let mut line = String::new();
        BufReader::new(said).read_line(&mut line).await?;
        let address = line.trim().parse().context("the marketplace did not start")?;
        Ok(Self { child, address })
    }

    pub fn process(&self) -> u32 {
        self.child.id().unwrap_or(0)
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The seller lets the laptop with this code in, in her browser.
    pub async fn approve(&self, code: &str) {
        let mut seller = Visitor::at(&self.url());
        seller.sign_in(SELLER, PASSWORD, "/device").await;
        seller.approve(code).await;
    }
}
