//! Which backups stay: the newest of each of the last days, weeks and months. Pure.

use super::view::{BackupReason, BackupView};
use crate::today::rules::day;
use chrono::Datelike;
use std::collections::{BTreeSet, HashSet};

const DAYS: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 12;
/// Whatever their days are.
const NEWEST: usize = 3;
/// Of those made before a migration or a restore.
const BEFORE: usize = 3;

/// The ids of those that may go, out of a list with the newest first.
pub fn spare(list: &[BackupView]) -> Vec<String> {
    let mut stay: HashSet<&str> = list
        .iter()
        .take(NEWEST)
        .map(|backup| backup.id.as_str())
        .collect();
    let before = list.iter().filter(|backup| {
        matches!(
            backup.reason,
            BackupReason::BeforeMigration | BackupReason::BeforeRestore
        )
    });
    stay.extend(before.take(BEFORE).map(|backup| backup.id.as_str()));
    let date = |backup: &BackupView| day(backup.made_ms, backup.offset_minutes);
    stay.extend(newest_of(list, DAYS, |backup| date(backup).num_days_from_ce()));
    stay.extend(newest_of(list, WEEKS, |backup| {
        let week = date(backup).iso_week();
        week.year() * 100 + week.week().cast_signed()
    }));
    stay.extend(newest_of(list, MONTHS, |backup| {
        date(backup).year() * 100 + date(backup).month().cast_signed()
    }));
    let spare = list.iter().filter(|backup| !stay.contains(backup.id.as_str()));
    spare.map(|backup| backup.id.clone()).collect()
}

/// The newest of each of the last `count` spans that have one.
fn newest_of(list: &[BackupView], count: usize, span: impl Fn(&BackupView) -> i32) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let firsts = list.iter().filter(|backup| seen.insert(span(backup)));
    firsts.take(count).map(|backup| backup.id.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY_MS: i64 = 86_400_000;

    fn backup(made_ms: i64, reason: BackupReason) -> BackupView {
        BackupView {
            id: format!("here/{made_ms}"),
            away: false,
            made_ms,
            offset_minutes: -360,
            reason,
            pieces: 0,
            orders: 0,
            photos: 0,
            bytes: 0,
            checked_ms: made_ms,
            whole: true,
        }
    }

    /// What is left when each day's backup is followed by rotation, for `days` days with `each` of them.
    fn after(days: i64, each: i64) -> Vec<BackupView> {
        let mut list: Vec<BackupView> = Vec::new();
        for n in 0..days * each {
            list.insert(
                0,
                backup(1_790_000_000_000 + n * DAY_MS / each, BackupReason::Daily),
            );
            let gone = spare(&list);
            list.retain(|backup| !gone.contains(&backup.id));
        }
        list
    }

    #[test]
    fn two_years_of_days_leave_a_week_a_month_and_a_year() {
        let left = after(730, 1);
        let ages: Vec<i64> = left
            .iter()
            .map(|b| (left[0].made_ms - b.made_ms) / DAY_MS)
            .collect();
        assert_eq!(&ages[..7], &[0, 1, 2, 3, 4, 5, 6]);
        assert!((18..=23).contains(&ages.len()), "{ages:?}");
        assert!(ages.iter().any(|age| (19..=28).contains(age)), "{ages:?}");
        assert!(ages.iter().any(|age| (300..=366).contains(age)), "{ages:?}");
    }

    #[test]
    fn many_on_one_day_leave_a_few_and_never_the_newest_goes() {
        let left = after(30, 10);
        assert!(left.len() < 23, "{}", left.len());
        let many: Vec<BackupView> = (0..50)
            .rev()
            .map(|n| backup(1_790_000_000_000 + n, BackupReason::Asked))
            .collect();
        let gone = spare(&many);
        assert_eq!(gone.len(), 47);
        assert!(!gone.contains(&many[0].id));
    }

    #[test]
    fn what_was_made_before_a_restore_stays_a_while() {
        let mut list = vec![backup(1_790_000_000_000, BackupReason::BeforeRestore)];
        for n in 1..20 {
            list.insert(0, backup(1_790_000_000_000 + n, BackupReason::Asked));
        }
        assert!(!spare(&list).contains(&list[19].id));
    }
}
