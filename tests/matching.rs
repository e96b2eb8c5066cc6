//! Many photos to their pieces in the real window: a folder, a card in the picture, the rest by hand, files dropped.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a story stops at the first surprise"
)]

mod support;

use std::path::{Path, PathBuf};
use support::app::App;
use support::viewer::Viewer;
use support::{Outcome, pieces};
use thirtyfour::prelude::*;

/// The folder that the system knows as the person's pictures.
fn pictures_folder(folder: &Path) -> PathBuf {
    let settings = std::env::var_os("XDG_CONFIG_HOME").map(PathBuf::from);
    let settings =
        settings.unwrap_or_else(|| PathBuf::from(std::env::var_os("HOME").unwrap()).join(".config"));
    std::fs::create_dir_all(&settings).unwrap();
    let pictures = folder.join("Imágenes");
    std::fs::create_dir_all(&pictures).unwrap();
    let line = format!("XDG_PICTURES_DIR=\"{}\"\n", pictures.display());
    std::fs::write(settings.join("user-dirs.dirs"), line).unwrap();
    pictures
}

async fn drag(app: &App, from: &str, to: &str) -> WebDriverResult<()> {
    let (from, to) = (app.find(from).await?, app.find(to).await?);
    app.driver
        .action_chain()
        .move_to_element_center(&from)
        .click_and_hold()
        .move_by_offset(12, 12)
        .move_to_element_center(&to)
        .release()
        .perform()
        .await
}

#[tokio::test]
async fn a_folder_of_photos_finds_its_pieces() -> Outcome {
    let folder = support::folder();
    let home = folder.path().join("shop");
    let ids = pieces::stocked(
        &home,
        &[
            ("Olla de barro bruñido", "BAR-001"),
            ("Rebozo azul", "REB-7"),
            ("Jarro de dos asas", "JAR-3"),
        ],
    )
    .await;
    let pictures = pictures_folder(folder.path());
    pieces::photo(0, 0, pictures.join("BAR-001.jpg"));
    pieces::photo(0, 1, pictures.join("BAR-001-2.jpg"));
    pieces::photo(1, 0, pictures.join("REB-7/IMG_0001.jpg"));
    pieces::card("JAR-3", pictures.join("camara/IMG_0010.jpg"));
    pieces::photo(2, 0, pictures.join("camara/IMG_0011.jpg"));
    pieces::photo(3, 0, pictures.join("sueltas/DSC04411.jpg"));
    std::fs::write(pictures.join("sueltas/DSC04412.jpg"), "Querida abuela")?;

    let viewer = Viewer::install(folder.path());
    let app = App::open(&home).await?;
    app.go("/products").await?;
    app.press_test("open-matching").await?;
    app.test("matching-sources").await?;
    app.says("Imágenes").await?;
    app.pictures("matching-sources").await?;
    // A card for each piece, for those who are going to take many.
    app.press_test("matching-cards-print").await?;
    let cards = viewer.text_of_next().await;
    for sku in ["BAR-001", "REB-7", "JAR-3"] {
        assert!(cards.contains(sku), "{sku} is on a card: {cards}");
    }
    app.press_test("matching-source").await?;
    app.test("matching-tray").await?;
    // The card is found in the picture itself.
    app.until(
        "the card has brought its photo",
        &format!(
            "document.querySelector('[data-testid=matching-group][data-give=\"{}\"]')?.dataset.count >= 1",
            ids[2]
        ),
    )
    .await?;
    app.until(
        "everything was looked into",
        "!document.querySelector('[data-testid=matching-reading]')",
    )
    .await?;
    app.pictures("matching-table").await?;

    // What has no name is dragged where it belongs.
    let group = format!("[data-testid='matching-group'][data-give='{}']", ids[1]);
    drag(
        &app,
        "[data-testid='matching-tray'] [data-path$='DSC04411.jpg']",
        &group,
    )
    .await?;
    app.until(
        "the rebozo has two",
        &format!(
            "document.querySelector('[data-testid=matching-group][data-give=\"{}\"]')?.dataset.count === '2'",
            ids[1]
        ),
    )
    .await?;
    // And what is no photo, by the keyboard: it is refused in words and stops nothing.
    app.press("[data-testid='matching-tray'] [data-path$='DSC04412.jpg']")
        .await?;
    app.press_test("matching-give")
        .await
        .or(app.test("matching-give-input").await.map(drop))?;
    let field = app.test("matching-give-input").await?;
    field.send_keys("Olla").await?;
    field.send_keys(Key::Enter).await?;
    app.until(
        "the pot has three",
        &format!(
            "document.querySelector('[data-testid=matching-group][data-give=\"{}\"]')?.dataset.count === '3'",
            ids[0]
        ),
    )
    .await?;
    app.pictures("matching-given").await?;
    app.press_test("matching-take").await?;
    app.test("matching-done").await?;
    app.test("matching-not-taken").await?;
    app.pictures("matching-done").await?;

    // They are in their pieces, in their order; the card is in none.
    for (id, photos) in [(&ids[0], 2), (&ids[1], 2), (&ids[2], 1)] {
        app.go(&format!("/products/{id}")).await?;
        app.until(
            &format!("{photos} photos are in {id}"),
            &format!("document.querySelector('[data-testid=photos]')?.dataset.count === '{photos}'"),
        )
        .await?;
    }

    // Files dropped on the pieces' screen are shared out too. A driver cannot drag from another program: the page is
    // given the same event, with real files in it.
    app.go("/products").await?;
    app.test("product-grid").await?;
    let bytes = std::fs::read(pieces::photo(4, 0, folder.path().join("caja/JAR-3-5.jpg")))?;
    let script = "
        const [bytes] = arguments;
        const transfer = new DataTransfer();
        for (const name of ['JAR-3-5.jpg', 'JAR-3-6.jpg', 'otra.jpg'])
          transfer.items.add(new File([Uint8Array.from(bytes), name], name, { type: 'image/jpeg' }));
        const where = document.querySelector('[data-testid=product-grid]');
        for (const kind of ['dragenter', 'dragover', 'drop'])
          where.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));";
    app.driver.execute(script, vec![serde_json::json!(bytes)]).await?;
    app.test("matching-tray").await?;
    app.until(
        "two have found the jug",
        &format!(
            "document.querySelector('[data-testid=matching-group][data-give=\"{}\"]')?.dataset.count === '2'",
            ids[2]
        ),
    )
    .await?;
    app.says("Lo que arrastraste").await?;
    app.pictures("matching-dropped").await?;
    app.close().await?;
    Ok(())
}
