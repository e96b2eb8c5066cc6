//! The checkout: who buys, where it goes, what it costs. One form; nothing that was typed is lost.

use super::address::{self, Destination, Problems};
use super::basket::{self, Contents};
use super::checkout_fields::{self, FieldView};
use crate::accounts::add::is_email;
use crate::clock::now_ms;
use crate::orders::link;
use crate::orders::place::{self, Placed, Purchase};
use crate::payment::PaymentFault;
use crate::random;
use crate::web::form::Fields;
use crate::web::{Answer, Form, Page, Visit};
use askama::Template;
use axum::http::StatusCode;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "checkout.html")]
struct CheckoutPage {
    page: Page,
    contents: Contents,
    to: Destination,
    buyer: Vec<FieldView>,
    address: Vec<FieldView>,
    has_problems: bool,
    /// What stopped the purchase as a whole.
    notice: Option<String>,
    postage: Vec<String>,
    totals: Vec<String>,
    /// What the buyer sees as the total, for comparing.
    seen: String,
    checkout_id: String,
    is_sandbox: bool,
}

impl CheckoutPage {
    fn is_to(&self, key: &str) -> bool {
        self.to.key() == key
    }
}

pub async fn show(visit: Visit) -> Answer {
    let page = visit.page().await?;
    let contents = basket::contents(&visit, &page).await?;
    if !contents.can_be_bought() {
        return visit.go("/basket");
    }
    let to = Destination::Mexico;
    let empty = (Fields::default(), Problems::new());
    let form = form(&visit, page, contents, to, empty.0, empty.1, None)?;
    visit.html(&form)
}

pub async fn send(Form { visit, fields }: Form) -> Answer {
    let page = visit.page().await?;
    let contents = basket::contents(&visit, &page).await?;
    let going = fields.get("go").to_owned();
    // The tabs of the destination send the form too, so that what was typed stays.
    if let Some(to) = Destination::from_key(&going) {
        if !contents.can_be_bought() {
            return visit.go("/basket");
        }
        let form = form(&visit, page, contents, to, fields, Problems::new(), None)?;
        return visit.html(&form);
    }
    let to = Destination::from_key(fields.get("to")).unwrap_or(Destination::Mexico);
    let ship_to = address::read(to, &fields);
    let mut problems = check_buyer(&page, &fields);
    for (name, words) in address::check(&page, to, &ship_to) {
        // Without a name of her own the buyer is the receiver.
        let name = if name == "name" && fields.get("name").is_empty() {
            "buyer_name"
        } else {
            name
        };
        problems.entry(name).or_insert(words);
    }
    if let Some(words) = suspended(&visit, &ship_to.country) {
        problems.insert("country", words);
    }
    if !problems.is_empty() {
        let form = form(&visit, page, contents, to, fields, problems, None)?;
        return visit.html_with(StatusCode::UNPROCESSABLE_ENTITY, &form);
    }
    let purchase = Purchase {
        checkout_id: fields.get("checkout").to_owned(),
        visitor: visit.basket(),
        buyer_name: fields.line("buyer_name"),
        buyer_email: fields.line("buyer_email"),
        ship_to,
        note: fields.line("note"),
        language: visit.language.code(),
        lines: contents
            .lines
            .iter()
            .map(|line| (line.id.clone(), line.quantity))
            .collect(),
        seen: read_seen(fields.get("seen")),
        try_refusal: visit.app.payment.is_sandbox() && !fields.get("refuse").is_empty(),
    };
    if !crate::push::is_id(&purchase.checkout_id) {
        return visit.go("/checkout");
    }
    let notice = match place::place(&visit.app, &purchase, now_ms()).await? {
        Placed::Orders(orders) => {
            let first = orders.first().map(|order| order.id.as_str()).unwrap_or_default();
            let secret = link::secret(&visit.app.keys, first);
            return visit.go(&format!("/order/{first}/{secret}?new=1"));
        }
        // The basket says which, and what can be done.
        Placed::Missing => return visit.go("/basket"),
        Placed::Changed if contents.lines.is_empty() => return visit.go("/basket"),
        Placed::Changed => page.t("checkout-changed"),
        Placed::NotPaid(PaymentFault::Refused) => page.t("checkout-payment-refused"),
        Placed::NotPaid(PaymentFault::Unreachable) => page.t("checkout-payment-unreachable"),
    };
    let form = form(&visit, page, contents, to, fields, Problems::new(), Some(notice))?;
    visit.html_with(StatusCode::CONFLICT, &form)
}

fn check_buyer(page: &Page, fields: &Fields) -> Problems {
    let mut problems = Problems::new();
    if fields.get("buyer_name").is_empty() {
        problems.insert("buyer_name", page.t("problem-buyer-name-missing"));
    } else if fields.get("buyer_name").chars().count() > 70 {
        problems.insert("buyer_name", page.tn("problem-too-long", 70));
    }
    if fields.get("buyer_email").is_empty() {
        problems.insert("buyer_email", page.t("problem-email-missing"));
    } else if !is_email(fields.get("buyer_email")) {
        problems.insert("buyer_email", page.t("problem-email"));
    }
    if fields.get("note").chars().count() > 300 {
        problems.insert("note", page.tn("problem-too-long", 300));
    }
    problems
}

/// Why the post takes nothing for a country now.
fn suspended(visit: &Visit, country: &str) -> Option<String> {
    let suspension = visit.app.profile.suspension(country, &crate::clock::today())?;
    Some(suspension.reason.name(visit.language.code()).to_owned())
}

fn form(
    visit: &Visit,
    page: Page,
    contents: Contents,
    to: Destination,
    fields: Fields,
    problems: Problems,
    notice: Option<String>,
) -> Result<CheckoutPage, crate::Error> {
    let country = address::read(to, &fields).country;
    // Each shop sends its own parcel, in its own currency.
    let mut postage: BTreeMap<String, i64> = BTreeMap::new();
    let mut shops: Vec<(&str, &str)> = contents
        .lines
        .iter()
        .map(|line| (line.shop_id.as_str(), line.price.currency.as_str()))
        .collect();
    shops.sort_unstable();
    shops.dedup();
    for (_, currency) in shops {
        *postage.entry(currency.to_owned()).or_insert(0) += visit.app.terms.postage(&country, currency);
    }
    let mut totals = contents.totals.clone();
    for (currency, minor) in &postage {
        *totals.entry(currency.clone()).or_insert(0) += minor;
    }
    let kept = fields.get("checkout");
    let checkout_id = if crate::push::is_id(kept) {
        kept.to_owned()
    } else {
        random::id()
    };
    let words = |sums: &BTreeMap<String, i64>| {
        sums.iter()
            .filter(|(_, minor)| **minor > 0)
            .map(|(currency, minor)| page.money(*minor, currency))
            .collect()
    };
    Ok(CheckoutPage {
        postage: words(&postage),
        totals: words(&totals),
        seen: write_seen(&totals),
        buyer: checkout_fields::buyer(&page, &fields, &problems),
        address: checkout_fields::address(&page, to, &fields, &problems),
        has_problems: !problems.is_empty(),
        is_sandbox: visit.app.payment.is_sandbox(),
        page,
        contents,
        to,
        notice,
        checkout_id,
    })
}

/// `MXN=125000;USD=…`
fn write_seen(totals: &BTreeMap<String, i64>) -> String {
    let parts: Vec<String> = totals
        .iter()
        .map(|(currency, minor)| format!("{currency}={minor}"))
        .collect();
    parts.join(";")
}

fn read_seen(text: &str) -> BTreeMap<String, i64> {
    text.split(';')
        .filter_map(|part| {
            let (currency, minor) = part.split_once('=')?;
            Some((currency.to_owned(), minor.parse().ok()?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_read_back() {
        let totals = BTreeMap::from([("MXN".to_owned(), 125_000), ("USD".to_owned(), 7)]);
        assert_eq!(read_seen(&write_seen(&totals)), totals);
        assert!(read_seen("nonsense;=;MXN=x").is_empty());
    }
}
