//! Developing photos, measured beside sharp on the same files in one run. `cargo xtask bench photos` calls it.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench: it talks to the terminal and reads the real clock"
)]

mod develop;
mod many;
mod own_use;
mod rounds;
mod set;
mod sharp;
mod similar;

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
    /// Compare with sharp
    Compare {
        /// Where the photos and what is made of them are kept
        #[arg(long)]
        work: PathBuf,
        /// A person's own photos instead of the made ones
        #[arg(long)]
        folder: Option<PathBuf>,
        /// The folder in which npm has installed sharp
        #[arg(long)]
        sharp: PathBuf,
        #[arg(long, default_value_t = 3)]
        rounds: usize,
    },
    /// Develop one folder in a process of its own and tell its use as JSON
    Develop {
        from: PathBuf,
        to: Option<PathBuf>,
        #[arg(long, default_value_t = 2)]
        workers: usize,
    },
    /// Develop a folder of 1,000 and tell the memory along the way
    Many {
        #[arg(long)]
        work: PathBuf,
        #[arg(long, default_value_t = 1000)]
        count: usize,
    },
}

fn main() -> Result<()> {
    match Line::parse().command {
        Command::Compare {
            work,
            folder,
            sharp,
            rounds,
        } => rounds::run(&work, folder.as_deref(), &sharp, rounds.max(1)),
        Command::Develop { from, to, workers } => develop::run(&from, to.as_deref(), workers),
        Command::Many { work, count } => many::run(&work, count),
    }
}
