//! Two laptops of one shop: a price that both changed, a piece that both sold, and a damaged shop that comes back from
//! its copy.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a story stops at the first surprise"
)]

mod support;

use shop::Shop;
use shop::catalog::view::{FieldChange, Price, ProductQuery};
use shop::credentials::secrets::Memory;
use shop::credentials::view::SignInStep;
use shop::stock::view::MoveReason;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use support::Outcome;
use support::app::App;
use support::browser::Browser;
use support::day::{self, TITLE};
use support::marketplace::Marketplace;
use support::shopping::{self, ELENA};

const LONG: Duration = Duration::from_secs(30);

/// The daughter's laptop, without a window.
async fn other_laptop(folder: &Path, browser: &Browser, marketplace: &Marketplace) -> Shop {
    let shop = Shop::open(folder).await.unwrap();
    shop.keep_secrets_in(Arc::new(Memory::default()));
    let code = shop.sign_in_begin(&marketplace.address()).await.unwrap();
    shopping::approve(browser, marketplace, &code.user_code)
        .await
        .unwrap();
    assert_eq!(shop.sign_in_poll().await.unwrap(), SignInStep::Done);
    shop.sync_once(LONG).await.unwrap();
    shop
}

#[tokio::test]
async fn two_laptops_of_one_shop() -> Outcome {
    let folder = support::folder();
    let marketplace = Marketplace::start(&folder.path().join("marketplace"));
    let browser = Browser::open(1280, 900).await?;
    let here = folder.path().join("shop");
    let app = App::open(&here).await?.without_pictures();
    day::begin(&app, &browser, &marketplace, &marketplace.address()).await?;
    day::list(&app, &day::photo(folder.path())).await?;
    app.carried().await?;
    let other = other_laptop(&folder.path().join("other"), &browser, &marketplace).await;
    let query = ProductQuery {
        limit: 1,
        ..ProductQuery::default()
    };
    let listed = other.product_list(query).await.unwrap();
    let piece = listed.items[0].id.clone();

    // Both change the price; neither knows of the other.
    let price = Price {
        minor: 85_000,
        currency: "MXN".into(),
    };
    app.write("#field-price", "820").await?;
    app.go("/today").await?;
    app.carried().await?;
    other
        .product_edit(&piece, vec![FieldChange::Price(Some(price))])
        .await
        .unwrap();
    other.sync_once(LONG).await.unwrap();
    let app = app.with_pictures();
    app.press_test("network").await?;
    app.test("safe-answer").await?;
    app.pictures("safe-answer").await?;
    app.press_test("safe-conflicts").await?;
    app.test_says("conflict", "$820").await?;
    app.test_says("conflict", "$850").await?;
    app.pictures("conflict").await?;
    app.press_test("conflict-take_other").await?;
    app.test("conflicts-empty").await?;
    app.carried().await?;
    other.sync_once(LONG).await.unwrap();
    let price = other.product(&piece).await.unwrap().price.unwrap();
    assert_eq!(price.minor, 82_000, "her word goes for both laptops");
    assert!(other.conflict_list().await.unwrap().is_empty());

    // A buyer takes the only one online, while the daughter sells it at the fair.
    shopping::buy(&browser, &marketplace, TITLE, &ELENA).await?;
    other.stock_move(&piece, -1, MoveReason::Fair, "").await.unwrap();
    other.sync_once(LONG).await.unwrap();
    app.go("/oversold").await?;
    app.test_says("oversold", TITLE).await?;
    assert_eq!(app.count("[data-testid='oversold-sale']").await?, 2);
    app.test_says("oversold", ELENA.name).await?;
    app.pictures("oversold").await?;

    // A copy by hand; then the shop's file is damaged, and the window shows the way back.
    app.go("/settings/backups").await?;
    app.press_test("backup-now").await?;
    app.test("backup").await?;
    app.until(
        "the copy is whole",
        "document.querySelector('[data-testid=backup-progress]') === null",
    )
    .await?;
    app.pictures("backups").await?;
    app.close().await?;
    damage(&here.join("shop.db"));
    let app = App::open(&here).await?;
    app.test("rescue-copy").await?;
    app.pictures("rescue").await?;
    app.press_test("rescue-restore").await?;
    app.press_test("rescue-open").await?;
    app.go("/products").await?;
    app.test_says("product-card", TITLE).await?;
    app.carried().await?;
    app.go("/oversold").await?;
    app.test_says("oversold", TITLE).await?;

    app.close().await?;
    other.close().await;
    browser.close().await?;
    Ok(())
}

/// What a bad sector does to the first pages of a file.
fn damage(database: &Path) {
    let mut bytes = std::fs::read(database).expect("the database");
    bytes[..4096].fill(0x5a);
    std::fs::write(database, bytes).expect("the database");
    for beside in ["db-wal", "db-shm"] {
        let _ = std::fs::remove_file(database.with_extension(beside));
    }
}
