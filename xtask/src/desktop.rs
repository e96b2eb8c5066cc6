//! A desktop of our own where there is none, and for tests: a screen (Xvfb), a session bus, and a keyring that
//! is real and unlocked.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::children::Running;

/// Long enough for a machine under load; each wait ends as soon as what it waits for is there.
const PATIENCE: Duration = Duration::from_secs(30);

/// Opens the keyring of a desktop that lives under target/ or in a temporary folder: it guards nothing of a
/// person's.
const PASS_PHRASE: &str = "throw-away";

pub struct Desktop {
    // Fields are dropped in this order: the keyring before its bus, the bus before the screen.
    _keyring: Running,
    _bus: Running,
    _screen: Running,
    _runtime: tempfile::TempDir,
    environment: Vec<(OsString, OsString)>,
}

/// How large the screen is.
#[derive(Clone, Copy)]
pub enum Screen {
    /// As large as the app's window when it is new: a picture of the screen is a picture of the window.
    OfTheWindow,
    /// Room for windows of several sizes.
    ForTests,
}

impl Screen {
    fn size(self) -> &'static str {
        match self {
            Self::OfTheWindow => "1280x800x24",
            Self::ForTests => "1600x1000x24",
        }
    }
}

/// Whether this session has a screen of its own.
pub fn has_display() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

impl Desktop {
    /// Opens a desktop whose home is `home`; what programs keep there survives it.
    pub fn open(home: &Path, screen: Screen) -> Result<Self> {
        fs::create_dir_all(home).with_context(|| format!("{} could not be made", home.display()))?;
        // Sockets live here, and a socket's path may have 107 bytes at most: never under a deep folder.
        let runtime = tempfile::Builder::new().prefix("puesto-").tempdir()?;
        let mut environment: Vec<(OsString, OsString)> = vec![
            ("HOME".into(), home.into()),
            ("XDG_RUNTIME_DIR".into(), runtime.path().into()),
            ("XDG_DATA_HOME".into(), home.join("data").into()),
            ("XDG_CONFIG_HOME".into(), home.join("config").into()),
            ("XDG_CACHE_HOME".into(), home.join("cache").into()),
            ("XDG_STATE_HOME".into(), home.join("state").into()),
        ];
        for (name, folder) in tool_homes() {
            environment.push((name.into(), folder.into()));
        }

        let mut xvfb = Command::new("Xvfb");
        xvfb.args([
            "-displayfd",
            "1",
            "-screen",
            "0",
            screen.size(),
            "-nolisten",
            "tcp",
            "-noreset",
        ]);
        let (screen, number) = spawn_and_read("the screen (Xvfb)", &xvfb)?;
        environment.push(("DISPLAY".into(), format!(":{number}").into()));

        let mut daemon = Command::new("dbus-daemon");
        daemon.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        prepare(&mut daemon, &environment);
        let (bus, address) = spawn_and_read("the session bus (dbus-daemon)", &daemon)?;
        environment.push(("DBUS_SESSION_BUS_ADDRESS".into(), address.into()));

        let keyring = open_keyring(&environment)?;
        Ok(Self {
            _keyring: keyring,
            _bus: bus,
            _screen: screen,
            _runtime: runtime,
            environment,
        })
    }

    /// Lets the command run on this desktop.
    pub fn place(&self, command: &mut Command) {
        prepare(command, &self.environment);
    }

    /// Saves a picture of the whole screen.
    pub fn picture(&self, file: &Path) -> Result<()> {
        let mut import = Command::new("import");
        import.args(["-silent", "-window", "root"]).arg(file);
        self.place(&mut import);
        let done = import
            .stdout(Stdio::null())
            .output()
            .context("import (ImageMagick) could not be started")?;
        if !done.status.success() {
            bail!(
                "the screen's picture failed: {}",
                String::from_utf8_lossy(&done.stderr)
            );
        }
        Ok(())
    }

    /// Saves a picture of the screen once it has stopped changing.
    pub fn settled_picture(&self, file: &Path) -> Result<()> {
        let until = Instant::now() + PATIENCE;
        let mut before = Vec::new();
        // A raw format without dates: equal bytes are equal pictures.
        let raw = file.with_extension("ppm");
        loop {
            self.picture(&raw)?;
            let now = fs::read(&raw)?;
            if now == before || Instant::now() > until {
                break;
            }
            before = now;
            sleep(Duration::from_millis(400));
        }
        let _gone = fs::remove_file(&raw);
        self.picture(file)
    }
}

/// Where cargo and rustup live, so that a changed HOME does not hide them.
fn tool_homes() -> Vec<(&'static str, PathBuf)> {
    let home = std::env::home_dir();
    [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")]
        .into_iter()
        .filter_map(|(name, folder)| {
            let found = std::env::var_os(name).map(PathBuf::from);
            Some((name, found.or_else(|| Some(home.as_ref()?.join(folder)))?))
        })
        .collect()
}

fn prepare(command: &mut Command, environment: &[(OsString, OsString)]) {
    for name in [
        "WAYLAND_DISPLAY",
        "XAUTHORITY",
        "DBUS_STARTER_ADDRESS",
        "SESSION_MANAGER",
        "GNOME_KEYRING_CONTROL",
    ] {
        command.env_remove(name);
    }
    command.env("GDK_BACKEND", "x11");
    command.envs(
        environment
            .iter()
            .map(|(name, value)| (name.as_os_str(), value.as_os_str())),
    );
}

/// Starts a daemon that says on its first line of output that it is ready, and returns that line.
fn spawn_and_read(name: &str, command: &Command) -> Result<(Running, String)> {
    let mut running = Running::spawn_with(name, command, [Stdio::null(), Stdio::piped(), Stdio::null()])?;
    let output = running
        .child
        .stdout
        .take()
        .with_context(|| format!("{name} has no output"))?;
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line)?;
    let line = line.trim().to_owned();
    if line.is_empty() {
        bail!("{name} ended without a word");
    }
    Ok((running, line))
}

fn open_keyring(environment: &[(OsString, OsString)]) -> Result<Running> {
    let mut command = Command::new("gnome-keyring-daemon");
    command.args(["--foreground", "--unlock", "--components=secrets"]);
    prepare(&mut command, environment);
    let streams = [Stdio::piped(), Stdio::null(), Stdio::null()];
    let mut keyring = Running::spawn_with("the keyring (gnome-keyring-daemon)", &command, streams)?;
    let mut input = keyring.child.stdin.take().context("the keyring has no input")?;
    input.write_all(PASS_PHRASE.as_bytes())?;
    drop(input);
    // Asking for secrets before the daemon has its name would start a second, locked one.
    let until = Instant::now() + PATIENCE;
    while !owns_name(environment, "org.freedesktop.secrets") {
        if keyring.finished()?.is_some() || Instant::now() > until {
            bail!("the keyring did not come up");
        }
        sleep(Duration::from_millis(20));
    }
    Ok(keyring)
}

fn owns_name(environment: &[(OsString, OsString)], name: &str) -> bool {
    let mut ask = Command::new("dbus-send");
    ask.args([
        "--session",
        "--print-reply",
        "--dest=org.freedesktop.DBus",
        "/org/freedesktop/DBus",
    ])
    .arg("org.freedesktop.DBus.NameHasOwner")
    .arg(OsStr::new(&format!("string:{name}")));
    prepare(&mut ask, environment);
    ask.output()
        .is_ok_and(|answer| String::from_utf8_lossy(&answer.stdout).contains("boolean true"))
}

#[cfg(all(test, target_os = "linux"))]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    fn ask(desktop: &Desktop, arguments: &[&str]) -> String {
        let mut command = Command::new("dbus-send");
        command
            .args(["--session", "--print-reply", "--dest=org.freedesktop.secrets"])
            .args(arguments);
        desktop.place(&mut command);
        let answer = command.output().unwrap();
        String::from_utf8(answer.stdout).unwrap() + &String::from_utf8(answer.stderr).unwrap()
    }

    #[test]
    fn a_desktop_has_a_screen_and_an_open_keyring_and_leaves_nothing_behind() {
        let home = tempfile::tempdir().unwrap();
        let desktop = Desktop::open(home.path(), Screen::ForTests).unwrap();

        let answer = ask(
            &desktop,
            &[
                "/org/freedesktop/secrets/aliases/default",
                "org.freedesktop.DBus.Properties.Get",
                "string:org.freedesktop.Secret.Collection",
                "string:Locked",
            ],
        );
        assert!(
            answer.contains("boolean false"),
            "the default keyring is open: {answer}"
        );

        let file = home.path().join("screen.png");
        desktop.settled_picture(&file).unwrap();
        let picture = fs::read(&file).unwrap();
        // A PNG's width and height stand at 16 and 20, big-endian.
        assert_eq!(
            (&picture[1..4], &picture[18..20], &picture[22..24]),
            (&b"PNG"[..], &[6, 64][..], &[3, 232][..])
        );

        let runtime = desktop._runtime.path().to_path_buf();
        drop(desktop);
        assert!(!runtime.exists());
    }
}
