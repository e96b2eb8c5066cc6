//! Addresses as the destination's post wants them: what has to be there, and the lines on the parcel.

mod check;
mod cuba;
mod form;
mod lines;
mod mexico;

use serde::{Deserialize, Serialize};

pub use check::{AddressProblem, Problem};
pub use cuba::cuban_provinces;
pub use mexico::{MexicanState, mexican_state, mexican_state_of_postcode, mexican_states};

/// A person's address. Parts that a country does not use stay empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Address {
    /// ISO 3166-1 alpha-2, such as `MX`.
    pub country: String,
    pub name: String,
    /// Workshop, company, or `c/o`.
    pub organisation: String,
    /// The street; abroad the whole first line with its number.
    pub street: String,
    /// Outer number; `S/N` where there is none.
    pub number: String,
    /// Inner number, flat, apartment.
    pub interior: String,
    /// The two streets between which it lies, and the corner when only the first is given (Cuba).
    pub between: Vec<String>,
    /// Colonia, barrio, reparto, or the second line abroad.
    pub neighbourhood: String,
    /// Town; in Cuba the municipality.
    pub city: String,
    /// State or province: its name, or in Mexico its key as well.
    pub region: String,
    pub postcode: String,
    pub phone: String,
    pub email: String,
}

/// A part of an address, as a form names its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Country,
    Name,
    Organisation,
    Street,
    Number,
    Interior,
    Between,
    Neighbourhood,
    City,
    Region,
    Postcode,
    Phone,
    Email,
}

impl Address {
    fn part(&self, field: Field) -> &str {
        match field {
            Field::Country => &self.country,
            Field::Name => &self.name,
            Field::Organisation => &self.organisation,
            Field::Street => &self.street,
            Field::Number => &self.number,
            Field::Interior => &self.interior,
            Field::Between => self.between.first().map_or("", String::as_str),
            Field::Neighbourhood => &self.neighbourhood,
            Field::City => &self.city,
            Field::Region => &self.region,
            Field::Postcode => &self.postcode,
            Field::Phone => &self.phone,
            Field::Email => &self.email,
        }
        .trim()
    }
}
