//! The seller's shop on this machine, made ready through the `puesto` command line.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Result, bail};

use super::marketplace::Marketplace;
use super::sign_in;
use crate::desktop::Desktop;
use crate::{children, place};

pub struct Shop<'desktop> {
    pub folder: PathBuf,
    /// Where its window and its keyring are; the person's own desktop when there is none.
    pub desktop: Option<&'desktop Desktop>,
}

impl Shop<'_> {
    /// A program of the product, on the shop's desktop.
    pub fn program(&self, name: &str) -> Result<Command> {
        let mut command = Command::new(place::binary("debug", name)?);
        if let Some(desktop) = self.desktop {
            desktop.place(&mut command);
        }
        command.arg("--shop").arg(&self.folder);
        Ok(command)
    }

    /// Makes the shop if it is new, and signs it in at this marketplace if it is not.
    pub fn ready(&self, marketplace: &Marketplace, language: &str) -> Result<()> {
        if !self.folder.exists() {
            let mut init = self.program("puesto")?;
            init.args([
                "init",
                "--name",
                "Taller Núñez",
                "--seller",
                "María Núñez",
                "--language",
                language,
            ]);
            self.run("puesto init", &init)?;
        }
        let mark = self.mark("signed-in");
        let place = format!("{}\n{}", marketplace.address, self.desktop.is_some());
        if fs::read_to_string(&mark).is_ok_and(|text| text == place) {
            return Ok(());
        }
        sign_in::sign_in(self, marketplace)?;
        Ok(fs::write(mark, place)?)
    }

    /// Fills the shop with the sample, once.
    pub fn fill_once(&self, language: &str) -> Result<()> {
        let mark = self.mark("filled");
        if mark.exists() {
            return Ok(());
        }
        println!("Filling the sample shop…");
        let mut fill = self.program("sample-shop")?;
        fill.args(["--language", language]);
        self.run("sample-shop", &fill)?;
        Ok(fs::write(mark, "")?)
    }

    fn mark(&self, name: &str) -> PathBuf {
        self.folder.with_file_name(name)
    }

    fn run(&self, name: &str, command: &Command) -> Result<()> {
        let log = self
            .folder
            .with_file_name(format!("{}.log", name.replace(' ', "-")));
        if !children::run_logged(name, command, &log)?.success() {
            bail!("`{name}` failed:\n{}", children::tail(&log, 30));
        }
        Ok(())
    }
}
