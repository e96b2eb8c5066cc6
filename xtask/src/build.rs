//! Builds with cargo, and what cargo says it built.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{children, place};

/// One executable that runs tests.
#[derive(Debug, PartialEq, Eq)]
pub struct TestProgram {
    pub package: String,
    /// `lib`, `bin`, `test`, ...
    pub kind: String,
    /// The target's name: the crate's, or the file's in tests/.
    pub name: String,
    pub file: PathBuf,
    /// The package's folder, where cargo runs its tests.
    pub folder: PathBuf,
}

/// Builds the binaries that `start` runs.
pub fn binaries(profile: &str) -> Result<()> {
    build(
        &["puesto-app", "marketplace", "puesto-cli", "sample-shop"],
        profile,
    )
}

/// Builds the binaries that people install, as they get them.
pub fn packaged(profile: &str) -> Result<()> {
    build(&["puesto-app", "puesto-cli"], profile)
}

fn build(packages: &[&str], profile: &str) -> Result<()> {
    let mut command = place::cargo();
    command.arg("build");
    for package in packages {
        command.args(["--package", package]);
    }
    command.arg("--bins");
    if profile == "release" {
        command.arg("--release");
    }
    children::run("cargo build", &command)
}

/// Builds every binary and every test of the workspace in one go, so that nothing is built twice with
/// different features. Errors and warnings go to `log`.
pub fn tests(log: &Path) -> Result<Vec<TestProgram>> {
    let messages = log.with_extension("json");
    let mut command = place::cargo();
    command.args([
        "build",
        "--workspace",
        "--bins",
        "--tests",
        "--message-format=json-render-diagnostics",
    ]);
    let output = std::fs::File::create(&messages)?;
    let errors = std::fs::File::create(log)?;
    let streams = [Stdio::null(), Stdio::from(output), Stdio::from(errors)];
    let status = children::Running::spawn_with("cargo build", &command, streams)?.wait()?;
    if !status.success() {
        bail!("the tests do not build");
    }
    let text = std::fs::read_to_string(&messages).context("cargo's messages could not be read")?;
    Ok(programs(&text))
}

/// The test executables in cargo's JSON messages, by package and name.
fn programs(messages: &str) -> Vec<TestProgram> {
    let mut found: Vec<TestProgram> = messages.lines().filter_map(program).collect();
    found.sort_by(|a, b| (&a.package, &a.kind, &a.name).cmp(&(&b.package, &b.kind, &b.name)));
    found
}

fn program(line: &str) -> Option<TestProgram> {
    let message: Value = serde_json::from_str(line).ok()?;
    if message["reason"] != "compiler-artifact" || message["profile"]["test"] != true {
        return None;
    }
    let folder = Path::new(message["manifest_path"].as_str()?).parent()?;
    // "path+file:///…/crates/shop#0.1.0" or "path+file:///…#puesto-app@0.1.0"
    let id = message["package_id"].as_str()?;
    let (path, end) = id.rsplit_once('#')?;
    let package = match end.split_once('@') {
        Some((name, _)) => name,
        None => path.rsplit('/').next()?,
    };
    Some(TestProgram {
        package: package.to_owned(),
        kind: message["target"]["kind"][0].as_str()?.to_owned(),
        name: message["target"]["name"].as_str()?.to_owned(),
        file: PathBuf::from(message["executable"].as_str()?),
        folder: folder.to_path_buf(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_programs_are_read_from_cargos_messages() {
        let messages = concat!(
            r#"{"reason":"compiler-artifact","package_id":"path+file:///w#puesto-app@0.1.0","manifest_path":"/w/Cargo.toml","target":{"kind":["test"],"name":"circle"},"profile":{"test":true},"executable":"/t/circle-1"}"#,
            "\n",
            r#"{"reason":"compiler-artifact","package_id":"path+file:///w/crates/shop#0.1.0","manifest_path":"/w/crates/shop/Cargo.toml","target":{"kind":["lib"],"name":"shop"},"profile":{"test":true},"executable":"/t/shop-2"}"#,
            "\n",
            r#"{"reason":"compiler-artifact","package_id":"path+file:///w/crates/shop#0.1.0","manifest_path":"/w/crates/shop/Cargo.toml","target":{"kind":["lib"],"name":"shop"},"profile":{"test":false},"executable":null}"#,
            "\n",
            r#"{"reason":"build-finished","success":true}"#,
        );
        let found = programs(messages);
        let names: Vec<_> = found
            .iter()
            .map(|one| (one.package.as_str(), one.name.as_str()))
            .collect();
        assert_eq!(names, [("puesto-app", "circle"), ("shop", "shop")]);
        assert_eq!(found[1].folder, Path::new("/w/crates/shop"));
    }
}
