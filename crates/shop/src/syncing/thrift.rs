//! A network that is paid by the megabyte: so much of photos in a day, and words always.

use super::Command;
use super::view::SyncState;
use crate::Shop;
use crate::fault::{Code, Fault, Result};
use crate::settings::store::{self as settings, name};
use crate::world::World;
use crate::writing::Area;
use sqlx::SqliteConnection;

const DAY_MS: i64 = 86_400_000;
/// In megabytes: below it not even the largest picture would go out in a day.
const LEAST_CAP: u32 = 5;
const MOST_CAP: u32 = 100_000;

/// What may still go out today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    pub cap_bytes: Option<i64>,
    /// Bytes of photos that went out since midnight.
    pub today_bytes: i64,
    /// The cap does not hold today.
    lifted: bool,
}

impl Allowance {
    pub fn lets(&self, bytes: i64) -> bool {
        let fits = |cap| self.today_bytes.saturating_add(bytes) <= cap;
        self.lifted || self.cap_bytes.is_none_or(fits)
    }
}

/// The day where the person is, counted from 1970.
pub fn day(world: &dyn World) -> i64 {
    (world.now_ms() + offset_ms(world)).div_euclid(DAY_MS)
}

fn offset_ms(world: &dyn World) -> i64 {
    i64::from(world.offset_minutes()) * 60_000
}

pub async fn allowance(connection: &mut SqliteConnection, world: &dyn World) -> Result<Allowance> {
    let midnight_ms = day(world) * DAY_MS - offset_ms(world);
    let today_bytes = sqlx::query_scalar!(
        r#"SELECT COALESCE(SUM(bytes), 0) AS "bytes!: i64" FROM uploads WHERE sent_ms >= ?"#,
        midnight_ms
    )
    .fetch_one(&mut *connection)
    .await?;
    let cap = settings::get(connection, name::PHOTO_CAP).await?;
    let lifted = settings::get(connection, name::PHOTO_CAP_LIFTED).await?;
    Ok(Allowance {
        cap_bytes: cap
            .and_then(|megabytes| megabytes.parse::<i64>().ok())
            .map(|megabytes| megabytes * 1_000_000),
        today_bytes,
        lifted: lifted.is_some_and(|lifted| lifted == day(world).to_string()),
    })
}

impl Shop {
    /// How many megabytes of photos may go out in a day; none for as many as there are. Words always go.
    ///
    /// Fault: `OutOfRange` for a cap under which no photo would fit.
    pub async fn sync_cap_set(&self, megabytes: Option<u32>) -> Result<SyncState> {
        let mut writing = self.begin().await?;
        match megabytes {
            Some(megabytes) if !(LEAST_CAP..=MOST_CAP).contains(&megabytes) => {
                return Err(Fault::new(Code::OutOfRange)
                    .with("field", "cap")
                    .with("most", MOST_CAP));
            }
            Some(megabytes) => {
                settings::set(writing.connection(), name::PHOTO_CAP, &megabytes.to_string()).await?;
            }
            None => settings::remove(writing.connection(), name::PHOTO_CAP).await?,
        }
        settings::remove(writing.connection(), name::PHOTO_CAP_LIFTED).await?;
        self.allow(writing).await
    }

    /// Lifts the cap until midnight.
    pub async fn sync_cap_lift(&self) -> Result<SyncState> {
        let mut writing = self.begin().await?;
        let today = day(self.world()).to_string();
        settings::set(writing.connection(), name::PHOTO_CAP_LIFTED, &today).await?;
        self.allow(writing).await
    }

    async fn allow(&self, mut writing: crate::writing::Writing<'_>) -> Result<SyncState> {
        writing.touches(Area::Settings);
        writing.rings();
        writing.commit().await?;
        self.tell(Command::Refresh);
        self.sync_state().await
    }
}
