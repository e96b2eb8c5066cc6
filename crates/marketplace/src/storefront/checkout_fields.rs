//! The fields of the checkout's form, as they are drawn.

use super::address::{self, Destination, Problems};
use crate::web::Page;
use crate::web::form::Fields;

/// One field with what was typed and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct FieldView {
    pub name: &'static str,
    pub label: String,
    pub hint: Option<String>,
    pub value: String,
    pub problem: Option<String>,
    /// "text", "email", "tel", "select" or "area".
    pub kind: &'static str,
    /// WHATWG autofill name.
    pub autocomplete: &'static str,
    pub is_numeric: bool,
    pub is_half: bool,
    pub is_required: bool,
    pub options: Vec<Choice>,
}

#[derive(Clone, Debug)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub is_chosen: bool,
}

/// Reads labels, values and problems for the fields it makes.
struct Maker<'a> {
    page: &'a Page,
    fields: &'a Fields,
    problems: &'a Problems,
}

impl Maker<'_> {
    fn text(&self, name: &'static str, label: &str, autocomplete: &'static str) -> FieldView {
        FieldView {
            name,
            label: self.page.t(label),
            value: self.fields.get(name).to_owned(),
            problem: self.problems.get(name).cloned(),
            kind: "text",
            autocomplete,
            is_required: true,
            ..FieldView::default()
        }
    }

    fn optional(&self, name: &'static str, label: &str, autocomplete: &'static str) -> FieldView {
        FieldView {
            is_required: false,
            ..self.text(name, label, autocomplete)
        }
    }

    fn select<'c>(
        &self,
        name: &'static str,
        label: &str,
        autocomplete: &'static str,
        choices: impl Iterator<Item = (&'c str, &'c str)>,
    ) -> FieldView {
        let chosen = self.fields.get(name);
        FieldView {
            kind: "select",
            options: choices
                .map(|(value, label)| Choice {
                    is_chosen: value == chosen,
                    value: value.to_owned(),
                    label: label.to_owned(),
                })
                .collect(),
            ..self.text(name, label, autocomplete)
        }
    }

    fn hint(&self, key: &str) -> Option<String> {
        Some(self.page.t(key))
    }
}

/// Who buys.
pub fn buyer(page: &Page, fields: &Fields, problems: &Problems) -> Vec<FieldView> {
    let maker = Maker {
        page,
        fields,
        problems,
    };
    vec![
        maker.text("buyer_name", "field-buyer-name", "name"),
        FieldView {
            kind: "email",
            hint: maker.hint("hint-email"),
            ..maker.text("buyer_email", "field-email", "email")
        },
    ]
}

/// Where it goes.
pub fn address(page: &Page, to: Destination, fields: &Fields, problems: &Problems) -> Vec<FieldView> {
    let maker = Maker {
        page,
        fields,
        problems,
    };
    let half = |field: FieldView| FieldView {
        is_half: true,
        ..field
    };
    let numeric = |field: FieldView| FieldView {
        is_numeric: true,
        ..field
    };
    let receiver = FieldView {
        hint: maker.hint("hint-name"),
        ..maker.optional("name", "field-name", "shipping name")
    };
    let phone = FieldView {
        kind: "tel",
        hint: maker.hint("hint-phone"),
        ..maker.optional("phone", "field-phone", "tel")
    };
    let regions = || address::regions(to).into_iter().map(|name| (name, name));
    let mut list = vec![receiver];
    match to {
        Destination::Mexico => list.extend([
            FieldView {
                hint: maker.hint("hint-street-mx"),
                ..maker.text("street", "field-street", "street-address")
            },
            half(maker.optional("neighbourhood", "field-colonia", "address-level3")),
            half(numeric(maker.text(
                "postal_code",
                "field-postal-code",
                "postal-code",
            ))),
            half(maker.text("city", "field-city-mx", "address-level2")),
            half(maker.select("region", "field-state", "address-level1", regions())),
            maker.optional("reference", "field-reference", "off"),
        ]),
        Destination::Cuba => list.extend([
            maker.text("street", "field-street", "street-address"),
            FieldView {
                hint: maker.hint("hint-between"),
                ..maker.optional("reference", "field-between", "off")
            },
            half(maker.optional("neighbourhood", "field-reparto", "address-level3")),
            half(maker.text("city", "field-municipality", "address-level2")),
            half(maker.select("region", "field-province", "address-level1", regions())),
            half(numeric(maker.optional(
                "postal_code",
                "field-postal-code",
                "postal-code",
            ))),
        ]),
        Destination::Abroad => {
            let countries = address::countries(page);
            list.extend([
                maker.select("country", "field-country", "country", countries.into_iter()),
                maker.text("street", "field-street", "address-line1"),
                maker.optional("neighbourhood", "field-line-two", "address-line2"),
                half(maker.text("city", "field-city", "address-level2")),
                half(maker.optional("region", "field-region", "address-level1")),
                half(maker.optional("postal_code", "field-postal-code", "postal-code")),
            ]);
        }
    }
    list.push(half(phone));
    list.push(FieldView {
        kind: "area",
        ..maker.optional("note", "field-note", "off")
    });
    list
}
