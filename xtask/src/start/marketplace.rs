//! The marketplace on this machine, on its embedded default: SQLite and files, loopback only.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::children::{self, Running};
use crate::place;

/// What `marketplace serve` prints when it takes requests; the address follows.
const READY: &str = "listening on ";

pub struct Marketplace {
    pub data: PathBuf,
    /// `http://127.0.0.1:PORT`
    pub address: String,
    log: PathBuf,
    running: Running,
}

impl Marketplace {
    /// Starts it on the port of the last start if that is free, because the shop knows that address.
    pub fn serve(folder: &Path) -> Result<Self> {
        let data = folder.join("marketplace");
        fs::create_dir_all(&data)?;
        let port = port(&folder.join("port"))?;
        let log = folder.join("marketplace.log");
        let mut command = Command::new(place::binary("debug", "marketplace")?);
        command
            .args(["serve", "--data"])
            .arg(&data)
            .args(["--listen", &format!("127.0.0.1:{port}")]);
        // The pages' typeface is the face's own.
        let fonts = place::ui().join("node_modules/@fontsource-variable/atkinson-hyperlegible-next/files");
        if fonts.is_dir() {
            command.arg("--fonts").arg(fonts);
        }

        let errors = File::create(&log)?;
        let copy = errors.try_clone()?;
        let streams = [Stdio::null(), Stdio::piped(), Stdio::from(errors)];
        let mut running = Running::spawn_with("the marketplace", &command, streams)?;
        let output = running
            .child
            .stdout
            .take()
            .context("the marketplace has no output")?;
        let (said, address) = mpsc::channel();
        // Reads to the end, so that the marketplace never waits for a full pipe.
        std::thread::spawn(move || {
            let mut copy = copy;
            for line in BufReader::new(output).lines().map_while(Result::ok) {
                let _kept = writeln!(copy, "{line}");
                if let Some((_, address)) = line.split_once(READY) {
                    let _heard = said.send(address.trim().to_owned());
                }
            }
        });
        match address.recv_timeout(Duration::from_secs(60)) {
            Ok(address) => Ok(Self {
                data,
                address,
                log,
                running,
            }),
            Err(_) => bail!("The marketplace did not start:\n{}", children::tail(&log, 30)),
        }
    }

    /// The marketplace's program, for its other commands.
    pub fn command(&self) -> Result<Command> {
        Ok(Command::new(place::binary("debug", "marketplace")?))
    }

    pub fn must_be_alive(&mut self) -> Result<()> {
        if let Some(status) = self.running.finished()? {
            bail!(
                "The marketplace ended ({status}). Its last words:\n{}",
                children::tail(&self.log, 30)
            );
        }
        Ok(())
    }
}

/// The port kept in `file` if nothing else has it now, else a free one, which is kept.
fn port(file: &Path) -> Result<u16> {
    let kept: Option<u16> = fs::read_to_string(file)
        .ok()
        .and_then(|text| text.trim().parse().ok());
    let listener = match kept.map(|port| TcpListener::bind(("127.0.0.1", port))) {
        Some(Ok(listener)) => listener,
        _ => TcpListener::bind(("127.0.0.1", 0))?,
    };
    let port = listener.local_addr()?.port();
    fs::write(file, port.to_string())?;
    Ok(port)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_kept_while_it_is_free() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("port");
        let first = port(&file).unwrap();
        assert_eq!(port(&file).unwrap(), first);
        let _taken = TcpListener::bind(("127.0.0.1", first)).unwrap();
        let second = port(&file).unwrap();
        assert_ne!(second, first);
        assert_eq!(fs::read_to_string(&file).unwrap(), second.to_string());
    }
}
