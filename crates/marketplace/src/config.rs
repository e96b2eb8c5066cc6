//! What the marketplace is started with.

use std::net::SocketAddr;
use std::path::PathBuf;

/// How a marketplace is set up. `Config::new` is enough for one machine.
#[derive(Clone, Debug)]
pub struct Config {
    /// The folder of the SQLite file, of photos and of unfinished uploads.
    pub data: PathBuf,
    /// Port 0 takes a free one.
    pub listen: SocketAddr,
    /// `postgres://…` instead of SQLite in the data folder.
    pub database_url: Option<String>,
    /// `s3://bucket/prefix?endpoint=…` instead of files in the data folder.
    pub photos: Option<String>,
    /// What browsers and laptops reach it by; `http://ADDRESS` when absent.
    pub public_url: Option<String>,
    /// The operator profile: "MX", "CU".
    pub operator: String,
    /// A folder of `.woff2` files for the pages; without it they use the system's typeface.
    pub fonts: Option<PathBuf>,
    /// Whether a proxy in front tells the visitor's address in `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// Refused attempts of one account or one address before the next have to wait.
    pub attempts_per_quarter_hour: u32,
}

impl Config {
    /// SQLite and files in `data`, on a free port of the loopback address, for Mexico.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self {
            data: data.into(),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            database_url: None,
            photos: None,
            public_url: None,
            operator: "MX".to_owned(),
            fonts: None,
            behind_proxy: false,
            attempts_per_quarter_hour: 10,
        }
    }
}
