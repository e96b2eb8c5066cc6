//! The editing table in the real window: before and after, undo, the look of one photo for the others; photos that stop
//! half-way and photos that look like another piece's.
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

/// The address of the picture that a tile shows.
async fn tile(app: &App, at: usize) -> WebDriverResult<String> {
    let tiles = app
        .driver
        .find_all(By::Css("[data-testid='photo-tile'] img"))
        .await?;
    Ok(tiles[at].prop("src").await?.unwrap_or_default())
}

/// The mean of what is on the table's stage, red, green and blue, as its canvas has it.
async fn shown(app: &App) -> WebDriverResult<[f64; 3]> {
    // Drawn anew in the next frame.
    let frame = "requestAnimationFrame(() => requestAnimationFrame(arguments[arguments.length - 1]))";
    app.driver.execute_async(frame, vec![]).await?;
    let script = "
        const canvas = document.querySelector('[data-testid=edit-stage] canvas');
        const small = document.createElement('canvas');
        small.width = small.height = 16;
        const pen = small.getContext('2d');
        pen.drawImage(canvas, 0, 0, 16, 16);
        const all = pen.getImageData(0, 0, 16, 16).data;
        const sum = [0, 0, 0];
        for (let at = 0; at < all.length; at += 4) for (let c = 0; c < 3; c++) sum[c] += all[at + c] / 256;
        return sum;";
    app.driver.execute(script, vec![]).await?.convert()
}

/// Waits until the photo is drawn.
async fn on_the_table(app: &App) -> WebDriverResult<()> {
    app.until(
        "the photo is on the table",
        "(() => {
            const canvas = document.querySelector('[data-testid=edit-stage] canvas');
            if (!canvas?.width) return false;
            const [x, y] = [canvas.width / 2, canvas.height / 2];
            return canvas.getContext('2d').getImageData(x, y, 1, 1).data[3] > 0;
        })()",
    )
    .await
}

async fn dial(app: &App, id: &str, presses: usize, key: Key) -> WebDriverResult<()> {
    let slider = app.test(id).await?;
    for _ in 0..presses {
        slider.send_keys(key.clone()).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_photo_is_touched_up_and_nothing_is_lost() -> Outcome {
    let folder = support::folder();
    let home = folder.path().join("shop");
    let ids = pieces::stocked(&home, &[("Olla de barro", "BAR-001"), ("Jarro", "JAR-3")]).await;
    let good = pieces::photo(0, 0, folder.path().join("olla.jpg"));
    let dim = pieces::in_the_evening(&good, folder.path().join("de noche.jpg"));
    let detail = pieces::photo(0, 1, folder.path().join("detalle.jpg"));
    let detail = pieces::in_the_evening(&detail, folder.path().join("detalle de noche.jpg"));

    let app = App::open(&home).await?;
    app.go(&format!("/products/{}", ids[0])).await?;
    app.test("photos").await?;
    for file in [&dim, &detail] {
        app.give_file("photo-input", file).await?;
    }
    app.until(
        "both photos are in",
        "document.querySelector('[data-testid=photos]')?.dataset.count === '2'",
    )
    .await?;
    app.driver.find_all(By::Css("[data-testid='photo-tile']")).await?[0]
        .click()
        .await?;
    let before = [tile(&app, 0).await?, tile(&app, 1).await?];
    app.pictures("edit-piece").await?;

    // The table: light up, then what should be white, then turned a little and cut square.
    app.press_test("photo-edit").await?;
    app.find("[data-testid='edit-stage'] canvas").await?;
    on_the_table(&app).await?;
    let [red, _, blue] = shown(&app).await?;
    app.pictures("edit-begun").await?;
    dial(&app, "edit-light", 12, Key::Right).await?;
    app.until(
        "it counts as changed",
        "document.querySelector('[data-testid=edit-table]')?.dataset.changed === 'true'",
    )
    .await?;
    let [lighter, ..] = shown(&app).await?;
    assert!(lighter > red * 1.1, "{red} became {lighter}");
    app.press_test("edit-white").await?;
    app.pictures("edit-dropper").await?;
    // The paper behind the piece, at the upper left.
    let stage = app.find("[data-testid='edit-stage'] canvas").await?;
    let (width, height) = stage.rect().await.map(|rect| (rect.width, rect.height))?;
    app.driver
        .action_chain()
        .move_to_element_with_offset(&stage, (-width * 0.4) as i64, (-height * 0.4) as i64)
        .click()
        .perform()
        .await?;
    app.test("edit-white-off").await?;
    let [red_after, _, blue_after] = shown(&app).await?;
    assert!(
        blue_after / red_after > blue / red * 1.15,
        "less yellow: {blue}/{red} became {blue_after}/{red_after}"
    );
    dial(&app, "edit-tilt", 8, Key::Left).await?;
    app.press_test("edit-crop-square").await?;
    app.pictures("edit-square").await?;
    app.press_test("edit-split").await?;
    app.pictures("edit-split").await?;
    app.press_test("edit-split-off").await?;

    // Undone to the beginning and done again, step by step.
    app.press_test("edit-undo").await?;
    app.press_test("edit-redo").await?;
    app.press_test("edit-keep").await?;
    app.gone("[data-testid='edit-table']").await?;
    app.test("photo-edited").await?;
    assert_ne!(tile(&app, 0).await?, before[0]);
    assert_eq!(tile(&app, 1).await?, before[1]);
    app.pictures("edit-kept").await?;

    // Its light for the other photo, and back again.
    app.press_test("photo-edit").await?;
    on_the_table(&app).await?;
    app.press_test("edit-copy").await?;
    app.until(
        "the other has its light",
        "document.querySelectorAll('[data-testid=photo-edited]').length === 2",
    )
    .await?;
    assert_ne!(tile(&app, 1).await?, before[1]);
    app.pictures("edit-copied").await?;

    // All is there after a power cut, and as it was once she wants it so.
    app.kill().await;
    let app = App::open(&home).await?;
    app.go(&format!("/products/{}", ids[0])).await?;
    app.until(
        "both are still touched up",
        "document.querySelectorAll('[data-testid=photo-edited]').length === 2",
    )
    .await?;
    app.press_test("photo-edit").await?;
    app.until(
        "the photo is on the table",
        "document.querySelector('[data-testid=edit-reset]') && !document.querySelector('[data-testid=edit-reset]').disabled",
    )
    .await?;
    app.press_test("edit-reset").await?;
    app.press_test("edit-keep").await?;
    app.gone("[data-testid='edit-table']").await?;
    app.until(
        "one is as it was",
        "document.querySelectorAll('[data-testid=photo-edited]').length === 1",
    )
    .await?;
    assert_eq!(tile(&app, 0).await?, before[0]);
    let kept = std::fs::read(&dim)?;
    let name = shop_original(&home, &kept);
    assert_eq!(std::fs::read(name)?, kept, "the original is what the camera gave");

    // Half a photo: refused in words, kept when she says so. And one that is the other piece's.
    let whole = std::fs::read(&good)?;
    let cut = folder.path().join("cortada.jpg");
    std::fs::write(&cut, &whole[..whole.len() * 2 / 3])?;
    app.give_file("photo-input", &cut).await?;
    app.test("photo-keep").await?;
    app.pictures("photo-cut").await?;
    app.press_test("photo-keep").await?;
    app.until(
        "it is kept",
        "document.querySelector('[data-testid=photos]')?.dataset.count === '3'",
    )
    .await?;
    app.test_says("photo-note", "le falta un pedazo").await?;
    app.go(&format!("/products/{}", ids[1])).await?;
    app.until(
        "the jug has none",
        "document.querySelector('[data-testid=photos]')?.dataset.count === '0'",
    )
    .await?;
    let again = folder.path().join("otra vez.jpg");
    image::open(&dim)?.thumbnail(900, 900).to_rgb8().save(&again)?;
    app.give_file("photo-input", &again).await?;
    app.test_says("photo-similar", "Olla de barro").await?;
    app.pictures("photo-similar").await?;
    app.press_test("photo-similar-remove").await?;
    app.until(
        "it is gone from here",
        "document.querySelector('[data-testid=photos]')?.dataset.count === '0'",
    )
    .await?;
    app.close().await?;
    Ok(())
}

fn shop_original(home: &std::path::Path, bytes: &[u8]) -> std::path::PathBuf {
    let name = blake3::hash(bytes).to_hex().to_string();
    home.join("photos/originals")
        .join(&name[..2])
        .join(format!("{name}.jpg"))
}
