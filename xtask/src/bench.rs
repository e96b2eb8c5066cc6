//! `cargo xtask bench NAME`
use anyhow::Result;
use clap::Args;

#[derive(Args)]
pub struct Options {
    name: String,
}
pub fn run(options: &Options) -> Result<()> {
    anyhow::bail!("{} is not there", options.name)
}
