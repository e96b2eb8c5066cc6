//! The task that drives the engine: it brings time, answers and events, and does what the engine asks.

use super::standing::Said;
use super::{Command, jobs, meter, standing, stream, thrift};
use crate::Shop;
use crate::fault::Result;
use crate::settings::store::{self as settings, name};
use crate::world::World;
use std::collections::HashMap;
use std::sync::PoisonError;
use std::time::Duration;
use sync::engine::Engine;
use sync::engine::words::{Answer, Beginning, Effect, Event, Phase, Status, Ticket, Trouble};
use tokio::sync::{mpsc, oneshot};
use tokio::task::{Id, JoinError, JoinHandle, JoinSet};
use tokio::time::Instant;

/// How often the clock is looked at while nothing is due: a laptop that wakes from sleep is noticed.
const LOOK: Duration = Duration::from_secs(20);
/// A jump of the clock by more than this is a sleep.
const SLEPT_MS: i64 = 5_000;
/// While the marketplace answers, a terminal waits this long for another try of what failed.
const SOON_MS: i64 = 5_000;
/// How things stand is counted and shown at most this often: a step of a long reconcile changes little.
const SHOW: Duration = Duration::from_millis(150);
/// `AGREED_MS` on the disk may be this old.
const AGREED_STEP_MS: i64 = 60_000;

/// Syncing as it runs. Dropped, it goes on for as long as the runtime does; killed at any moment, it
/// loses nothing.
pub struct Syncing {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Syncing {
    /// Begins to sync, and goes on until it is stopped. One at a time for a shop.
    pub fn spawn(shop: Shop) -> Self {
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(async move {
            // The driver owns everything that runs: its end is theirs.
            let mut driver = match Driver::begin(shop, true).await {
                Ok(driver) => driver,
                Err(fault) => return tracing::error!(%fault, "syncing could not begin"),
            };
            tokio::select! {
                Ok(()) = stopped => {}
                () = driver.run() => {}
            }
            driver.end().await;
        });
        Self { stop, task }
    }

    /// Ends it, and returns when nothing of it touches the shop any more.
    pub async fn stop(self) {
        // It may have ended by itself.
        let _ = self.stop.send(());
        if let Err(error) = self.task.await {
            tracing::error!(%error, "syncing broke");
        }
    }
}

/// Time that never goes back and does not miss a sleep.
struct Clock {
    now_ms: i64,
    wall_ms: i64,
    at: Instant,
}

impl Clock {
    fn new(world: &dyn World) -> Self {
        let now_ms = world.now_ms();
        Self {
            now_ms,
            wall_ms: now_ms,
            at: Instant::now(),
        }
    }

    fn now(&mut self, world: &dyn World) -> i64 {
        let (wall_ms, at) = (world.now_ms(), Instant::now());
        let passed = i64::try_from((at - self.at).as_millis()).unwrap_or(i64::MAX);
        let jumped = wall_ms.saturating_sub(self.wall_ms);
        self.now_ms += if jumped > passed.saturating_add(SLEPT_MS) {
            jumped
        } else {
            passed
        };
        self.wall_ms = wall_ms;
        // Whole milliseconds only, or many short looks would lose time.
        self.at += Duration::from_millis(passed.unsigned_abs());
        self.now_ms
    }
}

pub(super) struct Driver {
    shop: Shop,
    engine: Engine,
    clock: Clock,
    jobs: JoinSet<std::result::Result<Answer, Trouble>>,
    tickets: HashMap<Id, Ticket>,
    streams: JoinSet<()>,
    events: mpsc::UnboundedReceiver<Event>,
    tell: mpsc::UnboundedSender<Event>,
    commands: mpsc::UnboundedReceiver<Command>,
    wake: Option<i64>,
    status: Option<Status>,
    agreed_ms: Option<i64>,
    agreed_kept_ms: i64,
    /// As it is written down.
    unsure: bool,
    /// The day where the person is, when it was last looked at.
    day: i64,
    shown: Option<Instant>,
    /// Something has changed since it was shown.
    unshown: bool,
}

impl Driver {
    pub async fn begin(shop: Shop, stay: bool) -> Result<Self> {
        // First, so that nothing is missed while the keyring waits to be unlocked.
        let (command, commands) = mpsc::unbounded_channel();
        *shop
            .sync()
            .commands
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(command);
        let joined = !shop.server().await?.is_empty();
        let mut connection = shop.read().acquire().await?;
        let revoked = settings::get(&mut connection, name::REVOKED).await?.is_some();
        let paused = stay && settings::get(&mut connection, name::SYNC_PAUSED).await?.is_some();
        let cursor = settings::get(&mut connection, name::CURSOR).await?;
        let unsure = settings::get(&mut connection, name::UNSURE).await?.is_some();
        // A terminal that syncs every quarter of an hour does not ask each time; a window asks when it opens.
        let known = !stay && jobs::knows_me(&shop, &mut connection).await?;
        drop(connection);
        let signed_in = joined && shop.sync().keeper.has_tokens(shop.laptop_id()).await;
        let (tell, events) = mpsc::unbounded_channel();
        let clock = Clock::new(shop.world());
        // Any seed will do, as long as laptops differ.
        let mut seed = blake3::Hasher::new();
        seed.update(shop.laptop_id().as_bytes())
            .update(&clock.now_ms.to_le_bytes());
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&seed.finalize().as_bytes()[..8]);
        let mut driver = Self {
            engine: Engine::new(u64::from_le_bytes(bytes)),
            clock,
            jobs: JoinSet::new(),
            tickets: HashMap::new(),
            streams: JoinSet::new(),
            events,
            tell,
            commands,
            wake: None,
            status: None,
            agreed_ms: None,
            agreed_kept_ms: 0,
            unsure,
            day: thrift::day(shop.world()),
            shown: None,
            unshown: false,
            shop,
        };
        driver
            .step(Event::Started(Beginning {
                signed_in,
                revoked,
                paused,
                cursor,
                known,
                stay,
            }))
            .await;
        Ok(driver)
    }

    /// Goes on for ever; may be dropped at any await.
    async fn run(&mut self) {
        loop {
            self.next().await;
        }
    }

    /// Goes on until nothing is under way and nothing is about to be tried again.
    pub async fn run_to_rest(&mut self) {
        loop {
            let well = self
                .status
                .as_ref()
                .is_some_and(|status| status.trouble.is_none());
            let now_ms = self.clock.now(self.shop.world());
            let soon = self.wake.is_some_and(|wake| wake - now_ms <= SOON_MS);
            if self.engine.is_resting() && !(well && soon) {
                let shop = self.shop.clone();
                tokio::select! {
                    biased;
                    // Something was put into the outbox by what was just done.
                    () = shop.rung() => self.step(Event::LocalChange).await,
                    () = std::future::ready(()) => return,
                }
                continue;
            }
            self.next().await;
        }
    }

    async fn next(&mut self) {
        let now_ms = self.clock.now(self.shop.world());
        let due = self.wake.map_or(LOOK, |wake| {
            Duration::from_millis(wake.saturating_sub(now_ms).max(0).unsigned_abs()).min(LOOK)
        });
        let shop = self.shop.clone();
        let show = self
            .unshown
            .then(|| self.shown.map_or_else(Instant::now, |shown| shown + SHOW));
        let event = tokio::select! {
            biased;
            () = tokio::time::sleep_until(show.unwrap_or_else(Instant::now)), if show.is_some() => {
                self.show().await;
                None
            }
            Some(command) = self.commands.recv() => self.command(command).await,
            Some(event) = self.events.recv() => Some(event),
            Some(done) = self.jobs.join_next_with_id() => self.done(done),
            () = shop.rung() => Some(Event::LocalChange),
            () = tokio::time::sleep(due) => {
                let now_ms = self.clock.now(self.shop.world());
                let day = thrift::day(self.shop.world());
                // A new day: photos that were held back by yesterday's cap may go.
                if std::mem::replace(&mut self.day, day) != day {
                    Some(Event::LocalChange)
                } else {
                    self.wake.is_some_and(|wake| wake <= now_ms).then_some(Event::Tick)
                }
            }
        };
        if let Some(event) = event {
            self.step(event).await;
        }
    }

    async fn command(&mut self, command: Command) -> Option<Event> {
        match command {
            Command::Now => Some(Event::Now),
            Command::Pause(paused) => Some(Event::Pause(paused)),
            Command::SignedIn { cursor } => Some(Event::SignedIn { cursor }),
            Command::SignedOut => Some(Event::SignedOut),
            Command::Stranger => Some(Event::Stranger),
            Command::Refresh => {
                self.show().await;
                None
            }
        }
    }

    fn done(
        &mut self,
        done: std::result::Result<(Id, std::result::Result<Answer, Trouble>), JoinError>,
    ) -> Option<Event> {
        let (id, result) = match done {
            Ok((id, result)) => (id, result),
            Err(error) => {
                let broke = Trouble::Local {
                    cause: error.to_string(),
                };
                (error.id(), Err(broke))
            }
        };
        // No ticket: it was abandoned.
        let ticket = self.tickets.remove(&id)?;
        if let Err(trouble) = &result {
            tracing::info!(%trouble, "syncing met trouble");
        }
        Some(Event::Answer { ticket, result })
    }

    async fn step(&mut self, event: Event) {
        let now_ms = self.clock.now(self.shop.world());
        let shows = matches!(event, Event::LocalChange | Event::Answer { .. });
        let mut spoke = false;
        for effect in self.engine.step(now_ms, event) {
            match effect {
                Effect::Do(ticket, job) => {
                    let handle = self.jobs.spawn(jobs::run(self.shop.clone(), job));
                    self.tickets.insert(handle.id(), ticket);
                }
                Effect::OpenStream(ticket) => {
                    self.streams
                        .spawn(stream::hold(self.shop.clone(), ticket, self.tell.clone()));
                }
                Effect::CloseStream => self.streams.abort_all(),
                Effect::Abandon => {
                    self.tickets.clear();
                    self.jobs.abort_all();
                }
                Effect::WakeAt(at) => self.wake = at,
                Effect::Status(status) => {
                    self.hear(&status, now_ms).await;
                    spoke = true;
                }
            }
        }
        // Streams that have ended leave their results here.
        while self.streams.try_join_next().is_some() {}
        self.unshown |= spoke || shows;
    }

    /// Takes note of what the engine says, in this laptop's own time.
    async fn hear(&mut self, status: &Status, now_ms: i64) {
        let wall_ms = self.shop.world().now_ms();
        let before = self.status.replace(status.clone());
        let agreed = status.agreed_ms != before.as_ref().and_then(|status| status.agreed_ms);
        if agreed {
            self.agreed_ms = status.agreed_ms.map(|_| wall_ms);
        }
        let said = Said {
            phase: status.phase,
            next_ms: status.retry_ms.map(|retry_ms| wall_ms + (retry_ms - now_ms)),
            agreed_ms: self.agreed_ms,
        };
        *self
            .shop
            .sync()
            .said
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(said);
        let newly = before.is_none_or(|before| before.phase != status.phase);
        if (newly || agreed)
            && let Err(fault) = self.keep(status.phase, agreed).await
        {
            tracing::error!(%fault, "how syncing stands could not be written down");
        }
    }

    /// What must be known after a restart too.
    async fn keep(&mut self, phase: Phase, agreed: bool) -> Result<()> {
        let agreed_ms = self
            .agreed_ms
            .filter(|ms| ms - self.agreed_kept_ms >= AGREED_STEP_MS);
        let unsure = phase == Phase::Comparing || (self.unsure && !agreed);
        if phase != Phase::Revoked && agreed_ms.is_none() && unsure == self.unsure {
            return Ok(());
        }
        let mut writing = self.shop.begin().await?;
        if phase == Phase::Revoked {
            settings::set(writing.connection(), name::REVOKED, "1").await?;
        }
        if unsure {
            settings::set(writing.connection(), name::UNSURE, "1").await?;
        } else {
            settings::remove(writing.connection(), name::UNSURE).await?;
        }
        if let Some(ms) = agreed_ms {
            settings::set(writing.connection(), name::AGREED_MS, &ms.to_string()).await?;
            self.agreed_kept_ms = ms;
            meter::keep(&self.shop, writing.connection()).await?;
        }
        writing.commit().await?;
        self.unsure = unsure;
        Ok(())
    }

    async fn show(&mut self) {
        self.unshown = false;
        self.shown = Some(Instant::now());
        match standing::standing(&self.shop).await {
            Ok(state) => self.shop.sync().show(state),
            Err(fault) => tracing::error!(%fault, "how syncing stands could not be read"),
        }
    }

    /// Ends everything that runs, and returns when it has.
    pub async fn end(mut self) {
        *self
            .shop
            .sync()
            .commands
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = None;
        *self
            .shop
            .sync()
            .said
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = None;
        self.streams.shutdown().await;
        self.jobs.shutdown().await;
    }
}
