//! PNG: the walk over its chunks (W3C PNG, third edition §5), and the decoder.

use std::io::Cursor;

use image::codecs::png::PngDecoder;
use image::{DynamicImage, ImageDecoder};

use crate::decode::{Decoded, Stored, image_fault, image_limits};
use crate::exif;
use crate::fault::Fault;
use crate::format::Format;
use crate::header::{Header, Walked};
use crate::raster::{Layout, Raster};

pub(crate) fn walk(bytes: &[u8]) -> Result<Walked, Fault> {
    let mut at = 8;
    let mut first = true;
    let mut header = None;
    let mut pixel_bytes = 0_u64;
    let mut samples_per_pixel_bits = 0_u64;
    let complete = loop {
        let Some((length, kind)) = chunk_head(bytes, at) else {
            break false;
        };
        // The chunk's own check sum counts to it: without it the file is cut.
        let Some(body) = bytes
            .get(at + 8..at + 8 + length)
            .filter(|_| bytes.len() >= at + 12 + length)
        else {
            break false;
        };
        if first {
            if &kind != b"IHDR" {
                return Err(Fault::damaged("the first chunk is not IHDR"));
            }
            let read = read_ihdr(body)?;
            samples_per_pixel_bits = read.1;
            header = Some(read.0);
            first = false;
        }
        if let Some(header) = &mut header {
            match &kind {
                b"eXIf" => header.exif = exif::read(body),
                b"iCCP" => header.has_icc = true,
                b"acTL" => header.animated = true,
                b"IDAT" => pixel_bytes += length as u64,
                b"IEND" => break true,
                _ => {}
            }
        }
        at += 12 + length;
    };
    let header = header.ok_or(Fault::Truncated)?;
    let pixels = u64::from(header.width) * u64::from(header.height);
    Ok(Walked {
        complete,
        pixel_bytes,
        // Deflate gives at most 1,032 bytes for one (RFC 1951: 258 bytes in two bits).
        pixels,
        most_pixels_per_byte: (1_032 * 8 / samples_per_pixel_bits).max(1) + 8,
        header,
    })
}

fn chunk_head(bytes: &[u8], at: usize) -> Option<(usize, [u8; 4])> {
    let length = u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?);
    let kind = bytes.get(at + 4..at + 8)?.try_into().ok()?;
    Some((length as usize, kind))
}

fn read_ihdr(body: &[u8]) -> Result<(Header, u64), Fault> {
    let &[w3, w2, w1, w0, h3, h2, h1, h0, depth, colour, ..] = body else {
        return Err(Fault::damaged("an IHDR too short"));
    };
    let width = u32::from_be_bytes([w3, w2, w1, w0]);
    let height = u32::from_be_bytes([h3, h2, h1, h0]);
    let stored = match colour {
        0 | 3 => 1_u64,
        2 => 3,
        4 => 2,
        6 => 4,
        _ => return Err(Fault::damaged("an unknown colour type")),
    };
    // A palette unfolds to RGB, and a transparent colour adds alpha to any kind.
    let unfolded: u64 = match colour {
        0 => 2,
        // Grey with alpha is held once as it is and once as RGB with alpha.
        4 => 6,
        _ => 4,
    };
    let bytes_per_sample = u64::from(depth.div_ceil(8).max(1));
    // 16 bits are brought to 8 in a second copy.
    let copies = if depth == 16 { bytes_per_sample + 1 } else { 1 };
    let pixels = u64::from(width).saturating_mul(u64::from(height));
    let exact = if colour == 2 && depth == 8 { 3 } else { unfolded };
    let header = Header {
        format: Format::Png,
        width,
        height,
        exif: exif::Exif::default(),
        has_icc: false,
        animated: false,
        damaged: false,
        frame: None,
        heic: None,
        shrinks_by: 1,
        decoded_bytes: pixels.saturating_mul(exact * copies),
    };
    Ok((header, (stored * u64::from(depth)).max(1)))
}

pub(crate) fn decode(bytes: &[u8], header: &Header) -> Result<Decoded, Fault> {
    let limits = image_limits(header);
    let mut decoder = PngDecoder::with_limits(Cursor::new(bytes), limits.clone()).map_err(image_fault)?;
    // A profile that cannot be unpacked is no reason to refuse the picture.
    let icc = decoder.icc_profile().unwrap_or(None);
    decoder.set_limits(limits).map_err(image_fault)?;
    let picture = DynamicImage::from_decoder(decoder).map_err(image_fault)?;
    let (width, height) = (picture.width(), picture.height());
    let (layout, pixels) = match picture {
        DynamicImage::ImageLuma8(grey) => (Layout::Grey, grey.into_raw()),
        DynamicImage::ImageRgb8(rgb) => (Layout::Rgb, rgb.into_raw()),
        DynamicImage::ImageRgba8(rgba) => (Layout::Rgba, rgba.into_raw()),
        DynamicImage::ImageLumaA8(grey) => (Layout::Rgba, unfold(grey.iter().copied())),
        DynamicImage::ImageLuma16(grey) => (Layout::Grey, to_eight_bits(&grey).collect()),
        DynamicImage::ImageRgb16(rgb) => (Layout::Rgb, to_eight_bits(&rgb).collect()),
        DynamicImage::ImageRgba16(rgba) => (Layout::Rgba, to_eight_bits(&rgba).collect()),
        DynamicImage::ImageLumaA16(grey) => (Layout::Rgba, unfold(to_eight_bits(&grey))),
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

fn to_eight_bits(samples: &[u16]) -> impl Iterator<Item = u8> {
    samples
        .iter()
        .map(|sample| ((u32::from(*sample) + 128) / 257) as u8)
}

/// Grey with alpha, as red, green, blue and alpha.
fn unfold(mut samples: impl Iterator<Item = u8>) -> Vec<u8> {
    let mut pixels = Vec::new();
    while let (Some(grey), Some(alpha)) = (samples.next(), samples.next()) {
        pixels.extend([grey, grey, grey, alpha]);
    }
    pixels
}
