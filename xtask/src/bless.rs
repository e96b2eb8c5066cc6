//! `cargo xtask bless`: writes again what is generated and committed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use crate::{children, face, place};

#[derive(Args)]
pub struct Options {
    /// Which to write; all of them when none is named
    #[arg(value_enum)]
    what: Vec<What>,
    /// Write nothing; fail when the committed SQL data differs from what the migrations and queries give
    #[arg(long)]
    check: bool,
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
        sql(options.check)?;
    }
    if options.check {
        return Ok(());
    }
    if wanted(What::Api) {
        by_test("marketplace", "openapi")?;
    }
    if wanted(What::Bindings) {
        // The window embeds the built face, so it must be there to compile.
        face::present()?;
        by_test("puesto-app", "bindings")?;
    }
    Ok(())
}

/// Runs the tests whose names hold `filter` with BLESS=1: each writes its file instead of comparing it.
fn by_test(package: &str, filter: &str) -> Result<()> {
    let mut command = place::cargo();
    command
        .args(["test", "--quiet", "--package", package, filter])
        .env("BLESS", "1");
    children::run(&format!("writing the {filter} of {package}"), &command)
}

/// Compiles the shop's queries against a scratch database that the migrations made, and keeps what the
/// compiler learnt, as `cargo sqlx prepare` does.
fn sql(check: bool) -> Result<()> {
    let shop = place::root().join("crates/shop");
    let kept = shop.join(".sqlx");
    let work = place::target()?.join("bless");
    let learnt = work.join("sqlx");
    if work.exists() {
        fs::remove_dir_all(&work)?;
    }
    fs::create_dir_all(&learnt)?;
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
    schema.arg(shop.join("migrations")).arg(&database);
    children::run("making the scratch database", &schema)?;

    // The compiler looks at a query again only when its crate has changed.
    fs::File::options()
        .append(true)
        .open(shop.join("src/lib.rs"))
        .and_then(|file| file.set_modified(SystemTime::now()))
        .context("crates/shop/src/lib.rs could not be touched")?;

    let mut compile = place::cargo();
    compile
        // Tests ask their few questions unchecked, so that this needs no dev-dependencies.
        .args(["check", "--quiet", "--package", "shop", "--lib"])
        .env("DATABASE_URL", format!("sqlite://{}", database.display()))
        .env("SQLX_OFFLINE", "false")
        .env("SQLX_OFFLINE_DIR", &learnt);
    children::run("checking the shop's queries", &compile)?;

    let (new, old) = (queries(&learnt)?, queries(&kept)?);
    let stale: Vec<&PathBuf> = old.keys().filter(|name| !new.contains_key(*name)).collect();
    let changed: Vec<&PathBuf> = new
        .keys()
        .filter(|name| old.get(*name) != new.get(*name))
        .collect();
    if check {
        if !stale.is_empty() || !changed.is_empty() {
            bail!(
                "crates/shop/.sqlx is out of date ({} to write, {} to remove): run `cargo xtask bless sql`",
                changed.len(),
                stale.len()
            );
        }
        return Ok(());
    }
    fs::create_dir_all(&kept)?;
    for name in &changed {
        fs::write(kept.join(name), &new[*name])?;
    }
    for name in &stale {
        fs::remove_file(kept.join(name))?;
    }
    println!(
        "SQL data: {} queries, {} written, {} removed",
        new.len(),
        changed.len(),
        stale.len()
    );
    Ok(())
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
