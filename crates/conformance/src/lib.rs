//! A black-box suite for the marketplace's side of `docs/sync.md`.
//!
//! It knows HTTP and the types of crate `api`, and nothing of how a marketplace is made. Each check has a name and
//! the section of `docs/sync.md` that it holds the marketplace to, and says what it expected and what it got.
//!
//! It writes into the shop it is given: a shop for tests only.

pub mod check;
mod checks;
mod feed;
pub mod hands;
mod laptop;
pub mod moment;
mod mutate;
mod numbers;
pub mod pages;
mod shop;
mod sums;
pub mod wire;

use check::{Fail, Report};
use hands::Hands;
use shop::Shop;
use wire::Wire;

/// A laptop's tokens, when they are not had by signing in.
#[derive(Clone, Debug)]
pub struct Given {
    pub access_token: String,
}

/// What is checked, and how much of it.
#[derive(Debug)]
pub struct Plan {
    /// `https://market.example`, with or without `/api/v1` at its end.
    pub url: String,
    /// Access tokens of one or two laptops of the shop. None: the suite signs its laptops in.
    pub tokens: Vec<Given>,
    /// Also what takes more than a minute of waiting: grace that runs out, heartbeats.
    pub patient: bool,
    /// Mutated bodies that every route gets.
    pub mutations: u32,
    /// The seed of the mutations.
    pub seed: u64,
    /// What the shop's post calls things, where its operator's defaults do not fit.
    pub post: Post,
    /// Only checks whose name or section holds this.
    pub only: Option<String>,
}

impl Plan {
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            tokens: Vec::new(),
            patient: false,
            mutations: 100,
            seed: 1,
            post: Post::default(),
            only: None,
        }
    }
}

/// A service, the indicator of its numbers, and an office, as the post's profile calls them.
#[derive(Clone, Debug, Default)]
pub struct Post {
    pub indicator: Option<String>,
    pub service: Option<String>,
    pub office: Option<String>,
}

/// Runs the suite.
///
/// # Errors
/// When there is nothing to check: no marketplace answers, or no laptop gets in.
pub async fn run(plan: &Plan, hands: &dyn Hands) -> Result<Report, Fail> {
    let wire = Wire::new(&plan.url)?;
    let shop = Shop::open(plan, hands, wire).await?;
    let mut report = Report::new(&plan.url);
    for check in checks::all() {
        let wanted = plan
            .only
            .as_deref()
            .is_none_or(|only| check.name.contains(only) || check.section == only);
        if wanted {
            report.add(check.run(&shop).await);
        }
    }
    Ok(report)
}
