//! Boxes, of which the file is made (ISO/IEC 14496-12 §4.2), and the numbers in them.

use std::ops::Range;

use crate::fault::Fault;

/// A phone's photo has some hundred in its fullest part.
const MOST: usize = 20_000;

pub(super) struct Found {
    pub kind: [u8; 4],
    /// Where its body lies in the file. May end beyond it: a cut file.
    pub body: Range<usize>,
}

/// The boxes in a part of the file, one after the other.
pub(super) fn boxes(bytes: &[u8], within: Range<usize>) -> Result<Vec<Found>, Fault> {
    let mut found = Vec::new();
    let mut at = within.start;
    while within.end.saturating_sub(at) >= 8 {
        let mut numbers = Numbers::of(bytes, at..within.end);
        let (Some(size), Some(kind)) = (numbers.u32(), numbers.kind()) else {
            break;
        };
        let end = match size {
            // To the end of what it lies in.
            0 => Some(within.end),
            1 => numbers
                .u64()
                .and_then(|size| at.checked_add(usize::try_from(size).ok()?)),
            size => at.checked_add(size as usize),
        };
        let end = end
            .filter(|end| *end >= numbers.at)
            .ok_or_else(|| Fault::damaged("a box shorter than its head"))?;
        if found.len() >= MOST {
            return Err(Fault::damaged("too many boxes"));
        }
        found.push(Found {
            kind,
            body: numbers.at..end,
        });
        at = end;
    }
    Ok(found)
}

/// Big-endian numbers, read one after the other; nothing where the part ends.
pub(super) struct Numbers<'a> {
    bytes: &'a [u8],
    pub at: usize,
    end: usize,
}

impl<'a> Numbers<'a> {
    pub fn of(bytes: &'a [u8], within: Range<usize>) -> Numbers<'a> {
        Numbers {
            bytes,
            at: within.start,
            end: within.end.min(bytes.len()),
        }
    }

    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(count).filter(|end| *end <= self.end)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    pub fn u8(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    pub fn u16(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes(self.take(2)?.try_into().ok()?))
    }

    pub fn u32(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    pub fn u64(&mut self) -> Option<u64> {
        Some(u64::from_be_bytes(self.take(8)?.try_into().ok()?))
    }

    pub fn kind(&mut self) -> Option<[u8; 4]> {
        self.take(4)?.try_into().ok()
    }

    /// A number of so many bytes: 0, 2, 4 or 8.
    pub fn sized(&mut self, bytes: u16) -> Option<u64> {
        match bytes {
            0 => Some(0),
            2 => self.u16().map(u64::from),
            4 => self.u32().map(u64::from),
            8 => self.u64(),
            _ => None,
        }
    }

    /// 16 bits, or 32 when `wide`.
    pub fn id(&mut self, wide: bool) -> Option<u32> {
        if wide {
            self.u32()
        } else {
            self.u16().map(u32::from)
        }
    }

    /// Version and flags of a full box.
    pub fn full(&mut self) -> Option<(u8, u32)> {
        let head = self.u32()?;
        Some(((head >> 24) as u8, head & 0x00FF_FFFF))
    }

    pub fn rest(&self) -> Range<usize> {
        self.at..self.end
    }
}
