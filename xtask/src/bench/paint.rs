//! From the start of the real app to its first useful picture, its processor time and its memory.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Result, bail};

use super::process_tree::{self, Use};
use crate::desktop::{Desktop, Screen};
use crate::system::{self, Need};
use crate::window::Window;
use crate::{build, children, face, place};

struct Run {
    wall_ms: f64,
    said_ms: f64,
    settled: Use,
}

pub fn run(runs: usize, profile: &str) -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!("This is measured under Xvfb, which is on Linux.");
    }
    system::ensure(&[Need::Build, Need::Screen])?;
    face::built()?;
    build::packaged(profile)?;
    let home = tempfile::tempdir()?;
    let desktop = Desktop::open(home.path(), Screen::OfTheWindow)?;
    let shop = home.path().join("shop");
    let mut init = Command::new(place::binary(profile, "puesto")?);
    init.arg("--shop").arg(&shop).args([
        "init",
        "--name",
        "Medida",
        "--seller",
        "Medida",
        "--language",
        "es",
    ]);
    desktop.place(&mut init);
    children::run("puesto init", &init)?;

    let app = place::binary(profile, "puesto-app")?;
    // The first run warms the disk's cache and is not counted.
    once(&app, &shop, &desktop, home.path())?;
    let mut all = Vec::new();
    for number in 1..=runs {
        let run = once(&app, &shop, &desktop, home.path())?;
        println!(
            "{number:>3}  {:>6.0} ms to paint ({:.0} by the app's own clock), {:>5.2} s of processor time and {:>4} MB PSS in {} processes",
            run.wall_ms,
            run.said_ms,
            run.settled.cpu_ticks as f64 / 100.0,
            run.settled.pss_kib / 1024,
            run.settled.processes,
        );
        all.push(run);
    }
    println!();
    println!("median of {runs}, {profile} build, new shop:");
    println!(
        "  start to first paint  {:>7.0} ms",
        median(all.iter().map(|run| run.wall_ms))
    );
    println!(
        "  processor time        {:>7.2} s",
        median(all.iter().map(|run| run.settled.cpu_ticks as f64 / 100.0))
    );
    println!(
        "  memory (PSS, tree)    {:>7.0} MB",
        median(all.iter().map(|run| run.settled.pss_kib as f64 / 1024.0))
    );
    Ok(())
}

fn once(app: &Path, shop: &Path, desktop: &Desktop, home: &Path) -> Result<Run> {
    let mut command = Command::new(app);
    command.arg("--shop").arg(shop);
    desktop.place(&mut command);
    let started = Instant::now();
    let mut window = Window::open(command, &home.join("app.log"))?;
    let said_ms = window.painted()?;
    let wall_ms = started.elapsed().as_secs_f64() * 1000.0;
    // Memory is read once the picture stands still: what the first seconds load is then loaded.
    desktop.settled_picture(&home.join("app.png"))?;
    Ok(Run {
        wall_ms,
        said_ms,
        settled: process_tree::measure(window.id()),
    })
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}
