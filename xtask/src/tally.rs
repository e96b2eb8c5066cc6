//! Steps with their times, and the count of tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::{children, place};

/// How much of a failed step's output is shown.
const SHOWN: usize = 80;

pub struct Tally {
    logs: PathBuf,
    started: Instant,
    counts: Counts,
}

#[derive(Default, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
    pub ignored: u64,
}

impl Tally {
    pub fn new() -> Result<Self> {
        let logs = place::target()?.join("test-logs");
        fs::create_dir_all(&logs).with_context(|| format!("{} could not be made", logs.display()))?;
        Ok(Self {
            logs,
            started: Instant::now(),
            counts: Counts::default(),
        })
    }

    /// The file that a step of this name writes.
    pub fn log(&self, name: &str) -> PathBuf {
        let plain: String = name
            .chars()
            .map(|letter| {
                if letter.is_ascii_alphanumeric() {
                    letter
                } else {
                    '-'
                }
            })
            .collect();
        self.logs.join(format!("{plain}.log"))
    }

    /// Runs the command as a step; its tests are counted. A failure ends the whole with the end of its output.
    pub fn step(&mut self, name: &str, command: &Command) -> Result<()> {
        let log = self.log(name);
        let started = Instant::now();
        let status = children::run_logged(name, command, &log)?;
        let counts = count(&fs::read(&log).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())?);
        self.counts.add(counts);
        if status.success() {
            line("ok", name, started.elapsed(), counts);
            return Ok(());
        }
        line("FAILED", name, started.elapsed(), counts);
        self.fail(name, &log, &format!("{status}"))
    }

    /// Runs work that is not a single command as a step.
    pub fn work<T>(&mut self, name: &str, work: impl FnOnce(&Path) -> Result<T>) -> Result<T> {
        let log = self.log(name);
        let started = Instant::now();
        match work(&log) {
            Ok(done) => {
                line("ok", name, started.elapsed(), Counts::default());
                Ok(done)
            }
            Err(fault) => {
                line("FAILED", name, started.elapsed(), Counts::default());
                self.fail(name, &log, &format!("{fault:#}"))
            }
        }
    }

    fn fail<T>(&mut self, name: &str, log: &Path, why: &str) -> Result<T> {
        // A step that ends badly without naming a failed test is a failure all the same.
        self.counts.failed = self.counts.failed.max(1);
        if log.exists() {
            println!("\n{}\n", children::tail(log, SHOWN));
        }
        self.summary();
        bail!("{name} failed: {why}\nIts whole output: {}", log.display());
    }

    pub fn summary(&self) {
        let Counts {
            passed,
            failed,
            ignored,
        } = self.counts;
        let left_out = if ignored > 0 {
            format!(", {ignored} ignored")
        } else {
            String::new()
        };
        println!(
            "\n{passed} passed, {failed} failed{left_out}   in {}",
            spoken(self.started.elapsed())
        );
    }
}

impl Counts {
    fn add(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
        self.ignored += more.ignored;
    }
}

/// Says that a step is left out, and why.
pub fn left_out(name: &str, why: &str) {
    println!("  {:<7} {name}: {why}", "left");
}

fn line(word: &str, name: &str, took: Duration, counts: Counts) {
    let tests = if counts == Counts::default() {
        String::new()
    } else {
        format!("{} passed", counts.passed)
    };
    println!("  {word:<7} {name:<44} {:>7.1} s  {tests}", took.as_secs_f64());
}

fn spoken(took: Duration) -> String {
    let seconds = took.as_secs();
    format!("{} min {:02} s", seconds / 60, seconds % 60)
}

/// Sums the result lines of Rust's and of Vitest's test runners.
pub fn count(output: &str) -> Counts {
    let mut counts = Counts::default();
    for line in output.lines() {
        let line = line.trim();
        let results = if let Some(rest) = line.strip_prefix("test result: ") {
            rest.split(';')
                .next()
                .and_then(|_| rest.split_once(". "))
                .map_or("", |(_, counts)| counts)
        } else if line.starts_with("Tests ") && line.ends_with(')') {
            line.trim_start_matches("Tests ")
        } else {
            continue;
        };
        // "12 passed; 0 failed; 1 ignored; …" or "1 failed | 11 passed (12)"
        for part in results.split([';', '|']) {
            let mut words = part.split_whitespace();
            let (Some(number), Some(word)) = (words.next(), words.next()) else {
                continue;
            };
            let Ok(number) = number.parse::<u64>() else {
                continue;
            };
            match word {
                "passed" => counts.passed += number,
                "failed" => counts.failed += number,
                "ignored" | "skipped" => counts.ignored += number,
                _ => {}
            }
        }
    }
    counts
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn results_of_both_runners_are_summed() {
        let output = "running 3 tests\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 9 filtered out; finished in 0.00s\n\
            test result: FAILED. 2 passed; 4 failed; 0 ignored; 0 measured; 0 filtered out\n\
            \u{20}     Tests  1 failed | 11 passed (12)\n";
        assert_eq!(
            count(output),
            Counts {
                passed: 16,
                failed: 5,
                ignored: 1
            }
        );
    }

    #[test]
    fn a_step_that_fails_without_a_word_is_counted() {
        let mut tally = Tally::new().unwrap();
        let failed: Result<()> = tally.work("a step of a test", |_| bail!("it broke"));
        assert!(failed.is_err());
        assert_eq!(
            tally.counts,
            Counts {
                passed: 0,
                failed: 1,
                ignored: 0
            }
        );
    }

    #[test]
    fn other_lines_count_for_nothing() {
        assert_eq!(
            count("5 passed\ntest x ... ok\n Test Files  2 passed (2)\n"),
            Counts::default()
        );
    }
}
