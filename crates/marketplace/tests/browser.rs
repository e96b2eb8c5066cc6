//! The storefront and the counter in Debian's Chromium. Pictures of all pages are kept in
//! `target/tmp/marketplace-pages`.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod harness;

use api::drop_off::DropOff;
use api::intent::Action;
use api::order::OrderStatus;
use api::product::StockMode;
use harness::chromium::{Chromium, Screen};
use harness::{OFFICE, PASSWORD, World, id, sample};
use thirtyfour::prelude::*;

/// A buyer with a phone: from the first page to the order's page, with a slip on the way.
#[tokio::test(flavor = "multi_thread")]
async fn a_piece_is_bought_on_a_phone() {
    let world = World::with_fonts().await;
    let shop = sample::fill(&world, 2).await;
    let browser = Chromium::start(Screen::SmallPhone).await;
    let at = Screen::SmallPhone;
    browser.driver.goto(world.url("/")).await.unwrap();
    browser.picture(at, "home").await;
    browser.click(".card a").await;
    browser.picture(at, "piece").await;
    browser.click(".buy button").await;
    browser.picture(at, "basket").await;
    browser.click(".side .button").await;
    browser.fill("#buyer_name", "Elena Ruiz").await;
    browser.fill("#buyer_email", "elena@example.com").await;
    browser.fill("#street", "Calle 60 núm. 491").await;
    browser.fill("#postal_code", "9700").await;
    browser.fill("#city", "Mérida").await;
    browser.choose("#region", "Yucatán").await;
    browser.click(".side button.button").await;
    browser.picture(at, "checkout-slip").await;
    assert_eq!(
        browser.find("#street").await.value().await.unwrap().unwrap(),
        "Calle 60 núm. 491"
    );
    assert!(
        browser
            .find("#postal_code-problem")
            .await
            .text()
            .await
            .unwrap()
            .contains("código postal")
    );
    // Enter sends the form as the button does, and not as the first tab.
    browser.fill("#postal_code", "97000").await;
    browser.type_and_enter("").await;
    let page = browser.text().await;
    assert!(
        page.contains("¡Gracias!") && page.contains("P-0001") && page.contains("MÉRIDA, YUC."),
        "{page}"
    );
    browser.picture(at, "order").await;
    let orders = shop.laptop.orders().await;
    assert_eq!(orders.len(), 1);
    assert_eq!(orders[0].status, OrderStatus::Placed);
    browser.stop().await;
}

/// A clerk with a scanner and a keyboard, never touching a mouse.
#[tokio::test(flavor = "multi_thread")]
async fn a_drop_off_is_accepted_by_keyboard() {
    let world = World::with_fonts().await;
    let mut laptop = world.laptop("Rosa").await;
    let mut parcels = Vec::new();
    for title in ["Cántaro", "Olla"] {
        let piece = laptop.piece(title, 119_000, 1, StockMode::Unique).await;
        let mut buyer = harness::browser::Browser::new(&world);
        buyer.put_in_basket(&piece, "1").await;
        buyer.buy(&[]).await;
    }
    for order in laptop.orders().await {
        let parcel = laptop.parcel(&order.id).await;
        laptop
            .does(Action::NumberParcel {
                parcel: parcel.clone(),
            })
            .await;
        parcels.push(parcel);
    }
    let number = postal::DropOffNumber::new(345, 2026, 11, 21, 1).unwrap();
    let drop_off = DropOff {
        id: id(),
        number: number.to_string(),
        office: OFFICE.into(),
        parcel_ids: parcels.iter().map(|parcel| parcel.id.clone()).collect(),
        closed_ms: marketplace::clock::now_ms(),
    };
    laptop.does(Action::CloseDropOff { drop_off }).await;
    let clerk = world.clerk("Caja").await;
    let browser = Chromium::start(Screen::Desktop).await;
    let at = Screen::Desktop;
    browser.driver.goto(world.url("/counter")).await.unwrap();
    browser.picture(at, "sign-in").await;
    browser
        .type_and_enter(&format!("{clerk}{}{PASSWORD}", Key::Tab.value()))
        .await;
    browser.picture(at, "counter").await;
    browser.type_and_enter("rr 473 124 828 mx").await;
    assert!(browser.text().await.contains("Un dígito no checa"));
    browser.picture(at, "counter-slip").await;
    // The field is empty again: what a scanner sends next must not be added to the slip.
    browser.type_and_enter(&number.grouped().to_lowercase()).await;
    assert!(browser.text().await.contains("2 paquetes"));
    browser.picture(at, "counter-drop-off").await;
    // The main button has the focus: Enter is enough.
    browser.type_and_enter("").await;
    assert!(browser.text().await.contains("2 paquetes anotados"));
    browser.picture(at, "counter-done").await;
    let focused = browser.driver.active_element().await.unwrap();
    assert_eq!(
        focused.attr("id").await.unwrap().as_deref(),
        Some("number"),
        "ready for the next"
    );
    browser.type_and_enter(&parcels[0].s10).await;
    browser.picture(at, "counter-parcel").await;
    browser.stop().await;
    for order in laptop.orders().await {
        assert_eq!(order.status, OrderStatus::Shipped);
    }
}

/// Every page at two sizes, with the sample shop in it; nothing may stick out at the side.
#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_looked_at() {
    let world = World::with_fonts().await;
    let mut shop = sample::fill(&world, 11).await;
    let seller = "maria@example.mx";
    let mut buyer = harness::browser::Browser::new(&world);
    buyer.put_in_basket(&shop.pieces[1], "1").await;
    let order_page = buyer.buy(&[]).await.location.unwrap();
    let order = shop.laptop.orders().await.remove(0);
    let parcel = shop.laptop.parcel(&order.id).await;
    shop.laptop
        .does(Action::NumberParcel {
            parcel: parcel.clone(),
        })
        .await;
    let clerk = world.clerk("Caja").await;
    let mut counter = harness::browser::Browser::signed_in(&world, &clerk).await;
    let token = counter.get("/counter").await.token();
    let path = format!("/counter/parcel/{}", parcel.id);
    counter.post(&path, &[("token", &token), ("do", "accept")]).await;
    counter
        .post(&path, &[("token", &token), ("do", "event"), ("event", "EMG")])
        .await;
    for at in [Screen::Desktop, Screen::Phone] {
        let browser = Chromium::start(at).await;
        for (name, path) in [
            ("home", "/".to_owned()),
            ("branch", "/branch/ceramics".to_owned()),
            ("search", "/search?q=barro".to_owned()),
            ("search-nothing", "/search?q=zzz".to_owned()),
            ("piece", format!("/piece/{}", shop.pieces[0])),
            ("piece-sold", format!("/piece/{}", shop.pieces[1])),
            ("order", order_page.clone()),
            ("lost", "/nothing".to_owned()),
            ("basket-empty", "/basket".to_owned()),
        ] {
            browser.driver.goto(world.url(&path)).await.unwrap();
            browser.picture(at, name).await;
        }
        for piece in [0, 2, 3] {
            browser
                .driver
                .goto(world.url(&format!("/piece/{}", shop.pieces[piece])))
                .await
                .unwrap();
            browser.click(".buy button").await;
        }
        browser.picture(at, "basket").await;
        browser.click(".side .button").await;
        browser.picture(at, "checkout").await;
        browser.click(".tabs button[value=cu]").await;
        browser.click(".side button.button").await;
        browser.picture(at, "checkout-cuba").await;
        browser.click(".tabs button[value=abroad]").await;
        browser.picture(at, "checkout-abroad").await;
        browser.driver.goto(world.url("/account")).await.unwrap();
        browser.picture(at, "sign-in").await;
        browser.fill("#email", seller).await;
        browser.fill("#password", PASSWORD).await;
        browser.click("main .button").await;
        browser.picture(at, "account").await;
        browser.driver.goto(world.url("/device")).await.unwrap();
        browser.picture(at, "device").await;
        browser.stop().await;
    }
}
