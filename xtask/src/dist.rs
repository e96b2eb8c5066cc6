//! `cargo xtask dist`: the packages that people install.

use std::fs;
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
    let with_cli = serde_json::json!({ "bundle": { "linux": { "deb": { "files": files }, "rpm": { "files": files } } } });
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
    for kind in ["deb", "rpm"] {
        let folder = bundles.join(kind);
        for entry in fs::read_dir(&folder).with_context(|| format!("{} is missing", folder.display()))? {
            let file = entry?.path();
            if file.extension().is_some_and(|ending| ending == kind) {
                let megabytes = fs::metadata(&file)?.len() as f64 / 1_000_000.0;
                println!("{megabytes:>7.2} MB  {}", file.display());
            }
        }
    }
    Ok(())
}
