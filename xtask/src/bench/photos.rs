//! Developing photos, beside sharp on the same files.

use std::path::Path;

use anyhow::Result;

use super::npm;
use crate::system::{self, Need};
use crate::{children, place};

/// What sharp is compared as; a newer one is a new comparison.
const SHARP: &str = "sharp@0.35.5";

pub fn run(rounds: usize, folder: Option<&Path>, many: Option<usize>) -> Result<()> {
    system::ensure(&[Need::Build])?;
    let work = place::target()?.join("bench").join("photos");
    let home = work.join("sharp");
    let mut bench = place::cargo();
    bench.args(["run", "--quiet", "--release", "--package", "photos-bench", "--"]);
    if let Some(count) = many {
        bench.arg("many").arg("--work").arg(&work);
        bench.args(["--count", &count.to_string()]);
        return children::run("the bench of many photos", &bench);
    }
    npm::packages(&home, &[SHARP])?;
    bench
        .arg("compare")
        .arg("--work")
        .arg(&work)
        .arg("--sharp")
        .arg(&home);
    bench.args(["--rounds", &rounds.to_string()]);
    if let Some(folder) = folder {
        bench.arg("--folder").arg(std::fs::canonicalize(folder)?);
    }
    children::run("the bench of photos", &bench)
}
