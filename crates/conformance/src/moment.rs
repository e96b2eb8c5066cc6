//! Where time and ids come from.

/// This machine's clock, in UTC milliseconds.
#[expect(clippy::disallowed_methods, reason = "this is the door")]
pub fn now_ms() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// A new UUIDv7.
#[expect(clippy::disallowed_methods, reason = "this is the door")]
pub fn id() -> String {
    uuid::Uuid::now_v7().to_string()
}
