//! The app's window.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::shop::Shop;
use crate::children::{self, Running};
use crate::desktop::Desktop;

/// What the app prints when PUESTO_MEASURE=1 and its first useful picture is drawn.
const PAINTED: &str = "first-paint-ms";

pub struct Window {
    running: Running,
    log: PathBuf,
}

impl Window {
    pub fn open(shop: &Shop<'_>, log: &Path) -> Result<Self> {
        let mut command = shop.program("puesto-app")?;
        command.env("PUESTO_MEASURE", "1");
        let file = File::create(log)?;
        let streams = [Stdio::null(), Stdio::from(file.try_clone()?), Stdio::from(file)];
        Ok(Self {
            running: Running::spawn_with("the app", &command, streams)?,
            log: log.to_path_buf(),
        })
    }

    /// `Some` once the window was closed.
    pub fn closed(&mut self) -> Result<Option<ExitStatus>> {
        self.running.finished()
    }

    pub fn last_words(&self) -> String {
        children::tail(&self.log, 30)
    }

    /// Saves a picture of the screen once the window is drawn and has stopped changing.
    pub fn picture(&mut self, desktop: &Desktop, file: &Path) -> Result<PathBuf> {
        let until = Instant::now() + Duration::from_secs(60);
        while !fs::read_to_string(&self.log)
            .unwrap_or_default()
            .contains(PAINTED)
        {
            if let Some(status) = self.closed()? {
                bail!(
                    "The app ended ({status}) before its window was drawn:\n{}",
                    self.last_words()
                );
            }
            if Instant::now() > until {
                bail!(
                    "The window is not drawn after a minute. The app's words:\n{}",
                    self.last_words()
                );
            }
            sleep(Duration::from_millis(50));
        }
        desktop.settled_picture(file)?;
        Ok(file.to_path_buf())
    }
}
