//! The steps of an artisan's day, as she takes them in the window.

use super::app::App;
use super::browser::Browser;
use super::marketplace::Marketplace;
use super::shopping;
use std::path::{Path, PathBuf};
use thirtyfour::prelude::*;

pub const TITLE: &str = "Olla de barro bruñido de Ñuu Yucu";

/// A photo as a camera would hand it over: a file on the disk.
pub fn photo(folder: &Path) -> PathBuf {
    let piece = testkit::sample::pieces().expect("pieces").remove(0);
    let path = folder.join("IMG 0001.jpg");
    let jpeg = testkit::sample::photo(&piece.slug, &piece.views[0]).expect("a photo");
    std::fs::write(&path, jpeg).expect("a file");
    path
}

/// The first minute: names, then joining the marketplace at `address` with a code that is approved in the
/// browser.
pub async fn begin(
    app: &App,
    browser: &Browser,
    marketplace: &Marketplace,
    address: &str,
) -> WebDriverResult<()> {
    name(app).await?;
    app.write("[data-testid='server']", address).await?;
    app.press_test("sign-in-begin").await?;
    let code = app.test("user-code").await?.text().await?;
    app.pictures("sign-in-code").await?;
    shopping::approve(browser, marketplace, code.trim()).await?;
    app.gone("[data-testid='first-run']").await?;
    app.test("today-empty").await.or(app.test("today-start").await)?;
    app.pictures("today-empty").await
}

/// The shop and the seller get their names.
pub async fn name(app: &App) -> WebDriverResult<()> {
    app.test("first-run").await?;
    app.press_test("language-es").await?;
    app.pictures("first-run").await?;
    app.write("[data-testid='shop-name-input']", "Taller Núñez")
        .await?;
    app.write("[data-testid='seller-name-input']", "María").await?;
    app.press_test("begin").await?;
    app.test("server").await?;
    Ok(())
}

/// Writes a piece with a real photo and puts it up for sale.
pub async fn list(app: &App, photo: &Path) -> WebDriverResult<()> {
    app.press_test("new-product").await?;
    app.test("photos").await?;
    app.pictures("product-new").await?;
    app.give_file("photo-input", photo).await?;
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
    Ok(())
}

/// Opens the one order that waits and takes it as far as its label. Gives its number.
pub async fn fulfil(app: &App) -> WebDriverResult<String> {
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
pub async fn hand_in(app: &App) -> WebDriverResult<String> {
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

/// A clerk types the drop-off's number at the counter and accepts everything in it.
pub async fn accept_at_counter(
    browser: &Browser,
    marketplace: &Marketplace,
    drop_off: &str,
    s10: &str,
) -> WebDriverResult<()> {
    shopping::open_counter(browser, marketplace).await?;
    shopping::scan(browser, drop_off).await?;
    browser.says(s10).await?;
    browser.picture("counter-found").await?;
    browser.press("button.big[name='do']").await?;
    browser.gone("button.big[name='do']").await?;
    browser.picture("counter-accepted").await
}
