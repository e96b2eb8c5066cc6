//! Syncing, beside PouchDB and tus.

use anyhow::Result;

use super::npm;
use crate::system::{self, Need};
use crate::{children, place};

/// What is compared with; newer ones are a new comparison.
const PEERS: [&str; 5] = [
    "pouchdb@9.0.0",
    "pouchdb-server@4.2.0",
    "tus-js-client@4.3.1",
    "@tus/server@2.4.5",
    "@tus/file-store@2.1.1",
];

pub fn run(rounds: usize) -> Result<()> {
    system::ensure(&[Need::Build])?;
    let home = place::target()?.join("bench").join("sync-peers");
    npm::packages(&home, &PEERS)?;
    let mut bench = place::cargo();
    bench
        .args(["run", "--quiet", "--release", "--package", "sync-bench", "--"])
        .arg("compare")
        .arg("--work")
        .arg(place::target()?.join("bench").join("sync"))
        .arg("--peers")
        .arg(&home)
        .args(["--rounds", &rounds.to_string()]);
    children::run("the bench of syncing", &bench)
}
