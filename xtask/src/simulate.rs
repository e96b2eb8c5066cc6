//! `cargo xtask simulate`: laptops, the marketplace and what goes wrong between them, a run for each seed.

use anyhow::Result;
use clap::Args;

use crate::{children, place};

#[derive(Args)]
pub struct Options {
    /// The seeds to run, A..B without B
    #[arg(long, default_value = "0..100000", conflicts_with = "seed")]
    seeds: String,
    /// One seed only
    #[arg(long)]
    seed: Option<u64>,
    /// With one seed: tell what happens in it, line by line
    #[arg(long, requires = "seed")]
    trace: bool,
    /// Plant a fault, which should be found; a wrong name lists them all
    #[arg(long)]
    fault: Option<String>,
}

pub fn run(options: &Options) -> Result<()> {
    let mut command = place::cargo();
    command.args(["run", "--quiet", "--release", "--package", "simulator", "--"]);
    match options.seed {
        Some(seed) => command.args(["--seed", &seed.to_string()]),
        None => command.args(["--seeds", &options.seeds]),
    };
    if options.trace {
        command.arg("--trace");
    }
    if let Some(fault) = &options.fault {
        command.args(["--fault", fault]);
    }
    children::run("the simulator", &command)
}
