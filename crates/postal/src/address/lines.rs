//! The lines of an address as they stand on the parcel, from the name down.

use super::cuba::street_line;
use super::form::Form;
use super::mexico::mexican_state;
use super::{Address, Field};
use crate::{country, typed};

impl Address {
    /// The address block for mail posted in `from_country` (alpha-2). The last line is the country, in
    /// capitals, in Spanish and in English where they differ, only when the mail leaves `from_country`.
    /// Parts that are empty leave no gap. Nothing is transliterated.
    pub fn lines(&self, from_country: &str) -> Vec<String> {
        let mut lines = vec![
            self.part(Field::Name).to_owned(),
            self.part(Field::Organisation).to_owned(),
        ];
        match self.part(Field::Country) {
            "MX" => lines.extend(self.mexican_lines()),
            "CU" => lines.extend(self.cuban_lines()),
            other => lines.extend(self.general_lines(other)),
        }
        if self.part(Field::Country) != from_country {
            lines.push(country_line(self.part(Field::Country)));
        }
        lines.retain(|line| !line.is_empty());
        lines
    }

    fn mexican_lines(&self) -> Vec<String> {
        let mut street = joined(" ", &[self.part(Field::Street), self.part(Field::Number)]);
        let interior = self.part(Field::Interior);
        if !interior.is_empty() {
            let mark = if interior.starts_with(|c: char| c.is_ascii_digit()) || interior.len() < 3 {
                "Int. "
            } else {
                ""
            };
            street = joined(" ", &[&street, &format!("{mark}{interior}")]);
        }
        let neighbourhood = self.part(Field::Neighbourhood);
        let neighbourhood = if neighbourhood.is_empty() || has_kind(neighbourhood) {
            neighbourhood.to_owned()
        } else {
            format!("Col. {neighbourhood}")
        };
        let region = self.part(Field::Region);
        let state = mexican_state(region).map_or(region, |state| state.abbreviation.as_str());
        let town = joined(", ", &[self.part(Field::City), state]).to_uppercase();
        vec![
            street,
            neighbourhood,
            joined(" ", &[self.part(Field::Postcode), &town]),
        ]
    }

    fn cuban_lines(&self) -> Vec<String> {
        let postcode = self.part(Field::Postcode);
        let postcode = if postcode.is_empty() {
            String::new()
        } else {
            format!("CP {postcode}")
        };
        vec![
            street_line(self),
            self.part(Field::Neighbourhood).to_owned(),
            joined(
                ", ",
                &[
                    &self.part(Field::City).to_uppercase(),
                    self.part(Field::Region),
                    &postcode,
                ],
            ),
        ]
    }

    fn general_lines(&self, country: &str) -> Vec<String> {
        let mut lines = vec![
            joined(
                " ",
                &[
                    self.part(Field::Street),
                    self.part(Field::Number),
                    self.part(Field::Interior),
                ],
            ),
            self.part(Field::Neighbourhood).to_owned(),
        ];
        for template in &Form::of(country).last_lines {
            let filled = template
                .replace("{city}", &self.part(Field::City).to_uppercase())
                .replace("{region}", &self.part(Field::Region).to_uppercase())
                .replace("{postcode}", &self.part(Field::Postcode).to_uppercase());
            let filled = filled.split_whitespace().collect::<Vec<_>>().join(" ");
            lines.push(filled.trim_matches([' ', ',', '-']).to_owned());
        }
        lines
    }
}

/// `ESTADOS UNIDOS / UNITED STATES`: Spanish for the post that sends it, English for those that carry it;
/// once when only an accent is different.
fn country_line(code: &str) -> String {
    let Some(country) = country::find(code) else {
        return code.to_owned();
    };
    let (es, en) = (country.es.to_uppercase(), country.en.to_uppercase());
    if typed::same_name(&es) == typed::same_name(&en) {
        es
    } else {
        format!("{es} / {en}")
    }
}

/// Whether a neighbourhood already says what kind of place it is.
fn has_kind(neighbourhood: &str) -> bool {
    let first = neighbourhood
        .split([' ', '.'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let kinds = [
        "col",
        "colonia",
        "fracc",
        "fraccionamiento",
        "barrio",
        "bo",
        "u",
        "unidad",
        "ejido",
        "pueblo",
        "agencia",
        "centro",
        "residencial",
        "ampliación",
        "ampl",
        "rancho",
        "ranchería",
        "localidad",
        "sección",
    ];
    neighbourhood.contains(' ') && kinds.contains(&first.as_str()) || first == "col"
}

fn joined(between: &str, parts: &[&str]) -> String {
    parts
        .iter()
        .filter(|part| !part.is_empty())
        .copied()
        .collect::<Vec<_>>()
        .join(between)
}
