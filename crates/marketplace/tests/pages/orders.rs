//! Buying: once, never more than there is, with every movement told to the shop.

use crate::harness::browser::Browser;
use crate::harness::{Laptop, World};
use api::intent::{Action, Outcome};
use api::order::OrderStatus;
use api::product::{Money, StockMode};
use api::stock::{Movement, Reason};
use futures_util::future::BoxFuture;
use marketplace::payment::{Charge, PaymentFault, PaymentProvider};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

crate::on_both_databases!(
    an_order_reaches_the_shop_with_its_movement,
    a_unique_piece_is_sold_once,
    a_form_sent_twice_buys_once,
    what_is_wrong_is_said_and_what_was_typed_stays,
    a_refused_payment_takes_nothing,
    two_shops_get_an_order_each,
    a_price_that_changed_is_shown_first,
    a_sale_at_the_fair_names_the_order_it_leaves_without,
    a_cancelled_order_gives_pieces_and_money_back,
);

async fn on_hand(world: &World, piece: &str) -> i64 {
    sqlx::query_scalar("SELECT on_hand FROM products WHERE id = $1")
        .bind(piece)
        .fetch_one(world.server.database().read())
        .await
        .unwrap()
}

async fn payments(world: &World) -> Vec<String> {
    sqlx::query_scalar("SELECT status FROM payments ORDER BY id")
        .fetch_all(world.server.database().read())
        .await
        .unwrap()
}

async fn movements(laptop: &Laptop) -> Vec<Movement> {
    let entries = laptop
        .feed()
        .await
        .into_iter()
        .filter(|entry| entry.kind == "movement");
    entries
        .map(|entry| serde_json::from_value(entry.state).unwrap())
        .collect()
}

async fn an_order_reaches_the_shop_with_its_movement(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let piece = laptop.piece("Cántaro", 119_000, 3, StockMode::Quantity).await;
    let mut browser = Browser::new(&world);
    assert_eq!(
        browser.put_in_basket(&piece, "2").await.location.as_deref(),
        Some("/basket")
    );
    assert!(browser.get("/basket").await.says("$2,380\u{a0}MXN"));
    let form = browser.get("/checkout").await;
    assert!(form.says("Pago de prueba: no se cobra nada."));
    let sent = browser
        .send_checkout(&form, &[("note", "Con cuidado, <b>por favor</b>")])
        .await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    let page = browser.get(sent.location.as_deref().unwrap()).await;
    for words in [
        "Pedido P-0001",
        "Taller Rosa",
        "Cántaro",
        "$2,380\u{a0}MXN",
        "MÉRIDA, YUC.",
        "Pedido hecho",
    ] {
        assert!(page.says(words), "{words} in {}", page.text);
    }
    let orders = laptop.orders().await;
    assert_eq!(orders.len(), 1);
    let order = &orders[0];
    assert_eq!((order.status, order.total.minor), (OrderStatus::Placed, 238_000));
    assert_eq!(
        (order.ship_to.name.as_str(), order.ship_to.country.as_str()),
        ("Elena Ruiz", "MX")
    );
    assert_eq!(order.note, "Con cuidado, <b>por favor</b>");
    assert!(order.ship_by_ms > order.placed_ms);
    let sold: Vec<Movement> = movements(&laptop)
        .await
        .into_iter()
        .filter(|m| m.reason == Reason::Sold)
        .collect();
    assert_eq!(sold.len(), 1);
    assert_eq!(
        (sold[0].delta, sold[0].order_id.as_deref()),
        (-2, Some(order.id.as_str()))
    );
    assert_eq!(on_hand(&world, &piece).await, 1);
    assert_eq!(payments(&world).await, ["paid"]);
    assert!(browser.get("/basket").await.says("Tu canasta está vacía"));
    assert!(browser.get(&format!("/piece/{piece}")).await.says("Queda 1"));
    let wrong = format!("/order/{}/{}", order.id, "0".repeat(40));
    assert_eq!(
        browser.get(&wrong).await.status,
        404,
        "an order's page wants its secret"
    );
}

async fn a_unique_piece_is_sold_once(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let piece = laptop.piece("Cántaro", 119_000, 1, StockMode::Unique).await;
    let mut forms = Vec::new();
    for _ in 0..6 {
        let mut browser = Browser::new(&world);
        browser.put_in_basket(&piece, "1").await;
        let form = browser.get("/checkout").await;
        forms.push((browser, form));
    }
    let mut sending = tokio::task::JoinSet::new();
    for (mut browser, form) in forms {
        sending.spawn(async move { browser.send_checkout(&form, &[]).await.location.unwrap() });
    }
    let mut bought = 0;
    while let Some(location) = sending.join_next().await {
        let location = location.unwrap();
        assert!(
            location.starts_with("/order/") || location == "/basket",
            "{location}"
        );
        bought += usize::from(location.starts_with("/order/"));
    }
    assert_eq!(bought, 1);
    assert_eq!(laptop.orders().await.len(), 1);
    assert_eq!(on_hand(&world, &piece).await, 0);
    let page = Browser::new(&world).get(&format!("/piece/{piece}")).await;
    assert!(page.says("Vendida") && !page.says("Poner en la canasta"));
}

async fn a_form_sent_twice_buys_once(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let piece = laptop.piece("Cántaro", 119_000, 9, StockMode::Quantity).await;
    let mut browser = Browser::new(&world);
    browser.put_in_basket(&piece, "1").await;
    let form = browser.get("/checkout").await;
    let first = browser.send_checkout(&form, &[]).await;
    let second = browser.send_checkout(&form, &[]).await;
    assert_eq!(first.location, second.location);
    assert!(first.location.unwrap().starts_with("/order/"));
    assert_eq!(laptop.orders().await.len(), 1);
    assert_eq!(on_hand(&world, &piece).await, 8);
}

async fn what_is_wrong_is_said_and_what_was_typed_stays(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let piece = laptop.piece("Cántaro", 119_000, 3, StockMode::Quantity).await;
    let mut browser = Browser::new(&world);
    browser.put_in_basket(&piece, "1").await;
    let form = browser.get("/checkout").await;
    for (changes, words) in [
        (&[("buyer_name", "")][..], "Escribe tu nombre."),
        (&[("buyer_email", "elena@")], "A este correo le falta algo"),
        (&[("postal_code", "9700")], "Este código postal no se ve como"),
        (&[("postal_code", "68000")], "Ese código postal es de Oaxaca"),
        (&[("region", "")], "Elige el estado."),
        (&[("street", "")], "Escribe la calle y el número."),
        (&[("city", "x\u{7}y")], "Hay letras que no se ven"),
        (&[("to", "cu"), ("region", "Yucatán")], "No conocemos ese lugar"),
        (&[("to", "abroad"), ("country", "")], "Elige el país."),
        (
            &[("to", "abroad"), ("country", "US")],
            "no recibe mercancía para Estados Unidos",
        ),
    ] {
        let mut changes = changes.to_vec();
        changes.push(("reference", "Casa \"azul\" <junto> al parque"));
        let again = browser.send_checkout(&form, &changes).await;
        assert_eq!(again.status, 422, "{words}");
        assert!(again.says(words), "{words} in {}", again.text);
        assert!(again.says("aria-invalid=\"true\""));
        assert!(!again.says("<junto>"), "what a buyer typed is text");
    }
    assert!(laptop.orders().await.is_empty());
    // Changing the destination keeps what was typed.
    let cuba = browser.send_checkout(&form, &[("go", "cu")]).await;
    assert_eq!(cuba.status, 200);
    assert!(cuba.says("Entre calles") && cuba.says("Elena Ruiz") && cuba.says("Artemisa"));
    let sent = browser
        .send_checkout(
            &cuba,
            &[
                ("to", "cu"),
                ("name", "Ana Pérez"),
                ("street", "Calle 23 núm. 455"),
                ("reference", "e/ E y F"),
                ("city", "Plaza de la Revolución"),
                ("region", "La Habana"),
                ("postal_code", ""),
            ],
        )
        .await;
    assert_eq!(sent.status, 303, "{}", sent.text);
    let order = &laptop.orders().await[0];
    assert_eq!(
        (order.ship_to.country.as_str(), order.ship_to.name.as_str()),
        ("CU", "Ana Pérez")
    );
    assert_eq!(order.buyer_name, "Elena Ruiz");
}

async fn a_refused_payment_takes_nothing(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let piece = laptop.piece("Cántaro", 119_000, 1, StockMode::Unique).await;
    let mut browser = Browser::new(&world);
    browser.put_in_basket(&piece, "1").await;
    let refused = browser.buy(&[("refuse", "1")]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.says("El pago no pasó y no se te cobró nada") && refused.says("Elena Ruiz"));
    assert_eq!(on_hand(&world, &piece).await, 1);
    assert!(laptop.orders().await.is_empty() && payments(&world).await.is_empty());
    let paid = browser.send_checkout(&refused, &[]).await;
    assert_eq!(paid.status, 303);
}

async fn two_shops_get_an_order_each(world: World) {
    let mut rosa = world.laptop("Rosa").await;
    let mut elena = world.laptop("Elena").await;
    let one = rosa.piece("Cántaro", 119_000, 1, StockMode::Unique).await;
    let two = elena.piece("Rebozo", 81_000, 4, StockMode::Quantity).await;
    let mut browser = Browser::new(&world);
    browser.put_in_basket(&one, "1").await;
    browser.put_in_basket(&two, "2").await;
    let basket = browser.get("/basket").await;
    assert!(basket.says("Lo mandan 2 talleres") && basket.says("$2,810\u{a0}MXN"));
    let sent = browser.buy(&[]).await;
    let page = browser.get(sent.location.as_deref().unwrap()).await;
    assert!(page.says("Compraste también"));
    for (laptop, total) in [(&rosa, 119_000), (&elena, 162_000)] {
        let orders = laptop.orders().await;
        assert_eq!(orders.len(), 1);
        assert_eq!(
            (orders[0].number.as_str(), orders[0].total.minor),
            ("P-0001", total)
        );
    }
}

async fn a_price_that_changed_is_shown_first(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let piece = laptop.piece("Cántaro", 119_000, 1, StockMode::Unique).await;
    let mut browser = Browser::new(&world);
    browser.put_in_basket(&piece, "1").await;
    let form = browser.get("/checkout").await;
    let fields = serde_json::json!({"price": {"minor": 150_000, "currency": "MXN"}});
    let fields = serde_json::from_value(fields).unwrap();
    laptop
        .does(Action::SetProduct {
            product_id: piece,
            fields,
        })
        .await;
    let again = browser.send_checkout(&form, &[]).await;
    assert_eq!(again.status, 409);
    assert!(again.says("Algo cambió mientras escribías") && again.says("$1,500\u{a0}MXN"));
    assert!(laptop.orders().await.is_empty());
    assert_eq!(browser.send_checkout(&again, &[]).await.status, 303);
}

async fn a_sale_at_the_fair_names_the_order_it_leaves_without(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let piece = laptop.piece("Cántaro", 119_000, 1, StockMode::Unique).await;
    let mut browser = Browser::new(&world);
    browser.put_in_basket(&piece, "1").await;
    browser.buy(&[]).await;
    // Sold at the fair in the morning, told in the evening.
    let fair = laptop.movement(&piece, -1, Reason::Fair);
    laptop.does(fair).await;
    assert_eq!(on_hand(&world, &piece).await, -1);
    assert_eq!(laptop.orders().await[0].oversold, std::slice::from_ref(&piece));
    let made = laptop.made(&piece, 1);
    laptop.does(made).await;
    assert!(laptop.orders().await[0].oversold.is_empty());
}

async fn a_cancelled_order_gives_pieces_and_money_back(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let piece = laptop.piece("Cántaro", 119_000, 2, StockMode::Quantity).await;
    let mut browser = Browser::new(&world);
    browser.put_in_basket(&piece, "2").await;
    let page = browser.buy(&[]).await.location.unwrap();
    let order_id = laptop.orders().await[0].id.clone();
    let cancel = |reason: &str| Action::CancelOrder {
        order_id: order_id.clone(),
        reason: reason.into(),
    };
    let wordless = laptop.act(cancel("  ")).await;
    assert!(matches!(wordless, Outcome::Refused { code, .. } if code == "invalid"));
    laptop
        .does(Action::AcceptOrder {
            order_id: order_id.clone(),
        })
        .await;
    laptop.does(cancel("Se rompió en el horno")).await;
    assert_eq!(laptop.act(cancel("Otra vez")).await, Outcome::Already);
    assert_eq!(on_hand(&world, &piece).await, 2);
    assert_eq!(payments(&world).await, ["refunded"]);
    let pack = laptop.act(Action::PackOrder { order_id }).await;
    match pack {
        Outcome::Refused { code, present } => {
            assert_eq!(code, "order_moved_on");
            assert_eq!(
                present.unwrap().state["status"],
                "cancelled",
                "the answer shows how things stand"
            );
        }
        other => panic!("{other:?}"),
    }
    let seen = browser.get(&page).await;
    assert!(seen.says("Cancelado") && seen.says("Se rompió en el horno"));
}

/// Writes down what it is asked, and holds nothing while it is unreachable.
#[derive(Default)]
struct Till {
    asked: Mutex<Vec<String>>,
    unreachable: AtomicBool,
}

impl Till {
    fn note(&self, what: &str, minor: i64) {
        self.asked.lock().unwrap().push(format!("{what} {minor}"));
    }
}

impl PaymentProvider for Till {
    fn key(&self) -> &'static str {
        "till"
    }

    fn is_sandbox(&self) -> bool {
        false
    }

    fn hold<'a>(&'a self, charge: &'a Charge) -> BoxFuture<'a, Result<String, PaymentFault>> {
        Box::pin(async move {
            if self.unreachable.load(Ordering::Relaxed) {
                return Err(PaymentFault::Unreachable);
            }
            self.note("hold", charge.amount.minor);
            Ok(charge.checkout_id.clone())
        })
    }

    fn take<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<(), PaymentFault>> {
        Box::pin(async move {
            self.note("take", 0);
            Ok(())
        })
    }

    fn give_back<'a>(&'a self, _: &'a str, amount: &'a Money) -> BoxFuture<'a, Result<(), PaymentFault>> {
        Box::pin(async move {
            self.note("give back", amount.minor);
            Ok(())
        })
    }
}

#[tokio::test]
async fn money_is_held_before_and_taken_after_the_pieces_are_certain() {
    let till = Arc::new(Till::default());
    let world = World::paid_by(till.clone()).await;
    let mut laptop = world.laptop("Rosa").await;
    let piece = laptop.piece("Cántaro", 119_000, 1, StockMode::Unique).await;
    let (mut first, mut second) = (Browser::new(&world), Browser::new(&world));
    first.put_in_basket(&piece, "1").await;
    second.put_in_basket(&piece, "1").await;
    let late = second.get("/checkout").await;
    assert!(!late.says("Pago de prueba"), "this one really charges");
    till.unreachable.store(true, Ordering::Relaxed);
    let answer = first.buy(&[]).await;
    assert!(answer.status == 409 && answer.says("No pudimos hablar con quien cobra"));
    assert!(till.asked.lock().unwrap().is_empty());
    till.unreachable.store(false, Ordering::Relaxed);
    assert_eq!(first.buy(&[]).await.status, 303);
    assert_eq!(*till.asked.lock().unwrap(), ["hold 119000", "take 0"]);
    assert_eq!(
        second.send_checkout(&late, &[]).await.location.as_deref(),
        Some("/basket")
    );
    assert_eq!(
        till.asked.lock().unwrap().len(),
        2,
        "nothing is held for a piece that is gone"
    );
    let order_id = laptop.orders().await[0].id.clone();
    laptop
        .does(Action::CancelOrder {
            order_id,
            reason: "Se rompió".into(),
        })
        .await;
    assert_eq!(till.asked.lock().unwrap()[2], "give back 119000");
    assert_eq!(payments(&world).await, ["refunded"]);
}
