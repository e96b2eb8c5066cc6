//! The laptop's camera in the real window, with WebKit's pretended one, and the shot list.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a story stops at the first surprise"
)]

mod support;

use support::app::App;
use support::{Outcome, pieces};
use thirtyfour::prelude::*;

async fn count(app: &App, photos: usize) -> WebDriverResult<()> {
    app.until(
        &format!("{photos} photos are in"),
        &format!("document.querySelector('[data-testid=photos]')?.dataset.count === '{photos}'"),
    )
    .await
}

#[tokio::test]
async fn photos_are_taken_with_the_laptop_one_shot_after_the_other() -> Outcome {
    let folder = support::folder();
    let home = folder.path().join("shop");
    pieces::stocked(&home, &[("Olla de barro", "BAR-001")]).await;

    let app = App::open_with(&home, &[("PUESTO_PRETEND_CAMERA", "1")]).await?;
    app.go("/products").await?;
    app.press_test("product-card").await?;
    app.test("shots").await?;
    app.pictures("shots-none").await?;

    // From the list: the shot from the front, with its outline over the live picture.
    app.press_test("shot-front").await?;
    app.pictures("shot-offer").await?;
    app.press_test("shot-camera").await?;
    app.until(
        "the camera shows something",
        "document.querySelector('[data-testid=camera-video]')?.videoWidth > 0",
    )
    .await?;
    app.picture("camera-1280").await?;
    app.press_test("camera-countdown-3").await?;
    app.press_test("camera-shutter").await?;
    app.test("camera-counting").await?;
    app.picture("camera-counting").await?;
    app.test("camera-last").await?;
    count(&app, 1).await?;

    // It stays open: another at once.
    app.press_test("camera-countdown-0").await?;
    app.press_test("camera-grid").await?;
    app.press_test("camera-shutter").await?;
    count(&app, 2).await?;
    app.picture("camera-taken-1280").await?;
    app.press_test("camera-close").await?;
    app.gone("[data-testid='camera']").await?;
    // In a small window, opened again: the picture of a live video is not taken right after a change of size.
    app.resize(1024, 700).await?;
    app.press_test("camera-open").await?;
    app.until(
        "the camera shows something",
        "document.querySelector('[data-testid=camera-video]')?.videoWidth > 0",
    )
    .await?;
    app.fits().await?;
    app.picture("camera-1024").await?;
    app.press_test("camera-close").await?;
    app.gone("[data-testid='camera']").await?;
    app.resize(1280, 800).await?;
    app.until(
        "the first is the shot from the front",
        "document.querySelector('[data-testid=shot-front] img')",
    )
    .await?;
    app.pictures("shots-one").await?;

    // It went on to the next of the list by itself.
    app.until(
        "the second is the detail",
        "document.querySelector('[data-testid=shot-detail] img')",
    )
    .await?;

    // One that is there is marked as another shot.
    let file = pieces::photo(0, 2, folder.path().join("con la mano.jpg"));
    app.give_file("photo-input", &file).await?;
    count(&app, 3).await?;
    app.press_test("shot-scale").await?;
    app.press_test("shot-mark").await?;
    app.until(
        "it is the one that shows how large it is",
        "document.querySelector('[data-testid=shot-scale] img')",
    )
    .await?;
    app.pictures("shots-three").await?;
    app.close().await?;

    // A laptop without a camera says so, with a way on.
    let app = App::open(&home).await?;
    app.go("/products").await?;
    app.press_test("product-card").await?;
    count(&app, 3).await?;
    app.press_test("camera-open").await?;
    app.test("camera-fault").await?;
    app.pictures("camera-none").await?;
    app.press_test("camera-close").await?;
    app.gone("[data-testid='camera']").await?;
    app.close().await?;
    Ok(())
}
