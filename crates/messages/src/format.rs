//! Money, weights and dates as people write them.
//!
//! Spanish as in Mexico (`$2,450.00 MXN`), English the same, French with spaces and a comma
//! (`2 450,00 MXN`). The spaces inside a figure do not break at the end of a line.

use crate::Language;

/// U+00A0: a figure and its unit stay together.
const SPACE: char = '\u{a0}';

/// An amount in minor units with its ISO 4217 code: `$2,450.00 MXN`, in French `2 450,00 MXN`.
pub fn money(language: Language, minor: i64, currency: &str) -> String {
    let symbol = match (language, currency) {
        (Language::Fr, _) => "",
        (_, "MXN" | "CUP" | "USD" | "CAD" | "ARS" | "CLP" | "COP" | "AUD") => "$",
        (_, "EUR") => "€",
        (_, "GBP") => "£",
        _ => "",
    };
    let figure = amount(language, minor.unsigned_abs(), currency);
    let sign = if minor < 0 { "-" } else { "" };
    format!("{sign}{symbol}{figure}{SPACE}{currency}")
}

/// The bare figure of an amount in minor units, for a table with the currency in its head: `2,450.00`.
pub fn amount(language: Language, minor: u64, currency: &str) -> String {
    let digits = exponent(currency);
    let unit = 10_u64.pow(digits);
    let whole = thousands(language, minor / unit);
    if digits == 0 {
        return whole;
    }
    let fraction = minor % unit;
    format!(
        "{whole}{}{fraction:0width$}",
        decimal_mark(language),
        width = digits as usize
    )
}

/// A weight: `850 g`, and from a kilogram on `1.25 kg` (French `1,25 kg`). No gram is rounded away.
pub fn weight(language: Language, grams: i64) -> String {
    if grams.unsigned_abs() < 1000 {
        return format!("{grams}{SPACE}g");
    }
    let sign = if grams < 0 { "-" } else { "" };
    let kilograms = thousands(language, grams.unsigned_abs() / 1000);
    let rest = grams.unsigned_abs() % 1000;
    if rest == 0 {
        return format!("{sign}{kilograms}{SPACE}kg");
    }
    let rest = format!("{rest:03}");
    format!(
        "{sign}{kilograms}{}{}{SPACE}kg",
        decimal_mark(language),
        rest.trim_end_matches('0')
    )
}

/// The day of a UTC time in milliseconds, as seen at `offset_minutes` east of Greenwich:
/// `21 de noviembre de 2026`, `21 November 2026`, `21 novembre 2026`.
pub fn date(language: Language, utc_ms: i64, offset_minutes: i32) -> String {
    let (year, month, day) = civil(local_ms(utc_ms, offset_minutes).div_euclid(86_400_000));
    let name = MONTHS[month][language as usize];
    match language {
        Language::Es => format!("{day} de {name} de {year}"),
        Language::En => format!("{day} {name} {year}"),
        Language::Fr if day == 1 => format!("1er {name} {year}"),
        Language::Fr => format!("{day} {name} {year}"),
    }
}

/// The same day with its time on a 24-hour clock: `21 de noviembre de 2026, 14:05`.
pub fn date_time(language: Language, utc_ms: i64, offset_minutes: i32) -> String {
    let minutes = local_ms(utc_ms, offset_minutes).rem_euclid(86_400_000) / 60_000;
    format!(
        "{}, {}:{:02}",
        date(language, utc_ms, offset_minutes),
        minutes / 60,
        minutes % 60
    )
}

fn local_ms(utc_ms: i64, offset_minutes: i32) -> i64 {
    utc_ms.saturating_add(i64::from(offset_minutes) * 60_000)
}

/// Year, month from 0, day from 1 of a count of days since 1970-01-01 in the Gregorian calendar
/// (Howard Hinnant's days-from-civil algorithm, run backwards).
fn civil(days: i64) -> (i64, usize, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let march_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * march_month + 2) / 5 + 1;
    let month = (march_month + 2) % 12;
    let year = year_of_era + era * 400 + i64::from(month < 2);
    (year, usize::try_from(month).unwrap_or(0), day)
}

fn thousands(language: Language, whole: u64) -> String {
    let separator = if language == Language::Fr { SPACE } else { ',' };
    let digits = whole.to_string();
    let mut out = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

fn decimal_mark(language: Language) -> char {
    if language == Language::Fr { ',' } else { '.' }
}

/// Digits after the decimal mark, ISO 4217.
fn exponent(currency: &str) -> u32 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND"
        | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

/// January first, each in the order of [`Language`].
const MONTHS: [[&str; 3]; 12] = [
    ["enero", "January", "janvier"],
    ["febrero", "February", "février"],
    ["marzo", "March", "mars"],
    ["abril", "April", "avril"],
    ["mayo", "May", "mai"],
    ["junio", "June", "juin"],
    ["julio", "July", "juillet"],
    ["agosto", "August", "août"],
    ["septiembre", "September", "septembre"],
    ["octubre", "October", "octobre"],
    ["noviembre", "November", "novembre"],
    ["diciembre", "December", "décembre"],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_as_each_language_does() {
        assert_eq!(money(Language::Es, 245_000, "MXN"), "$2,450.00\u{a0}MXN");
        assert_eq!(money(Language::En, 5, "USD"), "$0.05\u{a0}USD");
        assert_eq!(
            money(Language::Fr, 123_456_789, "MXN"),
            "1\u{a0}234\u{a0}567,89\u{a0}MXN"
        );
        assert_eq!(money(Language::Es, -99_900, "CUP"), "-$999.00\u{a0}CUP");
        assert_eq!(money(Language::Es, 1500, "JPY"), "1,500\u{a0}JPY");
        assert_eq!(money(Language::Es, 1500, "KWD"), "1.500\u{a0}KWD");
        assert_eq!(
            money(Language::En, i64::MIN, "MXN"),
            "-$92,233,720,368,547,758.08\u{a0}MXN"
        );
    }

    #[test]
    fn weights_change_to_kilograms_at_a_thousand() {
        assert_eq!(weight(Language::Es, 999), "999\u{a0}g");
        assert_eq!(weight(Language::Es, 1000), "1\u{a0}kg");
        assert_eq!(weight(Language::Es, 1250), "1.25\u{a0}kg");
        assert_eq!(weight(Language::Fr, 20_005), "20,005\u{a0}kg");
    }

    #[test]
    fn dates_follow_the_local_day() {
        let ms = 1_795_305_600_000; // 2026-11-22 00:00 UTC
        assert_eq!(date(Language::Es, ms, -360), "21 de noviembre de 2026");
        assert_eq!(date(Language::En, ms, 0), "22 November 2026");
        assert_eq!(date_time(Language::Fr, ms, 60), "22 novembre 2026, 1:00");
        assert_eq!(date(Language::Fr, 0, 0), "1er janvier 1970");
        assert_eq!(date(Language::En, -1, 0), "31 December 1969");
        assert_eq!(date(Language::En, 951_782_400_000, 0), "29 February 2000");
        assert!(!date(Language::Es, i64::MAX, i32::MAX).is_empty());
        assert!(!date_time(Language::Es, i64::MIN, i32::MIN).is_empty());
    }
}
