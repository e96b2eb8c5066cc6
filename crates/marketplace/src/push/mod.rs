//! Taking over what laptops ask for: each intent once, each with its own answer.
//!
//! What becomes of an intent is decided in [`sync::authority`]; here is what it needs to know, read from the database,
//! and what it decides, written there. A batch is one transaction under the shop's lock. What it is about is read at once
//! and what it changes is written at once; when the database refuses that, each intent gets a savepoint of its own, so
//! that one bad intent takes nothing with it but what depends on it.

mod batch;
mod body;
pub(crate) mod carry_out;
pub(crate) mod facts;
pub(crate) mod staged;

pub use batch::push;
pub(crate) use sync::authority::is_id;

/// Which laptop of which shop speaks, and when.
#[derive(Clone, Debug)]
pub struct Sender {
    pub shop: String,
    pub laptop: String,
    pub now_ms: i64,
}

impl Sender {
    pub(crate) fn to_authority(&self) -> sync::authority::Sender<'_> {
        sync::authority::Sender {
            laptop: &self.laptop,
            now_ms: self.now_ms,
            new_id: &crate::random::id,
        }
    }
}
