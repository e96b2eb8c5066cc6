//! Counting attempts, so that nobody can guess passwords and codes by trying.

use crate::clock::{MINUTE_MS, now_ms};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

const WINDOW_MS: i64 = 15 * MINUTE_MS;
/// Names that are remembered at once; more than this is an attack on memory, and the oldest windows go.
const NAMES: usize = 50_000;

/// Attempts by name (an account, an address) within a quarter of an hour. Kept in memory: it only has
/// to slow an attacker down, and a restart is rare.
#[derive(Debug)]
pub struct Attempts {
    most: u32,
    windows: Mutex<HashMap<String, (i64, u32)>>,
}

impl Attempts {
    pub fn new(most: u32) -> Self {
        Self {
            most,
            windows: Mutex::default(),
        }
    }

    /// Whether any of the names has used up its attempts: how many seconds it has to wait.
    pub fn wait(&self, names: &[&str]) -> Option<u32> {
        let now = now_ms();
        let windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        names
            .iter()
            .filter_map(|name| windows.get(*name))
            .filter(|(since, count)| now - since < WINDOW_MS && *count >= self.most)
            .map(|(since, _)| u32::try_from((WINDOW_MS - (now - since)) / 1000 + 1).unwrap_or(1))
            .max()
    }

    /// Counts an attempt for each of the names.
    pub fn count(&self, names: &[&str]) {
        let now = now_ms();
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() > NAMES {
            windows.retain(|_, (since, _)| now - *since < WINDOW_MS);
            if windows.len() > NAMES {
                windows.clear();
            }
        }
        for name in names {
            let window = windows.entry((*name).to_owned()).or_insert((now, 0));
            if now - window.0 >= WINDOW_MS {
                *window = (now, 0);
            }
            window.1 = window.1.saturating_add(1);
        }
    }

    /// A success clears the account's own count; that of the address stays.
    pub fn clear(&self, name: &str) {
        self.windows
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_attempt_after_the_last_one_has_to_wait() {
        let attempts = Attempts::new(3);
        for _ in 0..3 {
            assert_eq!(attempts.wait(&["maria", "10.0.0.1"]), None);
            attempts.count(&["maria", "10.0.0.1"]);
        }
        assert!(attempts.wait(&["maria"]).is_some_and(|seconds| seconds > 800));
        assert!(attempts.wait(&["elena", "10.0.0.1"]).is_some());
        assert_eq!(attempts.wait(&["elena", "10.0.0.2"]), None);
        attempts.clear("maria");
        assert_eq!(attempts.wait(&["maria"]), None);
    }
}
