//! WebP: the walk over its chunks (RFC 9649), and the decoder.

use std::io::Cursor;

use image::codecs::webp::WebPDecoder;
use image::{DynamicImage, ImageDecoder};

use crate::decode::{Decoded, Stored, image_fault, image_limits};
use crate::exif;
use crate::fault::Fault;
use crate::format::Format;
use crate::header::{Header, Walked};
use crate::raster::{Layout, Raster};

pub(crate) fn walk(bytes: &[u8]) -> Result<Walked, Fault> {
    let promised = u32_at(bytes, 4).ok_or(Fault::Truncated)? as usize + 8;
    let end = promised.min(bytes.len());
    let mut header = Header {
        format: Format::WebP,
        width: 0,
        height: 0,
        exif: exif::Exif::default(),
        has_icc: false,
        animated: false,
        damaged: false,
        frame: None,
        heic: None,
        shrinks_by: 1,
        decoded_bytes: 0,
    };
    let mut at = 12;
    let mut pixel_bytes = 0_u64;
    let mut canvas = None;
    let mut lossless = false;
    while let (Some(kind), Some(length)) = (bytes.get(at..at + 4), u32_at(bytes, at + 4)) {
        if at >= end {
            break;
        }
        let length = length as usize;
        let from = (at + 8).min(end);
        let body = &bytes[from..(from + length).min(end)];
        match kind {
            b"VP8X" => {
                canvas = size24(body, 4);
                let flags = body.first().copied().unwrap_or(0);
                header.animated = flags & 0b10 != 0;
                header.has_icc = flags & 0b10_0000 != 0;
            }
            b"VP8 " | b"VP8L" => {
                lossless |= kind == b"VP8L";
                pixel_bytes += body.len() as u64;
                grow(&mut header, picture_size(kind, body));
            }
            b"ANMF" => {
                header.animated = true;
                pixel_bytes += body.len() as u64;
                grow(&mut header, size24(body, 6));
                // The frame holds chunks of its own, whose sizes may lie too.
                for (kind, offset) in [(b"VP8 ", 16), (b"VP8L", 16)] {
                    if body.get(offset..offset + 4) == Some(kind) {
                        grow(
                            &mut header,
                            body.get(offset + 8..).and_then(|inner| picture_size(kind, inner)),
                        );
                    }
                }
            }
            b"EXIF" => header.exif = exif::read(body),
            b"ICCP" => header.has_icc = true,
            _ => {}
        }
        // Chunks are padded to an even length.
        at = at
            .saturating_add(8)
            .saturating_add(length)
            .saturating_add(length & 1);
    }
    grow(&mut header, canvas);
    let complete = bytes.len() >= promised && pixel_bytes > 0;
    if header.width == 0 || header.height == 0 {
        return Err(if complete {
            Fault::damaged("no picture in the file")
        } else {
            Fault::Truncated
        });
    }
    let pixels = u64::from(header.width) * u64::from(header.height);
    // The decoder keeps RGBA of lossless files beside the result; a film also keeps its canvas.
    let per_pixel = 4 + if lossless { 4 } else { 2 } + if header.animated { 8 } else { 0 };
    header.decoded_bytes = pixels * per_pixel.min(8);
    // One colour all over takes no bits at all in VP8L: there is no ratio to hold it to.
    Ok(Walked {
        header,
        complete,
        pixel_bytes,
        pixels,
        most_pixels_per_byte: u64::MAX,
    })
}

fn grow(header: &mut Header, size: Option<(u32, u32)>) {
    if let Some((width, height)) = size {
        header.width = header.width.max(width);
        header.height = header.height.max(height);
    }
}

/// Sizes inside a picture's own bitstream (RFC 6386 §9.1 and RFC 9649 §3.4).
fn picture_size(kind: &[u8], body: &[u8]) -> Option<(u32, u32)> {
    if kind == b"VP8L" {
        let bits = u32_at(body, 1)?;
        return Some(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1));
    }
    let side = |at: usize| {
        Some(u32::from(
            u16::from_le_bytes([*body.get(at)?, *body.get(at + 1)?]) & 0x3FFF,
        ))
    };
    Some((side(6)?, side(8)?))
}

/// Two sides of 24 bits, each stored less one.
fn size24(body: &[u8], at: usize) -> Option<(u32, u32)> {
    let side =
        |at: usize| Some(u32::from_le_bytes([*body.get(at)?, *body.get(at + 1)?, *body.get(at + 2)?, 0]) + 1);
    Some((side(at)?, side(at + 3)?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// Of a film, the first picture.
pub(crate) fn decode(bytes: &[u8], header: &Header) -> Result<Decoded, Fault> {
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(image_fault)?;
    decoder.set_limits(image_limits(header)).map_err(image_fault)?;
    let icc = decoder.icc_profile().unwrap_or(None);
    let picture = DynamicImage::from_decoder(decoder).map_err(image_fault)?;
    let (width, height) = (picture.width(), picture.height());
    let (layout, pixels) = match picture {
        DynamicImage::ImageRgb8(rgb) => (Layout::Rgb, rgb.into_raw()),
        other => (Layout::Rgba, other.into_rgba8().into_raw()),
    };
    Ok(Decoded {
        stored: Stored::Pixels(Raster {
            width,
            height,
            layout,
            pixels,
        }),
        shrunk_by: 1,
        icc,
    })
}
