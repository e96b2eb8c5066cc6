//! Syncing, measured beside PouchDB and tus on the same records and bytes in one run. `cargo xtask bench sync` calls it.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench: it talks to the terminal and reads the real clock"
)]

mod compare;
mod cpu;
mod laptop;
mod line;
mod market;
mod orders;
mod peers;
mod photo;
mod records;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Compare with PouchDB and tus
    Compare {
        /// Where everything is kept that is made on the way; what was there is removed
        #[arg(long)]
        work: PathBuf,
        /// The folder in which npm has installed the peers
        #[arg(long)]
        peers: PathBuf,
        #[arg(long, default_value_t = 10_000)]
        records: usize,
        #[arg(long, default_value_t = 3)]
        rounds: usize,
    },
    /// The app alone, for a profiler: what each way of one round took
    Alone {
        /// Where everything is kept that is made on the way; what was there is removed
        #[arg(long)]
        work: PathBuf,
        #[arg(long, default_value_t = 10_000)]
        records: usize,
    },
    /// A marketplace in a process of its own, until its standard input ends
    Market { data: PathBuf },
}

#[tokio::main]
async fn main() -> Result<()> {
    match Line::parse().command {
        Command::Compare {
            work,
            peers,
            records,
            rounds,
        } => compare::run(&work, &peers, records, rounds.max(1)).await,
        Command::Alone { work, records } => compare::alone(&work, records).await,
        Command::Market { data } => market::serve(&data).await,
    }
}
