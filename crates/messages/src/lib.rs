//! Words that people see, from message files, in Spanish, English and French.
//!
//! A crate with words of its own keeps them in `messages/{es,en,fr}.ftl` and holds one [`Catalogue`]:
//!
//! ```
//! use std::sync::LazyLock;
//! use messages::{Catalogue, Language, Value};
//!
//! static WORDS: LazyLock<Catalogue> = LazyLock::new(|| {
//!     Catalogue::new([
//!         (Language::Es, "pieces = { $n ->\n    [one] 1 pieza\n   *[other] { $n } piezas\n}"),
//!         (Language::En, "pieces = { $n ->\n    [one] 1 piece\n   *[other] { $n } pieces\n}"),
//!     ])
//!     .unwrap_or_default()
//! });
//!
//! assert_eq!(WORDS.text(Language::Es, "pieces", &[("n", Value::from(3))]), "3 piezas");
//! ```
//!
//! A test of that crate asserts that [`Catalogue::gaps`] is empty.

mod catalogue;
mod format;
mod language;

pub use catalogue::{Catalogue, CatalogueError};
pub use fluent_bundle::FluentValue as Value;
pub use format::{amount, date, date_time, money, weight};
pub use language::{Language, UnknownLanguage};
