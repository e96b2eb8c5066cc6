//! What buyers see of a piece, read out of the fields that travel.

use crate::records::products::Columns;
use crate::search;
use api::photo::PhotoRef;
use api::product::{Money, ProductState, Size, StockMode, field};

/// A text field; empty when it is not there.
pub fn text<'a>(state: &'a ProductState, name: &str) -> &'a str {
    state
        .fields
        .get(name)
        .and_then(|stamped| stamped.value.as_str())
        .unwrap_or_default()
        .trim()
}

pub fn number(state: &ProductState, name: &str) -> Option<i64> {
    state.fields.get(name).and_then(|stamped| stamped.value.as_i64())
}

pub fn flag(state: &ProductState, name: &str) -> bool {
    let value = state.fields.get(name).and_then(|stamped| stamped.value.as_bool());
    value.unwrap_or(false)
}

pub fn price(state: &ProductState) -> Option<Money> {
    read(state, field::PRICE)
}

pub fn size(state: &ProductState) -> Option<Size> {
    read(state, field::SIZE_MM)
}

pub fn is_unique(state: &ProductState) -> bool {
    read(state, field::STOCK_MODE) == Some(StockMode::Unique)
}

/// The photos that show, in their order.
pub fn photos(state: &ProductState) -> Vec<&PhotoRef> {
    sync::products::strip(state)
        .into_iter()
        .map(|placed| &placed.photo)
        .collect()
}

fn read<T: serde::de::DeserializeOwned>(state: &ProductState, name: &str) -> Option<T> {
    let value = &state.fields.get(name)?.value;
    serde_json::from_value(value.clone()).ok()
}

/// The columns by which pages find the piece. It shows when it is published and has a name and a price
/// in the shop's currency.
pub fn columns(state: &ProductState, shop_name: &str, currency: &str) -> Columns {
    let price = price(state);
    let title = text(state, field::TITLE);
    let branch = text(state, field::BRANCH);
    let visible = flag(state, field::PUBLISHED)
        && !flag(state, field::DELETED)
        && !title.is_empty()
        && price
            .as_ref()
            .is_some_and(|price| price.minor > 0 && price.currency == currency);
    let mut words = vec![
        shop_name.to_owned(),
        crate::words::branch_in_all_languages(branch),
    ];
    for name in [
        field::TITLE,
        field::TECHNIQUE,
        field::MATERIALS,
        field::COMMUNITY,
        field::PEOPLE,
        field::MAKER,
        field::CATEGORY,
        field::SKU,
        field::STORY,
    ] {
        words.push(text(state, name).to_owned());
    }
    Columns {
        visible,
        title: title.to_owned(),
        branch: branch.to_owned(),
        price_minor: price.as_ref().map_or(0, |price| price.minor),
        currency: price.map(|price| price.currency).unwrap_or_default(),
        unique_piece: is_unique(state),
        cover: photos(state)
            .first()
            .map(|photo| photo.small.clone())
            .unwrap_or_default(),
        search_text: search::folded(&words.join(" ")),
    }
}
