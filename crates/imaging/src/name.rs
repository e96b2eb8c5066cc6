//! Names: of bytes by their content, of renditions by what they were made from and how.

use crate::recipe::Recipe;

/// The name by which bytes are known: BLAKE3, 64 hexadecimal digits.
pub fn content_name(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Which of a photo's two pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    Large,
    Small,
}

/// The name of a rendition that may not have been made yet: BLAKE3 over the original's name and the recipe's
/// name and version, 64 hexadecimal digits. Who has a file of this name need not make it again.
pub fn rendition_name(content: &str, recipe: &Recipe, part: Part) -> String {
    let mut hasher = blake3::Hasher::new_derive_key("puesto imaging rendition v1");
    // Lengths keep two different triples from running together into one.
    for text in [content, &recipe.name] {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.update(&recipe.version.to_le_bytes());
    hasher.update(&[part as u8]);
    hasher.finalize().to_hex().to_string()
}
