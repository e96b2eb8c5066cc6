//! JPEG: the walk over its segments (ITU-T T.81 Annex B), and the decoder.

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;
use zune_jpeg::errors::DecodeErrors;

use crate::decode::Decoded;
use crate::exif::{self, Exif};
use crate::fault::Fault;
use crate::format::Format;
use crate::header::{Header, Walked};
use crate::raster::{Layout, Raster};

const START_OF_SCAN: u8 = 0xDA;
const END_OF_IMAGE: u8 = 0xD9;

struct Frame {
    width: u32,
    height: u32,
    components: u64,
    progressive: bool,
}

/// Follows every segment and scan until the end-of-image marker. What comes after it (a phone's second
/// picture, a maker's appendix) is nobody's concern.
pub(crate) fn walk(bytes: &[u8]) -> Result<Walked, Fault> {
    let mut at = 2;
    let mut frame: Option<Frame> = None;
    let mut exif: Option<Exif> = None;
    let mut has_icc = false;
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
            0xC0..=0xC2 => frame = Some(read_frame(body, marker == 0xC2)?),
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
            0xE1 if exif.is_none() && body.starts_with(b"Exif\0\0") => exif = Some(exif::read(body)),
            0xE2 => has_icc |= body.starts_with(b"ICC_PROFILE\0"),
            START_OF_SCAN => pixel_bytes += skip_scan(bytes, &mut at),
            _ => {}
        }
    };
    let Some(frame) = frame else {
        return Err(if complete {
            Fault::damaged("no frame in the file")
        } else {
            Fault::Truncated
        });
    };
    let pixels = u64::from(frame.width) * u64::from(frame.height);
    let padded = u64::from(frame.width.next_multiple_of(16)) * u64::from(frame.height.next_multiple_of(16));
    // Progressive files keep a 16-bit coefficient for each sample until the last scan.
    let coefficients = if frame.progressive {
        padded * frame.components * 2
    } else {
        0
    };
    Ok(Walked {
        header: Header {
            format: Format::Jpeg,
            width: frame.width,
            height: frame.height,
            exif: exif.unwrap_or_default(),
            has_icc,
            animated: false,
            decoded_bytes: pixels * if frame.components == 1 { 1 } else { 3 } + coefficients,
        },
        complete,
        pixel_bytes,
        pixels,
        // Each block of 8×8 luma samples costs at least one bit: its DC code.
        most_pixels_per_byte: 8 * 64,
    })
}

/// The next marker's code. Bytes before its 0xFF are skipped, as every decoder does.
fn next_marker(bytes: &[u8], at: &mut usize) -> Option<u8> {
    loop {
        let rest = bytes.get(*at..)?;
        *at += rest.iter().position(|byte| *byte == 0xFF)? + 1;
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

fn read_frame(body: &[u8], progressive: bool) -> Result<Frame, Fault> {
    let &[precision, h1, h0, w1, w0, components, ..] = body else {
        return Err(Fault::damaged("a frame header too short"));
    };
    if precision != 8 {
        return Err(Fault::Unsupported { found: "jpeg-12bit" });
    }
    if !matches!(components, 1 | 3 | 4) {
        return Err(Fault::damaged("an unusual number of colour components"));
    }
    Ok(Frame {
        width: u32::from(u16::from_be_bytes([w1, w0])),
        height: u32::from(u16::from_be_bytes([h1, h0])),
        components: u64::from(components),
        progressive,
    })
}

/// Moves past entropy-coded data to the marker that ends it, and counts it.
fn skip_scan(bytes: &[u8], at: &mut usize) -> u64 {
    let begin = *at;
    while let Some(found) = bytes
        .get(*at..)
        .and_then(|rest| rest.iter().position(|byte| *byte == 0xFF))
    {
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

/// CMYK and YCCK become RGB without their profile, which the decoder does not apply.
pub(crate) fn decode(bytes: &[u8], header: &Header) -> Result<Decoded, Fault> {
    match decode_with(bytes, header, true) {
        // Some cameras leave loose bytes between segments; the pixels after them are sound.
        Err(DecodeErrors::FormatStatic(why)) if why.contains("Extra bytes") => {
            decode_with(bytes, header, false)
        }
        result => result,
    }
    .map_err(|error| match error {
        DecodeErrors::Unsupported(_) => Fault::Unsupported {
            found: "jpeg-unusual",
        },
        error => Fault::damaged(format!("{error:?}")),
    })
}

/// Strict, because the decoder otherwise fills what is missing with grey and says nothing.
fn decode_with(bytes: &[u8], header: &Header, strict: bool) -> Result<Decoded, DecodeErrors> {
    let options = DecoderOptions::default()
        .set_strict_mode(strict)
        .set_max_width(header.width as usize)
        .set_max_height(header.height as usize);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers()?;
    let stored = decoder.input_colorspace().unwrap_or(ColorSpace::YCbCr);
    let (layout, wanted) = match stored {
        ColorSpace::Luma => (Layout::Grey, ColorSpace::Luma),
        _ => (Layout::Rgb, ColorSpace::RGB),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(wanted));
    let icc = decoder.icc_profile();
    let pixels = decoder.decode()?;
    let raster = Raster {
        width: header.width,
        height: header.height,
        layout,
        pixels,
    };
    Ok(Decoded { raster, icc })
}
