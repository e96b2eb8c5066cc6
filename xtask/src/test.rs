//! `cargo xtask test`: every check, in order, ending at the first that fails.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};

use crate::build::TestProgram;
use crate::desktop::{Desktop, Screen};
use crate::system::{self, Need};
use crate::tally::{self, Tally};
use crate::{bless, build, children, face, place};

/// Tests of the root package that need no window.
const NO_STORIES: &[&str] = &["bindings", "directions"];

#[derive(Args)]
pub struct Options {
    /// Leave out the stories in the real window, the documentation tests and the check of the SQL data
    #[arg(long)]
    fast: bool,
    /// Run only these parts
    #[arg(long, value_enum, value_delimiter = ',')]
    only: Vec<Part>,
    /// Run only the test programs whose package or name holds this
    #[arg(long)]
    program: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Formatting of Rust
    Format,
    /// The face: packages, formatting, lints, types, tests, build
    Face,
    /// Clippy, and the licences and sources of dependencies
    Lints,
    /// Whether the committed SQL data is what the migrations give
    Sql,
    /// Tests of the crates
    Tests,
    /// Tests in the documentation
    Docs,
    /// The stories in the real window
    Stories,
}

pub fn run(options: &Options) -> Result<()> {
    let wanted = |part: Part| {
        if options.only.is_empty() {
            !options.fast || !matches!(part, Part::Sql | Part::Docs | Part::Stories)
        } else {
            options.only.contains(&part)
        }
    };
    let mut tally = Tally::new()?;
    tally.work("system packages", |_| {
        system::ensure(&[Need::Build, Need::Screen, Need::Tests])
    })?;
    if wanted(Part::Format) {
        tally.step("rustfmt", place::cargo().args(["fmt", "--all", "--check"]))?;
    }
    if wanted(Part::Face) {
        face(&mut tally)?;
    } else if [Part::Lints, Part::Sql, Part::Tests, Part::Docs, Part::Stories]
        .into_iter()
        .any(wanted)
    {
        // The window embeds the built face, so it must be there for the rest to compile.
        tally.work("face: build", |_| face::built())?;
    }
    if wanted(Part::Lints) {
        lints(&mut tally)?;
    }
    if [Part::Sql, Part::Tests, Part::Stories].into_iter().any(wanted) {
        let programs = tally.work("building the tests", build::tests)?;
        if wanted(Part::Sql) {
            tally.work("SQL data", sql)?;
        }
        run_programs(
            &mut tally,
            options,
            &programs,
            wanted(Part::Tests),
            wanted(Part::Stories),
        )?;
    }
    if wanted(Part::Docs) {
        tally.step(
            "documentation tests",
            place::cargo().args(["test", "--workspace", "--doc", "--quiet"]),
        )?;
    }
    tally.summary();
    Ok(())
}

fn face(tally: &mut Tally) -> Result<()> {
    if !face::is_installed()? {
        tally.step("face: npm ci", &face::install())?;
    }
    for (name, script) in [
        ("face: formatting", "format:check"),
        ("face: lints", "lint"),
        ("face: types", "check"),
        ("face: tests", "test"),
        ("face: build", "build"),
    ] {
        let mut command = face::npm(&["run", "--silent", script]);
        command.env("NO_COLOR", "1").env("CI", "1");
        tally.step(name, &command)?;
    }
    face::mark_built()
}

fn lints(tally: &mut Tally) -> Result<()> {
    tally.step("clippy", &clippy())?;
    if place::program("cargo-deny").is_some() {
        // Advisories come from a repository that changes by itself: the workflow asks for them, not every run.
        tally.step(
            "cargo deny",
            place::cargo().args(["deny", "--all-features", "check", "bans", "licenses", "sources"]),
        )
    } else {
        tally::left_out(
            "cargo deny",
            "cargo-deny is not installed here; the workflow runs it on every push",
        );
        Ok(())
    }
}

/// Clippy over everything, tests included.
fn clippy() -> Command {
    let mut clippy = place::cargo();
    clippy.args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ]);
    clippy
}

/// Whether the committed SQL data is what the migrations give: a new shop's own database is asked, by the
/// command whose dependencies are compiled already.
fn sql(log: &Path) -> Result<()> {
    let home = tempfile::tempdir()?;
    let shop = home.path().join("shop");
    let mut init = Command::new(place::binary("debug", "puesto")?);
    init.arg("--shop")
        .arg(&shop)
        .args(["init", "--name", "Taller", "--seller", "Ana"]);
    if !children::run_logged("puesto init", &init, log)?.success() {
        bail!("a new shop could not be made");
    }
    bless::check_sql(&shop.join("shop.db"), clippy(), log)
}

/// Runs each program: those of the crates together on one desktop, each story on a fresh one.
fn run_programs(
    tally: &mut Tally,
    options: &Options,
    all: &[TestProgram],
    crates: bool,
    stories: bool,
) -> Result<()> {
    let chosen = |program: &&TestProgram| match &options.program {
        Some(part) => program.package.contains(part.as_str()) || program.name.contains(part.as_str()),
        None => true,
    };
    let (story, plain): (Vec<_>, Vec<_>) = all.iter().filter(chosen).partition(|program| is_story(program));
    if crates {
        let home = tempfile::tempdir()?;
        let desktop = desktop(&home)?;
        for program in plain {
            tally.step(&title(program), &command(program, desktop.as_ref()))?;
        }
    }
    if !stories {
        return Ok(());
    }
    if !cfg!(target_os = "linux") {
        tally::left_out("stories", "they drive WebKitGTK, which is on Linux");
        return Ok(());
    }
    for program in story {
        let home = tempfile::tempdir()?;
        let desktop = desktop(&home)?;
        let mut command = command(program, desktop.as_ref());
        // One window at a time: two WebDriver sessions on one screen disturb each other.
        command.arg("--test-threads=1");
        tally.step(&format!("story: {}", program.name), &command)?;
    }
    Ok(())
}

/// Stories are the root package's integration tests: the real window, the real marketplace.
fn is_story(program: &TestProgram) -> bool {
    program.package == "puesto-app" && program.kind == "test" && !NO_STORIES.contains(&program.name.as_str())
}

fn title(program: &TestProgram) -> String {
    match program.kind.as_str() {
        "test" => format!("{}: {}", program.package, program.name),
        "lib" => program.package.clone(),
        kind => format!("{} ({kind} {})", program.package, program.name),
    }
}

fn desktop(home: &tempfile::TempDir) -> Result<Option<Desktop>> {
    if cfg!(target_os = "linux") {
        Desktop::open(home.path(), Screen::ForTests)
            .map(Some)
            .context("a desktop for the tests could not be opened")
    } else {
        Ok(None)
    }
}

/// The program as cargo would run it: in its package's folder.
fn command(program: &TestProgram, desktop: Option<&Desktop>) -> Command {
    let mut command = Command::new(&program.file);
    command
        .current_dir(&program.folder)
        .env("CARGO_MANIFEST_DIR", &program.folder);
    if let Some(desktop) = desktop {
        desktop.place(&mut command);
    }
    command
}
