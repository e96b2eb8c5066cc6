//! sharp and the app's pipeline by turns, and the table of what they used.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result};

use crate::develop::{Use, photos};
use crate::sharp::{Manner, Sharp, told};
use crate::{set, similar};

const WORKERS: usize = 2;

struct Set {
    name: &'static str,
    folder: PathBuf,
}

pub fn run(work: &Path, own: Option<&Path>, sharp: &Path, rounds: usize) -> Result<()> {
    fs::create_dir_all(work)?;
    let work = &fs::canonicalize(work)?;
    let sets = match own {
        Some(folder) => vec![Set {
            name: "your own",
            folder: folder.to_path_buf(),
        }],
        None => made(work)?,
    };
    let sharp = Sharp::new(sharp, work)?;
    let of_all = sets.last().context("no photos")?;
    println!("the fastest form of sharp on {}:", of_all.name);
    let manner = sharp.tuned(&few(&of_all.folder, work)?)?;
    println!(
        "  taken: {} {} at a time, concurrency {}",
        manner.way, manner.jobs, manner.concurrency
    );
    hash(&of_all.folder)?;
    println!();
    println!(
        "{:<12} {:>7} {:>8} {:>8} {:>7} {:>9} {:>8} {:>8}",
        "set", "", "CPU ms", "wall ms", "RSS MB", "large B", "small B", "SSIM-Y"
    );
    for set in &sets {
        compare(set, &sharp, manner, work, rounds)?;
    }
    println!();
    println!("Medians of {rounds} rounds, sharp and the app by turns, {WORKERS} photos at a time, a photo.");
    println!("The app's figures hold BLAKE3 of the original and the scores; sharp's do not.");
    if own.is_none() {
        println!("The set is synthetic: drawn pieces with a sensor's noise, 12 MP, orientation 6, 4:2:0.");
    }
    Ok(())
}

fn made(work: &Path) -> Result<Vec<Set>> {
    let made = set::make(work)?;
    let folder = |files: &[PathBuf]| -> Result<PathBuf> {
        let first = files.first().context("no photos")?;
        Ok(first.parent().context("no folder")?.to_path_buf())
    };
    let of_set = folder(&made.srgb)?;
    let mixed = of_set.parent().context("no folder")?.join("mixed");
    fs::create_dir_all(&mixed)?;
    for (kind, files) in [("srgb", &made.srgb), ("p3", &made.p3)] {
        for file in files.iter() {
            let name = file
                .file_name()
                .context("no name")?
                .to_string_lossy()
                .into_owned();
            let to = mixed.join(format!("{name}-{kind}.jpg"));
            if !to.exists() {
                fs::copy(file, to)?;
            }
        }
    }
    for (name, files) in [("sRGB", &made.srgb), ("Display P3", &made.p3)] {
        let bytes: u64 = files
            .iter()
            .filter_map(|file| Some(fs::metadata(file).ok()?.len()))
            .sum();
        println!(
            "{name}: {} photos, {:.2} MB each",
            files.len(),
            bytes as f64 / 1e6 / files.len() as f64
        );
    }
    Ok(vec![
        Set {
            name: "sRGB",
            folder: of_set,
        },
        Set {
            name: "Display P3",
            folder: folder(&made.p3)?,
        },
        Set {
            name: "half of each",
            folder: mixed,
        },
    ])
}

/// Four photos of a folder, to tune on.
fn few(folder: &Path, work: &Path) -> Result<PathBuf> {
    let few = work.join("few");
    if few.exists() {
        fs::remove_dir_all(&few)?;
    }
    fs::create_dir_all(&few)?;
    for file in photos(folder)?.iter().take(4) {
        fs::copy(file, few.join(file.file_name().context("no name")?))?;
    }
    Ok(few)
}

fn hash(folder: &Path) -> Result<()> {
    let all: Vec<Vec<u8>> = photos(folder)?
        .iter()
        .map(fs::read)
        .collect::<std::io::Result<_>>()?;
    let start = Instant::now();
    for bytes in &all {
        std::hint::black_box(blake3::hash(bytes));
    }
    println!(
        "BLAKE3 of an original: {:.1} ms",
        start.elapsed().as_secs_f64() * 1000.0 / all.len() as f64
    );
    Ok(())
}

fn compare(set: &Set, sharp: &Sharp, manner: Manner, work: &Path, rounds: usize) -> Result<()> {
    let outs = ["sharp", "app"].map(|who| work.join("out").join(set.name).join(who));
    for out in &outs {
        fs::create_dir_all(out)?;
    }
    let [of_sharp, of_app] = &outs;
    let app = || {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("develop").arg(&set.folder).arg(of_app);
        command.args(["--workers", &WORKERS.to_string()]);
        told(command)
    };
    let (mut sharps, mut apps) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        // By turns, and each first as often as the other.
        if round % 2 == 0 {
            sharps.push(sharp.run(&set.folder, Some(of_sharp), manner)?);
            apps.push(app()?);
        } else {
            apps.push(app()?);
            sharps.push(sharp.run(&set.folder, Some(of_sharp), manner)?);
        }
    }
    let likeness = likeness(&set.folder, of_sharp, of_app)?;
    let sharp_cpu = row(set.name, "sharp", &sharps, likeness.0);
    let app_cpu = row("", "app", &apps, likeness.1);
    println!("{:<12} {:>7} {:>8.2}", "", "ratio", app_cpu / sharp_cpu);
    Ok(())
}

fn row(set: &str, who: &str, uses: &[Use], likeness: f64) -> f64 {
    let median = |value: fn(&Use) -> f64| {
        let mut values: Vec<f64> = uses.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    };
    let cpu = median(|one| one.cpu_ms / one.photos as f64);
    println!(
        "{set:<12} {who:>7} {cpu:>8.1} {:>8.1} {:>7.0} {:>9.0} {:>8.0} {likeness:>8.4}",
        median(|one| one.wall_ms / one.photos as f64),
        median(|one| one.peak_kib as f64 / 1024.0),
        median(|one| one.large_bytes as f64 / one.photos as f64),
        median(|one| one.small_bytes as f64 / one.photos as f64),
    );
    cpu
}

/// Mean likeness to the reference of sharp's large pictures and of the app's.
fn likeness(folder: &Path, sharp: &Path, app: &Path) -> Result<(f64, f64)> {
    let (mut of_sharp, mut of_app, mut looked_at) = (0.0, 0.0, 0.0);
    let files = photos(folder)?;
    // All of them, though it takes seconds for each: every second one of a mix would be of one kind.
    for file in &files {
        let reference = similar::reference(file, imaging::LARGE_SIDE)?;
        let name = format!(
            "{}-large.jpg",
            file.file_stem().context("no name")?.to_string_lossy()
        );
        let score = |from: &Path| -> Result<f64> {
            similar::ssim(&reference, &similar::read(&from.join(&name))?)
                .with_context(|| format!("{name} has another size than the reference"))
        };
        of_sharp += score(sharp)?;
        of_app += score(app)?;
        looked_at += 1.0;
    }
    Ok((of_sharp / looked_at, of_app / looked_at))
}
