//! Taking over what laptops ask for: each intent once, each with its own answer.
//!
//! A batch is one transaction under the shop's lock; each intent has a savepoint in it, so that one
//! bad intent takes nothing with it but what depends on it.

mod batch;
mod body;
mod catalog;
mod drop_off;
mod order;
mod parcel;
mod stock;

pub use batch::push;

use api::intent::refusal;

/// Which laptop of which shop speaks, and when.
#[derive(Clone, Debug)]
pub struct Sender {
    pub shop: String,
    pub laptop: String,
    pub now_ms: i64,
}

/// What one intent came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Applied,
    /// What it asks for has long happened.
    Behind,
    Refused {
        code: &'static str,
        /// Kind and id of the record that shows how things stand.
        present: Option<(&'static str, String)>,
    },
}

impl Verdict {
    fn refused(code: &'static str) -> Self {
        Self::Refused { code, present: None }
    }

    fn refused_by(code: &'static str, kind: &'static str, id: &str) -> Self {
        Self::Refused {
            code,
            present: Some((kind, id.to_owned())),
        }
    }

    fn invalid() -> Self {
        Self::refused(refusal::INVALID)
    }
}

/// Ids are made by laptops: a plain text of at most 64 letters, digits, `-` and `_`.
pub(crate) fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
}
