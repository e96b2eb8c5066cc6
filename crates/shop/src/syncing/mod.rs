//! Carrying the outbox to the marketplace and the feed back: the `sync` engine with a network and this
//! database.
//!
//! [`run::Syncing`] drives the engine for as long as a window is open, [`Shop::sync_once`] until
//! everything is carried or something fails. `jobs` does what the engine asks; `wire` knows what an
//! answer means.

mod feed;
mod heads;
mod jobs;
pub(crate) mod lost;
mod meter;
mod numbers;
pub(crate) mod outbox;
mod own;
mod parity;
mod photos;
mod run;
mod standing;
mod stream;
mod thrift;
pub mod view;
pub(crate) mod wire;

pub use run::Syncing;

use crate::Shop;
use crate::credentials::keeper::Keeper;
use crate::credentials::sign_in::Pending;
use crate::fault::{Code, Result};
use crate::settings::store::{self as settings, name};
use crate::writing::Area;
use meter::Meter;
use run::Driver;
use standing::Said;
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use view::{SyncPhase, SyncState};

/// Said to the running engine.
#[derive(Debug)]
pub(crate) enum Command {
    Now,
    Pause(bool),
    SignedIn {
        cursor: Option<String>,
    },
    SignedOut,
    /// A laptop of the shop is named whose name is not known here.
    Stranger,
    /// Something that is shown has changed.
    Refresh,
}

/// What the running shop shares with whoever asks how syncing stands.
pub struct Shared {
    commands: Mutex<Option<mpsc::UnboundedSender<Command>>>,
    state: watch::Sender<SyncState>,
    said: Mutex<Option<Said>>,
    wire: Mutex<Option<wire::Wire>>,
    /// The last position that the event stream told.
    last_event: AtomicU64,
    lease_turn: AtomicUsize,
    /// The latest time that the marketplace told, 0 when none was told since the shop was opened.
    heard_ms: AtomicI64,
    /// Bytes that travelled since they were last written down.
    meter: Meter,
    pub(crate) keeper: Keeper,
    pub(crate) sign_in: tokio::sync::Mutex<Option<Pending>>,
}

impl Default for Shared {
    fn default() -> Self {
        let state = SyncState {
            phase: SyncPhase::SignedOut,
            waiting: 0,
            photos_waiting: 0,
            photos_sent: 0,
            bytes_waiting: 0,
            cap_bytes: None,
            today_bytes: 0,
            capped: false,
            refused: Vec::new(),
            lost_orders: Vec::new(),
            conflicts: 0,
            oversold: 0,
            waiting_since_ms: None,
            used_today_bytes: 0,
            last_ms: None,
            next_ms: None,
        };
        Self {
            commands: Mutex::default(),
            state: watch::Sender::new(state),
            said: Mutex::default(),
            wire: Mutex::default(),
            last_event: AtomicU64::new(0),
            lease_turn: AtomicUsize::new(0),
            heard_ms: AtomicI64::new(0),
            meter: Meter::default(),
            keeper: Keeper::default(),
            sign_in: tokio::sync::Mutex::default(),
        }
    }
}

impl Shared {
    fn show(&self, state: SyncState) {
        self.state.send_if_modified(|shown| {
            let changed = *shown != state;
            *shown = state;
            changed
        });
    }
}

impl Shop {
    /// How syncing stands now.
    pub async fn sync_state(&self) -> Result<SyncState> {
        let state = standing::standing(self).await?;
        self.sync().show(state.clone());
        Ok(state)
    }

    /// Tells of every change of [`Shop::sync_state`].
    pub fn sync_watch(&self) -> watch::Receiver<SyncState> {
        self.sync().state.subscribe()
    }

    /// Tries now, whatever the waiting times say. Fault `NotSignedIn`.
    pub async fn sync_now(&self) -> Result<()> {
        if self.server().await?.is_empty() {
            return Err(Code::NotSignedIn.into());
        }
        self.tell(Command::Now);
        Ok(())
    }

    /// Pauses, and keeps paused over restarts, or goes on. Nothing else is stopped by it.
    pub async fn sync_pause(&self, paused: bool) -> Result<SyncState> {
        let mut writing = self.begin().await?;
        if paused {
            settings::set(writing.connection(), name::SYNC_PAUSED, "1").await?;
        } else {
            settings::remove(writing.connection(), name::SYNC_PAUSED).await?;
        }
        writing.touches(Area::Settings);
        writing.commit().await?;
        self.tell(Command::Pause(paused));
        self.sync_state().await
    }

    /// Sends a refused change again as a new one. Fault `NotFound`.
    pub async fn refused_retry(&self, id: &str) -> Result<SyncState> {
        outbox::retry(self, id).await?;
        self.sync_state().await
    }

    /// Does not show a refusal any more. Fault `NotFound`.
    pub async fn refused_dismiss(&self, id: &str) -> Result<SyncState> {
        outbox::dismiss(self, id).await?;
        self.sync_state().await
    }

    /// Sends and receives, photos too, until all is carried, something fails, or the time is over; for a
    /// terminal. The phase says how it ended: `Idle` when both sides have everything, `Comparing` when that is not certain yet. While [`Syncing`]
    /// runs it is asked to hurry instead.
    ///
    /// Fault `NotSignedIn`, also when this laptop has lost its tokens.
    pub async fn sync_once(&self, timeout: Duration) -> Result<SyncState> {
        if self.server().await?.is_empty() {
            return Err(Code::NotSignedIn.into());
        }
        if self.tell(Command::Now) {
            let mut watch = self.sync_watch();
            let busy = |state: &SyncState| {
                state.waiting > 0
                    || matches!(
                        state.phase,
                        SyncPhase::Sending | SyncPhase::Receiving | SyncPhase::SendingPhotos
                    )
            };
            let failed = |state: &SyncState| !busy(state) || state.next_ms.is_some();
            // What it stands at when the time is over is the answer.
            let _ = tokio::time::timeout(timeout, watch.wait_for(failed)).await;
            return self.sync_state().await;
        }
        let mut driver = Driver::begin(self.clone(), false).await?;
        if tokio::time::timeout(timeout, driver.run_to_rest()).await.is_err() {
            tracing::info!("not everything could be carried in time");
        }
        let state = self.sync_state().await?;
        driver.end().await;
        match state.phase {
            SyncPhase::SignedOut => Err(Code::NotSignedIn.into()),
            _ => Ok(state),
        }
    }

    /// Says something to the running engine. False when none runs.
    pub(crate) fn tell(&self, command: Command) -> bool {
        let commands = self
            .sync()
            .commands
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        commands
            .as_ref()
            .is_some_and(|commands| commands.send(command).is_ok())
    }
}
