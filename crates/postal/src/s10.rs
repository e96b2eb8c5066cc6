//! The identifier of a postal item, UPU S10-12: `RR473124829MX`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{country, typed};

/// An S10 identifier whose check digit and country are right.
///
/// In JSON it is its thirteen characters. `Display` writes the same; [`S10::grouped`] is for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct S10 {
    indicator: [u8; 2],
    serial: u32,
    country: [u8; 2],
}

/// Why a text is no S10 identifier, or why none may be made.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum S10Error {
    #[error("{0} characters where 13 are wanted")]
    Length(usize),
    #[error("character {position} is {found:?}: the form is two letters, nine digits, two letters")]
    Shape { position: usize, found: char },
    #[error("the check digit is {found}, and {expected} would be right")]
    CheckDigit { found: u8, expected: u8 },
    #[error("no country has the code {0}")]
    Country(String),
    #[error("the service indicator {0} is not one to give out")]
    Indicator(String),
    #[error("the serial {0} has more than eight digits")]
    Serial(u32),
}

/// What the first letters say the item is (UPU S10-12, table of service indicators).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailClass {
    /// A*: domestic and bilateral e-commerce with RFID.
    Rfid,
    /// B*, D*, G*, N*, P*, Z*: inside a country or by agreement.
    Domestic,
    /// C*: parcel post.
    Parcel,
    /// E*: express mail.
    Ems,
    /// H*: e-commerce parcels.
    ECommerce,
    /// L*: tracked letter post.
    Tracked,
    /// M*: M bags.
    MBag,
    /// Q*: business reply.
    BusinessReply,
    /// R*: registered letter post.
    Registered,
    /// U*: letter post with a customs form, not tracked.
    Untracked,
    /// V*: insured letter post.
    Insured,
    /// Reserved or not assigned: some posts use it at home, nobody may make it.
    Unassigned,
}

const SERIALS: u32 = 100_000_000;
const WEIGHTS: [u32; 8] = [8, 6, 4, 2, 3, 5, 9, 7];

impl S10 {
    /// Makes an identifier from a leased serial (0 ..= 99,999,999); the check digit is computed.
    ///
    /// # Errors
    /// When the indicator is not assigned to any kind of mail, the serial is too long, or the country unknown.
    pub fn new(indicator: &str, serial: u32, country: &str) -> Result<Self, S10Error> {
        let letters = two_letters(indicator).ok_or_else(|| S10Error::Indicator(indicator.to_owned()))?;
        if mail_class(letters) == MailClass::Unassigned {
            return Err(S10Error::Indicator(indicator.to_owned()));
        }
        if serial >= SERIALS {
            return Err(S10Error::Serial(serial));
        }
        let country = known_country(country)?;
        Ok(Self {
            indicator: letters,
            serial,
            country,
        })
    }

    /// Reads what a person typed or a scanner sent: spaces, dashes, invisible characters and lower case
    /// are all right.
    ///
    /// # Errors
    /// When the form, the check digit or the country is wrong. An indicator nobody may give out is
    /// accepted, for some posts use them at home: see [`S10::mail_class`].
    pub fn parse(text: &str) -> Result<Self, S10Error> {
        let plain: Vec<char> = typed::plain(text).chars().collect();
        if plain.len() != 13 {
            return Err(S10Error::Length(plain.len()));
        }
        for (at, &found) in plain.iter().enumerate() {
            let fits = if (2..11).contains(&at) {
                found.is_ascii_digit()
            } else {
                found.is_ascii_uppercase()
            };
            if !fits {
                return Err(S10Error::Shape {
                    position: at + 1,
                    found,
                });
            }
        }
        let text: String = plain.into_iter().collect();
        let serial: u32 = text[2..10].parse().map_err(|_| S10Error::Length(text.len()))?;
        let found = text.as_bytes()[10] - b'0';
        let expected = check_digit(serial);
        if found != expected {
            return Err(S10Error::CheckDigit { found, expected });
        }
        let country = known_country(&text[11..])?;
        let bytes = text.as_bytes();
        Ok(Self {
            indicator: [bytes[0], bytes[1]],
            serial,
            country,
        })
    }

    /// The two letters of the service, such as `RR`.
    pub fn indicator(&self) -> &str {
        std::str::from_utf8(&self.indicator).unwrap_or_default()
    }

    /// The eight digits without the check digit.
    pub const fn serial(&self) -> u32 {
        self.serial
    }

    /// ISO 3166-1 alpha-2 of the operator that issued the number.
    pub fn country(&self) -> &str {
        std::str::from_utf8(&self.country).unwrap_or_default()
    }

    /// What kind of mail the indicator stands for.
    pub fn mail_class(&self) -> MailClass {
        mail_class(self.indicator)
    }

    /// As it is printed for people, in groups of 2-3-3-3-2: `RR 473 124 829 MX`.
    pub fn grouped(&self) -> String {
        let text = self.to_string();
        format!(
            "{} {} {} {} {}",
            &text[..2],
            &text[2..5],
            &text[5..8],
            &text[8..11],
            &text[11..]
        )
    }
}

/// The check digit of an eight-digit serial (UPU S10-12): weights 8 6 4 2 3 5 9 7, eleven minus the sum
/// modulo 11, where 10 is written 0 and 11 is written 5.
pub fn check_digit(serial: u32) -> u8 {
    let mut rest = serial % SERIALS;
    let mut sum = 0;
    for weight in WEIGHTS.iter().rev() {
        sum += (rest % 10) * weight;
        rest /= 10;
    }
    match sum % 11 {
        0 => 5,
        1 => 0,
        // From 1 to 9, so the cast keeps the value.
        remainder => (11 - remainder) as u8,
    }
}

fn mail_class([first, second]: [u8; 2]) -> MailClass {
    match (first, second) {
        (b'A', b'V'..=b'Z') => MailClass::Rfid,
        (b'B' | b'D' | b'N' | b'P' | b'Z', _) | (b'G', b'A' | b'D') => MailClass::Domestic,
        (b'C', _) => MailClass::Parcel,
        (b'E', _) => MailClass::Ems,
        (b'H', _) => MailClass::ECommerce,
        (b'L', _) => MailClass::Tracked,
        (b'M', _) => MailClass::MBag,
        (b'Q', b'A'..=b'M') => MailClass::BusinessReply,
        (b'R', _) => MailClass::Registered,
        (b'U', _) => MailClass::Untracked,
        (b'V', _) => MailClass::Insured,
        _ => MailClass::Unassigned,
    }
}

fn two_letters(text: &str) -> Option<[u8; 2]> {
    let letters: [u8; 2] = text.as_bytes().try_into().ok()?;
    letters.iter().all(u8::is_ascii_uppercase).then_some(letters)
}

fn known_country(code: &str) -> Result<[u8; 2], S10Error> {
    match two_letters(code) {
        Some(letters) if country::find(code).is_some() => Ok(letters),
        _ => Err(S10Error::Country(code.to_owned())),
    }
}

impl fmt::Display for S10 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}{:08}{}{}",
            self.indicator(),
            self.serial,
            check_digit(self.serial),
            self.country()
        )
    }
}

impl FromStr for S10 {
    type Err = S10Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for S10 {
    type Error = S10Error;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<S10> for String {
    fn from(number: S10) -> Self {
        number.to_string()
    }
}
