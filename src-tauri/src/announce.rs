//! A notification of the system for each new order.

use crate::watch::tell;
use messages::{Catalogue, Language, Value, money};
use serde::Serialize;
use shop::Shop;
use shop::orders::view::OrderCard;
use std::sync::LazyLock;
use tauri::AppHandle;

pub(crate) static WORDS: LazyLock<Catalogue> = LazyLock::new(|| {
    let words = Catalogue::new([
        (Language::Es, include_str!("../messages/es.ftl")),
        (Language::En, include_str!("../messages/en.ftl")),
        (Language::Fr, include_str!("../messages/fr.ftl")),
    ]);
    words.unwrap_or_default()
});

/// More than these at once are told in one.
const EACH: usize = 3;

#[derive(Clone, Serialize)]
struct GoTo {
    path: String,
}

pub async fn new_orders(app: &AppHandle, shop: &Shop) {
    let (orders, language) = match (shop.orders_to_announce().await, shop.language().await) {
        (Ok(orders), Ok(language)) => (orders, language),
        (Err(fault), _) | (_, Err(fault)) => {
            tracing::warn!(%fault, "new orders could not be announced");
            return;
        }
    };
    if orders.len() > EACH {
        let many = [("n", Value::from(orders.len() as i64))];
        let title = WORDS.text(language, "orders-new", &many);
        return show(
            app,
            title,
            WORDS.text(language, "orders-new-body", &many),
            "/orders".into(),
        );
    }
    for order in &orders {
        let (title, body) = words(order, language);
        show(app, title, body, format!("/orders/{}", order.id));
    }
}

fn words(order: &OrderCard, language: Language) -> (String, String) {
    let place = if order.abroad {
        &order.country_name
    } else {
        &order.city
    };
    let title = WORDS.text(
        language,
        "order-new",
        &[("buyer", Value::from(order.buyer_name.as_str()))],
    );
    let total = money(language, order.total.minor, &order.total.currency);
    let body = [
        ("piece", Value::from(order.title.as_str())),
        ("n", Value::from(order.pieces)),
        ("total", Value::from(total)),
        ("place", Value::from(place.as_str())),
    ];
    (title, WORDS.text(language, "order-new-body", &body))
}

/// Shows it and, where the system says so, goes to the order when it is clicked. On a thread of its own:
/// waiting for the click takes as long as the person does.
fn show(app: &AppHandle, title: String, body: String, path: String) {
    let app = app.clone();
    std::thread::spawn(move || {
        let mut notification = notify_rust::Notification::new();
        notification
            .appname("Puesto")
            .summary(&title)
            .body(&body)
            .icon("puesto");
        #[cfg(all(unix, not(target_os = "macos")))]
        notification.action("default", "Puesto");
        match notification.show() {
            #[cfg(all(unix, not(target_os = "macos")))]
            Ok(shown) => shown.wait_for_action(|action| {
                if action == "default" {
                    tell(&app, "go-to", GoTo { path });
                }
            }),
            #[cfg(not(all(unix, not(target_os = "macos"))))]
            Ok(_) => drop((app, path)),
            // No notification service is no reason to stop: the inbox and its badge say the same.
            Err(error) => tracing::info!(%error, "the system shows no notifications"),
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_word() {
        assert!(WORDS.gaps().is_empty(), "{:?}", WORDS.gaps());
        assert!(
            WORDS
                .text(Language::Es, "order-new", &[("buyer", Value::from("Elena"))])
                .contains("Elena")
        );
    }
}
