//! `cargo xtask dist`: the packages that people install.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::system::{self, Need};
use crate::{build, children, face, place};

pub fn run() -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!(
            "The .deb and the .rpm are made on Linux; on this system use `ui/node_modules/.bin/tauri build`."
        );
    }
    system::ensure(&[Need::Build, Need::Bundle])?;
    face::built()?;
    // The packages carry the command line next to the window. Built together, so that no crate is built twice
    // with different features.
    build::packaged("release")?;
    let files = serde_json::json!({ "/usr/bin/puesto": place::binary("release", "puesto")? });
    let with_cli = serde_json::json!({ "bundle": { "linux": {
        "deb": { "files": files },
        "rpm": { "files": files, "compression": { "type": "xz", "level": 9 } },
    } } });
    let mut tauri = Command::new(place::ui().join("node_modules/.bin/tauri"));
    tauri.args([
        "bundle",
        "--bundles",
        "deb,rpm",
        "--config",
        &with_cli.to_string(),
    ]);
    tauri.current_dir(place::root()).env("CI", "true");
    children::run("tauri bundle", &tauri)?;

    let bundles = place::target()?.join("release/bundle");
    for deb in packages(&bundles, "deb")? {
        squeeze(&deb)?;
    }
    for kind in ["deb", "rpm"] {
        for file in packages(&bundles, kind)? {
            let megabytes = fs::metadata(&file)?.len() as f64 / 1_000_000.0;
            println!("{megabytes:>7.2} MB  {}", file.display());
        }
    }
    Ok(())
}

fn packages(bundles: &Path, kind: &str) -> Result<Vec<PathBuf>> {
    let folder = bundles.join(kind);
    let entries = fs::read_dir(&folder).with_context(|| format!("{} is missing", folder.display()))?;
    let mut found = Vec::new();
    for entry in entries {
        let file = entry?.path();
        if file.extension().is_some_and(|ending| ending == kind) {
            found.push(file);
        }
    }
    Ok(found)
}

/// Tauri packs a .deb with gzip; with xz it is half as large, and every dpkg since 2012 reads it. A seller pays
/// for each megabyte.
fn squeeze(deb: &Path) -> Result<()> {
    let work = tempfile::tempdir()?;
    let tree = work.path().join("tree");
    let packed = work.path().join("packed.deb");
    let mut unpack = Command::new("dpkg-deb");
    unpack.arg("-R").arg(deb).arg(&tree);
    children::run("dpkg-deb -R", &unpack)?;
    let mut pack = Command::new("dpkg-deb");
    pack.args(["-Zxz", "-z9", "--root-owner-group", "-b"])
        .arg(&tree)
        .arg(&packed);
    children::run("dpkg-deb -b", &pack)?;
    fs::copy(&packed, deb)?;
    Ok(())
}
