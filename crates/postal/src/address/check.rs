//! What is missing or wrong in an address, in words of fields.

use serde::{Deserialize, Serialize};

use super::cuba::cuban_provinces;
use super::form::{Form, fits};
use super::mexico::{mexican_state, mexican_state_of_postcode};
use super::{Address, Field};
use crate::{country, typed};

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    /// It has to be filled in.
    Missing,
    /// Longer than `limit` characters: it would not fit on the paper or in the post's messages.
    TooLong { limit: usize },
    /// It has line breaks or other characters that no one can see.
    Invisible,
    /// No such country, state or province.
    Unknown,
    /// Not the form of a postal code of that country.
    Form,
    /// The postal code belongs to another state; its name.
    OtherState { state: String },
}

/// A problem and the field it is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressProblem {
    pub field: Field,
    #[serde(flatten)]
    pub problem: Problem,
}

/// The lengths that fit on the papers with two lines each (reference: canonical limits of postal messages).
const LIMITS: [(Field, usize); 10] = [
    (Field::Name, 70),
    (Field::Organisation, 70),
    (Field::Street, 70),
    (Field::Number, 20),
    (Field::Interior, 30),
    (Field::Neighbourhood, 70),
    (Field::City, 50),
    (Field::Region, 50),
    (Field::Postcode, 17),
    (Field::Phone, 30),
];

impl Address {
    /// All that has to be put right before a label can be printed; empty when nothing.
    pub fn check(&self) -> Vec<AddressProblem> {
        let mut problems = Vec::new();
        let mut say = |field, problem| problems.push(AddressProblem { field, problem });

        if self.part(Field::Name).is_empty() {
            say(Field::Name, Problem::Missing);
        }
        for (field, limit) in LIMITS {
            let text = self.part(field);
            if text.chars().count() > limit {
                say(field, Problem::TooLong { limit });
            }
            if text.chars().any(char::is_control) {
                say(field, Problem::Invisible);
            }
        }
        match self.part(Field::Country) {
            "" => say(Field::Country, Problem::Missing),
            code if country::find(code).is_none() => say(Field::Country, Problem::Unknown),
            code => {
                for (field, problem) in self.check_for(code) {
                    say(field, problem);
                }
            }
        }
        problems
    }

    fn check_for(&self, country: &str) -> Vec<(Field, Problem)> {
        let required: &[Field] = match country {
            "MX" => &[Field::Street, Field::City, Field::Region, Field::Postcode],
            "CU" => &[Field::Street, Field::City, Field::Region],
            other => &Form::of(other).required,
        };
        let mut problems: Vec<(Field, Problem)> = required
            .iter()
            .filter(|field| self.part(**field).is_empty())
            .map(|field| (*field, Problem::Missing))
            .collect();
        let postcode = self.part(Field::Postcode);
        let region = self.part(Field::Region);
        match country {
            "MX" => problems.extend(check_mexico(postcode, region)),
            "CU" => problems.extend(check_cuba(postcode, region)),
            other if !postcode.is_empty() && !Form::of(other).accepts_postcode(postcode) => {
                problems.push((Field::Postcode, Problem::Form));
            }
            _ => {}
        }
        problems
    }
}

fn check_mexico(postcode: &str, region: &str) -> Vec<(Field, Problem)> {
    let mut problems = Vec::new();
    let state = mexican_state(region);
    if !region.is_empty() && state.is_none() {
        problems.push((Field::Region, Problem::Unknown));
    }
    if postcode.is_empty() {
        return problems;
    }
    if !fits("99999", postcode) {
        problems.push((Field::Postcode, Problem::Form));
        return problems;
    }
    match (mexican_state_of_postcode(postcode), state) {
        (None, _) => problems.push((Field::Postcode, Problem::Unknown)),
        (Some(owner), Some(state)) if owner.key != state.key => {
            problems.push((
                Field::Postcode,
                Problem::OtherState {
                    state: owner.name.clone(),
                },
            ));
        }
        _ => {}
    }
    problems
}

/// The postal code is hardly used in Cuba: it is checked when it is there and never asked for.
fn check_cuba(postcode: &str, region: &str) -> Vec<(Field, Problem)> {
    let mut problems = Vec::new();
    let wanted = typed::same_name(region);
    if !region.is_empty()
        && !cuban_provinces()
            .iter()
            .any(|name| typed::same_name(name) == wanted)
    {
        problems.push((Field::Region, Problem::Unknown));
    }
    if !postcode.is_empty() && !fits("99999", postcode) {
        problems.push((Field::Postcode, Problem::Form));
    }
    problems
}
