//! Bodies as they travel: JSON, and zstd (RFC 8878) where that makes it shorter.
//!
//! A request's body may come with `Content-Encoding: zstd`; an answer's does when the request says `Accept-Encoding:
//! zstd`. Limits hold for what is unpacked, and nothing more than the limit is ever unpacked.

use std::io::{self, Read};

/// The name in `Content-Encoding` and `Accept-Encoding`.
pub const ENCODING: &str = "zstd";

/// Below this many bytes a frame's own head takes back what it saves.
const WORTH_IT: usize = 200;
const LEVEL: i32 = 3;
/// A frame may ask its reader for a window of at most 8 MiB: more is an attack on memory.
const WINDOW_LOG: u32 = 23;

/// Why a body was not unpacked.
#[derive(Debug)]
pub enum NotUnpacked {
    /// It is longer than it may be.
    TooLong,
    /// It is no zstd, is cut off, or asks for too large a window.
    Broken(io::Error),
}

/// The body as a zstd frame; none when that would not be shorter.
pub fn pack(body: &[u8]) -> Option<Vec<u8>> {
    if body.len() < WORTH_IT {
        return None;
    }
    let packed = zstd::bulk::compress(body, LEVEL).ok()?;
    (packed.len() < body.len()).then_some(packed)
}

/// What is in the frames of `packed`, at most so many bytes.
///
/// # Errors
/// [`NotUnpacked`].
pub fn unpack(packed: &[u8], most: usize) -> Result<Vec<u8>, NotUnpacked> {
    let mut decoder = zstd::stream::Decoder::new(packed).map_err(NotUnpacked::Broken)?;
    decoder.window_log_max(WINDOW_LOG).map_err(NotUnpacked::Broken)?;
    let mut body = Vec::new();
    let one_more = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    decoder
        .take(one_more)
        .read_to_end(&mut body)
        .map_err(NotUnpacked::Broken)?;
    if body.len() > most {
        return Err(NotUnpacked::TooLong);
    }
    Ok(body)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_out_again_and_short_things_stay_as_they_are() {
        let body = "olla de barro negro ".repeat(500).into_bytes();
        let packed = pack(&body).unwrap();
        assert!(packed.len() < body.len() / 50, "{}", packed.len());
        assert_eq!(unpack(&packed, body.len()).unwrap(), body);
        assert!(pack(b"short").is_none());
    }

    #[test]
    fn a_bomb_is_unpacked_no_further_than_the_limit() {
        // A gigabyte of nothing in some 30 kB, in frames of 16 MiB.
        let frame = zstd::bulk::compress(&vec![0; 16 << 20], 19).unwrap();
        let bomb = frame.repeat(64);
        assert!(bomb.len() < 100_000, "{}", bomb.len());
        assert!(matches!(unpack(&bomb, 4 << 20), Err(NotUnpacked::TooLong)));
    }

    #[test]
    fn cut_off_made_up_and_greedy_frames_are_refused() {
        let body: Vec<u8> = (0..40_000_u32).flat_map(|n| (n * n).to_le_bytes()).collect();
        let packed = pack(&body).unwrap();
        for cut in [1, 4, 9, packed.len() / 2, packed.len() - 1] {
            let broken = unpack(&packed[..cut], 1 << 20);
            assert!(matches!(broken, Err(NotUnpacked::Broken(_))), "{cut}");
        }
        assert!(matches!(
            unpack(b"no zstd at all", 100),
            Err(NotUnpacked::Broken(_))
        ));
        // A head that asks for a window of 2 GiB.
        let greedy = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x01, 0x00, 0x00];
        assert!(matches!(unpack(&greedy, 1 << 20), Err(NotUnpacked::Broken(_))));
    }
}
