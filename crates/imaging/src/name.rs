//! Names: of bytes by their content, of renditions by what they were made from and how.

use crate::look::Look;
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

/// The name of a rendition that may not have been made yet: BLAKE3 over the original's name, the recipe's
/// name and version, and the look where it does anything, 64 hexadecimal digits. Who has a file of this name need not make it again.
pub fn rendition_name(content: &str, recipe: &Recipe, look: &Look, part: Part) -> String {
    let mut hasher = blake3::Hasher::new_derive_key("puesto imaging rendition v1");
    // Lengths keep two different triples from running together into one.
    for text in [content, &recipe.name] {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    }
    hasher.update(&recipe.version.to_le_bytes());
    hasher.update(&[part as u8]);
    let look = look.within_bounds();
    if !look.is_none() {
        hasher.update(b"look 1");
        hasher.update(&[look.turns]);
        hasher.update(&look.tilt.to_le_bytes());
        hasher.update(&look.exposure.to_le_bytes());
        hasher.update(&[u8::from(look.crop.is_some())]);
        let crop = look
            .crop
            .map(|crop| [crop.left, crop.top, crop.width, crop.height]);
        for part in crop.unwrap_or_default() {
            hasher.update(&part.to_le_bytes());
        }
        hasher.update(&[u8::from(look.white.is_some())]);
        let white = look.white.map(|grey| [grey.red, grey.green, grey.blue]);
        hasher.update(&white.unwrap_or_default());
    }
    hasher.finalize().to_hex().to_string()
}
