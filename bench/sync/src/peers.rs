//! The peers, run by node.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;

#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Leg {
    pub ms: f64,
    pub cpu_ms: f64,
    pub up: u64,
    pub down: u64,
}

/// From one laptop to the middle, and from there to the other.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Way {
    pub push: Leg,
    pub pull: Leg,
}

impl Way {
    pub fn ms(&self) -> f64 {
        self.push.ms + self.pull.ms
    }

    pub fn cpu_ms(&self) -> f64 {
        self.push.cpu_ms + self.pull.cpu_ms
    }

    pub fn bytes(&self) -> u64 {
        self.push.up + self.push.down + self.pull.up + self.pull.down
    }
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub struct Figures {
    pub zero: Way,
    pub hundred: Way,
    pub one: Way,
}

#[derive(Debug, Deserialize)]
pub struct Uploads {
    pub runs: Vec<Upload>,
}

#[derive(Debug, Deserialize)]
pub struct Upload {
    pub chunk: Option<u64>,
    /// The byte of the whole connection at which it broke; nothing for one that went through.
    pub cut: Option<u64>,
    pub up: u64,
}

pub struct Peers {
    home: PathBuf,
    work: PathBuf,
}

impl Peers {
    pub fn new(home: &Path, work: &Path) -> Result<Self> {
        fs::write(work.join("pouch.mjs"), include_str!("pouch.mjs"))?;
        fs::write(work.join("tus.mjs"), include_str!("tus.mjs"))?;
        Ok(Self {
            home: fs::canonicalize(home)?,
            work: fs::canonicalize(work)?,
        })
    }

    pub fn pouch(&self, records: &Path, settings: &str) -> Result<Figures> {
        self.run("pouch.mjs", records, settings)
    }

    pub fn tus(&self, file: &Path, cuts: &[u64]) -> Result<Uploads> {
        self.run("tus.mjs", file, &serde_json::to_string(cuts)?)
    }

    fn run<T: DeserializeOwned>(&self, script: &str, given: &Path, how: &str) -> Result<T> {
        let folder = tempfile::tempdir_in(&self.work)?;
        let output = Command::new("node")
            .arg(self.work.join(script))
            .arg(&self.home)
            .arg(folder.path())
            .arg(given)
            .arg(how)
            .output()
            .context("node could not be started")?;
        if !output.status.success() {
            bail!("{script}: {}", String::from_utf8_lossy(&output.stderr));
        }
        let text = String::from_utf8_lossy(&output.stdout);
        serde_json::from_str(text.lines().last().unwrap_or_default()).context("no figures were told")
    }
}
