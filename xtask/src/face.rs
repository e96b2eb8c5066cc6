//! The face (ui/): its packages and its build, each done again only when what it comes from has changed.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::{children, place};

/// Folders of ui/ that are made, not written.
const MADE: &[&str] = &[
    "node_modules",
    "dist",
    ".svelte-kit",
    "build",
    "coverage",
    "test-results",
];

/// An npm command in ui/.
pub fn npm(arguments: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command
        .args(arguments)
        .current_dir(place::ui())
        .env("NO_UPDATE_NOTIFIER", "1");
    command
}

/// `npm ci`, when the lock file changed since the last one.
pub fn install() -> Command {
    npm(&["ci", "--no-audit", "--no-fund", "--loglevel=error"])
}

/// Whether the packages are those of the lock file.
pub fn is_installed() -> Result<bool> {
    Ok(stamp_matches(&installed_stamp(), &lock_hash()?))
}

/// To be called after `install` went well.
pub fn mark_installed() -> Result<()> {
    fs::write(installed_stamp(), lock_hash()?).context("ui/node_modules has no stamp")
}

pub fn installed() -> Result<()> {
    if is_installed()? {
        return Ok(());
    }
    println!("Installing the face's packages…");
    children::run("npm ci", &install())?;
    mark_installed()
}

/// Installed and built, doing only what is needed.
pub fn built() -> Result<()> {
    installed()?;
    if is_built()? {
        return Ok(());
    }
    println!("Building the face…");
    children::run("npm run build", &npm(&["run", "--silent", "build"]))?;
    mark_built()
}

pub fn is_built() -> Result<bool> {
    Ok(place::ui().join("dist/index.html").is_file() && stamp_matches(&built_stamp(), &sources_hash()?))
}

pub fn mark_built() -> Result<()> {
    fs::write(built_stamp(), sources_hash()?).context("ui/node_modules has no stamp")
}

// The stamps lie in node_modules: they go when it goes, and what is in dist/ is embedded in the app.
fn installed_stamp() -> PathBuf {
    place::ui().join("node_modules/.puesto-installed")
}

fn built_stamp() -> PathBuf {
    place::ui().join("node_modules/.puesto-built")
}

fn stamp_matches(stamp: &Path, hash: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|found| found == hash)
}

fn lock_hash() -> Result<String> {
    let lock = place::ui().join("package-lock.json");
    let bytes = fs::read(&lock).with_context(|| format!("{} is missing", lock.display()))?;
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    Ok(format!("{:016x}", hasher.finish()))
}

fn sources_hash() -> Result<String> {
    let mut hasher = DefaultHasher::new();
    let mut files = Vec::new();
    collect(&place::ui(), &mut files)?;
    files.sort();
    for file in &files {
        file.hash(&mut hasher);
        fs::read(file)
            .with_context(|| format!("{} could not be read", file.display()))?
            .hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("{} is missing", folder.display()))? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            if !MADE.iter().any(|made| entry.file_name() == *made) {
                collect(&entry.path(), files)?;
            }
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    Ok(())
}
