//! Wrong secrets by address, so that nobody can go on guessing.

use std::collections::HashMap;
use std::net::Ipv4Addr;

const WINDOW_MS: i64 = 60_000;
/// Addresses that are remembered at once; a local network has fewer.
const ADDRESSES: usize = 4_096;

/// Wrong secrets by address within a minute.
#[derive(Debug, Default)]
pub struct Attempts {
    windows: HashMap<Ipv4Addr, (i64, u32)>,
}

impl Attempts {
    pub const MOST: u32 = 20;

    /// How many seconds this address has to wait, if it tried too often.
    pub fn wait(&self, address: Ipv4Addr, now_ms: i64) -> Option<u32> {
        let (since, count) = self.windows.get(&address)?;
        let left = WINDOW_MS - (now_ms - since);
        (*count >= Self::MOST && left > 0).then(|| u32::try_from(left / 1000 + 1).unwrap_or(60))
    }

    pub fn count(&mut self, address: Ipv4Addr, now_ms: i64) {
        if self.windows.len() >= ADDRESSES {
            self.windows.retain(|_, (since, _)| now_ms - *since < WINDOW_MS);
        }
        if self.windows.len() >= ADDRESSES {
            self.windows.clear();
        }
        let window = self.windows.entry(address).or_insert((now_ms, 0));
        if now_ms - window.0 >= WINDOW_MS {
            *window = (now_ms, 0);
        }
        window.1 = window.1.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_guesses_waits_a_minute_and_nobody_else_does() {
        let (guesser, other) = (Ipv4Addr::new(10, 0, 0, 1), Ipv4Addr::new(10, 0, 0, 2));
        let mut attempts = Attempts::default();
        for _ in 0..Attempts::MOST {
            assert_eq!(attempts.wait(guesser, 5), None);
            attempts.count(guesser, 5);
        }
        assert_eq!(attempts.wait(guesser, 6), Some(60));
        assert_eq!(attempts.wait(other, 6), None);
        assert_eq!(attempts.wait(guesser, 5 + WINDOW_MS), None);
        attempts.count(guesser, 5 + WINDOW_MS);
        assert_eq!(attempts.wait(guesser, 6 + WINDOW_MS), None);
    }

    #[test]
    fn many_addresses_do_not_fill_the_memory() {
        let mut attempts = Attempts::default();
        for number in 0..20_000_u32 {
            attempts.count(Ipv4Addr::from(number), 0);
        }
        assert!(attempts.windows.len() <= ADDRESSES);
    }
}
