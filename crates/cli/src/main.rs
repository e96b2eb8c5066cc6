//! `puesto`: the same shop without a window, for scripts and for those who like a terminal.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a terminal's program prints"
)]

mod arguments;
mod commands;
mod faults;
mod money;
mod output;
mod passphrase;
mod words;

use arguments::Arguments;
use clap::Parser;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    if darkroom::is_worker() {
        return darkroom::serve();
    }
    run()
}

#[tokio::main]
async fn run() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("error"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let arguments = Arguments::parse();
    let json = arguments.json;
    let mut language = words::of_the_system();
    match commands::run(arguments, &mut language).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => faults::tell(&fault, json, language),
    }
}
