//! The whole circle: photographed, listed, bought in a browser, packed, labelled, handed in, accepted at
//! the counter, seen in the app. Everything in it is real: window, database, keyring, marketplace, browser.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a story stops at the first surprise"
)]

mod support;

use std::path::{Path, PathBuf};
use support::Outcome;
use support::app::App;
use support::browser::Browser;
use support::marketplace::Marketplace;
use support::shopping::{self, ELENA};
use thirtyfour::prelude::*;

const TITLE: &str = "Olla de barro bruñido de Ñuu Yucu";

/// A photo as a camera would hand it over: a file on the disk.
fn photo(folder: &Path) -> PathBuf {
    let piece = testkit::sample::pieces().unwrap().remove(0);
    let path = folder.join("IMG 0001.jpg");
    std::fs::write(
        &path,
        testkit::sample::photo(&piece.slug, &piece.views[0]).unwrap(),
    )
    .unwrap();
    path
}

#[tokio::test]
async fn an_artisans_day() -> Outcome {
    let folder = support::folder();
    let marketplace = Marketplace::start(&folder.path().join("marketplace"));
    let browser = Browser::open(1280, 900).await?;
    let app = App::open(&folder.path().join("shop")).await?;

    begin(&app, &browser, &marketplace).await?;
    list(&app, &photo(folder.path())).await?;
    browser
        .driver
        .goto(format!("{}/?lang=es", marketplace.address()))
        .await?;
    browser.picture("store-home").await?;
    let order_page = shopping::buy(&browser, &marketplace, TITLE, &ELENA).await?;
    let s10 = fulfil(&app).await?;
    let drop_off = hand_in(&app).await?;

    shopping::open_counter(&browser, &marketplace).await?;
    shopping::scan(&browser, &drop_off).await?;
    browser.says(&s10).await?;
    browser.picture("counter-found").await?;
    browser.press("button.big[name='do']").await?;
    browser.picture("counter-accepted").await?;

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

/// The first minute: names, then joining the marketplace with a code that is approved in the browser.
async fn begin(app: &App, browser: &Browser, marketplace: &Marketplace) -> WebDriverResult<()> {
    app.test("first-run").await?;
    app.press_test("language-es").await?;
    app.pictures("first-run").await?;
    app.write("[data-testid='shop-name-input']", "Taller Núñez")
        .await?;
    app.write("[data-testid='seller-name-input']", "María").await?;
    app.press_test("begin").await?;
    app.write("[data-testid='server']", &marketplace.address())
        .await?;
    app.press_test("sign-in-begin").await?;
    let code = app.test("user-code").await?.text().await?;
    app.pictures("sign-in-code").await?;
    shopping::approve(browser, marketplace, code.trim()).await?;
    app.gone("[data-testid='first-run']").await?;
    app.test("today-empty").await.or(app.test("today-start").await)?;
    app.pictures("today-empty").await
}

/// Writes a piece with a real photo and puts it up for sale.
async fn list(app: &App, photo: &Path) -> WebDriverResult<()> {
    app.press_test("new-product").await?;
    app.test("photos").await?;
    app.pictures("product-new").await?;
    app.test("photo-input")
        .await?
        .send_keys(photo.display().to_string())
        .await?;
    app.test("photo-tile").await?;
    app.write("#field-title", TITLE).await?;
    app.write("#field-price", "780").await?;
    app.write(
        "#field-story",
        "La bruñí con una piedra de río que fue de mi abuela.",
    )
    .await?;
    app.write("#field-technique", "Bruñido con piedra").await?;
    app.write("#field-weight_g", "1200").await?;
    app.press_test("publish").await?;
    app.gone("[data-testid='publish']").await?;
    app.test("withdraw").await?;
    app.until(
        "everything has arrived",
        "!document.querySelector('[data-testid=network]').innerText.match(/espera|Enviando/)",
    )
    .await?;
    app.pictures("product-on-sale").await
}

/// The order arrives by itself; accepted, packed, numbered, printed. Gives its number.
async fn fulfil(app: &App) -> WebDriverResult<String> {
    app.test("orders-badge").await?;
    app.go("/").await?;
    app.find("[data-testid='task'][data-kind='accept_order']").await?;
    app.pictures("today-order").await?;
    app.go("/orders").await?;
    app.test("order-row").await?;
    app.pictures("orders").await?;
    app.press_test("order-row").await?;
    app.find("[data-testid='order'][data-step='placed']").await?;
    app.press_test("order-main").await?;
    app.find("[data-testid='order'][data-step='accepted']").await?;
    app.press_test("order-main").await?;
    app.find("[data-testid='order'][data-step='packed']").await?;
    app.test("label-panel").await?;
    app.pictures("order-packed").await?;
    app.press_test("order-main").await?;
    app.find("[data-testid='order'][data-step='labelled']").await?;
    let number = app.test("label-number").await?.text().await?;
    assert!(postal::S10::parse(&number).is_ok(), "{number} is a valid S10");
    app.pictures("order-labelled").await?;
    Ok(number)
}

/// Closes the drop-off, says that it lies at the office. Gives its number.
async fn hand_in(app: &App) -> WebDriverResult<String> {
    app.go("/drop-offs").await?;
    app.test("ready-parcels").await?;
    app.pictures("drop-offs-ready").await?;
    app.press_test("drop-off-close").await?;
    app.find("[data-testid='drop-off'][data-step='closed']").await?;
    app.press_test("drop-off-left").await?;
    app.find("[data-testid='drop-off'][data-step='left']").await?;
    app.pictures("drop-off-left").await?;
    let named = "/D[0-9A-Z]{14}/.exec(document.querySelector('[data-testid=screen-title]').innerText)";
    app.until("the drop-off's number is its title", named).await?;
    let number = app.driver.execute(format!("return {named}[0]"), vec![]).await?;
    number.convert()
}
