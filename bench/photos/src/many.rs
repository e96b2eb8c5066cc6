//! A folder of 1,000: the memory has to stay where it is.

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use anyhow::{Result, bail};
use imaging::{Crew, Settings, develop_many};

use crate::{own_use, set};

pub fn run(work: &Path, count: usize) -> Result<()> {
    let made = set::make(work)?;
    let files: Vec<_> = made.srgb.iter().chain(&made.p3).cycle().take(count).collect();
    println!(
        "{count} photos, the set of {} over and over:",
        made.srgb.len() + made.p3.len()
    );
    let (cpu, start) = (own_use::cpu_ms(), Instant::now());
    let (mut finished, mut failed) = (0, 0);
    develop_many(
        files.len(),
        |number| fs::read(files[number]),
        &Settings::default(),
        &Crew::default(),
        &AtomicBool::new(false),
        |_, result| {
            finished += 1;
            failed += usize::from(result.is_err());
            if finished % (count / 10).max(1) == 0 {
                println!(
                    "  {finished:>5}  {:>4} MB now, {:>4} MB at most, {:>6.1} s",
                    own_use::memory_kib("VmRSS") / 1024,
                    own_use::memory_kib("VmHWM") / 1024,
                    start.elapsed().as_secs_f64()
                );
            }
        },
    );
    println!(
        "  {:.1} ms of processor time and {:.1} ms of wall time a photo",
        (own_use::cpu_ms() - cpu) / count as f64,
        start.elapsed().as_secs_f64() * 1000.0 / count as f64
    );
    if failed > 0 {
        bail!("{failed} photos failed");
    }
    Ok(())
}
