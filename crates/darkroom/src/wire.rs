//! What goes between the shop and a worker: a frame is a length (u32, little-endian), so much JSON, and then each
//! picture as a length (u64, little-endian) and its bytes.

use imaging::{Developed, Fault, Glance, GlanceSettings, Settings};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};

/// A worker that was led astray says anything: no more than this is believed.
const MOST_JSON: u32 = 1 << 20;
const MOST_BYTES: u64 = 256 << 20;

/// What is asked; the photo follows.
#[derive(Debug, Serialize, Deserialize)]
pub enum Ask {
    Develop(Box<Settings>),
    Glance(GlanceSettings),
}

/// What came of it; its pictures follow, as many as each needs.
#[derive(Debug, Serialize, Deserialize)]
pub enum Answer {
    Developed(Box<Developed>),
    Glance(Glance),
    Refused(Refused),
}

/// An `imaging::Fault`.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Refused {
    code: String,
    text: String,
    numbers: [u64; 3],
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Refused {
        let code = fault.code().to_owned();
        let (text, numbers) = match fault {
            Fault::Empty | Fault::NotAnImage | Fault::Truncated => (String::new(), [0; 3]),
            Fault::Unsupported { found } => (found.to_owned(), [0; 3]),
            Fault::TooManyBytes { bytes, limit } => (String::new(), [bytes, limit, 0]),
            Fault::TooManyPixels { width, height } => (String::new(), [width.into(), height.into(), 0]),
            Fault::TooLargeSide { width, height, limit } => {
                (String::new(), [width.into(), height.into(), limit.into()])
            }
            Fault::Damaged(why) => (why, [0; 3]),
        };
        Refused { code, text, numbers }
    }
}

impl From<Refused> for Fault {
    fn from(refused: Refused) -> Fault {
        let [first, second, third] = refused.numbers;
        let pixels = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let (width, height, limit) = (pixels(first), pixels(second), pixels(third));
        match refused.code.as_str() {
            "photo_empty" => Fault::Empty,
            "photo_not_an_image" => Fault::NotAnImage,
            "photo_truncated" => Fault::Truncated,
            "photo_unsupported" => Fault::Unsupported {
                found: Fault::kind(&refused.text),
            },
            "photo_too_many_bytes" => Fault::TooManyBytes {
                bytes: first,
                limit: second,
            },
            "photo_too_many_pixels" => Fault::TooManyPixels { width, height },
            "photo_too_large_side" => Fault::TooLargeSide { width, height, limit },
            _ => Fault::Damaged(refused.text),
        }
    }
}

pub fn write(to: &mut impl Write, said: &impl Serialize, pictures: &[&[u8]]) -> io::Result<()> {
    let json = serde_json::to_vec(said)?;
    let length = u32::try_from(json.len()).map_err(|_| io::ErrorKind::InvalidData)?;
    to.write_all(&length.to_le_bytes())?;
    to.write_all(&json)?;
    for picture in pictures {
        to.write_all(&(picture.len() as u64).to_le_bytes())?;
        to.write_all(picture)?;
    }
    to.flush()
}

pub fn read<T: DeserializeOwned>(from: &mut impl Read) -> io::Result<T> {
    let mut length = [0; 4];
    from.read_exact(&mut length)?;
    let length = u32::from_le_bytes(length);
    if length > MOST_JSON {
        return Err(io::ErrorKind::InvalidData.into());
    }
    Ok(serde_json::from_slice(&exactly(from, u64::from(length))?)?)
}

pub fn read_picture(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut length = [0; 8];
    from.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    if length > MOST_BYTES {
        return Err(io::ErrorKind::InvalidData.into());
    }
    exactly(from, length)
}

/// Memory is taken as bytes come, not as they are promised.
fn exactly(from: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length.min(1 << 20) as usize);
    from.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::*;

    #[test]
    fn every_fault_comes_back_as_it_was() {
        for fault in [
            Fault::Empty,
            Fault::NotAnImage,
            Fault::Unsupported { found: "gif" },
            Fault::TooManyBytes { bytes: 9, limit: 8 },
            Fault::TooManyPixels { width: 7, height: 6 },
            Fault::TooLargeSide {
                width: 5,
                height: 4,
                limit: 3,
            },
            Fault::Truncated,
            Fault::Damaged("why".into()),
        ] {
            let json = serde_json::to_string(&Refused::from(fault.clone())).unwrap();
            let back: Refused = serde_json::from_str(&json).unwrap();
            assert_eq!(Fault::from(back), fault);
        }
    }

    #[test]
    fn frames_that_promise_too_much_take_no_memory() {
        let json = u32::MAX.to_le_bytes();
        assert!(read::<Answer>(&mut json.as_slice()).is_err());
        let mut picture = (1_u64 << 40).to_le_bytes().to_vec();
        picture.extend([1, 2, 3]);
        assert!(read_picture(&mut picture.as_slice()).is_err());
        let mut cut = 100_u64.to_le_bytes().to_vec();
        cut.extend([1, 2, 3]);
        assert!(read_picture(&mut cut.as_slice()).is_err());
    }
}
