//! `cargo xtask bless`: writes again what is generated and committed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use crate::{children, face, place};

#[derive(Args)]
pub struct Options {
    /// Which to write; all of them when none is named
    #[arg(value_enum)]
    what: Vec<What>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// What `query!` knows of the shop's database (crates/shop/.sqlx)
    Sql,
    /// The window's commands and types for TypeScript
    Bindings,
    /// The marketplace's OpenAPI description
    Api,
}

pub fn run(options: &Options) -> Result<()> {
    let wanted = |what| options.what.is_empty() || options.what.contains(&what);
    if wanted(What::Sql) {
        sql()?;
    }
    if wanted(What::Api) {
        by_test("api", "document")?;
    }
    if wanted(What::Bindings) {
        // The window embeds the built face, so it must be there to compile.
        face::present()?;
        by_test("bindings", "committed_bindings")?;
    }
    Ok(())
}

/// Runs the tests of one file whose names hold `filter`, with BLESS=1: each writes its file before it compares.
/// The whole workspace is named, because a package alone would be compiled anew with other features.
fn by_test(file: &str, filter: &str) -> Result<()> {
    let mut command = place::cargo();
    command
        .args(["test", "--quiet", "--workspace", "--test", file, filter])
        .env("BLESS", "1");
    children::run(&format!("writing what the test {file} holds"), &command)
}

/// Compiles the shop's queries against a scratch database that the migrations made, and keeps what the
/// compiler learnt, as `cargo sqlx prepare` does.
fn sql() -> Result<()> {
    let work = emptied("bless")?;
    let database = work.join("shop.db");
    let mut schema = place::cargo();
    schema.args([
        "run",
        "--quiet",
        "--package",
        "xtask",
        "--features",
        "schema",
        "--bin",
        "schema",
        "--",
    ]);
    schema.arg(shop().join("migrations")).arg(&database);
    children::run("making the scratch database", &schema)?;

    // Tests ask their few questions unchecked, so that this needs no dev-dependencies.
    let mut compile = place::cargo();
    compile.args(["check", "--quiet", "--package", "shop", "--lib"]);
    let learnt = learn(&mut compile, &work, &database)?;
    children::run("checking the shop's queries", &compile)?;

    let difference = Difference::of(&learnt)?;
    let kept = kept();
    fs::create_dir_all(&kept)?;
    for (name, data) in &difference.changed {
        fs::write(kept.join(name), data)?;
    }
    for name in &difference.stale {
        fs::remove_file(kept.join(name))?;
    }
    println!(
        "SQL data: {} queries, {} written, {} removed",
        difference.queries,
        difference.changed.len(),
        difference.stale.len()
    );
    Ok(())
}

/// Fails when the committed SQL data is not what the queries give on `database`, a file with the schema of
/// today. `compile` compiles the shop's library; `log` gets its output.
pub fn check_sql(database: &Path, mut compile: Command, log: &Path) -> Result<()> {
    let learnt = learn(&mut compile, &emptied("bless")?, database)?;
    if !children::run_logged("checking the shop's queries", &compile, log)?.success() {
        bail!("the shop's queries do not fit its schema");
    }
    let difference = Difference::of(&learnt)?;
    let (changed, stale) = (difference.changed.len(), difference.stale.len());
    if changed + stale > 0 {
        bail!(
            "crates/shop/.sqlx is out of date ({changed} to write, {stale} to remove): run `cargo xtask bless sql`"
        );
    }
    Ok(())
}

/// Lets the compiler ask `database` about each query and write what it learns into the folder returned.
fn learn(compile: &mut Command, work: &Path, database: &Path) -> Result<PathBuf> {
    let learnt = work.join("sqlx");
    fs::create_dir_all(&learnt)?;
    // The compiler looks at a query again only when its crate has changed.
    fs::File::options()
        .append(true)
        .open(shop().join("src/lib.rs"))
        .and_then(|file| file.set_modified(SystemTime::now()))
        .context("crates/shop/src/lib.rs could not be touched")?;
    compile
        .env("DATABASE_URL", format!("sqlite://{}", database.display()))
        .env("SQLX_OFFLINE", "false")
        .env("SQLX_OFFLINE_DIR", &learnt);
    Ok(learnt)
}

fn shop() -> PathBuf {
    place::root().join("crates/shop")
}

fn kept() -> PathBuf {
    shop().join(".sqlx")
}

/// A new, empty folder under target/.
fn emptied(name: &str) -> Result<PathBuf> {
    let folder = place::target()?.join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Between the committed SQL data and what was learnt now.
struct Difference {
    queries: usize,
    changed: BTreeMap<PathBuf, Vec<u8>>,
    stale: Vec<PathBuf>,
}

impl Difference {
    fn of(learnt: &Path) -> Result<Self> {
        let (new, old) = (queries(learnt)?, queries(&kept())?);
        if new.is_empty() {
            bail!("the compiler looked at no query");
        }
        let stale = old
            .keys()
            .filter(|name| !new.contains_key(*name))
            .cloned()
            .collect();
        let queries = new.len();
        let changed = new
            .into_iter()
            .filter(|(name, data)| old.get(name) != Some(data))
            .collect();
        Ok(Self {
            queries,
            changed,
            stale,
        })
    }
}

/// The query files of a folder and what is in them; none when there is no folder.
fn queries(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut found = BTreeMap::new();
    if !folder.exists() {
        return Ok(found);
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_string_lossy().starts_with("query-") {
            found.insert(PathBuf::from(name), fs::read(entry.path())?);
        }
    }
    Ok(found)
}
