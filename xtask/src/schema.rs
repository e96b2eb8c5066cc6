//! Applies a folder of migrations to a new SQLite file, so that `query!` can be checked against it.
//! Uses the SQLite that the product bundles: a system's own may be too old for the schema.
#![allow(clippy::print_stderr, reason = "a command line talks to its terminal")]

use std::path::Path;
use std::process::ExitCode;

use sqlx::Connection;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(migrations), Some(file)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: schema MIGRATIONS FILE");
        return ExitCode::from(2);
    };
    match apply(Path::new(&migrations), Path::new(&file)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("The migrations do not apply: {fault}");
            ExitCode::FAILURE
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn apply(migrations: &Path, file: &Path) -> Result<(), sqlx::Error> {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    Migrator::new(migrations).await?.run(&mut connection).await?;
    connection.close().await
}
