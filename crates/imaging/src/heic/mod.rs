//! HEIC, the photos of iPhones and of many other phones: HEVC stills in the boxes of ISO/IEC 23008-12.
//!
//! The boxes are read here, and strictly: sizes, places and what a picture is made of are known before anything
//! is decoded. Pictures within pictures (depth, brightness for bright screens, alpha) are left aside.

mod boxes;
mod colour;
mod items;
mod tile;

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use heic_decoder::DecodedImage;

use crate::decode::{Decoded, Planes};
use crate::exif::{self, Exif};
use crate::fault::Fault;
use crate::format::Format;
use crate::header::{Header, Walked};
use crate::orient::Orientation;
use boxes::{Numbers, boxes};
use colour::Coding;
use items::Items;
use tile::{Promise, Tile};

/// 210 megapixels in the tiles of 512 by 512 that phones make are 800.
const MOST_TILES: usize = 2_000;

/// Bytes of a set-up: phones write about a hundred.
const MOST_SETUP: usize = 64 << 10;

/// The decoder's copies of a tile's bytes: alone in its file, out of it, in pieces, and without their escapes.
const COPIES: u64 = 5;

/// Everything that is needed to decode the picture.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// Row by row.
    tiles: Vec<Tile>,
    columns: u32,
    promise: Promise,
    /// What of the whole is the picture begins here: even numbers.
    left: u32,
    top: u32,
    coding: Option<Coding>,
    icc: Option<Range<usize>>,
}

pub(crate) fn walk(bytes: &[u8]) -> Result<Walked, Fault> {
    let all = boxes(bytes, 0..bytes.len())?;
    let cut = all.iter().any(|found| found.body.end > bytes.len());
    let has = |kind: &[u8; 4]| all.iter().any(|found| &found.kind == kind);
    let Some(meta) = all.iter().find(|found| &found.kind == b"meta") else {
        return Err(match (cut, has(b"moov")) {
            (false, true) => Fault::Unsupported { found: "heic-film" },
            // A whole file has it right after its head.
            _ => Fault::Truncated,
        });
    };
    if meta.body.end > bytes.len() {
        return Err(Fault::Truncated);
    }
    let items = Items::read(bytes, meta.body.clone())?;
    let whole = items.primary;
    let (tile_ids, columns, grid) = match items.kind(whole) {
        Some(b"hvc1") => (vec![whole], 1, None),
        Some(b"grid") => {
            let (columns, rows, size) = read_grid(bytes, &items)?;
            let tiles = items.parts(whole);
            if tiles.len() > MOST_TILES || tiles.len() != columns as usize * rows as usize {
                return Err(Fault::damaged("a grid of another number of tiles"));
            }
            (tiles.to_vec(), columns, Some(size))
        }
        Some(b"av01") => return Err(Fault::Unsupported { found: "avif" }),
        Some(_) => {
            return Err(Fault::Unsupported {
                found: "heic-unusual",
            });
        }
        None => return Err(Fault::damaged("no picture in the file")),
    };
    let mut tiles = Vec::with_capacity(tile_ids.len());
    let (mut pixel_bytes, mut largest) = (0, 0);
    for id in &tile_ids {
        let setup = items
            .properties(*id)
            .find(|property| &property.kind == b"hvcC" && items.kind(*id) == Some(b"hvc1"))
            .ok_or_else(|| Fault::damaged("a tile that cannot be set up"))?;
        let tile = Tile {
            setup: setup.body.clone(),
            data: items.bytes_of(*id, bytes.len())?,
        };
        if tile.setup.len() > MOST_SETUP {
            return Err(Fault::damaged("a set-up that is too large"));
        }
        pixel_bytes += tile.data_bytes();
        largest = largest.max(tile.data_bytes());
        // Tiles that share their bytes would make much work of a small file.
        if pixel_bytes > bytes.len() {
            return Err(Fault::damaged("tiles larger than the file"));
        }
        tiles.push(tile);
    }
    let promise = promised(bytes, &tiles)?;
    let full = grid.unwrap_or((promise.width, promise.height));
    check_cover(full, promise, columns, tiles.len())?;
    let seen = Seen::of(bytes, &items, &tile_ids, full)?;
    let mut exif = items
        .describing(*b"Exif", whole)
        .and_then(|id| items.bytes_of(id, bytes.len()).ok())
        .map(|ranges| read_exif(bytes, &ranges))
        .unwrap_or_default();
    // The boxes say which way is up; what EXIF says was true before they did.
    exif.orientation = seen.orientation;
    let (width, height) = seen.size;
    let pixels = u64::from(width) * u64::from(height);
    let canvas = pixels * if promise.chroma > 1 { 3 } else { 2 };
    // Codings that JPEG does not know are brought to red, green and blue beside it.
    let mixed = if seen.coding.is_some_and(Coding::is_foreign) {
        pixels * 3
    } else {
        0
    };
    Ok(Walked {
        complete: !cut && pixel_bytes > 0,
        pixel_bytes: pixel_bytes as u64,
        pixels,
        // One colour all over takes next to nothing.
        most_pixels_per_byte: u64::MAX,
        header: Header {
            format: Format::Heic,
            width,
            height,
            exif,
            has_icc: seen.icc.is_some(),
            animated: has(b"moov"),
            damaged: false,
            decoded_bytes: canvas
                .saturating_add(promise.decoder_bytes().max(mixed))
                .saturating_add(largest as u64 * COPIES),
            shrinks_by: 1,
            frame: None,
            heic: Some(Plan {
                tiles,
                columns,
                promise,
                left: seen.left,
                top: seen.top,
                coding: seen.coding,
                icc: seen.icc,
            }),
        },
    })
}

/// Columns, rows, and the size of the whole (ISO/IEC 23008-12 §6.6.2.3).
fn read_grid(bytes: &[u8], items: &Items) -> Result<(u32, u32, (u32, u32)), Fault> {
    let ranges = items.bytes_of(items.primary, bytes.len())?;
    let body: Vec<u8> = ranges
        .into_iter()
        .filter_map(|range| bytes.get(range))
        .flatten()
        .copied()
        .take(12)
        .collect();
    let mut numbers = Numbers::of(&body, 0..body.len());
    let read = (|| {
        numbers.u8()?;
        let wide = numbers.u8()? & 1 == 1;
        let rows = u32::from(numbers.u8()?) + 1;
        let columns = u32::from(numbers.u8()?) + 1;
        Some((columns, rows, (numbers.id(wide)?, numbers.id(wide)?)))
    })();
    read.ok_or_else(|| Fault::damaged("a grid that says nothing"))
}

/// All tiles have to promise the same.
fn promised(bytes: &[u8], tiles: &[Tile]) -> Result<Promise, Fault> {
    let mut known: Option<(&Range<usize>, Promise)> = None;
    for tile in tiles {
        match known {
            Some((setup, _)) if *setup == tile.setup => {}
            Some((_, before)) if careful(|| tile.promise(bytes))? != before => {
                return Err(Fault::damaged("tiles of different kinds"));
            }
            Some(_) => {}
            None => known = Some((&tile.setup, careful(|| tile.promise(bytes))?)),
        }
    }
    known
        .map(|(_, promise)| promise)
        .ok_or_else(|| Fault::damaged("no picture in the file"))
}

/// Tiles cover the whole, and not much more than it.
fn check_cover(full: (u32, u32), tile: Promise, columns: u32, tiles: usize) -> Result<(), Fault> {
    let rows = tiles as u64 / u64::from(columns.max(1));
    let (wide, high) = (
        u64::from(tile.width) * u64::from(columns),
        u64::from(tile.height) * rows,
    );
    let (width, height) = (u64::from(full.0), u64::from(full.1));
    let whole = width > 0 && height > 0 && wide >= width && high >= height;
    let spare =
        wide - width.min(wide) >= u64::from(tile.width) || high - height.min(high) >= u64::from(tile.height);
    if whole && !spare {
        Ok(())
    } else {
        Err(Fault::damaged("tiles that do not make the picture"))
    }
}

/// How the whole is to be looked at.
struct Seen {
    left: u32,
    top: u32,
    size: (u32, u32),
    orientation: Orientation,
    coding: Option<Coding>,
    icc: Option<Range<usize>>,
}

impl Seen {
    fn of(bytes: &[u8], items: &Items, tiles: &[u32], full: (u32, u32)) -> Result<Seen, Fault> {
        let mut seen = Seen {
            left: 0,
            top: 0,
            size: full,
            orientation: Orientation::Upright,
            coding: None,
            icc: None,
        };
        let short = || Fault::damaged("a property that ends too early");
        for property in items.properties(items.primary) {
            let mut body = Numbers::of(bytes, property.body.clone());
            match &property.kind {
                b"irot" => {
                    let left_turns = body.u8().ok_or_else(short)? & 3;
                    seen.orientation = seen.orientation.turned(4 - left_turns);
                }
                b"imir" if body.u8().ok_or_else(short)? & 1 == 1 => {
                    seen.orientation = seen.orientation.mirrored();
                }
                // Top and bottom: as left and right, and then half a turn.
                b"imir" => seen.orientation = seen.orientation.mirrored().turned(2),
                b"clap" => seen.cut(&mut body)?,
                _ => {}
            }
        }
        // Some programs say the colours of the tiles instead.
        let first = tiles.first().copied();
        for property in [Some(items.primary), first]
            .into_iter()
            .flatten()
            .flat_map(|id| items.properties(id))
        {
            if &property.kind != b"colr" {
                continue;
            }
            let mut body = Numbers::of(bytes, property.body.clone());
            match &body.kind().ok_or_else(short)? {
                b"nclx" if seen.coding.is_none() => seen.coding = Coding::read(&mut body),
                b"prof" | b"rICC" if seen.icc.is_none() => seen.icc = Some(body.rest()),
                _ => {}
            }
        }
        Ok(seen)
    }

    /// Clean aperture (ISO/IEC 14496-12 §12.1.4): a window about the middle. Only before any turn, as is usual.
    fn cut(&mut self, body: &mut Numbers<'_>) -> Result<(), Fault> {
        let mut whole = || {
            let (number, by) = (body.u32()?, body.u32()?);
            Some((f64::from(number), f64::from(by))).filter(|(_, by)| *by > 0.0)
        };
        let mut all = || Some([whole()?, whole()?, whole()?, whole()?]);
        let [wide, high, right, down] = all().ok_or_else(|| Fault::damaged("a window without a size"))?;
        // The last two are signed.
        let signed = |(number, by): (f64, f64)| f64::from(number as u32 as i32) / by;
        let axis = |full: u32, (number, by): (f64, f64), off: f64| {
            let size = (number / by).round();
            let from = (f64::from(full) - size) / 2.0 + off;
            (size >= 1.0 && from >= -0.5 && from + size <= f64::from(full) + 0.5)
                .then(|| ((from.round().max(0.0) as u32) & !1, size as u32))
        };
        let across = axis(self.size.0, wide, signed(right));
        let along = axis(self.size.1, high, signed(down));
        let (Some((left, width)), Some((top, height))) = (across, along) else {
            return Err(Fault::damaged("a window outside the picture"));
        };
        if self.orientation != Orientation::Upright || (self.left, self.top) != (0, 0) {
            return Err(Fault::Unsupported {
                found: "heic-unusual",
            });
        }
        self.left = left;
        self.top = top;
        self.size = (width.min(self.size.0 - left), height.min(self.size.1 - top));
        Ok(())
    }
}

/// ISO/IEC 23008-12 §A.2.1: first says how far it is to the TIFF structure.
fn read_exif(bytes: &[u8], ranges: &[Range<usize>]) -> Exif {
    let payload: Vec<u8> = ranges
        .iter()
        .filter_map(|range| bytes.get(range.clone()))
        .flatten()
        .copied()
        .take(1 << 16)
        .collect();
    let mut numbers = Numbers::of(&payload, 0..payload.len());
    let skip = numbers.u32().map_or(0, |skip| skip as usize);
    let tiff = payload.get(4..).and_then(|rest| rest.get(skip..));
    exif::read(tiff.unwrap_or_default())
}

/// The decoder is young and reads what strangers send: a panic of its is one bad photo.
fn careful<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Fault::damaged("the decoder gave up")))
}

pub(crate) fn decode(bytes: &[u8], header: &Header, plan: &Plan) -> Result<Decoded, Fault> {
    let mut planes = Planes::empty(header.width, header.height, plan.promise.chroma);
    let mut coding = plan.coding;
    for (number, tile) in (0_u32..).zip(&plan.tiles) {
        let image = tile.decode(bytes)?;
        let size = (image.width, image.height, image.chroma_format_idc);
        let promise = plan.promise;
        if size != (promise.width as usize, promise.height as usize, promise.chroma) {
            return Err(Fault::damaged("a tile of another size than it says"));
        }
        coding = coding.or(image.color_info.map(Coding::from));
        let x = i64::from(number % plan.columns) * i64::from(promise.width) - i64::from(plan.left);
        let y = i64::from(number / plan.columns) * i64::from(promise.height) - i64::from(plan.top);
        lay(&mut planes, &image, (x, y))?;
    }
    let coding = coding.unwrap_or_default();
    let icc = match plan.icc.clone() {
        Some(icc) => bytes.get(icc).map(<[u8]>::to_vec),
        None => coding.profile(),
    };
    Ok(Decoded {
        stored: coding.as_jpeg(planes, (header.width, header.height))?,
        shrunk_by: 1,
        icc,
    })
}

/// Puts a tile's samples, brought to eight bits, where they belong.
fn lay(planes: &mut Planes, image: &DecodedImage, (x, y): (i64, i64)) -> Result<(), Fault> {
    let (across, down) = (i64::from(planes.across), i64::from(planes.down));
    let colour = (image.cb_width, image.cb_height);
    let parts = [
        (
            &image.y,
            (image.width, image.height),
            image.bit_depth_luma,
            (x, y),
        ),
        (&image.cb, colour, image.bit_depth_chroma, (x / across, y / down)),
        (&image.cr, colour, image.bit_depth_chroma, (x / across, y / down)),
    ];
    let count = if planes.chroma.is_some() { 3 } else { 1 };
    for (number, (samples, (width, height), depth, (x, y))) in parts.into_iter().enumerate().take(count) {
        let bits = depth.saturating_sub(8).min(8);
        if samples.len() < width * height {
            return Err(Fault::damaged("a tile with too few samples"));
        }
        let (size, canvas) = planes.plane_mut(number)?;
        let stride = size.0.next_multiple_of(Planes::ALIGN) as usize;
        let (wide, high) = (i64::from(size.0), i64::from(size.1));
        let (from, to) = ((-x).clamp(0, width as i64), (wide - x).clamp(0, width as i64));
        if from >= to {
            continue;
        }
        for row in (-y).max(0)..(high - y).clamp(0, height as i64) {
            let begin = row as usize * width;
            let source = samples.get(begin + from as usize..begin + to as usize);
            let at = (y + row) as usize * stride + (x + from) as usize;
            let target = canvas.get_mut(at..at + (to - from) as usize);
            let (Some(source), Some(target)) = (source, target) else {
                return Err(Fault::damaged("a tile outside the picture"));
            };
            for (to, from) in target.iter_mut().zip(source) {
                *to = (from >> bits).clamp(0, 255) as u8;
            }
        }
    }
    Ok(())
}
