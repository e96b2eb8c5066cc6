//! What adding a photo gives back.

use crate::catalog::view::Product;
use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct PhotoAdded {
    pub product: Product,
    pub hash: String,
    /// The same bytes were in this piece already; nothing was added.
    pub duplicate: bool,
    /// Codes of what a person should know: "animated" (only the first picture was taken),
    /// "transparent" (put on white), "small" (fewer pixels than marketplaces like).
    pub notes: Vec<String>,
}
