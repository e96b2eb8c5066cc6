//! Where photos go: the app's side of the door.

use crate::state::Phone;
use serde::Serialize;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use tempfile::TempPath;

/// The app: it puts each photo into the piece that is open.
pub trait Sink: Send + Sync + 'static {
    /// Takes one photo. Up to four are offered at once. It runs to its end even when the phone is gone meanwhile
    /// or the door closes.
    fn take(&self, photo: Incoming) -> impl Future<Output = Result<Taken, Refusal>> + Send;
}

/// A photo that has arrived whole.
#[derive(Debug)]
pub struct Incoming {
    /// The name it has on the phone: no folders, no control characters, at most 200 characters, never empty.
    pub name: String,
    /// Its bytes as the phone sent them; the file is removed when this is dropped.
    pub file: TempPath,
    /// How many bytes.
    pub bytes: u64,
    /// What the phone says it is (`image/jpeg`). Not to be trusted.
    pub kind: Option<String>,
    pub phone: Phone,
}

/// What became of a photo that was taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Taken {
    /// The photo's id in the shop; comes back in [`crate::State::last`].
    pub photo: String,
}

/// A photo that was not taken, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Refusal {
    pub code: Code,
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self { code }
    }
}

/// Why a photo was not taken. The phone says it in words (`refused-<code>` in the message files), with what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// The piece has these bytes already. The phone says so kindly: nothing is missing.
    Duplicate,
    /// Not a photo, whatever its name says.
    NotAnImage,
    /// A photo in a format that cannot be read here (HEIC, AVIF, RAW).
    UnknownFormat,
    /// Begins as a photo and breaks off.
    Damaged,
    /// More bytes than the limit, or more pixels than can be worked on.
    TooLarge,
    /// No bytes at all.
    Empty,
    /// No room on the computer's disk.
    FullDisk,
    /// The piece has as many photos as it may have.
    PieceFull,
    /// No piece is open to put it in.
    NoPiece,
    /// Something that the app did not expect.
    Broken,
}

impl Code {
    pub const ALL: [Self; 10] = [
        Self::Duplicate,
        Self::NotAnImage,
        Self::UnknownFormat,
        Self::Damaged,
        Self::TooLarge,
        Self::Empty,
        Self::FullDisk,
        Self::PieceFull,
        Self::NoPiece,
        Self::Broken,
    ];

    /// As it travels and as the message files know it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Duplicate => "duplicate",
            Self::NotAnImage => "not-an-image",
            Self::UnknownFormat => "unknown-format",
            Self::Damaged => "damaged",
            Self::TooLarge => "too-large",
            Self::Empty => "empty",
            Self::FullDisk => "full-disk",
            Self::PieceFull => "piece-full",
            Self::NoPiece => "no-piece",
            Self::Broken => "broken",
        }
    }

    /// Whether the same photo may be taken another time, when the seller has done something about it.
    pub const fn may_pass_later(self) -> bool {
        matches!(
            self,
            Self::FullDisk | Self::PieceFull | Self::NoPiece | Self::Broken
        )
    }
}

/// A sink without its type.
pub type Take =
    Arc<dyn Fn(Incoming) -> Pin<Box<dyn Future<Output = Result<Taken, Refusal>> + Send>> + Send + Sync>;

pub fn erased<S: Sink>(sink: Arc<S>) -> Take {
    Arc::new(move |photo| {
        let sink = sink.clone();
        Box::pin(async move { sink.take(photo).await })
    })
}
