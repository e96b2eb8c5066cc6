//! The provinces of Cuba, and how people there say where a house is.

use std::sync::LazyLock;

use serde::Deserialize;

use super::Address;

#[derive(Deserialize)]
struct ProvinceFile {
    provinces: Vec<String>,
}

static PROVINCES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let file: Result<ProvinceFile, _> = serde_json::from_str(include_str!("../../data/cu_provinces.json"));
    file.map(|file| file.provinces).unwrap_or_else(|error| {
        tracing::error!(%error, "data/cu_provinces.json");
        Vec::new()
    })
});

/// The fifteen provinces and Isla de la Juventud, from west to east.
pub fn cuban_provinces() -> &'static [String] {
    &PROVINCES
}

/// `Calle Martí #24, apt. 4a, e/ Corombé y 26 de Julio`.
pub(super) fn street_line(address: &Address) -> String {
    let mut line = address.street.trim().to_owned();
    let number = address.number.trim();
    if !number.is_empty() {
        let mark = if number.starts_with('#') || !number.starts_with(|c: char| c.is_ascii_digit()) {
            ""
        } else {
            "#"
        };
        line.push_str(&format!(" {mark}{number}"));
    }
    let interior = address.interior.trim();
    if !interior.is_empty() {
        let mark = if interior.chars().count() > 4 { "" } else { "apt. " };
        line.push_str(&format!(", {mark}{interior}"));
    }
    let between: Vec<&str> = address
        .between
        .iter()
        .map(|b| b.trim())
        .filter(|b| !b.is_empty())
        .collect();
    match between.as_slice() {
        [] => {}
        [corner] => line.push_str(&format!(", esq. {corner}")),
        [first, second, ..] => line.push_str(&format!(", e/ {first} y {second}")),
    }
    line
}
