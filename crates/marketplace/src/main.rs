//! `marketplace`: the reference central marketplace as one program.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program speaks on its terminal"
)]

mod command_line;

use clap::Parser;
use command_line::{AccountCommand, AddAccount, Cli, Command, Serve, Store};
use marketplace::accounts::add::{self, NewAccount};
use marketplace::records::{Database, accounts};
use marketplace::{Config, Error, Server};
use std::path::Path;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let done = match cli.command {
        Command::Serve(serve) => run(*serve).await,
        Command::Account(AccountCommand::Add(account)) => add_account(*account).await,
        Command::Account(AccountCommand::List(store)) => list_accounts(&store).await,
        Command::Restored(store) => mark_restored(&store).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("marketplace: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(serve: Serve) -> Result<(), Error> {
    let first_time = serve.store.database_url.is_none() && !serve.store.data.join("marketplace.db").exists();
    let data = serve.store.data.clone();
    let mut server = Server::start(Config {
        listen: serve.listen,
        database_url: serve.store.database_url,
        photos: serve.photos,
        public_url: serve.public_url,
        operator: serve.operator,
        fonts: serve.fonts,
        behind_proxy: serve.behind_proxy,
        ..Config::new(&data)
    })
    .await?;
    if first_time {
        welcome(&data);
    }
    println!("listening on http://{}", server.address());
    let ended = tokio::select! {
        ended = server.ended() => Some(ended),
        stopped = stop_signal() => {
            stopped?;
            None
        }
    };
    match ended {
        Some(ended) => ended,
        None => server.stop().await,
    }
}

fn welcome(data: &Path) {
    let data = data.display();
    println!("Made in {data}: marketplace.db (accounts, pieces, orders) and photos/. Keep a copy of both.");
    println!("Payment is a sandbox: buyers see that nothing is charged, and nothing is.");
    println!("Add accounts, also while this runs:");
    println!(
        "  marketplace account add --data {data} --kind seller --email maria@example.mx --name \"María Núñez\" \\"
    );
    println!(
        "      --shop-name \"Taller Núñez\" --city Tlaquepaque --region Jalisco --postal-code 45500 --password …"
    );
    println!(
        "  marketplace account add --data {data} --kind clerk --email caja@example.mx --name \"Caja 1\" \\"
    );
    println!("      --office CODE --password …");
}

/// Ends on Ctrl+C, and where there is such a thing on SIGTERM.
async fn stop_signal() -> Result<(), Error> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            ctrl_c = tokio::signal::ctrl_c() => ctrl_c?,
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await?;
    Ok(())
}

async fn open(store: &Store) -> Result<Database, Error> {
    tokio::fs::create_dir_all(&store.data).await?;
    Database::open(&store.data, store.database_url.as_deref()).await
}

async fn add_account(account: AddAccount) -> Result<(), Error> {
    let database = open(&account.store).await?;
    let profile = marketplace::profile(&account.operator)?;
    let new = NewAccount {
        role: account.role()?,
        email: account.email,
        name: account.name,
        password: match account.password {
            Some(password) => password,
            None => read_password()?,
        },
    };
    let email = new.email.clone();
    let added = add::add(&database, profile, new, marketplace::clock::now_ms()).await;
    database.close().await;
    println!("{email} {}", added?);
    Ok(())
}

async fn mark_restored(store: &Store) -> Result<(), Error> {
    let database = open(store).await?;
    let marked = marketplace::restored(&database).await;
    database.close().await;
    marked?;
    println!("Marked as put back. Start it again: laptops will offer anew what happened since the backup.");
    Ok(())
}

fn read_password() -> Result<String, Error> {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

async fn list_accounts(store: &Store) -> Result<(), Error> {
    let database = open(store).await?;
    let all = accounts::all(database.read()).await?;
    database.close().await;
    if all.is_empty() {
        println!("There are no accounts yet: see `marketplace account add --help`.");
    }
    for account in all {
        let of = account.office.or(account.shop_id).unwrap_or_default();
        println!("{:7} {}  {}  {of}", account.kind, account.email, account.name);
    }
    Ok(())
}
