//! A lane: one kind of work, at most one job of it at a time, with its own patience.

use super::words::{Ticket, Trouble};

/// First and longest wait after a failure, in milliseconds.
pub const FIRST_WAIT_MS: i64 = 1_000;
pub const LONGEST_WAIT_MS: i64 = 5 * 60_000;
/// Even the luckiest draw waits this long.
const SHORTEST_WAIT_MS: i64 = 200;

/// The kinds of work. The order is that in which they get their turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Token,
    Push,
    Pull,
    Me,
    Lease,
    Upload,
    Fetch,
}

impl Kind {
    pub const ALL: [Self; 7] = [
        Self::Token,
        Self::Push,
        Self::Pull,
        Self::Me,
        Self::Lease,
        Self::Upload,
        Self::Fetch,
    ];
}

#[derive(Clone, Debug, Default)]
pub struct Lane {
    /// There is, or may be, something to do.
    pub wanted: bool,
    pub flying: Option<Ticket>,
    pub failures: u32,
    pub not_before: i64,
    /// What the last failure was, until a success.
    pub trouble: Option<Trouble>,
}

impl Lane {
    pub fn is_due(&self, now_ms: i64) -> bool {
        self.flying.is_none() && self.not_before <= now_ms
    }

    pub fn fail(&mut self, trouble: Trouble, now_ms: i64, dice: &mut Dice) {
        let asked = match &trouble {
            Trouble::Busy {
                retry_after_ms: Some(wait),
            } => (*wait).clamp(0, LONGEST_WAIT_MS),
            _ => 0,
        };
        self.wanted = true;
        self.failures = self.failures.saturating_add(1);
        self.not_before = now_ms + dice.wait(self.failures).max(asked);
        self.trouble = Some(trouble);
    }

    pub fn succeed(&mut self) {
        self.failures = 0;
        self.not_before = 0;
        self.trouble = None;
    }
}

/// Randomness from a seed (SplitMix64), so that the same events give the same effects.
#[derive(Clone, Debug)]
pub struct Dice(pub u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Exponential back-off with full jitter: anything up to the doubled wait, so that thousands of
    /// laptops do not come back at the same moment.
    pub fn wait(&mut self, failures: u32) -> i64 {
        let doubled = FIRST_WAIT_MS << failures.saturating_sub(1).min(16);
        let most = doubled.min(LONGEST_WAIT_MS);
        let part = i64::try_from(self.roll() % most.unsigned_abs()).unwrap_or(0);
        (part + 1).max(SHORTEST_WAIT_MS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_to_five_minutes_and_differ() {
        let mut dice = Dice(7);
        let longest: Vec<i64> = (1..=12)
            .map(|failures| (0..200).map(|_| dice.wait(failures)).max().unwrap_or(0))
            .collect();
        assert!(longest[0] <= FIRST_WAIT_MS);
        assert!(longest[4] > 8_000 && longest[4] <= 16_000, "{longest:?}");
        assert!(longest.iter().all(|wait| *wait <= LONGEST_WAIT_MS));
        assert!(longest[11] > LONGEST_WAIT_MS / 2);
        let mut other = Dice(8);
        assert_ne!(
            (0..5).map(|_| dice.wait(9)).collect::<Vec<_>>(),
            (0..5).map(|_| other.wait(9)).collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_marketplace_that_names_a_wait_gets_it() {
        let mut lane = Lane::default();
        let busy = Trouble::Busy {
            retry_after_ms: Some(42_000),
        };
        lane.fail(busy, 1_000, &mut Dice(1));
        assert!(!lane.is_due(42_999) && lane.is_due(43_000));
    }
}
