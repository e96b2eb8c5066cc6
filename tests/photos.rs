//! Photographs on their way into a piece: from a phone's browser over the network, and what the coach says.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a story stops at the first surprise"
)]

mod support;

use image::{ImageBuffer, Rgb};
use std::path::{Path, PathBuf};
use support::Outcome;
use support::app::App;
use support::browser::Browser;
use support::day;
use thirtyfour::prelude::*;

/// A piece's photo taken at dusk: each level a fifth of what it was.
fn dark(folder: &Path) -> PathBuf {
    let photo = image::open(day::photo(folder)).unwrap().to_rgb8();
    let dark = ImageBuffer::from_fn(photo.width(), photo.height(), |x, y| {
        Rgb(photo.get_pixel(x, y).0.map(|level| level / 5))
    });
    let path = folder.join("de noche.jpg");
    dark.save(&path).unwrap();
    path
}

#[tokio::test]
async fn from_the_phone_and_with_the_coach() -> Outcome {
    let folder = support::folder();
    let shop = folder.path().join("shop");
    let app = App::open(&shop).await?.without_pictures();
    day::name(&app).await?;
    app.press_test("first-later").await?;
    app.press_test("new-product").await?;
    app.write("#field-title", "Olla de barro").await?;
    app.press("#field-story").await?;
    app.test("saved").await?;
    let app = app.with_pictures();

    // A dark photo: the coach says so, in words, with what to do.
    app.give_file("photo-input", &dark(folder.path())).await?;
    app.test("photo-tile").await?;
    app.test_says("coach", "Está oscura").await?;
    app.pictures("coach-dark").await?;

    // The phone: the code's page, opened in a real browser of a phone's size, takes a good one.
    app.press_test("photo-phone").await?;
    app.test_says("phone-address", "http://").await?;
    let address = app
        .test("phone-address")
        .await?
        .prop("innerText")
        .await?
        .unwrap_or_default();
    app.pictures("phone-waiting").await?;
    let phone = Browser::open(390, 844).await?;
    phone.driver.goto(&address).await?;
    phone.says("Olla de barro").await?;
    phone.picture("phone-page").await?;
    let good = day::photo(folder.path());
    let mut inputs = phone.driver.find_all(By::Css("input[type='file']")).await?;
    inputs
        .pop()
        .unwrap()
        .send_keys(good.display().to_string())
        .await?;
    app.until(
        "the photo has arrived",
        "document.querySelector('[data-testid=phone-state]')?.dataset.received === '1'",
    )
    .await?;
    app.until(
        "it is in the piece",
        "document.querySelector('[data-testid=photos]')?.dataset.count === '2'",
    )
    .await?;
    app.pictures("phone-arrived").await?;
    phone.picture("phone-page-done").await?;

    // The same bytes again are one photo; a text is none.
    phone.driver.refresh().await?;
    let letter = folder.path().join("carta.jpg");
    std::fs::write(&letter, "Querida abuela").unwrap();
    for (file, word) in [(&good, "Ya estaba"), (&letter, "No es una foto")] {
        let mut inputs = phone.driver.find_all(By::Css("input[type='file']")).await?;
        inputs
            .pop()
            .unwrap()
            .send_keys(file.display().to_string())
            .await?;
        app.test_says("phone-refused", word).await?;
    }
    phone.picture("phone-page-refused").await?;
    assert_eq!(app.count("[data-testid='photo-tile']").await?, 2);

    // Closed, nothing answers there any more; what arrived is kept through a power cut.
    app.press_test("phone-close").await?;
    app.gone("[data-testid='phone-panel']").await?;
    let port = address.split(':').nth(2).unwrap().split('/').next().unwrap();
    let port: u16 = port.parse().unwrap();
    support::until("nothing listens at the door", || {
        std::net::TcpStream::connect(("127.0.0.1", port)).is_err()
    })
    .await;
    app.kill().await;
    let app = App::open(&shop).await?;
    app.go("/products").await?;
    app.press_test("product-card").await?;
    app.until(
        "both photos are there",
        "document.querySelector('[data-testid=photos]')?.dataset.count === '2'",
    )
    .await?;
    app.close().await?;
    phone.close().await?;
    Ok(())
}
