//! The same circle with the marketplace stopped in the middle, answers lost, and the app killed and started
//! again: nothing is lost, nothing happens twice.
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
use support::shopping::{self, ELENA};
use testkit::proxy::{Fate, Proxy};

#[tokio::test]
async fn a_day_of_cuts() -> Outcome {
    let folder = support::folder();
    let shop = folder.path().join("shop");
    let mut marketplace = Marketplace::start(&folder.path().join("marketplace"));
    let way = Proxy::to(([127, 0, 0, 1], marketplace.port()).into()).await;
    let browser = Browser::open(1280, 900).await?;
    let app = App::open(&shop).await?.without_pictures();
    day::begin(&app, &browser, &marketplace, &way.url()).await?;
    app.carried().await?;

    // A piece is written and published while nothing answers; then the power goes.
    marketplace.kill();
    app.phase("offline").await?;
    day::list(&app, &day::photo(folder.path())).await?;
    app.says("saldrá a la venta en cuanto haya red").await?;
    app.waits_with("the piece waits", "> 0").await?;
    let app = app.with_pictures();
    app.pictures("product-offline").await?;
    app.kill().await;

    // It is all there after the power is back, and the marketplace is not.
    let app = App::open(&shop).await?;
    app.phase("offline").await?;
    app.waits_with("the piece still waits", "> 0").await?;
    app.go("/products").await?;
    app.press_test("product-card").await?;
    app.test("withdraw").await?;
    app.test("photo-tile").await?;

    // The marketplace is back, takes what is pushed, and its answer never arrives; the app dies.
    way.next("/push", usize::MAX, Fate::LoseAnswer);
    marketplace.serve();
    support::until("a push was taken and its answer lost", || way.lost("/push") > 0).await;
    app.waits_with("it was not told that it has arrived", "> 0")
        .await?;
    app.kill().await;
    way.clear();
    let app = App::open(&shop).await?.without_pictures();
    app.carried().await?;
    browser
        .driver
        .goto(format!("{}/?lang=es", marketplace.address()))
        .await?;
    browser.says(TITLE).await?;
    let order_page = shopping::buy(&browser, &marketplace, TITLE, &ELENA).await?;
    app.test("orders-badge").await?;
    app.carried().await?;

    // The network is gone for the afternoon: accepted, packed, numbered, printed, closed and left all the same.
    marketplace.kill();
    app.phase("offline").await?;
    let s10 = day::fulfil(&app).await?;
    let drop_off = day::hand_in(&app).await?;
    let app = app.with_pictures();
    app.pictures("drop-off-offline").await?;
    app.kill().await;
    let app = App::open(&shop).await?;
    app.go("/drop-offs").await?;
    app.press_test("drop-off-row").await?;
    app.find("[data-testid='drop-off'][data-step='left']").await?;
    app.says(&drop_off).await?;

    marketplace.serve();
    app.carried().await?;
    day::accept_at_counter(&browser, &marketplace, &drop_off, &s10).await?;
    app.find("[data-testid='drop-off'][data-step='accepted']").await?;

    // One piece, one order, one parcel: nothing happened twice.
    assert_eq!(app.count("[data-testid='parcel']").await?, 1);
    app.go("/products").await?;
    app.test("product-card").await?;
    assert_eq!(app.count("[data-testid='product-card']").await?, 1);
    app.go("/orders").await?;
    app.press_test("orders-tab-on_the_way").await?;
    app.test("order-row").await?;
    assert_eq!(app.count("[data-testid='order-row']").await?, 1);
    browser.driver.goto(&order_page).await?;
    browser.says(&s10).await?;

    app.close().await?;
    browser.close().await?;
    Ok(())
}
