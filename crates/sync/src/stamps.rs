//! Hybrid logical clock: stamps that order writes even when laptops' clocks disagree.

use api::clock::Stamp;

/// How far ahead of the marketplace's time a stamp may be, in milliseconds.
pub const TOLERANCE_MS: i64 = 60_000;

/// The beginning of 2026: no marketplace is older. One that says so has lost its clock, and what a person wrote by that
/// clock would count as older than what it replaces.
const EARLIEST_MS: i64 = 1_767_225_600_000;

/// A clock that somebody looks after is not further off. What is further ahead than this is 2099, and counts for nothing.
const PLAUSIBLE_MS: i64 = 31 * 24 * 60 * 60_000;

/// No answer travels for so long: a marketplace that tells an earlier time than it did before by more than this has had
/// its clock put back.
const LATE_MS: i64 = 5 * 60_000;

/// The newest stamp that this laptop gave or accepted, and what its clock lacks to the marketplace's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    pub last_ms: i64,
    pub last_n: u32,
    /// Marketplace's time minus this laptop's, in milliseconds.
    pub offset_ms: i64,
    /// The newest stamp that a clock which was right can have given, as far as is known here. What is written next comes
    /// after it, even when a clock is put back by days.
    pub floor_ms: i64,
    pub floor_n: u32,
    /// The latest time that the marketplace told.
    pub heard_ms: i64,
}

impl Clock {
    /// The stamp for a write that happens now. `now_ms` is the laptop's own clock.
    ///
    /// A clock that jumps back keeps counting on the last stamp, so that what a person writes later
    /// also counts as later; but only within the tolerance, or one hour spent in 2099 would freeze the
    /// clock there for ever.
    pub fn tick(&mut self, now_ms: i64, laptop: &str) -> Stamp {
        // Never before 1970, whatever the clock says and was corrected by: such a stamp would be refused.
        let now = self.now(now_ms);
        if now > self.last_ms || self.last_ms.saturating_sub(now) > TOLERANCE_MS {
            self.last_ms = now;
            self.last_n = 0;
        } else {
            (self.last_ms, self.last_n) = next(self.last_ms, self.last_n);
        }
        if (self.last_ms, self.last_n) <= (self.floor_ms, self.floor_n) {
            if self.floor_ms.saturating_sub(now) > PLAUSIBLE_MS {
                (self.floor_ms, self.floor_n) = (0, 0);
            } else {
                (self.floor_ms, self.floor_n) = next(self.floor_ms, self.floor_n);
                (self.last_ms, self.last_n) = (self.floor_ms, self.floor_n);
            }
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
        let now = self.now(now_ms);
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
        // The marketplace takes no stamp from its future. One that seems to be from there tells that its clock was put
        // back since, or that this laptop's was.
        if stamp.ms <= now.saturating_add(PLAUSIBLE_MS) {
            self.not_before(stamp.ms, stamp.n);
        }
    }

    /// Learns the marketplace's time from an answer. Differences below a second are the network's, and a time that cannot
    /// be is nobody's.
    pub fn correct(&mut self, server_ms: i64, now_ms: i64) {
        if server_ms < EARLIEST_MS {
            return;
        }
        let back_ms = self.heard_ms.saturating_sub(server_ms);
        if back_ms > PLAUSIBLE_MS {
            // The one that was told before cannot have been, either.
            self.heard_ms = server_ms;
        } else if back_ms > LATE_MS {
            // It is the marketplace's clock that was put back, not this laptop's that was ahead: what was stamped by the
            // time that held until now was stamped well.
            if self.last_ms <= self.now(now_ms).saturating_add(TOLERANCE_MS) {
                self.not_before(self.last_ms, self.last_n);
            }
        } else {
            self.heard_ms = self.heard_ms.max(server_ms);
        }
        let offset = server_ms.saturating_sub(now_ms);
        if offset.abs_diff(self.offset_ms) >= 1_000 {
            self.offset_ms = offset;
        }
    }

    fn now(&self, now_ms: i64) -> i64 {
        now_ms.saturating_add(self.offset_ms).max(0)
    }

    fn not_before(&mut self, ms: i64, n: u32) {
        (self.floor_ms, self.floor_n) = (self.floor_ms, self.floor_n).max((ms, n));
    }
}

/// The first stamp after this one.
fn next(ms: i64, n: u32) -> (i64, u32) {
    match n.checked_add(1) {
        Some(n) => (ms, n),
        None => (ms.saturating_add(1), 0),
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

/// A stamp that was taken back, of a write to what already has a stamp. The marketplace takes none from its future: one
/// that is there all the same tells that its own clock was put back, and the write that comes now is the later one.
pub fn after(stamp: Stamp, there: &Stamp, server_ms: i64) -> Stamp {
    if there.ms > server_ms.saturating_add(TOLERANCE_MS) && *there >= stamp {
        let (ms, n) = next(there.ms, there.n);
        Stamp { ms, n, ..stamp }
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

    const NOW: i64 = 1_790_000_000_000;
    const DAY: i64 = 24 * 60 * 60_000;

    #[test]
    fn a_marketplace_whose_clock_is_put_back_by_days_does_not_make_later_writes_earlier() {
        for days in [1, 5, 30] {
            let mut clock = Clock::default();
            clock.correct(NOW, NOW);
            let before = clock.tick(NOW + 1_000, "a");
            clock.correct(NOW + 2_000 - days * DAY, NOW + 2_000);
            let during = [3_000, 4_000].map(|ms| clock.tick(NOW + ms, "a"));
            clock.correct(NOW + 5_000, NOW + 5_000);
            let after = clock.tick(NOW + 5_000, "a");
            assert!(
                before < during[0] && during[0] < during[1] && during[1] < after,
                "{days} days"
            );
            assert_eq!(after.ms, NOW + 5_000);
        }
    }

    #[test]
    fn what_is_seen_while_the_marketplace_is_days_behind_comes_before_what_is_written_next() {
        let mut clock = Clock::default();
        clock.correct(NOW - 5 * DAY, NOW);
        let other = Stamp {
            ms: NOW - 1_000,
            n: 4,
            laptop: "z".into(),
        };
        clock.seen(&other, NOW);
        let first = clock.tick(NOW + 1, "a");
        let second = clock.tick(NOW + 2, "a");
        assert!(other < first && first < second, "{first:?} {second:?}");
    }

    #[test]
    fn a_laptop_that_was_days_ahead_comes_back_once_the_marketplace_is_heard() {
        let mut clock = Clock::default();
        clock.correct(NOW, NOW);
        clock.tick(NOW + 5 * DAY, "a");
        // An hour later by the marketplace's clock: it is the laptop's that was put forward.
        clock.correct(NOW + DAY / 24, NOW + 5 * DAY + DAY / 24);
        assert_eq!(clock.tick(NOW + 5 * DAY + DAY / 24, "a").ms, NOW + DAY / 24);
    }

    #[test]
    fn a_marketplace_that_was_in_2099_and_one_that_answers_late_leave_nothing_behind() {
        let mut clock = Clock::default();
        clock.correct(4_070_908_800_000, NOW);
        clock.tick(NOW, "a");
        clock.correct(NOW + 2_000, NOW + 2_000);
        assert_eq!(clock.tick(NOW + 2_000, "a").ms, NOW + 2_000);
        clock.correct(NOW - 2 * 60_000, NOW + 3_000);
        clock.correct(NOW + 4_000, NOW + 4_000);
        assert_eq!(clock.tick(NOW + 4_000, "a").ms, NOW + 4_000);
    }

    #[test]
    fn a_marketplace_that_was_put_back_lets_later_writes_be_later() {
        let there = Stamp {
            ms: NOW,
            n: 7,
            laptop: "z".into(),
        };
        let write = Stamp {
            ms: NOW + 1_000,
            n: 0,
            laptop: "a".into(),
        };
        let server_ms = NOW - 5 * DAY;
        let taken = after(clamp(write.clone(), server_ms), &there, server_ms);
        assert!(taken > there && taken.ms == there.ms, "{taken:?}");
        // As long as its clock is right, a stamp is never more than that.
        let far = Stamp {
            ms: 4_070_908_800_000,
            ..write
        };
        assert_eq!(
            after(clamp(far, NOW - 1_000), &there, NOW - 1_000).ms,
            NOW - 1_000
        );
    }
}
