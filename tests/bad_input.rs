//! Wrong things given to the window, and a world that answers wrongly: each gets words that say what to do,
//! and nothing that was written is lost.
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
use support::disk::SmallDisk;
use support::marketplace::Marketplace;
use support::{day, shopping};
use testkit::proxy::{Fate, Proxy};

fn file(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

#[tokio::test]
async fn signing_in_against_the_wind() -> Outcome {
    let folder = support::folder();
    let marketplace = Marketplace::start(&folder.path().join("marketplace"));
    let way = Proxy::to(([127, 0, 0, 1], marketplace.port()).into()).await;
    let browser = Browser::open(1280, 900).await?;
    let shop = folder.path().join("shop");
    let app = App::open(&shop).await?.without_pictures();
    day::name(&app).await?;
    let app = app.with_pictures();

    // Addresses that lead nowhere.
    for (address, words) in [
        ("esto no es una dirección", "No entendimos esa dirección"),
        ("http://127.0.0.1:1", "No alcanzamos al mercado"),
    ] {
        app.write("[data-testid='server']", address).await?;
        app.press_test("sign-in-begin").await?;
        app.test_says("sign-in-fault", words).await?;
        assert_eq!(app.written("[data-testid='server']").await?, address);
    }
    way.next("/api/v1/", usize::MAX, Fate::Html);
    app.write("[data-testid='server']", &way.url()).await?;
    app.press_test("sign-in-begin").await?;
    app.test_says("sign-in-fault", "contesta otra cosa").await?;
    app.pictures("sign-in-html").await?;
    way.clear();

    // A wrong code on the page, then a no, then a yes.
    app.press_test("sign-in-begin").await?;
    let code = app.test("user-code").await?.text().await?;
    shopping::open_device(&browser, &marketplace, "XXXX-9999").await?;
    browser.find(".notice.bad").await?;
    browser.picture("store-device-wrong").await?;
    shopping::open_device(&browser, &marketplace, code.trim()).await?;
    browser.press("button[value='deny']").await?;
    app.test_says("sign-in-ended", "dijeron que no").await?;
    app.pictures("sign-in-denied").await?;
    app.press_test("sign-in-begin").await?;
    let code = app.test("user-code").await?.text().await?;
    shopping::approve(&browser, &marketplace, code.trim()).await?;
    app.gone("[data-testid='first-run']").await?;
    app.carried().await?;

    // The hotel's network answers HTML to everything: words, and work goes on.
    app.press_test("new-product").await?;
    app.write("#field-title", "Rebozo de bolita").await?;
    app.carried().await?;
    way.next("/api/v1/", usize::MAX, Fate::Html);
    app.write("#field-title", "Rebozo de bolita, fino").await?;
    app.phase("troubled").await?;
    app.waits_with("the change waits", "> 0").await?;
    app.pictures("network-troubled").await?;
    way.clear();
    app.press_test("network").await?;
    app.press_test("sync-details").await?;
    app.press_test("sync-now").await?;
    app.pictures("sync-panel").await?;
    app.press_test("sync-panel-close").await?;
    app.carried().await?;

    // Its entry is taken away: words, work goes on, and another code lets it in again.
    shopping::revoke_laptops(&browser, &marketplace).await?;
    app.write("#field-title", "Rebozo de bolita, fino y largo")
        .await?;
    app.phase("revoked").await?;
    app.waits_with("the change waits", "> 0").await?;
    app.go("/settings").await?;
    app.test_says("revoked", "entrada").await?;
    app.pictures("settings-revoked").await?;
    app.press_test("sign-in-start").await?;
    app.press_test("sign-in-begin").await?;
    let code = app.test("user-code").await?.text().await?;
    shopping::approve(&browser, &marketplace, code.trim()).await?;
    app.carried().await?;
    app.pictures("settings").await?;
    app.go("/products").await?;
    app.says("Rebozo de bolita, fino y largo").await?;

    app.close().await?;
    browser.close().await?;
    Ok(())
}

#[tokio::test]
async fn writing_what_cannot_be() -> Outcome {
    let folder = support::folder();
    let shop = folder.path().join("shop");
    let app = App::open(&shop).await?.without_pictures();
    day::name(&app).await?;
    app.press_test("first-later").await?;
    app.press_test("new-product").await?;
    app.test("photos").await?;
    let app = app.with_pictures();

    let whole = std::fs::read(day::photo(folder.path())).unwrap();
    for (name, bytes, words) in [
        ("carta.jpg", &b"Querida abuela, te escribo"[..], "no es una foto"),
        ("vacía.jpg", &b""[..], "está vacío"),
        ("cortada.jpg", &whole[..whole.len() / 3], "le falta un pedazo"),
    ] {
        app.give_file("photo-input", &file(folder.path(), name, bytes))
            .await?;
        app.test_says("photo-fault", words).await?;
        app.test_says("photo-fault", name).await?;
        app.press("[data-testid='photo-fault'] [data-testid='note-close']")
            .await?;
        app.gone("[data-testid='photo-fault']").await?;
    }
    app.give_file(
        "photo-input",
        &file(folder.path(), "otra carta.jpg", b"Querida abuela"),
    )
    .await?;
    app.test("photo-fault").await?;
    app.pictures("photo-fault").await?;
    assert_eq!(app.count("[data-testid='photo-tile']").await?, 0);
    // What was not a photo left no trace in the shop.
    assert_eq!(files_under(&shop.join("photos")), 0);

    for (price, words) in [
        ("-1", "menos que cero"),
        ("1000000000000", "demasiado alto"),
        ("doscientos", "No entendimos"),
    ] {
        app.write("#field-price", price).await?;
        app.press("#field-story").await?;
        app.test_says("problem-field-price", words).await?;
        assert_eq!(app.written("#field-price").await?, price);
    }
    let long = "Olla de barro ".repeat(100_000 / 14 + 1);
    let long = long.get(..100_000).unwrap();
    app.paste("#field-title", long).await?;
    app.press("#field-story").await?;
    app.test_says("problem-field-title", "Es muy largo").await?;
    app.pictures("product-problems").await?;

    // Left and opened again, it is still there to be corrected; corrected, it is kept.
    app.go("/products").await?;
    app.press_test("product-card").await?;
    app.test_says("problem-field-title", "Es muy largo").await?;
    assert_eq!(app.written("#field-title").await?, long);
    assert_eq!(app.written("#field-price").await?, "doscientos");
    app.paste("#field-title", "Olla de barro").await?;
    app.write("#field-price", "200").await?;
    app.press("#field-story").await?;
    app.gone("[data-testid^='problem-']").await?;
    app.go("/products").await?;
    app.test_says("product-card", "Olla de barro").await?;
    app.test_says("product-card", "$200").await?;

    // The same folder in a second window: words there, and the first goes on.
    let second = App::open(&shop).await?;
    second
        .find("[data-testid='closed'][data-code='shop_open_elsewhere']")
        .await?;
    second.says("ya está abierto en otra ventana").await?;
    second.pictures("closed-elsewhere").await?;
    second.give_up().await?;
    app.press_test("product-card").await?;
    app.write("#field-price", "250").await?;
    app.go("/products").await?;
    app.test_says("product-card", "$250").await?;

    app.close().await?;
    Ok(())
}

#[tokio::test]
async fn a_full_disk() -> Outcome {
    let folder = support::folder();
    let Some(disk) = SmallDisk::mount(&folder.path().join("disk"), 24) else {
        return Ok(());
    };
    let shop = disk.folder().join("shop");
    let app = App::open(&shop).await?.without_pictures();
    day::name(&app).await?;
    app.press_test("first-later").await?;
    app.press_test("new-product").await?;
    app.test("photos").await?;
    app.write("#field-title", "Olla").await?;
    app.press("#field-story").await?;
    app.test("saved").await?;
    let app = app.with_pictures();

    disk.fill();
    app.give_file("photo-input", &day::photo(folder.path())).await?;
    app.test_says("photo-fault", "está lleno").await?;
    let story = "La bruñí con una piedra de río. ".repeat(150);
    let story = story.trim();
    app.paste("#field-story", story).await?;
    app.press("#field-title").await?;
    app.test_says("not-saved", "está lleno").await?;
    app.pictures("disk-full").await?;
    assert_eq!(app.written("#field-story").await?, story);

    // Room again: the same buttons finish what was begun.
    disk.empty();
    app.press("[data-testid='not-saved'] button").await?;
    app.gone("[data-testid='not-saved']").await?;
    app.press("[data-testid='photo-fault'] button:not([data-testid='note-close'])")
        .await?;
    app.test("photo-tile").await?;
    app.kill().await;

    let app = App::open(&shop).await?;
    app.go("/products").await?;
    app.press_test("product-card").await?;
    app.test("photo-tile").await?;
    app.until(
        "the story is kept",
        "document.querySelector('#field-story')?.value.length > 1000",
    )
    .await?;
    assert_eq!(app.written("#field-story").await?, story);
    app.close().await?;
    Ok(())
}

fn files_under(folder: &Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return 0;
    };
    entries
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { files_under(&path) } else { 1 })
        .sum()
}
