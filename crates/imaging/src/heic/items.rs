//! The things in a file and what is said of them (ISO/IEC 14496-12 §8.11, ISO/IEC 23008-12 §6).

use std::collections::BTreeMap;
use std::ops::Range;

use super::boxes::{Numbers, boxes};
use crate::fault::Fault;

/// Of these a file of a phone has a few hundred.
const MOST_ITEMS: usize = 10_000;
const MOST_LINKS: usize = 20_000;

#[derive(Default)]
pub(super) struct Items {
    pub primary: u32,
    kinds: BTreeMap<u32, [u8; 4]>,
    places: BTreeMap<u32, Place>,
    properties: Vec<Property>,
    /// Numbers of properties, counted from one.
    described: BTreeMap<u32, Vec<u16>>,
    /// Kind of link, from, to.
    links: Vec<([u8; 4], u32, Vec<u32>)>,
    idat: Range<usize>,
}

struct Place {
    in_idat: bool,
    /// Begin and length, from the beginning of the file or of `idat`.
    extents: Vec<(u64, u64)>,
}

#[derive(Clone)]
pub(super) struct Property {
    pub kind: [u8; 4],
    pub body: Range<usize>,
}

impl Items {
    /// Reads a `meta` box.
    pub fn read(bytes: &[u8], meta: Range<usize>) -> Result<Items, Fault> {
        let mut items = Items::default();
        let mut head = Numbers::of(bytes, meta);
        head.full();
        for found in boxes(bytes, head.rest())? {
            if found.body.end > head.rest().end {
                return Err(Fault::damaged("a box that is larger than what it lies in"));
            }
            let body = Numbers::of(bytes, found.body.clone());
            let read = match &found.kind {
                b"pitm" => items.read_primary(body),
                b"iinf" => items.read_kinds(bytes, body),
                b"iloc" => items.read_places(body),
                b"iprp" => items.read_properties(bytes, body),
                b"iref" => items.read_links(bytes, body),
                b"idat" => {
                    items.idat = found.body;
                    Some(())
                }
                _ => Some(()),
            };
            read.ok_or_else(|| Fault::damaged("a box that ends too early"))?;
        }
        Ok(items)
    }

    fn read_primary(&mut self, mut body: Numbers<'_>) -> Option<()> {
        let (version, _) = body.full()?;
        self.primary = body.id(version > 0)?;
        Some(())
    }

    fn read_kinds(&mut self, bytes: &[u8], mut body: Numbers<'_>) -> Option<()> {
        let (version, _) = body.full()?;
        body.id(version > 0)?;
        for entry in boxes(bytes, body.rest()).ok()?.into_iter().take(MOST_ITEMS) {
            let mut entry = Numbers::of(bytes, entry.body);
            let (version, _) = entry.full()?;
            if version >= 2 {
                let id = entry.id(version > 2)?;
                entry.u16()?;
                self.kinds.insert(id, entry.kind()?);
            }
        }
        Some(())
    }

    fn read_places(&mut self, mut body: Numbers<'_>) -> Option<()> {
        let (version, _) = body.full()?;
        let sizes = body.u16()?;
        let (offset, length, base) = (sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15);
        let index = if version > 0 { sizes & 15 } else { 0 };
        let count = body.id(version > 1)? as usize;
        let mut all = 0;
        for _ in 0..count.min(MOST_ITEMS) {
            let id = body.id(version > 1)?;
            let method = if version > 0 { body.u16()? & 15 } else { 0 };
            body.u16()?;
            let begin = body.sized(base)?;
            let mut extents = Vec::new();
            let pieces = body.u16()?;
            // Pieces of no bytes in the table would let few bytes promise very many.
            all += usize::from(pieces);
            if all > MOST_LINKS || (pieces > 1 && offset + length == 0) {
                return None;
            }
            for _ in 0..pieces {
                body.sized(index)?;
                let from = begin.checked_add(body.sized(offset)?)?;
                extents.push((from, body.sized(length)?));
            }
            // Method 2 takes bytes out of another item; nobody writes that.
            if method < 2 {
                let in_idat = method == 1;
                self.places.insert(id, Place { in_idat, extents });
            }
        }
        Some(())
    }

    fn read_properties(&mut self, bytes: &[u8], body: Numbers<'_>) -> Option<()> {
        for found in boxes(bytes, body.rest()).ok()? {
            let mut entry = Numbers::of(bytes, found.body.clone());
            match &found.kind {
                b"ipco" => {
                    let all = boxes(bytes, entry.rest()).ok()?;
                    let inside = all.into_iter().filter(|one| one.body.end <= body.rest().end);
                    self.properties.extend(inside.map(|found| Property {
                        kind: found.kind,
                        body: found.body,
                    }));
                }
                b"ipma" => {
                    let (version, flags) = entry.full()?;
                    let count = entry.u32()? as usize;
                    for _ in 0..count.min(MOST_ITEMS) {
                        let id = entry.id(version > 0)?;
                        let mut numbers = Vec::new();
                        for _ in 0..entry.u8()? {
                            numbers.push(if flags & 1 == 1 {
                                entry.u16()? & 0x7FFF
                            } else {
                                u16::from(entry.u8()? & 0x7F)
                            });
                        }
                        self.described.insert(id, numbers);
                    }
                }
                _ => {}
            }
        }
        Some(())
    }

    fn read_links(&mut self, bytes: &[u8], mut body: Numbers<'_>) -> Option<()> {
        let (version, _) = body.full()?;
        for found in boxes(bytes, body.rest()).ok()?.into_iter().take(MOST_ITEMS) {
            let mut entry = Numbers::of(bytes, found.body);
            let from = entry.id(version > 0)?;
            let mut to = Vec::new();
            for _ in 0..entry.u16()? {
                to.push(entry.id(version > 0)?);
            }
            if to.len() <= MOST_LINKS {
                self.links.push((found.kind, from, to));
            }
        }
        Some(())
    }

    pub fn kind(&self, id: u32) -> Option<&[u8; 4]> {
        self.kinds.get(&id)
    }

    /// Everything said of an item, in the order in which it is to be done.
    pub fn properties(&self, id: u32) -> impl Iterator<Item = &Property> {
        let numbers = self.described.get(&id).map(Vec::as_slice).unwrap_or_default();
        numbers
            .iter()
            .filter_map(|number| self.properties.get(usize::from(*number).checked_sub(1)?))
    }

    /// What the item is made of.
    pub fn parts(&self, id: u32) -> &[u32] {
        self.links
            .iter()
            .find(|(kind, from, _)| kind == b"dimg" && *from == id)
            .map(|(_, _, to)| to.as_slice())
            .unwrap_or_default()
    }

    /// The item of this kind that describes another.
    pub fn describing(&self, wanted: [u8; 4], id: u32) -> Option<u32> {
        self.links
            .iter()
            .find(|(kind, from, to)| {
                kind == b"cdsc" && to.contains(&id) && self.kinds.get(from) == Some(&wanted)
            })
            .map(|(_, from, _)| *from)
    }

    /// Where an item's bytes lie in a file of this length.
    ///
    /// # Errors
    /// [`Fault::Truncated`] when some of them would lie beyond its end.
    pub fn bytes_of(&self, id: u32, file: usize) -> Result<Vec<Range<usize>>, Fault> {
        let place = self
            .places
            .get(&id)
            .ok_or_else(|| Fault::damaged("an item that is nowhere"))?;
        let (base, end) = if place.in_idat {
            (self.idat.start, self.idat.end.min(file))
        } else {
            (0, file)
        };
        let mut all = 0_usize;
        let mut ranges = Vec::new();
        for (from, length) in &place.extents {
            let range = (|| {
                let from = base.checked_add(usize::try_from(*from).ok()?)?;
                Some(from..from.checked_add(usize::try_from(*length).ok()?)?)
            })();
            let range = range.filter(|range| range.end <= end).ok_or(Fault::Truncated)?;
            all = all.saturating_add(range.len());
            // The same bytes over and over again would grow beyond the file.
            if all > file {
                return Err(Fault::damaged("an item larger than the file"));
            }
            ranges.push(range);
        }
        Ok(ranges)
    }
}
