//! The whole circle: photographed, listed, bought in a browser, packed, labelled, handed in, accepted at
//! the counter, seen in the app. Everything in it is real: window, database, keyring, notifications, the
//! viewer's file, marketplace, browser.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a story stops at the first surprise"
)]

mod support;

use support::Outcome;
use support::app::App;
use support::browser::Browser;
use support::day::{self, TITLE};
use support::marketplace::Marketplace;
use support::notifications::Notifications;
use support::shopping::{self, ELENA};
use support::viewer::Viewer;

#[tokio::test]
async fn an_artisans_day() -> Outcome {
    let folder = support::folder();
    let notifications = Notifications::listen();
    let viewer = Viewer::install(folder.path());
    let marketplace = Marketplace::start(&folder.path().join("marketplace"));
    let browser = Browser::open(1280, 900).await?;
    let app = App::open(&folder.path().join("shop")).await?;

    day::begin(&app, &browser, &marketplace, &marketplace.address()).await?;
    day::list(&app, &day::photo(folder.path())).await?;
    app.carried().await?;
    app.pictures("product-on-sale").await?;

    browser
        .driver
        .goto(format!("{}/?lang=es", marketplace.address()))
        .await?;
    browser.picture("store-home").await?;
    let order_page = shopping::buy(&browser, &marketplace, TITLE, &ELENA).await?;

    app.test("orders-badge").await?;
    notifications
        .shown(&["Elena Güémez Ñáñez", TITLE, "780", "Mérida"])
        .await;
    app.go("/").await?;
    app.find("[data-testid='task'][data-kind='accept_order']").await?;
    app.pictures("today-order").await?;
    let s10 = day::fulfil(&app).await?;
    let label = viewer.text_of_next().await;
    let printed = s10.replace(' ', "");
    assert!(
        label.contains(&printed),
        "the viewer has the label of {s10}: {label}"
    );
    let drop_off = day::hand_in(&app).await?;
    let slip = viewer.text_of_next().await;
    assert!(
        slip.contains(&drop_off) && slip.contains(&printed),
        "the viewer has the slip of {drop_off}: {slip}"
    );

    day::accept_at_counter(&browser, &marketplace, &drop_off, &s10).await?;
    app.until(
        "the counter's word arrives",
        "document.querySelector('[data-testid=drop-off]')?.dataset.step === 'accepted'",
    )
    .await?;
    app.pictures("drop-off-accepted").await?;
    app.go("/orders").await?;
    app.press_test("orders-tab-on_the_way").await?;
    app.press_test("order-row").await?;
    app.find("[data-testid='way-step'][data-code='EMA']").await?;
    app.pictures("order-on-the-way").await?;
    browser.driver.goto(&order_page).await?;
    browser.says(&s10).await?;
    browser.picture("store-order-on-the-way").await?;
    app.go("/").await?;
    app.test("on-the-way-order").await?;
    app.pictures("today-after").await?;

    app.close().await?;
    browser.close().await?;
    Ok(())
}
