//! UUIDv7 that follow each other closely: a process draws 74 random bits once and counts on from them (RFC 9562, 6.2,
//! "monotonic random").
//!
//! Ids travel in every change and are most of what cannot be compressed in it. Two that were made one after the other
//! differ in their last digits, and cost two or three bytes instead of ten. A folder that was copied or put back counts
//! on from other bits, as the count is nowhere but in memory.

use std::sync::{LazyLock, Mutex, PoisonError};
use uuid::{Builder, Uuid};

const RANDOM_BITS: u32 = 74;
/// Of them, those behind the variant.
const LOW_BITS: u32 = 62;

static COUNT: LazyLock<Mutex<u128>> = LazyLock::new(|| Mutex::new(drawn()));

/// The next id of this process, made at `now_ms` UTC.
pub fn next(now_ms: u64) -> String {
    let mut count = COUNT.lock().unwrap_or_else(PoisonError::into_inner);
    *count = count.wrapping_add(1) % (1 << RANDOM_BITS);
    id(now_ms, *count).to_string()
}

fn id(now_ms: u64, count: u128) -> Uuid {
    let version_and_variant = (0x7 << 76) | (0b10 << LOW_BITS);
    let high = (count >> LOW_BITS) << 64;
    let low = count % (1 << LOW_BITS);
    let ms = u128::from(now_ms) % (1 << 48);
    Builder::from_u128((ms << 80) | version_and_variant | high | low).into_uuid()
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the door that everyone else comes through"
)]
fn drawn() -> u128 {
    let whole = Uuid::now_v7().as_u128();
    (((whole >> 64) % (1 << (RANDOM_BITS - LOW_BITS))) << LOW_BITS) | (whole % (1 << LOW_BITS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn is_a_uuid_v7_of_its_time() {
        let made = id(1_795_354_321_000, (0xabc << LOW_BITS) | 0x1234_5678_9abc_def0);
        assert_eq!(made.to_string(), "01a20374-e068-7abc-9234-56789abcdef0");
        assert_eq!(made.get_version_num(), 7);
        assert_eq!(made.get_variant(), uuid::Variant::RFC4122);
        assert_eq!(made.get_timestamp().map(|at| at.to_unix().0), Some(1_795_354_321));
    }

    #[test]
    fn none_comes_twice_whatever_the_clock_says() {
        let clocks = [0, 5, 5, 4, u64::MAX, 5];
        let made: HashSet<String> = (0..6_000).map(|n| next(clocks[n % clocks.len()])).collect();
        assert_eq!(made.len(), 6_000);
    }

    #[test]
    fn one_after_the_other_differ_at_their_end_only() {
        let all_ones = (1_u128 << RANDOM_BITS) - 1;
        let (last, first) = (id(9, all_ones), id(9, 0));
        assert_eq!(last.to_string(), "00000000-0009-7fff-bfff-ffffffffffff");
        assert_eq!(first.to_string(), "00000000-0009-7000-8000-000000000000");
        let (one, next) = (id(9, 0x1230), id(9, 0x1231));
        assert_eq!(one.to_string()[..35], next.to_string()[..35]);
    }

    #[test]
    fn each_process_draws_its_own() {
        let drawn: HashSet<u128> = (0..100).map(|_| drawn()).collect();
        assert_eq!(drawn.len(), 100);
    }
}
