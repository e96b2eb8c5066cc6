//! Why a photo cannot be taken.

/// A photo that is refused. Nothing of it is kept; the words for people live in the message files, by [`Fault::code`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("the file is empty")]
    Empty,
    #[error("the file is not an image")]
    NotAnImage,
    /// `found` names what it is, in lower case: "avif", "heic-film", "gif", "tiff", "pdf", "video", "jpeg-arithmetic"…
    #[error("files of the kind {found} are not taken")]
    Unsupported { found: &'static str },
    #[error("the file has {bytes} bytes, more than {limit}")]
    TooManyBytes { bytes: u64, limit: u64 },
    #[error("{width} by {height} pixels are more than can be taken")]
    TooManyPixels { width: u32, height: u32 },
    #[error("{width} by {height} pixels: a side is longer than {limit}")]
    TooLargeSide { width: u32, height: u32, limit: u32 },
    /// The file stops before the picture does, as when a copy was cut short.
    #[error("the picture stops half-way")]
    Truncated,
    #[error("the picture is damaged: {0}")]
    Damaged(String),
}

impl Fault {
    /// Every code that [`Fault::code`] can give, for the test that holds the message files to them.
    pub const CODES: [&'static str; 8] = [
        "photo_empty",
        "photo_not_an_image",
        "photo_unsupported",
        "photo_too_many_bytes",
        "photo_too_many_pixels",
        "photo_too_large_side",
        "photo_truncated",
        "photo_damaged",
    ];

    /// Stable over versions.
    pub fn code(&self) -> &'static str {
        match self {
            Fault::Empty => "photo_empty",
            Fault::NotAnImage => "photo_not_an_image",
            Fault::Unsupported { .. } => "photo_unsupported",
            Fault::TooManyBytes { .. } => "photo_too_many_bytes",
            Fault::TooManyPixels { .. } => "photo_too_many_pixels",
            Fault::TooLargeSide { .. } => "photo_too_large_side",
            Fault::Truncated => "photo_truncated",
            Fault::Damaged(_) => "photo_damaged",
        }
    }

    /// What [`Fault::Unsupported`] can have found.
    pub const KINDS: [&'static str; 22] = [
        "gif",
        "tiff",
        "pdf",
        "bmp",
        "psd",
        "jxl",
        "jpeg2000",
        "zip",
        "ico",
        "video",
        "svg",
        "raw",
        "avif",
        "heic",
        "heic-film",
        "heic-unusual",
        "jpeg-12bit",
        "jpeg-arithmetic",
        "jpeg-hierarchical",
        "jpeg-lossless",
        "jpeg-unusual",
        "other",
    ];

    /// One of [`Fault::KINDS`], from another process.
    pub fn kind(name: &str) -> &'static str {
        Fault::KINDS
            .into_iter()
            .find(|kind| *kind == name)
            .unwrap_or("other")
    }

    pub(crate) fn damaged(why: impl ToString) -> Fault {
        Fault::Damaged(why.to_string())
    }
}
