//! Tracking numbers and drop-off numbers, made as `docs/sync.md` §9 says.

const BASE32: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BASE36: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// UPU S10-12: two letters, eight digits, their check digit, two letters.
pub fn s10(indicator: &str, serial: u32, country: &str) -> String {
    let digits = format!("{serial:08}");
    let sum: u32 = digits
        .bytes()
        .zip([8, 6, 4, 2, 3, 5, 9, 7])
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    let check = match 11 - sum % 11 {
        10 => 0,
        11 => 5,
        check => check,
    };
    format!("{indicator}{digits}{check}{country}")
}

/// `D`, the seller in five letters of base 32, yymmdd, the count in two, and ISO 7064 MOD 37,36.
pub fn drop_off(seller: u32, yymmdd: &str, count: u32) -> String {
    let letter = |value: u32| char::from(BASE32[(value % 32) as usize]);
    let mut text = String::from("D");
    text.extend([20, 15, 10, 5, 0].map(|shift| letter(seller >> shift)));
    text.push_str(yymmdd);
    text.extend([letter(count >> 5), letter(count)]);
    let mut product = 36;
    for found in text.bytes() {
        let value = BASE36.iter().position(|letter| *letter == found).unwrap_or(0);
        let sum = (product + value) % 36;
        product = (if sum == 0 { 36 } else { sum }) * 2 % 37;
    }
    text.push(char::from(BASE36[(37 - product) % 36]));
    text
}

/// A day as yymmdd, from UTC milliseconds (the civil calendar of days since 1970).
pub fn day(ms: i64) -> String {
    let days = ms.div_euclid(86_400_000) + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    format!("{:02}{month:02}{day:02}", year.rem_euclid(100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_known_come_out() {
        assert_eq!(
            s10("RA", 47_312_482, "US"),
            "RA473124829US",
            "UPU S10-12's example"
        );
        assert_eq!(drop_off(0, "261121", 0).len(), 15);
        assert_eq!(day(0), "700101");
        assert_eq!(day(1_795_305_600_000), "261122");
        assert_eq!(day(1_709_164_800_000), "240229");
    }
}
