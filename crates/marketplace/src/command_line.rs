//! What can be typed after `marketplace`.

use clap::{Args, Parser, Subcommand, ValueEnum};
use marketplace::Error;
use marketplace::accounts::add::Role;
use std::net::SocketAddr;
use std::path::PathBuf;

/// The reference central marketplace: an API for sellers' laptops, a storefront for buyers, and a
/// counter for post offices.
#[derive(Debug, Parser)]
#[command(version, about, long_about = None)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the marketplace until Ctrl+C or SIGTERM.
    #[command(after_help = "It says `listening on http://ADDRESS` once it answers.\n\n\
        Examples:\n  marketplace serve --data market\n  \
        marketplace serve --data market --listen 0.0.0.0:8080 --public-url https://mercado.example \\\n      \
        --database-url postgres://market@db/market --photos 's3://photos/market?endpoint=http://127.0.0.1:9000'")]
    Serve(Box<Serve>),
    /// Accounts of sellers and clerks; also while the marketplace runs.
    #[command(subcommand)]
    Account(AccountCommand),
    /// After the database was put back from a backup, and before it serves again: laptops then offer anew what
    /// happened since, and no tracking number is given out twice.
    Restored(Store),
}

/// Where everything is kept.
#[derive(Debug, Args)]
pub struct Store {
    /// The folder for the database, for photos and for unfinished uploads; made when it is not there.
    #[arg(long, value_name = "DIR")]
    pub data: PathBuf,
    /// Keep records in PostgreSQL instead of a file in the data folder.
    #[arg(
        long,
        value_name = "postgres://…",
        env = "MARKETPLACE_DATABASE_URL",
        hide_env_values = true
    )]
    pub database_url: Option<String>,
}

#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub store: Store,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8787")]
    pub listen: SocketAddr,
    /// Keep photos in an object store that speaks S3 instead of the data folder. Keys come from
    /// AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
    #[arg(long, value_name = "s3://BUCKET/PREFIX?endpoint=URL")]
    pub photos: Option<String>,
    /// What browsers and laptops reach it by, when that is not the address it listens on.
    #[arg(long, value_name = "URL")]
    pub public_url: Option<String>,
    /// The post whose profile is used: its currency, services and offices.
    #[arg(long, value_name = "COUNTRY", default_value = "MX")]
    pub operator: String,
    /// A folder of .woff2 files with the pages' typeface, Atkinson Hyperlegible Next.
    #[arg(long, value_name = "DIR")]
    pub fonts: Option<PathBuf>,
    /// A proxy in front writes the visitor's address at the end of X-Forwarded-For.
    #[arg(long)]
    pub behind_proxy: bool,
}

#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Add an account, or change the one with this address.
    #[command(after_help = "Examples:\n  \
        marketplace account add --data market --kind seller --email maria@example.mx --name 'María Núñez' \\\n      \
        --shop-name 'Taller Núñez' --street 'Independencia 230' --neighbourhood Centro --city Tlaquepaque \\\n      \
        --region Jalisco --postal-code 45500 < password.txt\n  \
        marketplace account add --data market --kind clerk --email caja@example.mx --name 'Caja 1' \\\n      \
        --office 45501 < password.txt")]
    Add(Box<AddAccount>),
    /// List the accounts.
    List(Store),
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Kind {
    /// Has a shop: sells from laptops.
    Seller,
    /// Works at a post office: accepts parcels on the counter page.
    Clerk,
}

#[derive(Debug, Args)]
pub struct AddAccount {
    #[command(flatten)]
    pub store: Store,
    #[arg(long)]
    pub kind: Kind,
    #[arg(long)]
    pub email: String,
    /// The person's name.
    #[arg(long)]
    pub name: String,
    /// At least ten letters. Better left out: then the first line of standard input is taken.
    #[arg(long)]
    pub password: Option<String>,
    /// The post whose profile is used.
    #[arg(long, value_name = "COUNTRY", default_value = "MX")]
    pub operator: String,
    /// Seller: what buyers read.
    #[arg(long, required_if_eq("kind", "seller"))]
    pub shop_name: Option<String>,
    /// Clerk: the post's code of the office.
    #[arg(long, required_if_eq("kind", "clerk"), value_name = "CODE")]
    pub office: Option<String>,
    /// Seller: street and number that parcels come from.
    #[arg(long, default_value = "")]
    pub street: String,
    #[arg(long, default_value = "")]
    pub neighbourhood: String,
    #[arg(long, default_value = "")]
    pub city: String,
    /// State or province.
    #[arg(long, default_value = "")]
    pub region: String,
    #[arg(long, default_value = "")]
    pub postal_code: String,
    /// Two letters; the operator's when absent.
    #[arg(long, default_value = "")]
    pub country: String,
    #[arg(long, default_value = "")]
    pub phone: String,
}

impl AddAccount {
    /// # Errors
    /// When what the kind needs is missing.
    pub fn role(&self) -> Result<Role, Error> {
        let missing = |what: &str| Error::Setup(format!("--{what} is missing"));
        Ok(match self.kind {
            Kind::Clerk => Role::Clerk {
                office: self.office.clone().ok_or_else(|| missing("office"))?,
            },
            Kind::Seller => Role::Seller {
                shop_name: self.shop_name.clone().ok_or_else(|| missing("shop-name"))?,
                address: Box::new(api::place::Address {
                    street: self.street.clone(),
                    neighbourhood: self.neighbourhood.clone(),
                    city: self.city.clone(),
                    region: self.region.clone(),
                    postal_code: self.postal_code.clone(),
                    country: self.country.clone(),
                    phone: self.phone.clone(),
                    ..api::place::Address::default()
                }),
            },
        })
    }
}
