//! Processes that this command starts, and that never outlive it.
//!
//! Each child leads a process group of its own, so that its own children end with it. The groups are ended
//! when their `Running` is dropped, at the end of the command, and on Ctrl+C, SIGTERM and SIGHUP. On Linux
//! `setpriv --pdeathsig` also ends a child whose parent was killed outright.

use std::fs::File;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::place;

/// How long a child may take to end by itself before it is killed.
const GRACE: Duration = Duration::from_secs(8);

/// Leaders of the groups that are alive, oldest first.
static GROUPS: Mutex<Vec<u32>> = Mutex::new(Vec::new());

fn groups() -> std::sync::MutexGuard<'static, Vec<u32>> {
    GROUPS.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Said after Ctrl+C by a command that only Ctrl+C ends; for it that is no failure.
static FAREWELL: OnceLock<String> = OnceLock::new();

/// Set when the whole is being stopped: children that end then have not failed.
static STOPPING: AtomicBool = AtomicBool::new(false);

/// Leaves the last word to the signal handler, if it is at work.
pub fn yield_to_stop() {
    while STOPPING.load(Ordering::SeqCst) {
        std::thread::park();
    }
}

/// From now on Ctrl+C is the ordinary way to end, with these words.
pub fn on_stop(words: String) {
    FAREWELL.get_or_init(|| words);
}

/// On Ctrl+C or a request to end, stops every child and leaves.
pub fn watch_signals() -> Result<()> {
    ctrlc::set_handler(|| {
        STOPPING.store(true, Ordering::SeqCst);
        println!();
        stop_all();
        match FAREWELL.get() {
            Some(words) => {
                println!("{words}");
                std::process::exit(0);
            }
            None => std::process::exit(130),
        }
    })
    .context("the handler for Ctrl+C could not be set")
}

/// Ends every group that is left, the youngest first.
pub fn stop_all() {
    let left: Vec<u32> = groups().drain(..).rev().collect();
    for &leader in &left {
        signal(leader, Signal::End);
    }
    let until = Instant::now() + GRACE;
    for &leader in &left {
        while Instant::now() < until {
            // One that has ended but is not yet waited for would still count as alive.
            reap(leader);
            if !group_lives(leader) {
                break;
            }
            sleep(Duration::from_millis(20));
        }
        signal(leader, Signal::Kill);
    }
}

/// A child process with its group; dropping it ends the group.
pub struct Running {
    name: String,
    pub child: Child,
    ended: bool,
}

impl Running {
    /// Starts the command as the leader of its own group.
    pub fn spawn(name: &str, command: &Command) -> Result<Self> {
        Self::spawn_with(name, command, [Stdio::null(), Stdio::inherit(), Stdio::inherit()])
    }

    /// Starts the command with standard input, output and error as given.
    pub fn spawn_with(name: &str, command: &Command, streams: [Stdio; 3]) -> Result<Self> {
        let mut guarded = guarded(command);
        let [input, output, error] = streams;
        guarded.stdin(input).stdout(output).stderr(error);
        let child = guarded.spawn().with_context(|| {
            format!(
                "{name} could not be started: {}",
                command.get_program().to_string_lossy()
            )
        })?;
        groups().push(child.id());
        Ok(Self {
            name: name.to_owned(),
            child,
            ended: false,
        })
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits for the leader to end, then ends what is left of its group.
    pub fn wait(&mut self) -> Result<ExitStatus> {
        let status = self
            .child
            .wait()
            .with_context(|| format!("{} could not be waited for", self.name))?;
        self.end();
        Ok(status)
    }

    /// `Some` once the leader has ended.
    pub fn finished(&mut self) -> Result<Option<ExitStatus>> {
        let status = self
            .child
            .try_wait()
            .with_context(|| format!("{} was lost", self.name))?;
        if status.is_some() {
            self.end();
        }
        Ok(status)
    }

    /// Asks the group to end, and kills it when it does not.
    pub fn end(&mut self) {
        if self.ended {
            return;
        }
        self.ended = true;
        let leader = self.child.id();
        signal(leader, Signal::End);
        let until = Instant::now() + GRACE;
        loop {
            let leader_gone = matches!(self.child.try_wait(), Ok(Some(_)) | Err(_));
            if (leader_gone && !group_lives(leader)) || Instant::now() >= until {
                break;
            }
            sleep(Duration::from_millis(10));
        }
        signal(leader, Signal::Kill);
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
        groups().retain(|&other| other != leader);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// Runs a command to its end with its output on the terminal.
pub fn run(name: &str, command: &Command) -> Result<()> {
    let status = Running::spawn(name, command)?.wait()?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

/// Runs a command to its end with its output and errors in `log`; says every minute that it is still at work.
pub fn run_logged(name: &str, command: &Command, log: &Path) -> Result<ExitStatus> {
    let file = File::create(log).with_context(|| format!("{} could not be made", log.display()))?;
    let streams = [Stdio::null(), Stdio::from(file.try_clone()?), Stdio::from(file)];
    let mut running = Running::spawn_with(name, command, streams)?;
    let started = Instant::now();
    let mut said = 0;
    loop {
        if let Some(status) = running.finished()? {
            return Ok(status);
        }
        sleep(Duration::from_millis(30));
        let minutes = started.elapsed().as_secs() / 60;
        if minutes > said {
            said = minutes;
            println!("         … {name}, {minutes} min: {}", tail(log, 1).trim());
        }
    }
}

/// The last `lines` lines of a text file.
pub fn tail(file: &Path, lines: usize) -> String {
    let bytes = std::fs::read(file).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

/// The same command, as the leader of a new group, ended by the kernel if this process is killed.
fn guarded(command: &Command) -> Command {
    let mut guarded = match place::program("setpriv") {
        Some(setpriv) if cfg!(target_os = "linux") => {
            let mut wrapped = Command::new(setpriv);
            wrapped
                .args(["--pdeathsig", "TERM", "--"])
                .arg(command.get_program());
            wrapped
        }
        _ => Command::new(command.get_program()),
    };
    guarded.args(command.get_args());
    if let Some(folder) = command.get_current_dir() {
        guarded.current_dir(folder);
    }
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => guarded.env(name, value),
            None => guarded.env_remove(name),
        };
    }
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut guarded, 0);
    guarded
}

#[derive(Clone, Copy)]
enum Signal {
    End,
    Kill,
}

#[cfg(unix)]
fn signal(leader: u32, signal: Signal) {
    use nix::sys::signal::{Signal as Unix, killpg};
    let Ok(leader) = i32::try_from(leader) else { return };
    let signal = match signal {
        Signal::End => Unix::SIGTERM,
        Signal::Kill => Unix::SIGKILL,
    };
    // Fails when the group has already gone, which is what is wanted.
    let _gone = killpg(nix::unistd::Pid::from_raw(leader), signal);
}

#[cfg(unix)]
fn reap(leader: u32) {
    use nix::sys::wait::{WaitPidFlag, waitpid};
    let Ok(leader) = i32::try_from(leader) else { return };
    // Fails when another thread waited for it first, which is as good.
    let _reaped = waitpid(nix::unistd::Pid::from_raw(leader), Some(WaitPidFlag::WNOHANG));
}

#[cfg(unix)]
fn group_lives(leader: u32) -> bool {
    i32::try_from(leader)
        .is_ok_and(|leader| nix::sys::signal::killpg(nix::unistd::Pid::from_raw(leader), None).is_ok())
}

#[cfg(not(unix))]
fn signal(leader: u32, _: Signal) {
    let _gone = Command::new("taskkill")
        .args(["/T", "/F", "/PID", &leader.to_string()])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
}

#[cfg(not(unix))]
fn reap(_: u32) {}

#[cfg(not(unix))]
fn group_lives(_: u32) -> bool {
    false
}

#[cfg(all(test, unix))]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn ending_a_child_ends_its_own_children() {
        let mut command = Command::new("sh");
        // The shell starts another process and says its id, then both wait for ever.
        command.args(["-c", "sleep 1000 & echo $!; wait"]);
        let streams = [Stdio::null(), Stdio::piped(), Stdio::null()];
        let mut running = Running::spawn_with("a shell", &command, streams).unwrap();
        let mut line = String::new();
        let output = running.child.stdout.take().unwrap();
        std::io::BufRead::read_line(&mut std::io::BufReader::new(output), &mut line).unwrap();
        let grandchild = nix::unistd::Pid::from_raw(line.trim().parse().unwrap());
        assert!(nix::sys::signal::kill(grandchild, None).is_ok());
        running.end();
        let gone = Instant::now() + GRACE;
        while nix::sys::signal::kill(grandchild, None).is_ok() {
            assert!(Instant::now() < gone, "the grandchild lives on");
            sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn a_failed_command_is_a_fault() {
        let mut command = Command::new("sh");
        command.args(["-c", "exit 3"]);
        assert!(run("a shell", &command).is_err());
    }
}
