//! `cargo xtask bench NAME`: measures one thing and prints its figures.

mod npm;
mod paint;
mod photos;
mod process_tree;
mod sync;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::{children, place};

#[derive(Args)]
pub struct Options {
    #[arg(value_enum)]
    name: Name,
    /// How often; the median is what counts
    #[arg(long, default_value_t = 7)]
    runs: usize,
    /// Measure the debug build (quick to make, and slower in all but the web view)
    #[arg(long)]
    debug: bool,
    /// Photos: measure this folder instead of the photos that are made for it
    #[arg(long)]
    folder: Option<PathBuf>,
    /// Photos: develop so many one after the other and watch the memory, without sharp
    #[arg(long)]
    many: Option<usize>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Name {
    /// From start to the window's first useful picture, and the memory of the process tree
    Paint,
    /// Labels and slips to PDF
    Documents,
    /// Photos to the shop's pictures, beside sharp on the same files
    Photos,
    /// Two laptops and a marketplace, beside PouchDB, and a photo that is cut, beside tus
    Sync,
}

pub fn run(options: &Options) -> Result<()> {
    match options.name {
        Name::Paint => paint::run(
            options.runs.max(1),
            if options.debug { "debug" } else { "release" },
        ),
        Name::Photos => photos::run(options.runs.max(1), options.folder.as_deref(), options.many),
        Name::Sync => sync::run(options.runs.max(1)),
        Name::Documents => {
            let papers = place::target()?.join("papers");
            std::fs::create_dir_all(&papers)?;
            let mut command = place::cargo();
            command.args(["run", "--quiet", "--package", "documents", "--example", "papers"]);
            if !options.debug {
                command.arg("--release");
            }
            command.arg("--").arg(&papers);
            children::run("the bench of documents", &command)?;
            println!("The papers are in {}.", papers.display());
            Ok(())
        }
    }
}
