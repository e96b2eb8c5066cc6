//! Prices as they are typed.

use shop::{Code, Fault};

/// "780", "780.5", "1,250.00" or "780,50" in minor units of a currency with two decimals.
pub fn minor(text: &str) -> Result<i64, Fault> {
    let fault = || Fault::new(Code::NotUnderstood).with("field", "price");
    let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '$').collect();
    let (negative, digits) = text
        .strip_prefix('-')
        .map_or((false, text.as_str()), |rest| (true, rest));
    // The last separator is the decimal one when one or two digits follow it.
    let split = digits
        .rfind(['.', ','])
        .filter(|at| (1..=2).contains(&(digits.len() - at - 1)));
    let (whole, cents) = split.map_or((digits, ""), |at| (&digits[..at], &digits[at + 1..]));
    let whole: String = whole.chars().filter(|c| !matches!(c, '.' | ',')).collect();
    if whole.is_empty()
        || !whole
            .bytes()
            .chain(cents.bytes())
            .all(|byte| byte.is_ascii_digit())
    {
        return Err(fault());
    }
    let whole: i64 = whole.parse().map_err(|_| fault())?;
    let cents: i64 = format!("{cents:0<2}").parse().map_err(|_| fault())?;
    let minor = whole
        .checked_mul(100)
        .and_then(|whole| whole.checked_add(cents))
        .ok_or_else(fault)?;
    Ok(if negative { -minor } else { minor })
}

#[cfg(test)]
mod tests {
    use super::minor;

    #[test]
    fn prices_are_read_as_people_write_them() {
        for (text, expected) in [
            ("780", 78_000),
            ("780.5", 78_050),
            ("780,50", 78_050),
            ("$1,250.00", 125_000),
            ("1.250,00", 125_000),
            ("1,250", 125_000),
            ("-1", -100),
        ] {
            assert_eq!(minor(text).ok(), Some(expected), "{text}");
        }
        for text in ["", "abc", "12a", ".", "99999999999999999999", "ñ.50"] {
            assert!(minor(text).is_err(), "{text}");
        }
    }
}
