//! What a piece is, what it lacks, and what a change may say. Pure.

use super::view::{FieldChange, Missing, ProductStatus};
use crate::fault::{Code, Fault, Result};
use api::limits;
use api::product::{Money, Size, StockMode, field};
use serde_json::{Value, json};
use sync::checks;

/// Where a piece stands. `listing` is the column of that name.
pub fn status(listing: &str, on_hand: i64) -> ProductStatus {
    match listing {
        "listed" if on_hand > 0 => ProductStatus::OnSale,
        "listed" => ProductStatus::SoldOut,
        "withdrawn" => ProductStatus::Withdrawn,
        _ => ProductStatus::Draft,
    }
}

/// What a piece lacks, in the order in which a person would fill it in.
pub fn missing(
    title: &str,
    price: Option<i64>,
    photos: usize,
    on_hand: i64,
    weight_g: Option<i64>,
) -> Vec<Missing> {
    let mut missing = Vec::new();
    if photos == 0 {
        missing.push(Missing::Photo);
    }
    if title.trim().is_empty() {
        missing.push(Missing::Title);
    }
    if price.is_none_or(|minor| minor <= 0) {
        missing.push(Missing::Price);
    }
    if on_hand <= 0 {
        missing.push(Missing::Stock);
    }
    if weight_g.is_none_or(|grams| grams <= 0) {
        missing.push(Missing::Weight);
    }
    missing
}

/// Whether something of it stops the piece from going up for sale.
pub fn stops(missing: &[Missing]) -> Vec<Missing> {
    missing
        .iter()
        .copied()
        .filter(|what| *what != Missing::Weight)
        .collect()
}

/// The field's name and value as they travel, checked.
pub fn change(change: FieldChange) -> Result<(&'static str, Value)> {
    let (name, value) = match change {
        FieldChange::Sku(text) => (field::SKU, json!(text.trim())),
        FieldChange::Title(text) => (field::TITLE, json!(text)),
        FieldChange::Story(text) => (field::STORY, json!(text)),
        FieldChange::Branch(key) => (field::BRANCH, json!(key)),
        FieldChange::Technique(text) => (field::TECHNIQUE, json!(text)),
        FieldChange::Materials(text) => (field::MATERIALS, json!(text)),
        FieldChange::Community(text) => (field::COMMUNITY, json!(text)),
        FieldChange::People(text) => (field::PEOPLE, json!(text)),
        FieldChange::Maker(text) => (field::MAKER, json!(text)),
        FieldChange::Category(text) => (field::CATEGORY, json!(text)),
        FieldChange::Hours(hours) => (field::HOURS, json!(hours)),
        FieldChange::Price(price) => (field::PRICE, json!(price.map(Money::from))),
        FieldChange::WeightG(grams) => (field::WEIGHT_G, json!(grams)),
        FieldChange::SizeMm(size) => (field::SIZE_MM, json!(size.map(Size::from))),
        FieldChange::StockKind(kind) => (field::STOCK_MODE, json!(StockMode::from(kind))),
    };
    match checks::check_field(name, &value) {
        Ok(()) => Ok((name, value)),
        Err(fault) => Err(field_fault(fault)),
    }
}

fn field_fault(fault: checks::FieldFault) -> Fault {
    let most = match fault.field {
        field::TITLE => limits::TITLE_LETTERS as i64,
        field::STORY => limits::STORY_LETTERS as i64,
        field::PRICE => limits::PRICE_MINOR,
        field::WEIGHT_G => limits::WEIGHT_G,
        field::SIZE_MM => limits::SIDE_MM,
        field::HOURS => 100_000,
        _ => limits::SHORT_TEXT_LETTERS as i64,
    };
    let code = match fault.code {
        checks::TOO_LONG => Code::TooLong,
        checks::OUT_OF_RANGE => Code::OutOfRange,
        _ => Code::NotUnderstood,
    };
    Fault::new(code).with("field", fault.field).with("most", most)
}

/// What was typed so far as an FTS5 query: every word, from its beginning. None when nothing is left of it.
pub fn search_query(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(12)
        .map(|word| format!("\"{}\"*", word.chars().take(40).collect::<String>()))
        .collect();
    if words.is_empty() {
        None
    } else {
        Some(words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::view::Price;

    #[test]
    fn a_search_is_quoted_so_that_no_letter_is_an_operator() {
        assert_eq!(
            search_query("olla  bruñi").as_deref(),
            Some("\"olla\"* \"bruñi\"*")
        );
        assert_eq!(
            search_query("a-b \"c\" OR *").as_deref(),
            Some("\"a\"* \"b\"* \"c\"* \"OR\"*")
        );
        assert_eq!(search_query(" -:\"*( "), None);
    }

    #[test]
    fn prices_out_of_range_name_the_field_and_the_limit() {
        for minor in [-1, 1_000_000_000_000] {
            let fault = change(FieldChange::Price(Some(Price {
                minor,
                currency: "MXN".into(),
            })));
            let fault = fault
                .err()
                .map(|fault| (fault.code, fault.params.get("field").cloned()));
            assert_eq!(fault, Some((Code::OutOfRange, Some("price".into()))));
        }
    }

    #[test]
    fn weight_is_missed_but_stops_nothing() {
        let lacks = missing("Olla", Some(100), 1, 1, None);
        assert_eq!(lacks, [Missing::Weight]);
        assert!(stops(&lacks).is_empty());
    }
}
