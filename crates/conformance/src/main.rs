//! `conformance URL`: the suite at the terminal.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for the terminal"
)]

use clap::Parser;
use conformance::check::Fail;
use conformance::hands::{Hands, Terminal};
use conformance::pages::Pages;
use conformance::{Given, Plan, Post};
use std::process::ExitCode;

/// Checks a marketplace against docs/sync.md, over HTTP and nothing else.
///
/// It needs a shop that is there for tests only: pieces, photos, orders and laptops of the checks stay in it.
/// Without --token it signs in its own laptops and prints the address on which the shop's seller says yes.
/// With tokens it uses those laptops and leaves out what has to sign in.
#[derive(Debug, Parser)]
#[command(
    name = "conformance",
    after_help = "Examples:\n  \
        cargo xtask conformance https://market.example\n  \
        cargo xtask conformance https://market.example --token eyJ… --token eyK… --json\n  \
        CONFORMANCE_PASSWORD=… cargo xtask conformance http://127.0.0.1:8787 --reference maria@example.mx\n  \
        cargo xtask conformance https://market.example --buy './buy.sh \"$PIECE\" \"$QUANTITY\"'"
)]
struct Line {
    /// The marketplace's address, such as https://market.example
    url: String,
    /// An access token of a laptop of the shop; twice for two laptops, which most checks of merging need
    #[arg(long, value_name = "ACCESS_TOKEN")]
    token: Vec<String>,
    /// A command that buys: run by sh with PIECE (a product's id) and QUANTITY in its environment
    #[arg(long, value_name = "COMMAND")]
    buy: Option<String>,
    /// The marketplace is Puesto's reference: say yes and buy on its own pages, as this seller
    #[arg(long, value_name = "EMAIL", conflicts_with = "buy")]
    reference: Option<String>,
    /// The password of --reference
    #[arg(long, env = "CONFORMANCE_PASSWORD", hide_env_values = true)]
    password: Option<String>,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
    /// Also what waits more than a minute: a grace that runs out, a heartbeat
    #[arg(long)]
    patient: bool,
    /// Only checks whose name holds this, or of this section, such as §5.2
    #[arg(long)]
    only: Option<String>,
    /// Mutated bodies for every route
    #[arg(long, default_value_t = 100)]
    mutations: u32,
    /// Seed of the mutated bodies
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Two letters of the tracking numbers to lease, S10; RN when absent
    #[arg(long)]
    indicator: Option<String>,
    /// The post's service that has such numbers; the operator's national packet when absent
    #[arg(long)]
    service: Option<String>,
    /// An office's code; one of the operator's when absent
    #[arg(long)]
    office: Option<String>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Line::parse()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

/// Whether no check failed.
async fn run(line: Line) -> Result<bool, Fail> {
    let hands: Box<dyn Hands> = match &line.reference {
        Some(email) => {
            let password = line.password.unwrap_or_default();
            Box::new(Pages::sign_in(&line.url, email, &password).await?)
        }
        None => Box::new(Terminal { buy: line.buy }),
    };
    let tokens = line.token.into_iter().map(|access_token| Given { access_token });
    let plan = Plan {
        tokens: tokens.collect(),
        patient: line.patient,
        mutations: line.mutations,
        seed: line.seed,
        only: line.only,
        post: Post {
            indicator: line.indicator,
            service: line.service,
            office: line.office,
        },
        ..Plan::new(line.url)
    };
    let report = conformance::run(&plan, &*hands).await?;
    if line.json {
        let text = serde_json::to_string_pretty(&report);
        println!("{}", text.map_err(|error| Fail::miss("a report", error))?);
    } else {
        print!("{}", report.table());
    }
    Ok(report.failed == 0)
}
