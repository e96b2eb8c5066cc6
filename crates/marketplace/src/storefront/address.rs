//! The address in the checkout's form: its fields for Mexico, for Cuba and for abroad, and what is wrong
//! with them in words.

use crate::web::Page;
use crate::web::form::Fields;
use api::place::Address;
use postal::address::{Field, Problem, cuban_provinces, mexican_states};
use std::collections::BTreeMap;

/// Where a parcel goes, which decides the fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Destination {
    Mexico,
    Cuba,
    Abroad,
}

impl Destination {
    pub fn from_key(key: &str) -> Option<Self> {
        match key {
            "mx" => Some(Self::Mexico),
            "cu" => Some(Self::Cuba),
            "abroad" => Some(Self::Abroad),
            _ => None,
        }
    }

    pub fn key(self) -> &'static str {
        match self {
            Self::Mexico => "mx",
            Self::Cuba => "cu",
            Self::Abroad => "abroad",
        }
    }
}

/// What is wrong with a field, by the field's name in the form.
pub type Problems = BTreeMap<&'static str, String>;

/// Reads the address out of the form.
pub fn read(to: Destination, fields: &Fields) -> Address {
    let name = fields.line("name");
    Address {
        // Who buys for herself leaves it empty.
        name: if name.is_empty() {
            fields.line("buyer_name")
        } else {
            name
        },
        organization: String::new(),
        street: fields.line("street"),
        neighbourhood: fields.line("neighbourhood"),
        city: fields.line("city"),
        region: fields.line("region"),
        postal_code: fields.line("postal_code").to_uppercase(),
        country: match to {
            Destination::Mexico => "MX".to_owned(),
            Destination::Cuba => "CU".to_owned(),
            Destination::Abroad => fields.get("country").to_uppercase(),
        },
        phone: fields.line("phone"),
        email: fields.line("buyer_email"),
        reference: fields.line("reference"),
    }
}

/// Checks it by the rules of the post.
pub fn check(page: &Page, to: Destination, address: &Address) -> Problems {
    let asked = postal::Address {
        country: address.country.clone(),
        name: address.name.clone(),
        street: address.street.clone(),
        neighbourhood: address.neighbourhood.clone(),
        city: address.city.clone(),
        region: address.region.clone(),
        postcode: address.postal_code.clone(),
        phone: address.phone.clone(),
        ..postal::Address::default()
    };
    let mut problems = Problems::new();
    for problem in asked.check() {
        let Some(name) = name(problem.field) else { continue };
        let words = match problem.problem {
            Problem::Missing => page.t(missing(to, problem.field)),
            Problem::TooLong { limit } => page.tn("problem-too-long", limit),
            Problem::Invisible => page.t("problem-invisible"),
            Problem::Unknown => page.t(unknown(problem.field)),
            Problem::Form => page.t("problem-postal-code-form"),
            Problem::OtherState { state } => page.ts("problem-other-state", "state", state),
        };
        problems.entry(name).or_insert(words);
    }
    if to == Destination::Abroad && matches!(address.country.as_str(), "MX" | "CU") {
        problems.insert("country", page.t("problem-country-missing"));
    }
    if address.reference.chars().count() > 100 {
        problems.insert("reference", page.tn("problem-too-long", 100));
    }
    problems
}

/// The form's name of a field; the receiver's name is asked for as the buyer's when there is none.
fn name(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::Name => "name",
        Field::Street => "street",
        Field::Neighbourhood => "neighbourhood",
        Field::City => "city",
        Field::Region => "region",
        Field::Postcode => "postal_code",
        Field::Country => "country",
        Field::Phone => "phone",
        _ => return None,
    })
}

fn missing(to: Destination, field: Field) -> &'static str {
    match (field, to) {
        (Field::Name, _) => "problem-name-missing",
        (Field::Street, _) => "problem-street-missing",
        (Field::City, Destination::Cuba) => "problem-municipality-missing",
        (Field::City, _) => "problem-city-missing",
        (Field::Region, Destination::Cuba) => "problem-province-missing",
        (Field::Region, Destination::Mexico) => "problem-state-missing",
        (Field::Region, _) => "problem-region-missing",
        (Field::Postcode, _) => "problem-postal-code-missing",
        (Field::Country, _) => "problem-country-missing",
        _ => "problem-missing",
    }
}

fn unknown(field: Field) -> &'static str {
    match field {
        Field::Postcode => "problem-postal-code-unknown",
        Field::Country => "problem-country-missing",
        _ => "problem-region-unknown",
    }
}

/// The states or provinces to choose from; empty abroad, where the field is free.
pub fn regions(to: Destination) -> Vec<&'static str> {
    let mut names: Vec<&str> = match to {
        Destination::Mexico => mexican_states().iter().map(|state| state.name.as_str()).collect(),
        Destination::Cuba => cuban_provinces().iter().map(String::as_str).collect(),
        Destination::Abroad => Vec::new(),
    };
    names.sort_by_key(|name| crate::search::folded(name));
    names
}

/// Countries to choose from, by their names.
pub fn countries(page: &Page) -> Vec<(&'static str, &'static str)> {
    let mut countries: Vec<(&str, &str)> = postal::country::all()
        .iter()
        .filter(|country| !matches!(country.code.as_str(), "MX" | "CU"))
        .map(|country| (country.code.as_str(), country.name(page.language.code())))
        .collect();
    countries.sort_by_key(|(_, name)| crate::search::folded(name));
    countries
}
