//! The sample catalogue as data.

use serde::{Deserialize, Serialize};

use super::Fault;

const PIECES: &str = include_str!("../../data/sample/pieces.json");
const SELLER: &str = include_str!("../../data/sample/seller.json");

/// One piece of the sample shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SamplePiece {
    /// Stable name, as in an address.
    pub slug: String,
    pub sku: String,
    /// One of the API's branches of craft.
    pub branch: String,
    /// Whether only one exists; then `quantity` is 1.
    pub unique: bool,
    pub quantity: i64,
    /// Minor units of `currency`.
    pub price_minor: i64,
    /// ISO 4217.
    pub currency: String,
    pub weight_g: i64,
    pub size_mm: Size,
    /// Hours of work.
    pub hours: i64,
    pub maker: Maker,
    /// What [`super::photo`] can draw of it, the first first.
    pub views: Vec<String>,
    pub texts: Texts,
}

/// Outer size in millimetres.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    pub length: i64,
    pub width: i64,
    pub height: i64,
}

/// Who made it. Invented.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Maker {
    pub name: String,
    pub place: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    pub es: CraftCard,
    pub en: CraftCard,
    pub fr: CraftCard,
}

impl Texts {
    /// By language tag; Spanish for any that is not there.
    pub fn in_language(&self, tag: &str) -> &CraftCard {
        match tag {
            "en" => &self.en,
            "fr" => &self.fr,
            _ => &self.es,
        }
    }
}

/// The words on a piece in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CraftCard {
    /// At most 60 characters.
    pub title: String,
    pub story: String,
    pub technique: String,
    pub materials: String,
    pub category: String,
    pub community: String,
    /// The people whose craft it is, in their own word where there is one; empty when none is to be named.
    pub people: String,
}

/// Whose shop it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleSeller {
    pub shop_name: String,
    pub person: String,
    pub email: String,
    pub phone: String,
    pub address: Address,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    pub street: String,
    /// Colonia.
    pub neighbourhood: String,
    pub postal_code: String,
    pub city: String,
    /// As the post abbreviates it.
    pub state: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
}

/// The dozen pieces, in the order of the shop window.
///
/// # Errors
/// [`Fault::Data`] when the data file does not fit these types.
pub fn pieces() -> Result<Vec<SamplePiece>, Fault> {
    Ok(serde_json::from_str(PIECES)?)
}

/// The seller.
///
/// # Errors
/// As [`pieces`].
pub fn seller() -> Result<SampleSeller, Fault> {
    Ok(serde_json::from_str(SELLER)?)
}
