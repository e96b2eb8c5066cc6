//! One check, what it came to, and the report of all.

use crate::shop::Shop;
use futures_util::future::LocalBoxFuture;
use serde::Serialize;
use std::fmt::{Debug, Write};
use std::time::{Duration, Instant};

/// A check that takes longer is stuck. The longest waits 75 s on purpose.
const LONGEST: Duration = Duration::from_secs(240);

/// Why a check did not pass.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Fail {
    #[error("expected {expected}, got {got}")]
    Miss { expected: String, got: String },
    /// What it needs was not given.
    #[error("left out: {0}")]
    LeftOut(String),
}

pub type Verdict = Result<(), Fail>;

impl Fail {
    pub fn miss(expected: impl Into<String>, got: impl Debug) -> Self {
        Self::Miss {
            expected: expected.into(),
            got: short(&format!("{got:?}")),
        }
    }

    pub fn left_out(why: impl Into<String>) -> Self {
        Self::LeftOut(why.into())
    }
}

/// A fault is told on one line, however much came.
fn short(text: &str) -> String {
    const MOST: usize = 400;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let head: String = text.chars().take(MOST).collect();
    format!("{head}… ({} letters)", text.chars().count())
}

/// `expected` says in words what must hold; `got` is shown when it does not.
pub fn holds(condition: bool, expected: &str, got: impl Debug) -> Verdict {
    if condition {
        Ok(())
    } else {
        Err(Fail::miss(expected, got))
    }
}

/// Two values that must be the same.
pub fn same<T: PartialEq + Debug>(what: &str, got: &T, expected: &T) -> Verdict {
    if got == expected {
        Ok(())
    } else {
        Err(Fail::Miss {
            expected: format!("{what} {}", short(&format!("{expected:?}"))),
            got: short(&format!("{got:?}")),
        })
    }
}

/// A check as it stands on the list.
pub struct Check {
    pub section: &'static str,
    pub name: &'static str,
    pub body: for<'a> fn(&'a Shop<'a>) -> LocalBoxFuture<'a, Verdict>,
}

impl Check {
    pub(crate) async fn run(&self, shop: &Shop<'_>) -> Finding {
        let begun = Instant::now();
        let verdict = match tokio::time::timeout(LONGEST, (self.body)(shop)).await {
            Ok(verdict) => verdict,
            Err(_) => Err(Fail::miss("an end", "none within four minutes")),
        };
        Finding {
            section: self.section,
            name: self.name,
            outcome: match verdict {
                Ok(()) => Outcome::Passed,
                Err(Fail::Miss { expected, got }) => Outcome::Failed { expected, got },
                Err(Fail::LeftOut(why)) => Outcome::LeftOut { why },
            },
            ms: begun.elapsed().as_millis(),
        }
    }
}

#[derive(Clone, Debug, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    Passed,
    Failed { expected: String, got: String },
    LeftOut { why: String },
}

/// What one check came to.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// Of `docs/sync.md`.
    pub section: &'static str,
    pub name: &'static str,
    #[serde(flatten)]
    pub outcome: Outcome,
    pub ms: u128,
}

/// What all checks came to.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    pub url: String,
    pub passed: usize,
    pub failed: usize,
    pub left_out: usize,
    pub checks: Vec<Finding>,
}

impl Report {
    pub fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            passed: 0,
            failed: 0,
            left_out: 0,
            checks: Vec::new(),
        }
    }

    pub fn add(&mut self, result: Finding) {
        match result.outcome {
            Outcome::Passed => self.passed += 1,
            Outcome::Failed { .. } => self.failed += 1,
            Outcome::LeftOut { .. } => self.left_out += 1,
        }
        self.checks.push(result);
    }

    /// As a table for people.
    pub fn table(&self) -> String {
        let wide = self.checks.iter().map(|check| check.name.chars().count());
        let wide = wide.max().unwrap_or(0);
        let mut text = String::new();
        for check in &self.checks {
            let (mark, more) = match &check.outcome {
                Outcome::Passed => ("ok  ", String::new()),
                Outcome::Failed { expected, got } => (
                    "FAIL",
                    format!("\n           expected {expected}\n           got      {got}"),
                ),
                Outcome::LeftOut { why } => ("—   ", format!("\n           {why}")),
            };
            let fill = " ".repeat(wide - check.name.chars().count());
            // Writing into a text does not fail.
            let _ = writeln!(
                text,
                "{mark}  {:4}  {}{fill}  {:6} ms{more}",
                check.section, check.name, check.ms
            );
        }
        let _ = writeln!(
            text,
            "\n{}: {} passed, {} failed, {} left out",
            self.url, self.passed, self.failed, self.left_out
        );
        text
    }
}
