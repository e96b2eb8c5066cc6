//! What is read out of EXIF: which way is up, whether the place is told, and whether a camera is named.
//!
//! Written here because general readers give up on a whole file over one bad entry, and a photo then lies on
//! its side. This one skips what it does not understand.

use crate::orient::Orientation;

const MAKE: u16 = 0x010F;
const MODEL: u16 = 0x0110;
const ORIENTATION: u16 = 0x0112;
const GPS: u16 = 0x8825;
const SHORT: u16 = 3;
const LONG: u16 = 4;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Exif {
    pub orientation: Orientation,
    pub has_location: bool,
    /// It names a camera's maker or model, which a screenshot does not.
    pub has_camera: bool,
}

/// Reads a TIFF structure (EXIF 2.32 §4.5), with or without the leading "Exif\0\0".
pub(crate) fn read(bytes: &[u8]) -> Exif {
    let tiff = bytes.strip_prefix(b"Exif\0\0").unwrap_or(bytes);
    read_first_directory(tiff).unwrap_or_default()
}

fn read_first_directory(tiff: &[u8]) -> Option<Exif> {
    let big_endian = match tiff.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let short = |at: usize| -> Option<u16> {
        let raw: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if big_endian {
            u16::from_be_bytes(raw)
        } else {
            u16::from_le_bytes(raw)
        })
    };
    let long = |at: usize| -> Option<u32> {
        let raw: [u8; 4] = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if big_endian {
            u32::from_be_bytes(raw)
        } else {
            u32::from_le_bytes(raw)
        })
    };
    let directory = long(4)? as usize;
    let entries = usize::from(short(directory)?);
    let mut found = Exif::default();
    for entry in 0..entries {
        let at = directory.checked_add(2)?.checked_add(entry * 12)?;
        // A directory that says more entries than it has: what was read so far stands.
        let (Some(tag), Some(kind)) = (short(at), short(at + 2)) else {
            break;
        };
        match (tag, kind) {
            (ORIENTATION, SHORT) => {
                found.orientation = short(at + 8).map(Orientation::from_exif).unwrap_or_default()
            }
            (ORIENTATION, LONG) => {
                let value = long(at + 8).and_then(|value| u16::try_from(value).ok());
                found.orientation = value.map(Orientation::from_exif).unwrap_or_default();
            }
            (GPS, _) => found.has_location = true,
            (MAKE | MODEL, _) => found.has_camera = true,
            _ => {}
        }
    }
    Some(found)
}
