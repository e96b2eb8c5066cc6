//! Addresses and offices as they travel.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// An address by its parts; the post's crate knows how each country writes them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default)]
pub struct Address {
    pub name: String,
    pub organization: String,
    /// Street with exterior and interior number.
    pub street: String,
    /// Colonia, reparto, district.
    pub neighbourhood: String,
    /// Town, municipality.
    pub city: String,
    /// State or province, by name or by the post's abbreviation.
    pub region: String,
    pub postal_code: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    pub phone: String,
    pub email: String,
    /// Cuba: "e/ Corombé y 26 de Julio", and other hints for the one who delivers.
    pub reference: String,
}
