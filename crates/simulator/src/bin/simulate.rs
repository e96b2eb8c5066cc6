//! `simulate A..B [--seed N] [--trace] [--fault NAME]`: runs seeds on every core and says which fail.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool for the terminal"
)]
#![allow(clippy::disallowed_methods, reason = "it says how long it took")]

use simulator::fault::Fault;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

/// Failing seeds that are told.
const TOLD: usize = 10;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (mut from, mut to, mut trace, mut fault) = (0_u64, 1_000_u64, false, None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--trace" => trace = true,
            "--seed" => {
                let Some(seed) = arguments.next().and_then(|seed| seed.parse().ok()) else {
                    return usage();
                };
                (from, to) = (seed, seed + 1);
            }
            "--seeds" => {
                let range = arguments.next().unwrap_or_default();
                let Some((first, end)) = range.split_once("..") else {
                    return usage();
                };
                let (Ok(first), Ok(end)) = (first.parse(), end.parse()) else {
                    return usage();
                };
                (from, to) = (first, end);
            }
            "--fault" => {
                fault = arguments.next().and_then(|name| Fault::named(&name));
                if fault.is_none() {
                    return usage();
                }
            }
            _ => return usage(),
        }
    }
    if trace && to == from + 1 {
        let run = simulator::run(from, fault, true);
        for line in &run.story {
            println!("{line}");
        }
        return verdict(from, run.failure);
    }
    many(from, to, fault)
}

fn usage() -> ExitCode {
    eprintln!("simulate [--seeds A..B | --seed N] [--trace] [--fault NAME]");
    let names: Vec<String> = Fault::ALL.into_iter().map(Fault::name).collect();
    eprintln!("faults: {}", names.join(", "));
    ExitCode::FAILURE
}

fn verdict(seed: u64, failure: Option<String>) -> ExitCode {
    match failure {
        None => {
            println!("seed {seed}: all agree");
            ExitCode::SUCCESS
        }
        Some(what) => {
            println!("seed {seed}: {what}");
            ExitCode::FAILURE
        }
    }
}

fn many(from: u64, to: u64, fault: Option<Fault>) -> ExitCode {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let next = AtomicU64::new(from);
    let steps = AtomicU64::new(0);
    let found = AtomicBool::new(false);
    let failures: Mutex<Vec<(u64, String)>> = Mutex::new(Vec::new());
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    // A planted fault is found once it is found.
                    if seed >= to || (fault.is_some() && found.load(Ordering::Relaxed)) {
                        return;
                    }
                    let run = simulator::run(seed, fault, false);
                    steps.fetch_add(run.steps, Ordering::Relaxed);
                    if let Some(what) = run.failure {
                        found.store(true, Ordering::Relaxed);
                        let mut failures = failures.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                        if failures.len() < TOLD {
                            println!("seed {seed}: {what}");
                        }
                        failures.push((seed, what));
                    }
                    let done = seed - from + 1;
                    if done.is_multiple_of(50_000) {
                        let seconds = begun.elapsed().as_secs_f64();
                        println!("{done} seeds, {:.0} a second", done as f64 / seconds);
                    }
                }
            });
        }
    });
    let seconds = begun.elapsed().as_secs_f64();
    let seeds = next.load(Ordering::Relaxed).min(to).saturating_sub(from);
    let failures = failures
        .into_inner()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    println!(
        "{seeds} seeds ({from}..{to}) in {seconds:.1} s: {:.0} a second, {} engine steps each; {} failed",
        seeds as f64 / seconds.max(0.001),
        steps.load(Ordering::Relaxed) / seeds.max(1),
        failures.len()
    );
    if failures.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
