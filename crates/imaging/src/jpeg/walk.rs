//! The walk over a JPEG's segments (ITU-T T.81 Annex B).

use memchr::memchr;

use crate::exif::{self, Exif};
use crate::fault::Fault;
use crate::format::Format;
use crate::header::{Header, Walked};
use crate::jpeg::Frame;

const START_OF_SCAN: u8 = 0xDA;
const END_OF_IMAGE: u8 = 0xD9;
/// Of a colour profile's segment: its name, its number, and how many there are.
const PROFILE_HEAD: usize = 14;
/// Encoders make about ten; each costs a pass over the whole picture.
const MOST_SCANS: u32 = 100;

/// Follows every segment and scan until the end-of-image marker. What comes after it (a phone's second
/// picture, a maker's appendix) is nobody's concern.
pub(crate) fn walk(bytes: &[u8]) -> Result<Walked, Fault> {
    let mut at = 2;
    let mut frame: Option<Frame> = None;
    let mut exif: Option<Exif> = None;
    let mut profile = Vec::new();
    let mut scans = 0;
    let mut partial_scan = false;
    let mut pixel_bytes = 0_u64;
    let complete = loop {
        let Some(marker) = next_marker(bytes, &mut at) else {
            break false;
        };
        if marker == END_OF_IMAGE {
            break true;
        }
        if matches!(marker, 0x01 | 0xD0..=0xD8) {
            continue;
        }
        let Some(body) = segment(bytes, &mut at)? else {
            break false;
        };
        match marker {
            0xC0..=0xC2 if frame.is_some() => return Err(Fault::damaged("two frames in one picture")),
            0xC0..=0xC2 => frame = Some(Frame::read(body, marker == 0xC2)?),
            0xC3 | 0xC7 => {
                return Err(Fault::Unsupported {
                    found: "jpeg-lossless",
                });
            }
            0xC9..=0xCB | 0xCD..=0xCF => {
                return Err(Fault::Unsupported {
                    found: "jpeg-arithmetic",
                });
            }
            0xC5 | 0xC6 => {
                return Err(Fault::Unsupported {
                    found: "jpeg-hierarchical",
                });
            }
            0xE1 if exif.is_none() && body.starts_with(b"Exif\0\0") => {
                let mut read = exif::read(body);
                let begin = at - body.len();
                read.thumbnail = read.thumbnail.map(|(from, length)| (begin + from, length));
                exif = Some(read);
            }
            0xE2 if body.starts_with(b"ICC_PROFILE\0") && body.len() >= PROFILE_HEAD => {
                profile.push((body[12], at - body.len() + PROFILE_HEAD..at));
            }
            START_OF_SCAN => {
                scans += 1;
                let components = body.first().copied().map_or(0, u64::from);
                partial_scan |= frame.as_ref().is_some_and(|frame| components < frame.components);
                pixel_bytes += skip_scan(bytes, &mut at);
            }
            _ => {}
        }
    };
    let Some(mut frame) = frame else {
        return Err(if complete {
            Fault::damaged("no frame in the file")
        } else {
            Fault::Truncated
        });
    };
    if scans > MOST_SCANS {
        return Err(Fault::Unsupported {
            found: "jpeg-unusual",
        });
    }
    frame.buffered |= scans > 1 || partial_scan;
    frame.profile = profile;
    Ok(Walked {
        complete,
        pixel_bytes,
        pixels: frame.pixels(),
        // Each block of 8×8 luma samples costs at least one bit: its DC code.
        most_pixels_per_byte: 8 * 64,
        header: Header {
            format: Format::Jpeg,
            width: frame.width,
            height: frame.height,
            exif: exif.unwrap_or_default(),
            has_icc: !frame.profile.is_empty(),
            animated: false,
            damaged: false,
            decoded_bytes: frame.whole_bytes(),
            shrinks_by: 1,
            frame: Some(frame),
            heic: None,
        },
    })
}

/// The next marker's code. Bytes before its 0xFF are skipped, as every decoder does.
fn next_marker(bytes: &[u8], at: &mut usize) -> Option<u8> {
    loop {
        let rest = bytes.get(*at..)?;
        *at += memchr(0xFF, rest)? + 1;
        let code = *bytes.get(*at)?;
        match code {
            // 0xFF may be repeated as filling.
            0xFF => {}
            0x00 => *at += 1,
            code => {
                *at += 1;
                return Some(code);
            }
        }
    }
}

/// The body of the segment that begins here, or nothing when the file ends inside it.
fn segment<'a>(bytes: &'a [u8], at: &mut usize) -> Result<Option<&'a [u8]>, Fault> {
    let Some(length) = bytes.get(*at..*at + 2) else {
        return Ok(None);
    };
    let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
    if length < 2 {
        return Err(Fault::damaged("a segment shorter than its own length"));
    }
    let body = bytes.get(*at + 2..*at + length);
    *at += length;
    Ok(body)
}

/// Moves past entropy-coded data to the marker that ends it, and counts it.
fn skip_scan(bytes: &[u8], at: &mut usize) -> u64 {
    let begin = *at;
    while let Some(found) = bytes.get(*at..).and_then(|rest| memchr(0xFF, rest)) {
        *at += found;
        match bytes.get(*at + 1) {
            // Stuffed zero, restart marker: still the same scan.
            Some(0x00 | 0xD0..=0xD7) => *at += 2,
            Some(0xFF) => *at += 1,
            Some(_) => return (*at - begin) as u64,
            None => break,
        }
    }
    *at = bytes.len();
    (*at - begin) as u64
}
