//! `cargo xtask`: one command for each thing a person does with this repository.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a tool for developers: it talks to the terminal and reads the real clock"
)]

mod bench;
mod bless;
mod build;
mod children;
mod conformance;
mod desktop;
mod dist;
mod face;
mod place;
mod simulate;
mod start;
mod system;
mod tally;
mod test;
mod window;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Start, test, measure, package and refresh Puesto."
)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what is missing, build, and open the app with its marketplace and a sample shop
    Start(start::Options),
    /// Run every check: formatting, lints, types, tests, and the stories in the real window
    Test(test::Options),
    /// Measure one thing and print its figures
    Bench(bench::Options),
    /// Check a marketplace, wherever it is, against docs/sync.md
    Conformance(conformance::Options),
    /// Run made-up laptops and a marketplace through every kind of trouble, one run for each seed
    Simulate(simulate::Options),
    /// Build the .deb and the .rpm
    Dist,
    /// Write again what is generated and committed: SQL data, bindings, the API's description
    Bless(bless::Options),
}

fn main() -> ExitCode {
    let line = Line::parse();
    let result = children::watch_signals().and_then(|()| match line.command {
        Command::Start(options) => start::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Bench(options) => bench::run(&options),
        Command::Conformance(options) => conformance::run(&options),
        Command::Simulate(options) => simulate::run(&options),
        Command::Dist => dist::run(),
        Command::Bless(options) => bless::run(&options),
    });
    children::yield_to_stop();
    children::stop_all();
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("\n{fault:#}");
            ExitCode::FAILURE
        }
    }
}
