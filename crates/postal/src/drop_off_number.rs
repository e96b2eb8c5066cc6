//! The number of a drop-off: all the parcels that one seller hands in at one visit.
//!
//! `D`, the seller in five letters, the day as yymmdd, the count of the day in two letters, and a check
//! character: fifteen in all, such as `D0A3F7261121019`. It differs from an S10 identifier in length and
//! form, so that no scanner takes one for the other. Seller and count are written in Crockford's base 32
//! (no I, L, O, U); the check character is ISO 7064 MOD 37,36 and catches every single slip and every
//! swap of neighbours but a few.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::typed;

/// A drop-off's number. In JSON it is its fifteen characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct DropOffNumber {
    seller: u32,
    year: u8,
    month: u8,
    day: u8,
    sequence: u16,
}

/// Why a text is no drop-off number, or why none can be made.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum DropOffNumberError {
    #[error("{0} characters where 15 are wanted")]
    Length(usize),
    #[error("a drop-off number begins with D")]
    Prefix,
    #[error("character {position} is {found:?}")]
    Shape { position: usize, found: char },
    #[error("no day has the date {0}")]
    Date(String),
    #[error("the check character is {found}, and {expected} would be right")]
    CheckCharacter { found: char, expected: char },
    #[error("the seller's code {0} does not fit in five letters")]
    Seller(u32),
    #[error("the count of the day {0} does not fit in two letters")]
    Sequence(u16),
}

const BASE32: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BASE36: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const SELLERS: u32 = 1 << 25;
const SEQUENCES: u16 = 1 << 10;

impl DropOffNumber {
    /// Makes a number. `seller` is below 2^25, `year` from 2000 to 2099, `sequence` below 1024.
    ///
    /// # Errors
    /// When a part does not fit or the day does not exist.
    pub fn new(
        seller: u32,
        year: u16,
        month: u8,
        day: u8,
        sequence: u16,
    ) -> Result<Self, DropOffNumberError> {
        if seller >= SELLERS {
            return Err(DropOffNumberError::Seller(seller));
        }
        if sequence >= SEQUENCES {
            return Err(DropOffNumberError::Sequence(sequence));
        }
        let date = || DropOffNumberError::Date(format!("{year:04}-{month:02}-{day:02}"));
        let short = year
            .checked_sub(2000)
            .and_then(|y| u8::try_from(y).ok())
            .filter(|y| *y < 100);
        let year = short.ok_or_else(date)?;
        if !(1..=12).contains(&month) || day == 0 || day > days_in(year, month) {
            return Err(date());
        }
        Ok(Self {
            seller,
            year,
            month,
            day,
            sequence,
        })
    }

    /// Reads what a person typed or a scanner sent. Spaces, dashes, lower case, and O, I, L for 0, 1, 1 in
    /// the seller's and the counting letters are all right.
    ///
    /// # Errors
    /// When the form, the date or the check character is wrong.
    pub fn parse(text: &str) -> Result<Self, DropOffNumberError> {
        let found: Vec<char> = typed::plain(text).chars().collect();
        let chars: [char; 15] = found
            .as_slice()
            .try_into()
            .map_err(|_| DropOffNumberError::Length(found.len()))?;
        if chars[0] != 'D' {
            return Err(DropOffNumberError::Prefix);
        }
        let mut seller = 0;
        for at in 1..6 {
            seller = seller * 32 + base32(&chars, at)?;
        }
        let mut date = [0_u8; 3];
        for (part, at) in date.iter_mut().zip([6, 8, 10]) {
            *part = digit(&chars, at)? * 10 + digit(&chars, at + 1)?;
        }
        let sequence = base32(&chars, 12)? * 32 + base32(&chars, 13)?;
        // Two letters of base 32 are below 1024, so the cast keeps the value.
        let number = Self::new(
            seller,
            2000 + u16::from(date[0]),
            date[1],
            date[2],
            sequence as u16,
        )?;
        let expected = check_character(&number.body());
        // The check character uses all of A to Z, so an O or I here is meant.
        if chars[14] != expected {
            return Err(DropOffNumberError::CheckCharacter {
                found: chars[14],
                expected,
            });
        }
        Ok(number)
    }

    /// A seller's code drawn from any id by FNV-1a: always the same for the same id. Two sellers can meet
    /// in one code (1 in 33 million for a pair), so a marketplace looks a number up together with its
    /// seller, or gives out codes itself.
    pub fn seller_code(id: &str) -> u32 {
        let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        // Folding the high half in uses all bits; the remainder is below 2^25.
        ((hash ^ (hash >> 32)) % u64::from(SELLERS)) as u32
    }

    /// The seller's code, below 2^25.
    pub const fn seller(&self) -> u32 {
        self.seller
    }

    /// Year, month and day of the visit.
    pub const fn date(&self) -> (u16, u8, u8) {
        (2000 + self.year as u16, self.month, self.day)
    }

    /// Which drop-off of the day it is, as the seller counts.
    pub const fn sequence(&self) -> u16 {
        self.sequence
    }

    /// As it is printed for people who type it: `D0A3F7 261121 019`.
    pub fn grouped(&self) -> String {
        let text = self.to_string();
        format!("{} {} {}", &text[..6], &text[6..12], &text[12..])
    }

    fn body(&self) -> String {
        let mut text = String::from("D");
        for shift in [20, 15, 10, 5, 0] {
            text.push(char::from(BASE32[(self.seller >> shift) as usize % 32]));
        }
        text.push_str(&format!("{:02}{:02}{:02}", self.year, self.month, self.day));
        text.push(char::from(BASE32[usize::from(self.sequence >> 5) % 32]));
        text.push(char::from(BASE32[usize::from(self.sequence) % 32]));
        text
    }
}

fn base32(chars: &[char; 15], at: usize) -> Result<u32, DropOffNumberError> {
    let plain = match chars[at] {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    (0_u32..)
        .zip(BASE32)
        .find_map(|(value, letter)| (char::from(*letter) == plain).then_some(value))
        .ok_or(DropOffNumberError::Shape {
            position: at + 1,
            found: chars[at],
        })
}

fn digit(chars: &[char; 15], at: usize) -> Result<u8, DropOffNumberError> {
    match chars[at] {
        'O' => Ok(0),
        'I' | 'L' => Ok(1),
        c @ '0'..='9' => Ok(c as u8 - b'0'),
        found => Err(DropOffNumberError::Shape {
            position: at + 1,
            found,
        }),
    }
}

/// ISO 7064 MOD 37,36: the pure hybrid system for letters and digits with one check character.
fn check_character(body: &str) -> char {
    let product = body.chars().fold(36, |product, c| {
        let value = c.to_digit(36).unwrap_or(0) as usize;
        let sum = (product + value) % 36;
        (if sum == 0 { 36 } else { sum }) * 2 % 37
    });
    char::from(BASE36[(37 - product) % 36])
}

fn days_in(year: u8, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for DropOffNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = self.body();
        write!(f, "{body}{}", check_character(&body))
    }
}

impl FromStr for DropOffNumber {
    type Err = DropOffNumberError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for DropOffNumber {
    type Error = DropOffNumberError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<DropOffNumber> for String {
    fn from(number: DropOffNumber) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_check_character_follows_iso_7064() {
        // The example of ISO 7064 MOD 37,36 that ISO 28560 and GRid also use.
        assert_eq!(check_character("A12425GABC1234002"), 'M');
    }

    #[test]
    fn wrong_numbers_say_what_is_wrong() {
        let good = DropOffNumber::new(345, 2026, 11, 21, 1).unwrap().to_string();
        assert_eq!(good.len(), 15);
        assert_eq!(
            DropOffNumber::parse("RR473124829MX"),
            Err(DropOffNumberError::Length(13))
        );
        assert_eq!(
            DropOffNumber::parse(&good.replacen('D', "E", 1)),
            Err(DropOffNumberError::Prefix)
        );
        assert!(matches!(
            DropOffNumber::parse(&good.replace("2611", "2613")),
            Err(DropOffNumberError::Date(_))
        ));
        assert!(DropOffNumber::new(0, 2026, 2, 29, 0).is_err());
        assert!(DropOffNumber::new(0, 2028, 2, 29, 0).is_ok());
        assert!(DropOffNumber::new(0, 1999, 1, 1, 0).is_err());
        assert!(DropOffNumber::new(1 << 25, 2026, 1, 1, 0).is_err());
        assert!(DropOffNumber::new(0, 2026, 1, 1, 1024).is_err());
    }

    #[test]
    fn a_seller_keeps_its_code() {
        let code = DropOffNumber::seller_code("0193c1d2-7a00-7000-8000-000000000001");
        assert_eq!(
            code,
            DropOffNumber::seller_code("0193c1d2-7a00-7000-8000-000000000001")
        );
        assert_ne!(
            code,
            DropOffNumber::seller_code("0193c1d2-7a00-7000-8000-000000000002")
        );
    }

    fn number() -> impl Strategy<Value = DropOffNumber> {
        (0..SELLERS, 2000..2100_u16, 1..13_u8, 1..29_u8, 0..SEQUENCES).prop_map(
            |(seller, year, month, day, n)| DropOffNumber::new(seller, year, month, day, n).unwrap(),
        )
    }

    proptest! {
        #[test]
        fn numbers_read_back_however_they_are_typed(number in number()) {
            prop_assert_eq!(DropOffNumber::parse(&number.to_string()), Ok(number));
            prop_assert_eq!(DropOffNumber::parse(&number.grouped().to_lowercase()), Ok(number));
            let body = number.body().replace('0', "o").replace('1', "l");
            let typed = format!("{body}{}", check_character(&number.body()));
            prop_assert_eq!(DropOffNumber::parse(&typed), Ok(number));
        }

        #[test]
        fn one_wrong_character_is_always_caught(number in number(), at in 1..15_usize, to in 0..36_usize) {
            let mut slip: Vec<u8> = number.to_string().into_bytes();
            slip[at] = BASE36[to];
            let read = DropOffNumber::parse(std::str::from_utf8(&slip).unwrap());
            prop_assert!(read.is_err() || read == Ok(number));
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = DropOffNumber::parse(&text);
        }
    }
}
