//! A worker from the shop's side.

use crate::serve::OTHER_VERSION;
use crate::wire::{self, Answer, Ask};
use crate::{VERSION, WORD, room::Pace};
use imaging::{Developed, Fault, Glance};
use std::io::{self, BufReader, BufWriter};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

pub struct Worker {
    /// Shared with the clock that ends it.
    process: Arc<Mutex<Child>>,
    to: Option<BufWriter<ChildStdin>>,
    from: BufReader<ChildStdout>,
    /// It has answered before: if it dies now, that may be for a reason of before.
    pub proven: bool,
    pub rested_since: Instant,
}

/// What a worker gave.
pub enum Given {
    Developed(Box<Developed>),
    Glance(Glance),
    Refused(Fault),
}

impl Worker {
    pub fn begin(program: &Path) -> io::Result<Worker> {
        let mut process = Command::new(program)
            .args([WORD, VERSION])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()?;
        let (Some(to), Some(from)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        Ok(Worker {
            process: Arc::new(Mutex::new(process)),
            to: Some(BufWriter::new(to)),
            from: BufReader::new(from),
            proven: false,
            rested_since: Instant::now(),
        })
    }

    /// It has ended because its program is of another version than the shop.
    pub fn is_of_another_version(&self) -> bool {
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        // One that still runs after an error is of no use; one that has ended keeps its own answer.
        if let Err(error) = process.kill() {
            tracing::warn!(%error, "a worker could not be ended");
        }
        process
            .wait()
            .is_ok_and(|status| status.code() == Some(i32::from(OTHER_VERSION)))
    }

    /// Asks for one photo. After an error the worker is of no use any more.
    pub fn ask(&mut self, ask: &Ask, photo: &[u8], pace: &Pace) -> io::Result<Given> {
        // A worker that never answers is ended from beside; the read below then comes to its end.
        let (done, over) = channel::<()>();
        let process = Arc::clone(&self.process);
        let patience = pace.patience;
        let clock = thread::Builder::new()
            .name("darkroom-clock".into())
            .spawn(move || {
                if over.recv_timeout(patience) == Err(RecvTimeoutError::Timeout) {
                    end(&process);
                }
            })?;
        let given = self.ask_and_wait(ask, photo);
        drop(done);
        // It only sleeps or ends a process: it cannot have panicked with anything of ours.
        let _slept = clock.join();
        self.proven |= given.is_ok();
        self.rested_since = Instant::now();
        given
    }

    fn ask_and_wait(&mut self, ask: &Ask, photo: &[u8]) -> io::Result<Given> {
        let to = self.to.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        wire::write(to, ask, &[photo])?;
        match wire::read(&mut self.from)? {
            Answer::Developed(mut developed) => {
                developed.large.bytes = wire::read_picture(&mut self.from)?;
                developed.small.bytes = wire::read_picture(&mut self.from)?;
                Ok(Given::Developed(developed))
            }
            Answer::Glance(mut glance) => {
                glance.bytes = wire::read_picture(&mut self.from)?;
                Ok(Given::Glance(glance))
            }
            Answer::Refused(refused) => Ok(Given::Refused(refused.into())),
        }
    }
}

fn end(process: &Mutex<Child>) {
    let mut process = process.lock().unwrap_or_else(PoisonError::into_inner);
    if let Err(error) = process.kill() {
        tracing::warn!(%error, "a worker could not be ended");
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Its input ends, and so it does by itself; one that does not is not waited for.
        drop(self.to.take());
        end(&self.process);
        let mut process = self.process.lock().unwrap_or_else(PoisonError::into_inner);
        if let Err(error) = process.wait() {
            tracing::warn!(%error, "a worker was not seen to end");
        }
    }
}
