//! The app's window: started, drawn, closed.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::children::{self, Running};
use crate::desktop::Desktop;

/// What the app prints when PUESTO_MEASURE=1 and its first useful picture is drawn; milliseconds follow.
const PAINTED: &str = "first-paint-ms";

/// How long a machine under load may take to draw it.
const PATIENCE: Duration = Duration::from_secs(60);

pub struct Window {
    running: Running,
    log: PathBuf,
}

impl Window {
    /// Starts the app; what it says goes to `log`.
    pub fn open(mut app: Command, log: &Path) -> Result<Self> {
        app.env("PUESTO_MEASURE", "1");
        let file = File::create(log)?;
        let streams = [Stdio::null(), Stdio::from(file.try_clone()?), Stdio::from(file)];
        Ok(Self {
            running: Running::spawn_with("the app", &app, streams)?,
            log: log.to_path_buf(),
        })
    }

    pub fn id(&self) -> u32 {
        self.running.id()
    }

    /// `Some` once the window was closed.
    pub fn closed(&mut self) -> Result<Option<ExitStatus>> {
        self.running.finished()
    }

    pub fn last_words(&self) -> String {
        children::tail(&self.log, 30)
    }

    /// Waits for the first useful picture; returns the milliseconds from the start by the app's own clock.
    pub fn painted(&mut self) -> Result<f64> {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(milliseconds) = said(&fs::read_to_string(&self.log).unwrap_or_default()) {
                return Ok(milliseconds);
            }
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
            sleep(Duration::from_millis(1));
        }
    }

    /// Saves a picture of the screen once the window is drawn and has stopped changing.
    pub fn picture(&mut self, desktop: &Desktop, file: &Path) -> Result<()> {
        self.painted()?;
        desktop.settled_picture(file)
    }
}

fn said(log: &str) -> Option<f64> {
    let (_, rest) = log.split_once(PAINTED)?;
    // Only a whole line: the app may be in the middle of writing it.
    let (number, _) = rest.split_once('\n')?;
    number.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::said;

    #[test]
    fn only_a_whole_line_counts() {
        assert_eq!(said("starting\nfirst-paint-ms 81"), None);
        assert_eq!(said("starting\nfirst-paint-ms 812\n"), Some(812.0));
        assert_eq!(said("starting\n"), None);
    }
}
