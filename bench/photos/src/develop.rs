//! One folder through the app's own pipeline.

use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use anyhow::{Result, bail};
use imaging::{Crew, Settings, develop_many};
use serde::{Deserialize, Serialize};

use crate::own_use;

/// Of a whole folder, the first photo not counted: it warms up.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Use {
    pub photos: usize,
    pub cpu_ms: f64,
    pub wall_ms: f64,
    pub peak_kib: u64,
    pub large_bytes: u64,
    pub small_bytes: u64,
}

/// The photos of a folder, by name.
pub fn photos(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file())
        .collect();
    found.sort();
    if found.is_empty() {
        bail!("{} holds no photos", folder.display());
    }
    Ok(found)
}

pub fn run(from: &Path, to: Option<&Path>, workers: usize) -> Result<()> {
    println!("{}", serde_json::to_string(&once(from, to, workers)?)?);
    Ok(())
}

fn once(from: &Path, to: Option<&Path>, workers: usize) -> Result<Use> {
    let files = photos(from)?;
    let settings = Settings::default();
    let crew = Crew {
        workers: NonZeroUsize::new(workers).unwrap_or(NonZeroUsize::MIN),
        ..Crew::default()
    };
    if let Some(first) = files.first() {
        imaging::develop_with(&fs::read(first)?, &settings)?;
    }
    let (cpu, start) = (own_use::cpu_ms(), Instant::now());
    let (mut large_bytes, mut small_bytes) = (0, 0);
    let mut failed = None;
    develop_many(
        files.len(),
        |number| fs::read(&files[number]),
        &settings,
        &crew,
        &AtomicBool::new(false),
        |number, result| match result {
            Ok(developed) => {
                large_bytes += developed.large.bytes.len() as u64;
                small_bytes += developed.small.bytes.len() as u64;
                if let (Some(to), Some(name)) = (to, files[number].file_stem()) {
                    let name = name.to_string_lossy();
                    let written = fs::write(to.join(format!("{name}-large.jpg")), &developed.large.bytes)
                        .and_then(|()| {
                            fs::write(to.join(format!("{name}-small.jpg")), &developed.small.bytes)
                        });
                    failed = failed.take().or(written.err().map(|error| error.to_string()));
                }
            }
            Err(fault) => failed = Some(format!("{}: {fault}", files[number].display())),
        },
    );
    if let Some(failed) = failed {
        bail!(failed);
    }
    Ok(Use {
        photos: files.len(),
        cpu_ms: own_use::cpu_ms() - cpu,
        wall_ms: start.elapsed().as_secs_f64() * 1000.0,
        peak_kib: own_use::memory_kib("VmHWM"),
        large_bytes,
        small_bytes,
    })
}
