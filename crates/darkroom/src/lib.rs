//! Where strangers' pictures are decoded: in processes of their own, which may die.
//!
//! A decoder reads bytes that anybody may have made, and the fastest one is written in C. Whatever such bytes do to
//! it (a crash, memory without end, an endless loop), one photo is refused and the shop goes on. A [`Darkroom`]
//! keeps a few workers, gives each one photo at a time, ends one that takes too long or that nobody has needed for
//! a while, and begins a new one when one has died.
//!
//! The worker is the same program again, called with [`WORD`]: its `main` hands over to [`serve`].

mod room;
mod serve;
mod wire;
mod worker;

pub use room::{Darkroom, Pace};
pub use serve::serve;

/// The one argument that makes a program a worker.
pub const WORD: &str = "darkroom-worker";

/// What both sides have to be, to understand each other: an update may put a newer program in the place of the one
/// that runs.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Whether this process was begun as a worker, which [`serve`] is for.
pub fn is_worker() -> bool {
    std::env::args_os().nth(1).is_some_and(|word| word == WORD)
}
