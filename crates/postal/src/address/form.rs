//! How each country lays out its last lines and its postal codes, from `data/address_forms.json`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Field;

/// One country's layout.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Form {
    /// Templates with `{city}`, `{region}` and `{postcode}`.
    pub last_lines: Vec<String>,
    pub required: Vec<Field>,
    /// Masks: `9` a digit, `A` a letter, anything else itself. Empty: any code, or none.
    pub postcodes: Vec<String>,
}

#[derive(Deserialize, Default)]
struct Forms {
    general: Form,
    countries: BTreeMap<String, Form>,
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/address_forms.json")).unwrap_or_else(|error| {
        tracing::error!(%error, "data/address_forms.json");
        Forms::default()
    })
});

impl Form {
    pub fn of(country: &str) -> &'static Self {
        FORMS.countries.get(country).unwrap_or(&FORMS.general)
    }

    pub fn accepts_postcode(&self, postcode: &str) -> bool {
        self.postcodes.is_empty() || self.postcodes.iter().any(|mask| fits(mask, postcode))
    }
}

/// Whether a text has the form of a mask, case aside.
pub(super) fn fits(mask: &str, text: &str) -> bool {
    mask.chars().count() == text.chars().count()
        && mask
            .chars()
            .zip(text.chars())
            .all(|(wanted, found)| match wanted {
                '9' => found.is_ascii_digit(),
                'A' => found.is_ascii_alphabetic(),
                other => other == found,
            })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read() {
        assert!(FORMS.countries.len() > 20);
        assert!(
            FORMS
                .countries
                .keys()
                .all(|code| crate::country::find(code).is_some())
        );
        assert!(FORMS.countries.values().all(|form| !form.last_lines.is_empty()));
    }

    #[test]
    fn masks_fit_what_they_should() {
        assert!(fits("A9A 9A9", "k1a 0b1") && !fits("A9A 9A9", "K1A-0B1") && !fits("99999", "9999"));
        assert!(Form::of("GB").accepts_postcode("SW1A 1AA") && !Form::of("GB").accepts_postcode("12345"));
        assert!(Form::of("ZW").accepts_postcode("anything"));
    }
}
