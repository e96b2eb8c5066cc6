//! sharp, in its fastest form.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::develop::Use;

const SCRIPT: &str = include_str!("sharp.mjs");

/// How sharp is asked. `concurrency` is libvips' threads for one picture, `jobs` pictures at the same time.
#[derive(Clone, Copy, Debug)]
pub struct Manner {
    pub way: &'static str,
    pub jobs: usize,
    pub concurrency: usize,
}

pub struct Sharp {
    home: PathBuf,
    script: PathBuf,
}

impl Sharp {
    pub fn new(home: &Path, work: &Path) -> Result<Sharp> {
        let script = work.join("sharp.mjs");
        fs::write(&script, SCRIPT)?;
        Ok(Sharp {
            home: fs::canonicalize(home)?,
            script,
        })
    }

    /// The manner with the least processor time on this folder, each tried twice.
    pub fn tuned(&self, folder: &Path) -> Result<Manner> {
        let mut best: Option<(f64, Manner)> = None;
        for way in ["chain", "pixels", "apart"] {
            for (jobs, concurrency) in [(2, 1), (2, 2), (1, 2)] {
                let manner = Manner {
                    way,
                    jobs,
                    concurrency,
                };
                let first = self.run(folder, None, manner)?;
                let second = self.run(folder, None, manner)?;
                let cpu = first.cpu_ms.min(second.cpu_ms) / first.photos as f64;
                println!("  sharp {way:<7} {jobs} at a time, concurrency {concurrency}: {cpu:>6.1} ms");
                if best.is_none_or(|(least, _)| cpu < least) {
                    best = Some((cpu, manner));
                }
            }
        }
        best.map(|(_, manner)| manner).context("sharp was not tried")
    }

    pub fn run(&self, from: &Path, to: Option<&Path>, manner: Manner) -> Result<Use> {
        let mut command = Command::new("node");
        command.arg(&self.script).arg(&self.home).arg(from);
        match to {
            Some(to) => command.arg(to),
            None => command.arg("-"),
        };
        command.args([
            manner.jobs.to_string(),
            manner.concurrency.to_string(),
            manner.way.to_owned(),
        ]);
        told(command)
    }
}

/// Runs a program that tells its use in its last line.
pub fn told(mut command: Command) -> Result<Use> {
    let output = command.output().context("the program could not be started")?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    serde_json::from_str(text.lines().last().unwrap_or_default()).context("no figures were told")
}
