//! How a door is opened.

use std::fmt;
use std::net::SocketAddrV4;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

const MINUTE_MS: i64 = 60_000;

/// Tells the time in UTC milliseconds; tests bring their own.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// How a door is opened. [`Options::new`] gives what the app uses; tests change the rest.
#[derive(Clone)]
pub struct Options {
    /// The piece that is open, as the phone shows it; may be empty.
    pub title: String,
    /// Where to listen; without it, on all IPv4 addresses of this machine and a free port.
    pub address: Option<SocketAddrV4>,
    /// How long it stays open without use: 15 minutes.
    pub open_ms: i64,
    /// How long use may keep it open: 60 minutes.
    pub longest_ms: i64,
    /// The largest photo in bytes: 60 MB.
    pub photo_bytes: u64,
    /// Where photos are kept while they arrive, best on the disk where they will stay; leftovers of an earlier
    /// run are removed from it. Without it, the system's temporary folder.
    pub folder: Option<PathBuf>,
    pub clock: Clock,
}

impl Options {
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            address: None,
            open_ms: 15 * MINUTE_MS,
            longest_ms: 60 * MINUTE_MS,
            photo_bytes: 60_000_000,
            folder: None,
            clock: Arc::new(now_ms),
        }
    }
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options")
            .field("title", &self.title)
            .field("address", &self.address)
            .field("open_ms", &self.open_ms)
            .field("longest_ms", &self.longest_ms)
            .field("photo_bytes", &self.photo_bytes)
            .field("folder", &self.folder)
            .finish_non_exhaustive()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the door that time comes in through"
)]
fn now_ms() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
