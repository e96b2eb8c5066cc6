//! Sizes that both sides hold, so that a refusal is known before anything travels.

/// Intents in one push.
pub const INTENTS_PER_PUSH: usize = 500;
/// Bytes of one push, after decompression.
pub const PUSH_BYTES: usize = 4 * 1024 * 1024;
/// Entries in one page of the feed.
pub const ENTRIES_PER_PAGE: usize = 500;
/// Bytes of one chunk of a photo; only the last may be shorter. A chunk that is cut off travels again: at 64 kbit/s this
/// one takes 16 seconds, so that a line that lives for a minute still gets on.
pub const CHUNK_BYTES: usize = 128 * 1024;
/// Bytes of one rendition.
pub const PHOTO_BYTES: u64 = 10 * 1024 * 1024;
/// Letters in a title, stories and the other texts of a piece.
pub const TITLE_LETTERS: usize = 80;
pub const STORY_LETTERS: usize = 5_000;
pub const SHORT_TEXT_LETTERS: usize = 200;
/// Photos of one piece.
pub const PHOTOS_PER_PIECE: usize = 10;
/// The highest price, in minor units: ten million of a currency with two decimals.
pub const PRICE_MINOR: i64 = 1_000_000_000;
/// The heaviest piece, in grams (the UPU's limit for a parcel by special agreement).
pub const WEIGHT_G: i64 = 30_000;
/// The longest side of a piece, in millimetres: a garland or a rebozo is longer than its parcel.
pub const SIDE_MM: i64 = 20_000;
/// Pieces of one kind in stock.
pub const QUANTITY: i64 = 99_999;
/// Numbers in one lease.
pub const NUMBERS_PER_LEASE: u32 = 500;
/// Parcels in one drop-off (a paper manifest stays readable to about this length).
pub const PARCELS_PER_DROP_OFF: usize = 200;
