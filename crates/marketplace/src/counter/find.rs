//! What a typed or scanned number is.

use postal::drop_off_number::DropOffNumberError;
use postal::s10::S10Error;
use postal::{DropOffNumber, S10};

/// What was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    Parcel(String),
    DropOff(String),
    /// The key of the words that say what is wrong.
    Wrong(&'static str),
}

/// Reads a number. The two kinds differ in length and form; where neither fits, the words are about the
/// one that was more likely meant.
pub fn read(text: &str) -> Typed {
    let parcel = match S10::parse(text) {
        Ok(number) => return Typed::Parcel(number.to_string()),
        Err(error) => error,
    };
    let drop_off = match DropOffNumber::parse(text) {
        Ok(number) => return Typed::DropOff(number.to_string()),
        Err(error) => error,
    };
    Typed::Wrong(match (parcel, drop_off) {
        (S10Error::CheckDigit { .. }, _) => "number-check-digit",
        (S10Error::Country(_), _) => "number-country",
        (_, DropOffNumberError::CheckCharacter { .. } | DropOffNumberError::Date(_)) => "number-check-letter",
        (S10Error::Shape { .. }, _) => "number-shape-parcel",
        (_, DropOffNumberError::Shape { .. } | DropOffNumberError::Prefix) => "number-shape-drop-off",
        _ => "number-length",
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn scanners_and_people_write_numbers_in_many_ways() {
        assert_eq!(read("rr 473 124 829 mx"), Typed::Parcel("RR473124829MX".into()));
        assert_eq!(read("RR473124829MX\n"), Typed::Parcel("RR473124829MX".into()));
        let drop_off = DropOffNumber::new(345, 2026, 11, 21, 1).unwrap();
        assert_eq!(
            read(&drop_off.grouped().to_lowercase()),
            Typed::DropOff(drop_off.to_string())
        );
    }

    #[test]
    fn each_slip_has_its_words() {
        assert_eq!(read("RR473124828MX"), Typed::Wrong("number-check-digit"));
        assert_eq!(read("RR47312482"), Typed::Wrong("number-length"));
        assert_eq!(read("RR473124829XX"), Typed::Wrong("number-country"));
        assert_eq!(read("R1473124829MX"), Typed::Wrong("number-shape-parcel"));
        assert_eq!(read("E0A3F7261121019"), Typed::Wrong("number-shape-drop-off"));
        assert_eq!(read(""), Typed::Wrong("number-length"));
        assert_eq!(read("<script>alert(1)</script>"), Typed::Wrong("number-length"));
    }
}
