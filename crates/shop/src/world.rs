//! The door through which time and ids come in, so that tests can hold them.

mod ids;

/// Clock and ids.
pub trait World: Send + Sync {
    /// UTC milliseconds by this laptop's clock, right or wrong.
    fn now_ms(&self) -> i64;
    /// A UUIDv7.
    fn id(&self) -> String;
    /// Minutes that the laptop's zone is ahead of UTC.
    fn offset_minutes(&self) -> i32;
    /// What this computer calls itself, the same as long as its system is: a folder that was copied to another one is
    /// known by it. None when it cannot be told.
    fn machine(&self) -> Option<String> {
        None
    }
}

/// The real ones.
pub struct System;

#[expect(
    clippy::disallowed_methods,
    reason = "this is the door that everyone else comes through"
)]
impl World for System {
    fn now_ms(&self) -> i64 {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    fn id(&self) -> String {
        ids::next(u64::try_from(self.now_ms()).unwrap_or(0))
    }

    fn offset_minutes(&self) -> i32 {
        chrono::Local::now().offset().local_minus_utc() / 60
    }

    fn machine(&self) -> Option<String> {
        machine_uid::get().ok().filter(|id| !id.trim().is_empty())
    }
}
