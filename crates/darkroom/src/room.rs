//! The room: so many workers as there is work for, and no more than the laptop bears.

use crate::wire::Ask;
use crate::worker::{Given, Worker};
use imaging::{Developed, Fault, Glance, GlanceSettings, Settings};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError, Weak};
use std::thread;
use std::time::Duration;

/// How long things may take.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// For one photo. The slowest that is let in takes some seconds on an old laptop.
    pub patience: Duration,
    /// A worker that nobody has needed for so long goes home.
    pub rest: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Pace {
            patience: Duration::from_secs(90),
            rest: Duration::from_secs(20),
        }
    }
}

/// Cheap to clone; the workers end with the last clone.
#[derive(Clone)]
pub struct Darkroom {
    /// None develops in this process.
    room: Option<Arc<Room>>,
}

struct Room {
    program: PathBuf,
    pace: Pace,
    most: usize,
    staff: Mutex<Staff>,
    returned: Condvar,
}

#[derive(Default)]
struct Staff {
    resting: Vec<Worker>,
    busy: usize,
    /// A thread is sending home those who rest.
    watched: bool,
}

impl Darkroom {
    /// In this process: for programs that only see their own photos.
    pub fn here() -> Darkroom {
        Darkroom { room: None }
    }

    /// In workers that are this very program, whose `main` hands over to [`crate::serve`]; in this process where the
    /// system does not tell where this program lies.
    pub fn apart() -> Darkroom {
        match std::env::current_exe() {
            Ok(program) => Darkroom::with(program, Pace::default()),
            Err(error) => {
                tracing::warn!(%error, "photos are decoded in the shop's own process");
                Darkroom::here()
            }
        }
    }

    /// In workers that are another program.
    pub fn with(program: PathBuf, pace: Pace) -> Darkroom {
        let cores = thread::available_parallelism().map_or(1, NonZeroUsize::get);
        Darkroom {
            room: Some(Arc::new(Room {
                program,
                pace,
                most: cores.min(4),
                staff: Mutex::default(),
                returned: Condvar::new(),
            })),
        }
    }

    /// How many photos are developed at the same time.
    pub fn workers(&self) -> usize {
        self.room.as_ref().map_or(1, |room| room.most)
    }

    /// [`imaging::develop_with`], where it can do no harm. Waits until a worker is free: not for a thread that
    /// others wait for.
    ///
    /// # Errors
    /// Those of [`imaging::develop_with`]; [`Fault::Damaged`] also when the photo has ended its worker.
    pub fn develop(&self, photo: &[u8], settings: &Settings) -> Result<Developed, Fault> {
        let Some(room) = &self.room else {
            return imaging::develop_with(photo, settings);
        };
        match room.ask(&Ask::Develop(Box::new(settings.clone())), photo)? {
            Some(Given::Developed(developed)) => Ok(*developed),
            Some(Given::Refused(fault)) => Err(fault),
            Some(Given::Glance(_)) => Err(astray()),
            None => imaging::develop_with(photo, settings),
        }
    }

    /// [`imaging::glance`], where it can do no harm. Waits as [`Darkroom::develop`] does.
    ///
    /// # Errors
    /// Those of [`imaging::glance`]; [`Fault::Damaged`] also when the photo has ended its worker.
    pub fn glance(&self, photo: &[u8], settings: &GlanceSettings) -> Result<Glance, Fault> {
        let Some(room) = &self.room else {
            return imaging::glance(photo, settings);
        };
        match room.ask(&Ask::Glance(settings.clone()), photo)? {
            Some(Given::Glance(glance)) => Ok(glance),
            Some(Given::Refused(fault)) => Err(fault),
            Some(Given::Developed(_)) => Err(astray()),
            None => imaging::glance(photo, settings),
        }
    }
}

/// A photo has made its worker answer what was not asked.
fn astray() -> Fault {
    Fault::Damaged("its worker was led astray".to_owned())
}

impl Room {
    /// Nothing when no worker can be had: the program was moved, or an update has put another in its place. That is
    /// no photo's doing, and the shop goes on without them until it is opened again.
    fn ask(self: &Arc<Self>, ask: &Ask, photo: &[u8]) -> Result<Option<Given>, Fault> {
        let _place = self.place();
        let mut worker = self.rested();
        loop {
            let mut asked = match worker.take().map_or_else(|| Worker::begin(&self.program), Ok) {
                Ok(worker) => worker,
                Err(error) => {
                    tracing::warn!(%error, "no worker could be had: a photo is decoded in the shop's own process");
                    return Ok(None);
                }
            };
            let proven = asked.proven;
            match asked.ask(ask, photo, &self.pace) {
                Ok(given) => {
                    self.rest(asked);
                    return Ok(Some(given));
                }
                // It may have died while it rested; a new one tells whether it is the photo.
                Err(error) if proven => tracing::debug!(%error, "a worker was gone"),
                Err(_) if asked.is_of_another_version() => {
                    tracing::warn!("the program was replaced: a photo is decoded in the shop's own process");
                    return Ok(None);
                }
                Err(error) => {
                    tracing::warn!(%error, "a photo has ended its worker");
                    return Err(Fault::Damaged(format!("developing it came to no end: {error}")));
                }
            }
        }
    }

    /// One of the places at the table, once one is free.
    fn place(&self) -> Place<'_> {
        let staff = self.staff.lock().unwrap_or_else(PoisonError::into_inner);
        let mut staff = self
            .returned
            .wait_while(staff, |staff| staff.busy >= self.most)
            .unwrap_or_else(PoisonError::into_inner);
        staff.busy += 1;
        Place { room: self }
    }

    fn rested(&self) -> Option<Worker> {
        let mut staff = self.staff.lock().unwrap_or_else(PoisonError::into_inner);
        staff.resting.pop()
    }

    /// Keeps a worker for the next photo, and sees to it that it does not stay for ever.
    fn rest(self: &Arc<Self>, worker: Worker) {
        let mut staff = self.staff.lock().unwrap_or_else(PoisonError::into_inner);
        staff.resting.push(worker);
        if staff.watched {
            return;
        }
        let (room, rest) = (Arc::downgrade(self), self.pace.rest);
        let watching = thread::Builder::new()
            .name("darkroom-rest".into())
            .spawn(move || send_home(&room, rest));
        staff.watched = watching.is_ok();
    }
}

/// Ends workers that rest too long, until none is left or the room is gone.
fn send_home(room: &Weak<Room>, rest: Duration) {
    loop {
        thread::sleep(rest);
        let Some(room) = room.upgrade() else { return };
        let mut staff = room.staff.lock().unwrap_or_else(PoisonError::into_inner);
        let (stay, go) = std::mem::take(&mut staff.resting)
            .into_iter()
            .partition(|worker| worker.rested_since.elapsed() < rest);
        staff.resting = stay;
        let over = staff.resting.is_empty() && staff.busy == 0;
        staff.watched = !over;
        drop(staff);
        let going: Vec<Worker> = go;
        drop(going);
        if over {
            return;
        }
    }
}

struct Place<'room> {
    room: &'room Room,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut staff = self.room.staff.lock().unwrap_or_else(PoisonError::into_inner);
        staff.busy -= 1;
        self.room.returned.notify_one();
    }
}
