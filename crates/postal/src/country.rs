//! The countries of the world by ISO 3166-1 alpha-2 code, with their names in three languages.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::typed;

/// A country or territory that mail can go to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-2, such as `MX`.
    pub code: String,
    pub es: String,
    pub en: String,
    pub fr: String,
}

impl Country {
    /// The name in `es`, `en` or `fr`; Spanish for any other language.
    pub fn name(&self, language: &str) -> &str {
        match language {
            "en" => &self.en,
            "fr" => &self.fr,
            _ => &self.es,
        }
    }
}

#[derive(Deserialize)]
struct CountryFile {
    countries: Vec<Country>,
}

static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    let file: Result<CountryFile, _> = serde_json::from_str(include_str!("../data/countries.json"));
    file.map(|file| file.countries).unwrap_or_else(|error| {
        tracing::error!(%error, "data/countries.json");
        Vec::new()
    })
});

/// All of them, in the order of their codes.
pub fn all() -> &'static [Country] {
    &COUNTRIES
}

/// The country of an upper-case alpha-2 code.
pub fn find(code: &str) -> Option<&'static Country> {
    COUNTRIES
        .binary_search_by(|country| country.code.as_str().cmp(code))
        .ok()
        .map(|at| &COUNTRIES[at])
}

/// The country of a name in any of the three languages, accents and case aside.
pub fn by_name(name: &str) -> Option<&'static Country> {
    let wanted = typed::same_name(name);
    COUNTRIES.iter().find(|country| {
        [&country.es, &country.en, &country.fr]
            .iter()
            .any(|n| typed::same_name(n) == wanted)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_found_and_named() {
        assert!(all().len() >= 249, "{}", all().len());
        for country in all() {
            assert_eq!(find(&country.code), Some(country));
            assert!(
                ![&country.es, &country.en, &country.fr]
                    .iter()
                    .any(|name| name.trim().is_empty())
            );
        }
        assert_eq!(find("mx"), None);
        assert_eq!(find("XX"), None);
    }

    #[test]
    fn names_lead_back_to_their_country() {
        for (name, code) in [
            ("Mexico", "MX"),
            ("états-unis", "US"),
            ("Alemania", "DE"),
            ("CUBA", "CU"),
        ] {
            assert_eq!(by_name(name).map(|c| c.code.as_str()), Some(code), "{name}");
        }
        assert_eq!(find("JP").map(|c| c.name("fr")), Some("Japon"));
    }
}
