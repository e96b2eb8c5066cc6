//! `cargo xtask start`
use anyhow::Result;
use clap::Args;

#[derive(Args)]
pub struct Options {}
pub fn run(_: &Options) -> Result<()> {
    anyhow::bail!("not there")
}
