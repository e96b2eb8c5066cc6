//! What a field of a piece may hold. The shop checks before it writes, the marketplace before it takes.

use api::limits;
use api::product::{BRANCHES, Money, Size, StockMode, field};
use serde_json::Value;
use std::collections::BTreeMap;

/// A value that a field does not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {code}")]
pub struct FieldFault {
    /// One of `api::product::field`, or "" for a field that nobody knows.
    pub field: &'static str,
    pub code: &'static str,
}

pub const TOO_LONG: &str = "too_long";
pub const WRONG_SHAPE: &str = "wrong_shape";
pub const OUT_OF_RANGE: &str = "out_of_range";
pub const CONTROL_CHARACTERS: &str = "control_characters";

/// Checks each field that is known; a newer laptop's unknown fields pass, they are only kept.
pub fn check_fields(fields: &BTreeMap<String, Value>) -> Result<(), FieldFault> {
    for (name, value) in fields {
        check_field(name, value)?;
    }
    Ok(())
}

pub fn check_field(name: &str, value: &Value) -> Result<(), FieldFault> {
    let Some(field) = field::ALL.into_iter().find(|known| *known == name) else {
        let small = value.to_string().len() <= limits::STORY_LETTERS * 4;
        return if small {
            Ok(())
        } else {
            Err(FieldFault {
                field: "",
                code: TOO_LONG,
            })
        };
    };
    let fault = |code| Err(FieldFault { field, code });
    match field {
        field::TITLE => text(value, limits::TITLE_LETTERS, false),
        field::STORY => text(value, limits::STORY_LETTERS, true),
        field::BRANCH => match value.as_str() {
            Some(branch) if branch.is_empty() || BRANCHES.contains(&branch) => Ok(()),
            _ => return fault(WRONG_SHAPE),
        },
        field::PRICE => match serde_json::from_value::<Option<Money>>(value.clone()) {
            Ok(None) => Ok(()),
            Ok(Some(money)) if !currency(&money.currency) => Err(WRONG_SHAPE),
            Ok(Some(money)) => within(money.minor, limits::PRICE_MINOR),
            Err(_) => Err(WRONG_SHAPE),
        },
        field::WEIGHT_G => optional_number(value, limits::WEIGHT_G),
        field::HOURS => optional_number(value, 100_000),
        field::SIZE_MM => match serde_json::from_value::<Option<Size>>(value.clone()) {
            Ok(None) => Ok(()),
            Ok(Some(size)) => [size.length, size.width, size.height]
                .into_iter()
                .try_for_each(|side| within(side, limits::SIDE_MM)),
            Err(_) => Err(WRONG_SHAPE),
        },
        field::STOCK_MODE => serde_json::from_value::<StockMode>(value.clone())
            .map(drop)
            .or(Err(WRONG_SHAPE)),
        field::PUBLISHED | field::DELETED => value.as_bool().map(drop).ok_or(WRONG_SHAPE),
        _ => text(value, limits::SHORT_TEXT_LETTERS, false),
    }
    .or_else(fault)
}

fn currency(code: &str) -> bool {
    code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_uppercase())
}

fn within(number: i64, most: i64) -> Result<(), &'static str> {
    if (0..=most).contains(&number) {
        Ok(())
    } else {
        Err(OUT_OF_RANGE)
    }
}

fn optional_number(value: &Value, most: i64) -> Result<(), &'static str> {
    match value {
        Value::Null => Ok(()),
        Value::Number(number) => within(number.as_i64().ok_or(WRONG_SHAPE)?, most),
        _ => Err(WRONG_SHAPE),
    }
}

fn text(value: &Value, most: usize, lines: bool) -> Result<(), &'static str> {
    let text = value.as_str().ok_or(WRONG_SHAPE)?;
    if text.chars().count() > most {
        return Err(TOO_LONG);
    }
    let allowed = |letter: char| !letter.is_control() || (lines && matches!(letter, '\n' | '\r' | '\t'));
    if text.chars().all(allowed) {
        Ok(())
    } else {
        Err(CONTROL_CHARACTERS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn prices_below_zero_and_beyond_sense_are_refused() {
        for minor in [-1, 1_000_000_000_000_i64] {
            let price = json!({"minor": minor, "currency": "MXN"});
            assert_eq!(
                check_field("price", &price),
                Err(FieldFault {
                    field: "price",
                    code: OUT_OF_RANGE
                })
            );
        }
        assert_eq!(
            check_field("price", &json!({"minor": 78_000, "currency": "MXN"})),
            Ok(())
        );
        assert_eq!(check_field("price", &Value::Null), Ok(()));
    }

    #[test]
    fn a_title_of_100_000_letters_is_refused_and_accents_count_once() {
        let long = json!("ñ".repeat(100_000));
        assert_eq!(
            check_field("title", &long),
            Err(FieldFault {
                field: "title",
                code: TOO_LONG
            })
        );
        assert_eq!(
            check_field("title", &json!("ñ".repeat(limits::TITLE_LETTERS))),
            Ok(())
        );
    }

    #[test]
    fn an_unknown_field_is_kept_unless_it_is_huge() {
        assert_eq!(check_field("dye_plant", &json!(["grana", "añil"])), Ok(()));
        assert!(check_field("dye_plant", &json!("x".repeat(1_000_000))).is_err());
    }

    #[test]
    fn every_known_field_refuses_a_wrong_shape() {
        for name in field::ALL {
            assert!(check_field(name, &json!({"wrong": []})).is_err(), "{name}");
        }
    }
}
