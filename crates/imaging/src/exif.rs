//! What is read out of EXIF: which way is up, whether the place is told, whether a camera is named, when the
//! photo was taken, and where its own small picture lies.
//!
//! Written here because general readers give up on a whole file over one bad entry, and a photo then lies on
//! its side. This one skips what it does not understand.

use std::ops::Range;

use crate::orient::Orientation;

const MAKE: u16 = 0x010F;
const MODEL: u16 = 0x0110;
const ORIENTATION: u16 = 0x0112;
const THUMBNAIL: u16 = 0x0201;
const THUMBNAIL_LENGTH: u16 = 0x0202;
const EXIF: u16 = 0x8769;
const GPS: u16 = 0x8825;
const DATE_TIME_ORIGINAL: u16 = 0x9003;
const SUB_SECOND_ORIGINAL: u16 = 0x9291;
const ASCII: u16 = 2;
const SHORT: u16 = 3;
const LONG: u16 = 4;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Exif {
    pub orientation: Orientation,
    pub has_location: bool,
    /// It names a camera's maker or model, which a screenshot does not.
    pub has_camera: bool,
    /// When it was taken by the camera's clock, in milliseconds since 1970 as if that clock showed UTC.
    pub taken_ms: Option<i64>,
    /// The small picture that the camera has put beside the large one: its begin in what was read, and its
    /// length in bytes. Not looked at yet.
    pub thumbnail: Option<(usize, usize)>,
}

/// Reads a TIFF structure (EXIF 2.32 §4.5), with or without the leading "Exif\0\0".
pub(crate) fn read(bytes: &[u8]) -> Exif {
    let tiff = bytes.strip_prefix(b"Exif\0\0").unwrap_or(bytes);
    let mut exif = read_directories(tiff).unwrap_or_default();
    let skipped = bytes.len() - tiff.len();
    exif.thumbnail = exif.thumbnail.map(|(begin, length)| (begin + skipped, length));
    exif
}

fn read_directories(tiff: &[u8]) -> Option<Exif> {
    let tiff = Tiff {
        bytes: tiff,
        big_endian: match tiff.get(..4)? {
            b"MM\0*" => true,
            b"II*\0" => false,
            _ => return None,
        },
    };
    let mut found = Exif::default();
    let directory = tiff.long(4)? as usize;
    let entries = tiff.entries(directory)?;
    for entry in entries.clone() {
        // A directory that says more entries than it has: what was read so far stands.
        let Some((tag, kind)) = tiff.entry(entry) else {
            break;
        };
        match (tag, kind) {
            (ORIENTATION, SHORT | LONG) => {
                let value = tiff
                    .number(entry, kind)
                    .and_then(|value| u16::try_from(value).ok());
                found.orientation = value.map(Orientation::from_exif).unwrap_or_default();
            }
            (GPS, _) => found.has_location = true,
            (MAKE | MODEL, _) => found.has_camera = true,
            (EXIF, LONG) => {
                found.taken_ms = tiff.long(entry + 8).and_then(|at| taken_ms(&tiff, at as usize));
            }
            _ => {}
        }
    }
    found.thumbnail = tiff
        .long(entries.end)
        .and_then(|at| thumbnail(&tiff, at as usize));
    Some(found)
}

fn taken_ms(tiff: &Tiff<'_>, directory: usize) -> Option<i64> {
    let (mut seconds, mut part) = (None, 0);
    for entry in tiff.entries(directory)? {
        match tiff.entry(entry)? {
            (DATE_TIME_ORIGINAL, ASCII) => seconds = tiff.text(entry).and_then(seconds_of),
            (SUB_SECOND_ORIGINAL, ASCII) => part = tiff.text(entry).map_or(0, milliseconds_of),
            _ => {}
        }
    }
    Some(seconds? * 1000 + part)
}

/// "2026:11:22 06:39:43".
fn seconds_of(text: &[u8]) -> Option<i64> {
    let number = |range: Range<usize>| -> Option<i64> {
        let digits = text.get(range)?;
        let all = digits.iter().all(u8::is_ascii_digit);
        all.then(|| {
            digits
                .iter()
                .fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'))
        })
    };
    let (year, month, day) = (number(0..4)?, number(5..7)?, number(8..10)?);
    let (hour, minute, second) = (number(11..13)?, number(14..16)?, number(17..19)?);
    let possible = (1900..=2200).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60;
    if !possible {
        return None;
    }
    // Days since 1970 of the proleptic Gregorian calendar; the year begins with March, so that a leap day is
    // its last.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 719_469;
    Some(((days * 24 + hour) * 60 + minute) * 60 + second)
}

/// Digits after the point, however many.
fn milliseconds_of(text: &[u8]) -> i64 {
    let mut digits = text.iter().take_while(|digit| digit.is_ascii_digit());
    (0..3).fold(0, |sum, _| {
        sum * 10 + digits.next().map_or(0, |digit| i64::from(digit - b'0'))
    })
}

fn thumbnail(tiff: &Tiff<'_>, directory: usize) -> Option<(usize, usize)> {
    let (mut begin, mut length) = (None, None);
    if directory == 0 {
        return None;
    }
    for entry in tiff.entries(directory)? {
        match tiff.entry(entry)? {
            (THUMBNAIL, LONG) => begin = tiff.long(entry + 8),
            (THUMBNAIL_LENGTH, LONG) => length = tiff.long(entry + 8),
            _ => {}
        }
    }
    let (begin, length) = (begin? as usize, length? as usize);
    (begin.checked_add(length)? <= tiff.bytes.len()).then_some((begin, length))
}

struct Tiff<'a> {
    bytes: &'a [u8],
    big_endian: bool,
}

impl<'a> Tiff<'a> {
    fn short(&self, at: usize) -> Option<u16> {
        let raw: [u8; 2] = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.big_endian {
            u16::from_be_bytes(raw)
        } else {
            u16::from_le_bytes(raw)
        })
    }

    fn long(&self, at: usize) -> Option<u32> {
        let raw: [u8; 4] = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.big_endian {
            u32::from_be_bytes(raw)
        } else {
            u32::from_le_bytes(raw)
        })
    }

    /// Where the entries of a directory begin; the next directory's place follows the last.
    fn entries(&self, directory: usize) -> Option<Entries> {
        let count = usize::from(self.short(directory)?);
        let begin = directory.checked_add(2)?;
        Some(Entries {
            next: begin,
            end: begin.checked_add(count * 12)?,
        })
    }

    /// Tag and type.
    fn entry(&self, at: usize) -> Option<(u16, u16)> {
        Some((self.short(at)?, self.short(at + 2)?))
    }

    fn number(&self, entry: usize, kind: u16) -> Option<u32> {
        if kind == SHORT {
            self.short(entry + 8).map(u32::from)
        } else {
            self.long(entry + 8)
        }
    }

    /// Up to four bytes lie in the entry itself.
    fn text(&self, entry: usize) -> Option<&'a [u8]> {
        let length = self.long(entry + 4)? as usize;
        let begin = if length <= 4 {
            entry + 8
        } else {
            self.long(entry + 8)? as usize
        };
        self.bytes.get(begin..begin.checked_add(length)?)
    }
}

#[derive(Clone)]
struct Entries {
    next: usize,
    end: usize,
}

impl Iterator for Entries {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let at = self.next;
        self.next += 12;
        (at < self.end).then_some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted() {
        let ms = |text: &[u8]| seconds_of(text);
        assert_eq!(ms(b"1970:01:01 00:00:00\0"), Some(0));
        assert_eq!(ms(b"2000:02:29 12:00:00\0"), Some(951_825_600));
        assert_eq!(ms(b"2026:11:22 06:39:43\0"), Some(1_795_329_583));
        for wrong in [
            &b"0000:00:00 00:00:00\0"[..],
            b"    :  :     :  :  \0",
            b"2026:13:01 00:00:00",
            b"2026:01:01 24:00:00",
            b"2026:01",
            b"",
        ] {
            assert_eq!(ms(wrong), None);
        }
        assert_eq!(milliseconds_of(b"5\0"), 500);
        assert_eq!(milliseconds_of(b"123456"), 123);
        assert_eq!(milliseconds_of(b" "), 0);
    }
}
