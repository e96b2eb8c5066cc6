//! Many photos, several at a time.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use crate::develop::{self, Developed, Settings};
use crate::fault::Fault;

/// Who works, and with how much room.
#[derive(Clone, Copy, Debug)]
pub struct Crew {
    /// Photos developed at the same time.
    pub workers: NonZeroUsize,
    /// Bytes that all decoders together may hold at once. A photo that needs more than is free waits; one
    /// that needs more than all of it is developed alone.
    pub memory: u64,
}

impl Default for Crew {
    /// One worker for each core, four at most, and 400 MiB: a laptop with 4 GB has other things to do too.
    fn default() -> Self {
        let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Crew {
            workers: NonZeroUsize::new(cores.min(4)).unwrap_or(NonZeroUsize::MIN),
            memory: 400 << 20,
        }
    }
}

/// Why one of many has no pictures.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure<E> {
    /// Its bytes could not be had.
    #[error("the photo could not be read: {0}")]
    Load(E),
    #[error(transparent)]
    Photo(#[from] Fault),
}

/// Develops `count` photos. `load` gives the bytes of each, on a worker's thread and only when its turn has
/// come; `done` gets each result as it comes, with the photo's number, on the caller's thread. No more than
/// one result for each worker waits for `done`, so that memory stays the same however many there are.
///
/// A photo that fails does not stop the others. When `cancel` becomes true, those that are being developed
/// are finished and no more are begun. Gives how many came to `done`.
pub fn develop_many<E: Send>(
    count: usize,
    load: impl Fn(usize) -> Result<Vec<u8>, E> + Sync,
    settings: &Settings,
    crew: &Crew,
    cancel: &AtomicBool,
    done: impl FnMut(usize, Result<Developed, Failure<E>>),
) -> usize {
    develop_many_by(count, load, develop::develop_with, settings, crew, cancel, done)
}

/// [`develop_many`] with another's `develop`, such as one that works in a process of its own.
pub fn develop_many_by<E: Send>(
    count: usize,
    load: impl Fn(usize) -> Result<Vec<u8>, E> + Sync,
    develop: impl Fn(&[u8], &Settings) -> Result<Developed, Fault> + Sync,
    settings: &Settings,
    crew: &Crew,
    cancel: &AtomicBool,
    mut done: impl FnMut(usize, Result<Developed, Failure<E>>),
) -> usize {
    let workers = crew.workers.get().min(count.max(1));
    let room = Room::new(crew.memory);
    let next = AtomicUsize::new(0);
    let (results, incoming) = sync_channel(workers);
    let work = |results: std::sync::mpsc::SyncSender<_>| {
        while !cancel.load(Ordering::Relaxed) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                break;
            }
            let one = || one(load(number), &develop, settings, &room);
            let result = catch_unwind(AssertUnwindSafe(one))
                .unwrap_or_else(|_| Err(Fault::damaged("developing it gave up").into()));
            if results.send((number, result)).is_err() {
                break;
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..workers {
            let results = results.clone();
            scope.spawn(|| work(results));
        }
        drop(results);
        let mut finished = 0;
        for (number, result) in incoming {
            finished += 1;
            done(number, result);
        }
        finished
    })
}

fn one<E>(
    loaded: Result<Vec<u8>, E>,
    develop: impl Fn(&[u8], &Settings) -> Result<Developed, Fault>,
    settings: &Settings,
    room: &Room,
) -> Result<Developed, Failure<E>> {
    let bytes = loaded.map_err(Failure::Load)?;
    let header = develop::read(&bytes, settings)?;
    let _held = room.take(header.decoded_bytes);
    Ok(develop(&bytes, settings)?)
}

/// Bytes that are shared out.
struct Room {
    all: u64,
    free: Mutex<u64>,
    returned: Condvar,
}

struct Held<'room> {
    bytes: u64,
    room: &'room Room,
}

impl Room {
    fn new(all: u64) -> Room {
        Room {
            all,
            free: Mutex::new(all),
            returned: Condvar::new(),
        }
    }

    /// Waits until so many are free.
    fn take(&self, bytes: u64) -> Held<'_> {
        let bytes = bytes.min(self.all);
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self
            .returned
            .wait_while(free, |free| *free < bytes)
            .unwrap_or_else(PoisonError::into_inner);
        *free -= bytes;
        Held { bytes, room: self }
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut free = self.room.free.lock().unwrap_or_else(PoisonError::into_inner);
        *free += self.bytes;
        self.room.returned.notify_all();
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::*;

    #[test]
    fn what_is_held_never_passes_what_there_is() {
        let room = Room::new(100);
        let (held, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        thread::scope(|scope| {
            for bytes in [10, 60, 70, 250, 40, 100, 1, 99] {
                let (room, held, most) = (&room, &held, &most);
                scope.spawn(move || {
                    for _ in 0..200 {
                        let taken = room.take(bytes);
                        let now =
                            held.fetch_add(taken.bytes as usize, Ordering::SeqCst) + taken.bytes as usize;
                        most.fetch_max(now, Ordering::SeqCst);
                        held.fetch_sub(taken.bytes as usize, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!((100..=100).contains(&most.load(Ordering::SeqCst)));
        assert_eq!(*room.free.lock().unwrap(), 100);
    }
}
