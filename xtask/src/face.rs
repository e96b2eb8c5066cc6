//! The face (ui/): its packages and its build, each done again only when what it comes from has changed.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

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

/// Whether the packages in node_modules are those of the lock file, by the list that npm leaves there.
pub fn is_installed() -> Result<bool> {
    let lock = place::ui().join("package-lock.json");
    let wanted = fs::read_to_string(&lock).with_context(|| format!("{} is missing", lock.display()))?;
    let Ok(there) = fs::read_to_string(place::ui().join("node_modules/.package-lock.json")) else {
        return Ok(false);
    };
    Ok(holds(
        &serde_json::from_str(&there)?,
        &serde_json::from_str(&wanted)?,
    ))
}

/// Whether npm's list of what is installed agrees with the lock file. Packages for other systems are optional
/// and not installed here.
fn holds(there: &Value, wanted: &Value) -> bool {
    let (Some(there), Some(wanted)) = (there["packages"].as_object(), wanted["packages"].as_object()) else {
        return false;
    };
    let all_there = wanted.iter().all(|(place, package)| {
        place.is_empty()
            || package["optional"] == true
            || package["extraneous"] == true
            || there
                .get(place)
                .is_some_and(|found| found["version"] == package["version"])
    });
    let none_stale = there.iter().all(|(place, found)| {
        wanted
            .get(place)
            .is_none_or(|package| found["version"] == package["version"])
    });
    all_there && none_stale
}

pub fn installed() -> Result<()> {
    if is_installed()? {
        return Ok(());
    }
    println!("Installing the face's packages…");
    children::run("npm ci", &install())
}

/// Built at some time: enough to compile the window, which embeds it.
pub fn present() -> Result<()> {
    if place::ui().join("dist/index.html").is_file() {
        Ok(())
    } else {
        built()
    }
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

// The stamp lies in node_modules: it goes when that goes, and what is in dist/ is embedded in the app.
fn built_stamp() -> PathBuf {
    place::ui().join("node_modules/.puesto-built")
}

fn stamp_matches(stamp: &Path, hash: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|found| found == hash)
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn packages_are_installed_when_versions_agree() {
        let wanted = json!({"packages": {
            "": {"version": "0.1.0"},
            "node_modules/vite": {"version": "8.3.8"},
            "node_modules/only-on-mac": {"version": "1.0.0", "optional": true},
        }});
        let there = |version: &str| json!({"packages": {"node_modules/vite": {"version": version}}});
        assert!(holds(&there("8.3.8"), &wanted));
        assert!(!holds(&there("8.3.7"), &wanted));
        assert!(!holds(&json!({"packages": {}}), &wanted));
        assert!(!holds(&json!({}), &wanted));
    }
}
