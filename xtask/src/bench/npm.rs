//! Peers from npm, in a folder of their own.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::children;

/// Installs these packages, as `name@version`, unless this very list was installed here before.
pub fn packages(home: &Path, wanted: &[&str]) -> Result<()> {
    std::fs::create_dir_all(home)?;
    let list = wanted.join("\n");
    let installed = home.join("installed");
    if std::fs::read_to_string(&installed).is_ok_and(|found| found == list) {
        return Ok(());
    }
    let mut install = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    install
        .current_dir(home)
        .args([
            "install",
            "--silent",
            "--no-audit",
            "--no-fund",
            "--prefix",
            ".",
            "--save-exact",
        ])
        .args(wanted);
    children::run("npm install of the peers", &install)?;
    std::fs::write(installed, list)?;
    Ok(())
}
