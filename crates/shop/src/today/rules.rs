//! Days where the laptop is. Pure.

use chrono::{DateTime, Datelike, Duration, NaiveDate};

const DAY_MS: i64 = 86_400_000;

/// The day of a moment, `offset_minutes` ahead of UTC.
pub fn day(ms: i64, offset_minutes: i32) -> NaiveDate {
    let local = ms.saturating_add(i64::from(offset_minutes) * 60_000);
    DateTime::from_timestamp_millis(local)
        .map(|moment| moment.date_naive())
        .unwrap_or_default()
}

/// Year, month and day of the month.
pub fn parts(day: NaiveDate) -> (u16, u8, u8) {
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    (
        u16::try_from(day.year()).unwrap_or(2000),
        part(day.month()),
        part(day.day()),
    )
}

/// The moments when each of the last `count` days began, the oldest first, today last.
pub fn midnights(now_ms: i64, offset_minutes: i32, count: u32) -> Vec<i64> {
    let today = day(now_ms, offset_minutes);
    let begin = |day: NaiveDate| {
        let midnight = day
            .and_hms_opt(0, 0, 0)
            .map_or(0, |moment| moment.and_utc().timestamp_millis());
        midnight - i64::from(offset_minutes) * 60_000
    };
    (0..count)
        .rev()
        .map(|back| begin(today - Duration::days(i64::from(back))))
        .collect()
}

/// Which of the days that begin at `midnights` a moment falls on.
pub fn day_index(midnights: &[i64], ms: i64) -> Option<usize> {
    midnights
        .iter()
        .position(|begin| (*begin..begin + DAY_MS).contains(&ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_evening_in_mexico_is_not_yet_tomorrow() {
        // 2026-11-22 03:00 UTC is still the 21st in Mexico City.
        let ms = 1_795_316_400_000;
        assert_eq!(day(ms, -360).to_string(), "2026-11-21");
        assert_eq!(day(ms, 0).to_string(), "2026-11-22");
        let midnights = midnights(ms, -360, 7);
        assert_eq!(day_index(&midnights, ms), Some(6));
        assert_eq!(day_index(&midnights, ms - DAY_MS), Some(5));
    }
}
