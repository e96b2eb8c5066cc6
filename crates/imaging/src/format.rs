//! What a file is, by its first bytes. Its name is never asked.

use crate::fault::Fault;

/// A format that is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Format {
    Jpeg,
    Png,
    WebP,
    Heic,
}

impl Format {
    /// The IANA media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Jpeg => "image/jpeg",
            Format::Png => "image/png",
            Format::WebP => "image/webp",
            Format::Heic => "image/heic",
        }
    }

    /// The usual ending of its files, without a dot.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Jpeg => "jpg",
            Format::Png => "png",
            Format::WebP => "webp",
            Format::Heic => "heic",
        }
    }

    pub(crate) fn sniff(bytes: &[u8]) -> Result<Format, Fault> {
        if bytes.is_empty() {
            return Err(Fault::Empty);
        }
        if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
            return Ok(Format::Jpeg);
        }
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Ok(Format::Png);
        }
        if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            return Ok(Format::WebP);
        }
        if bytes.get(4..8) == Some(b"ftyp") && iso_media(bytes) == "heic" {
            return Ok(Format::Heic);
        }
        // The beginning of one of ours, and nothing after it.
        let cut_riff = bytes.len() < 12
            && bytes.starts_with(b"RIFF")
            && b"WEBP".starts_with(bytes.get(8..).unwrap_or(&[]));
        let cut_magic = |magic: &[u8]| bytes.len() < magic.len() && magic.starts_with(bytes);
        if cut_riff
            || [&[0xFF, 0xD8, 0xFF][..], b"\x89PNG\r\n\x1a\n", b"RIFF"]
                .into_iter()
                .any(cut_magic)
        {
            return Err(Fault::Truncated);
        }
        match foreign(bytes) {
            Some(found) => Err(Fault::Unsupported { found }),
            None => Err(Fault::NotAnImage),
        }
    }
}

/// Names the kinds of file that people do try to add, so that the words can say what to do about each.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    if bytes.get(4..8) == Some(b"ftyp") {
        return Some(iso_media(bytes));
    }
    let kinds: [(&[u8], &str); 16] = [
        (b"GIF87a", "gif"),
        (b"GIF89a", "gif"),
        (b"II*\0", "tiff"),
        (b"MM\0*", "tiff"),
        (b"II+\0", "tiff"),
        (b"%PDF", "pdf"),
        (b"BM", "bmp"),
        (b"8BPS", "psd"),
        (b"\xFF\x0A", "jxl"),
        (b"\0\0\0\x0CJXL ", "jxl"),
        (b"\0\0\0\x0CjP  ", "jpeg2000"),
        (b"PK\x03\x04", "zip"),
        (b"\0\0\x01\0", "ico"),
        (b"\x1A\x45\xDF\xA3", "video"),
        (b"<svg", "svg"),
        (b"FUJIFILMCCD-RAW", "raw"),
    ];
    if let Some((_, found)) = kinds.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(found);
    }
    if bytes.starts_with(b"<?xml")
        && bytes
            .get(..512.min(bytes.len()))
            .is_some_and(|head| contains(head, b"<svg"))
    {
        return Some("svg");
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"AVI ") {
        return Some("video");
    }
    None
}

/// ISO/IEC 14496-12: the brands of the `ftyp` box tell a still picture from a film.
fn iso_media(bytes: &[u8]) -> &'static str {
    let length = bytes
        .first_chunk::<4>()
        .map_or(0, |size| u32::from_be_bytes(*size) as usize);
    let end = length.clamp(12, 128).min(bytes.len());
    let brands = bytes.get(8..end).unwrap_or_default();
    let has = |wanted: &[&[u8]]| brands.chunks_exact(4).any(|brand| wanted.contains(&brand));
    if has(&[b"avif", b"avis"]) {
        "avif"
    } else if has(&[
        b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1",
    ]) {
        "heic"
    } else if has(&[b"crx "]) {
        "raw"
    } else {
        "video"
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
