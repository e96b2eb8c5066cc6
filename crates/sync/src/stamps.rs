//! Hybrid logical clock: stamps that order writes even when laptops' clocks disagree.

use api::clock::Stamp;

/// How far ahead of the marketplace's time a stamp may be, in milliseconds.
pub const TOLERANCE_MS: i64 = 60_000;

/// The beginning of 2026: no marketplace is older. One that says so has lost its clock, and what a person wrote by that
/// clock would count as older than what it replaces.
const EARLIEST_MS: i64 = 1_767_225_600_000;

/// The newest stamp that this laptop gave or accepted, and what its clock lacks to the marketplace's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    pub last_ms: i64,
    pub last_n: u32,
    /// Marketplace's time minus this laptop's, in milliseconds.
    pub offset_ms: i64,
}

impl Clock {
    /// The stamp for a write that happens now. `now_ms` is the laptop's own clock.
    ///
    /// A clock that jumps back keeps counting on the last stamp, so that what a person writes later
    /// also counts as later; but only within the tolerance, or one hour spent in 2099 would freeze the
    /// clock there for ever.
    pub fn tick(&mut self, now_ms: i64, laptop: &str) -> Stamp {
        // Never before 1970, whatever the clock says and was corrected by: such a stamp would be refused.
        let now = now_ms.saturating_add(self.offset_ms).max(0);
        if now > self.last_ms || self.last_ms.saturating_sub(now) > TOLERANCE_MS {
            self.last_ms = now;
            self.last_n = 0;
        } else {
            self.last_n = self.last_n.saturating_add(1);
        }
        Stamp {
            ms: self.last_ms,
            n: self.last_n,
            laptop: laptop.to_owned(),
        }
    }

    /// Takes note of another laptop's stamp, so that the next write here comes after it. A stamp from
    /// the far future does not drag the clock along.
    pub fn seen(&mut self, stamp: &Stamp, now_ms: i64) {
        let now = now_ms.saturating_add(self.offset_ms).max(0);
        if self.last_ms.saturating_sub(now) > TOLERANCE_MS {
            // This clock was far ahead once. What is seen now must count as earlier than what is written next all the
            // same: the next write starts from now, and not from then.
            self.last_ms = now;
            self.last_n = 0;
        }
        if stamp.ms <= now.saturating_add(TOLERANCE_MS) && (stamp.ms, stamp.n) > (self.last_ms, self.last_n) {
            self.last_ms = stamp.ms;
            self.last_n = stamp.n;
        }
    }

    /// Learns the marketplace's time from an answer. Differences below a second are the network's, and a time that cannot
    /// be is nobody's.
    pub fn correct(&mut self, server_ms: i64, now_ms: i64) {
        if server_ms < EARLIEST_MS {
            return;
        }
        let offset = server_ms.saturating_sub(now_ms);
        if offset.abs_diff(self.offset_ms) >= 1_000 {
            self.offset_ms = offset;
        }
    }
}

/// What the marketplace makes of a stamp: one that is too far ahead is taken back to now.
pub fn clamp(stamp: Stamp, server_ms: i64) -> Stamp {
    if stamp.ms > server_ms.saturating_add(TOLERANCE_MS) {
        Stamp {
            ms: server_ms,
            n: 0,
            ..stamp
        }
    } else {
        stamp
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_writes_have_later_stamps_even_when_the_clock_goes_back() {
        let mut clock = Clock::default();
        let first = clock.tick(10_000, "a");
        let second = clock.tick(9_000, "a");
        let third = clock.tick(9_000, "a");
        assert!(first < second && second < third);
    }

    #[test]
    fn a_laptop_set_to_2099_comes_back() {
        let mut clock = Clock::default();
        let far = clock.tick(4_070_908_800_000, "a");
        let back = clock.tick(1_790_000_000_000, "a");
        assert_eq!(back.ms, 1_790_000_000_000);
        assert_eq!(clamp(far, 1_790_000_000_000).ms, 1_790_000_000_000);
    }

    #[test]
    fn a_clock_in_1970_that_was_corrected_for_2036_gives_good_stamps() {
        let mut clock = Clock::default();
        clock.correct(1_790_000_000_000, 2_100_000_000_000);
        let first = clock.tick(0, "a");
        let second = clock.tick(10, "a");
        assert!(first.ms >= 0 && first < second, "{first:?} {second:?}");
    }

    #[test]
    fn a_far_stamp_seen_does_not_drag_the_clock() {
        let mut clock = Clock::default();
        clock.seen(
            &Stamp {
                ms: 4_070_908_800_000,
                n: 0,
                laptop: "b".into(),
            },
            1_000,
        );
        assert_eq!(clock.tick(1_001, "a").ms, 1_001);
    }

    #[test]
    fn after_2099_what_was_seen_still_comes_before_what_is_written_next() {
        let mut clock = Clock::default();
        clock.tick(4_070_908_800_000, "a");
        // Another laptop's clock is half a second ahead of this one's.
        let other = Stamp {
            ms: 1_790_000_000_500,
            n: 3,
            laptop: "b".into(),
        };
        clock.seen(&other, 1_790_000_000_000);
        assert!(clock.tick(1_790_000_000_001, "a") > other);
    }

    #[test]
    fn a_marketplace_at_either_end_of_time_does_no_harm() {
        for server_ms in [i64::MIN, -1, 0, i64::MAX] {
            for now_ms in [i64::MIN, 0, 1_790_000_000_000, i64::MAX] {
                let mut clock = Clock::default();
                clock.correct(server_ms, now_ms);
                clock.tick(now_ms, "a");
                clock.correct(1_790_000_000_000, 1_790_000_000_000);
                assert_eq!(clock.tick(1_790_000_000_000, "a").ms, 1_790_000_000_000);
            }
        }
    }

    #[test]
    fn a_wrong_clock_is_corrected_by_the_marketplaces_time() {
        let mut clock = Clock::default();
        clock.correct(1_790_000_000_000, 0);
        assert_eq!(clock.tick(5, "a").ms, 1_790_000_000_005);
    }
}
