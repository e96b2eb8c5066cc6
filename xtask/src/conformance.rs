//! `cargo xtask conformance URL`: checks a marketplace against docs/sync.md.

use anyhow::Result;
use clap::Args;

use crate::{children, place};

#[derive(Args)]
// Its own `--help` tells what it takes.
#[command(disable_help_flag = true)]
pub struct Options {
    /// The marketplace's address, and what `--help` lists
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        required = true,
        value_name = "URL"
    )]
    rest: Vec<String>,
}

pub fn run(options: &Options) -> Result<()> {
    let mut command = place::cargo();
    command
        .args(["run", "--quiet", "--package", "conformance", "--"])
        .args(&options.rest);
    children::run("conformance", &command)
}
