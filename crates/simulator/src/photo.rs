//! Photos' bytes, as they are made up here: each chunk is a number that follows from the photo's name.

use api::limits::CHUNK_BYTES;

/// How large a rendition is: small ones are one chunk, large ones two or three.
pub fn bytes(hash: &str) -> u64 {
    if hash.starts_with(SMALL) {
        return 40_000;
    }
    let full = if hash.ends_with(['0', '2', '4']) { 1 } else { 2 };
    full * CHUNK_BYTES as u64 + 17
}

pub fn chunks(bytes: u64) -> u32 {
    u32::try_from(bytes.div_ceil(CHUNK_BYTES as u64)).unwrap_or(u32::MAX)
}

/// What is in a chunk.
pub fn content(hash: &str, n: u32) -> u64 {
    let last = hash.bytes().next_back().unwrap_or(0);
    u64::from(last) * 1_000 + u64::from(hash.starts_with(SMALL)) * 100 + u64::from(n)
}

/// What is in the whole.
pub fn whole(hash: &str) -> Vec<u64> {
    (0..chunks(bytes(hash))).map(|n| content(hash, n)).collect()
}

const LARGE: char = 'a';
const SMALL: char = 'b';

/// The names of a photo's large and small rendition.
pub fn renditions(original: &str) -> [String; 2] {
    let rest = original.get(1..).unwrap_or_default();
    [format!("{LARGE}{rest}"), format!("{SMALL}{rest}")]
}

/// Small renditions go first.
pub fn urgency(hash: &str) -> u8 {
    u8::from(!hash.starts_with(SMALL))
}
