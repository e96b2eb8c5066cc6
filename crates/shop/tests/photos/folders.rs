//! A folder's photos to their pieces: by name, by a card in the picture, by hand.

use super::world::{jpeg, piece, scene, shop};
use image::{Rgb, RgbImage, imageops};
use shop::photos::folder_table::view::{MatchChange, MatchRow, MatchState};
use shop::photos::folder_table::{FolderTable, Stage, photo_sources};
use shop::{Code, Shop};
use std::fs;
use std::path::Path;
use tokio::sync::mpsc::UnboundedReceiver;

fn put(folder: &Path, path: &str, bytes: &[u8]) {
    let to = folder.join(path);
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::write(to, bytes).unwrap();
}

/// A table with a printed code on it.
fn card(text: &str) -> Vec<u8> {
    let modules = shop::qr::modules(text);
    let side = modules.len().isqrt() as u32;
    let mut picture = RgbImage::from_pixel(1200, 900, Rgb([170, 150, 130]));
    let paper = RgbImage::from_pixel((side + 8) * 9, (side + 8) * 9, Rgb([235, 233, 228]));
    imageops::overlay(&mut picture, &paper, 300, 200);
    for (at, dark) in modules.into_iter().enumerate() {
        if dark {
            let (x, y) = (at as u32 % side, at as u32 / side);
            let module = RgbImage::from_pixel(9, 9, Rgb([30, 28, 26]));
            imageops::overlay(
                &mut picture,
                &module,
                i64::from(300 + (x + 4) * 9),
                i64::from(200 + (y + 4) * 9),
            );
        }
    }
    jpeg(&picture)
}

async fn open(shop: &Shop, folder: &Path) -> (FolderTable, UnboundedReceiver<MatchChange>) {
    shop.folder_table(folder).await.unwrap()
}

fn row<'a>(rows: &'a [MatchRow], path: &str) -> &'a MatchRow {
    rows.iter().find(|row| row.path == path).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_photo_finds_its_piece_or_says_why_not() {
    let (_home, shop) = shop().await;
    let olla = piece(&shop, "Olla de barro", "BAR-001").await.id;
    let rebozo = piece(&shop, "Rebozo azul", "REB-7").await.id;
    let jarro = piece(&shop, "Jarro", "JAR-3").await.id;
    let folder = tempfile::tempdir().unwrap();
    let photo = |seed| jpeg(&scene(seed, 320, 240));
    put(folder.path(), "BAR-001-2.jpg", &photo(1));
    put(folder.path(), "BAR-001.jpg", &photo(2));
    put(folder.path(), "REB-7/IMG_0001.jpg", &photo(3));
    put(folder.path(), "camara/IMG_0010.jpg", &card("JAR-3"));
    put(folder.path(), "camara/IMG_0011.jpg", &photo(4));
    put(folder.path(), "camara/IMG_0012.jpg", b"Querida abuela");
    put(folder.path(), "IMG_9999.jpg", &photo(5));
    put(folder.path(), "notas.txt", b"nada");
    put(folder.path(), ".oculta.jpg", &photo(6));

    let (table, mut told) = open(&shop, folder.path()).await;
    let before = table.table();
    assert_eq!((before.rows.len(), before.reading), (7, 7));
    let paths: Vec<&str> = before.rows.iter().take(2).map(|row| row.path.as_str()).collect();
    assert_eq!(
        paths,
        ["BAR-001.jpg", "BAR-001-2.jpg"],
        "in the order of their numbers"
    );
    assert_eq!(
        row(&before.rows, "camara/IMG_0011.jpg").unmatched.as_deref(),
        Some("cameras_name")
    );

    table.read().await;
    let read = table.table();
    assert_eq!(read.reading, 0);
    let by = |path: &str| {
        let row = row(&read.rows, path);
        (
            row.product_id.clone(),
            row.by.clone().unwrap_or_default(),
            row.card,
        )
    };
    assert_eq!(
        by("BAR-001-2.jpg"),
        (Some(olla.clone()), "file_sku".into(), false)
    );
    assert_eq!(
        by("REB-7/IMG_0001.jpg"),
        (Some(rebozo.clone()), "folder_sku".into(), false)
    );
    assert_eq!(
        by("camara/IMG_0010.jpg"),
        (Some(jarro.clone()), "card".into(), true)
    );
    assert_eq!(
        by("camara/IMG_0011.jpg"),
        (Some(jarro.clone()), "card".into(), false)
    );
    assert_eq!(by("IMG_9999.jpg"), (None, String::new(), false));
    let told_of_card = std::iter::from_fn(|| told.try_recv().ok())
        .flat_map(|change| change.rows)
        .any(|row| row.path == "camara/IMG_0010.jpg" && row.card);
    assert!(told_of_card, "the change was told");
    let thumb = table.thumb(&row(&read.rows, "BAR-001.jpg").thumb).await.unwrap();
    assert!(image::load_from_memory(&thumb).unwrap().width() <= 240);
    assert_eq!(table.thumb("other-0").await.unwrap_err().code, Code::NotFound);

    // The rest by hand; then all of it into the pieces.
    let given = table
        .assign(&["IMG_9999.jpg".into()], Some(rebozo.clone()))
        .unwrap();
    assert_eq!(row(&given.rows, "IMG_9999.jpg").by.as_deref(), Some("hand"));
    let nobody = table.assign(&["IMG_9999.jpg".into()], Some("nobody".into()));
    assert_eq!(nobody.unwrap_err().code, Code::NotFound);
    table.take().await;
    let done = table.table();
    assert_eq!(done.taking, None);
    let state = |path: &str| row(&done.rows, path).state;
    assert_eq!(state("BAR-001.jpg"), MatchState::Added);
    assert_eq!(
        state("camara/IMG_0010.jpg"),
        MatchState::Waiting,
        "cards go nowhere"
    );
    let spoilt = row(&done.rows, "camara/IMG_0012.jpg");
    assert_eq!(spoilt.state, MatchState::Failed);
    assert_eq!(spoilt.fault.as_ref().unwrap().code, Code::PhotoNotAnImage);
    let mut counts = Vec::new();
    for id in [&olla, &rebozo, &jarro] {
        counts.push(shop.product(id).await.unwrap().photos.len());
    }
    assert_eq!(counts, [2, 2, 1]);
    let strip = shop.product(&olla).await.unwrap().photos;
    assert_eq!(strip[0].hash, blake3::hash(&photo(2)).to_hex().to_string());

    // The same folder again: everything is there already, and nothing is doubled.
    let (again, _told) = open(&shop, folder.path()).await;
    again.take().await;
    let again = again.table();
    assert_eq!(row(&again.rows, "BAR-001-2.jpg").state, MatchState::Duplicate);
    assert_eq!(shop.product(&olla).await.unwrap().photos.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_stops_keeps_what_is_in_and_goes_on_later() {
    let (_home, shop) = shop().await;
    let id = piece(&shop, "Olla", "BAR-001").await.id;
    let folder = tempfile::tempdir().unwrap();
    for seed in 1..7 {
        put(
            folder.path(),
            &format!("BAR-001-{seed}.jpg"),
            &jpeg(&scene(seed, 640, 480)),
        );
    }
    let (table, mut told) = open(&shop, folder.path()).await;
    let taking = tokio::spawn({
        let table = table.clone();
        async move { table.take().await }
    });
    while told
        .recv()
        .await
        .unwrap()
        .taking
        .is_none_or(|taking| taking.done == 0)
    {}
    table.stop();
    taking.await.unwrap();
    let some = shop.product(&id).await.unwrap().photos.len();
    assert!((1..6).contains(&some), "{some}");
    table.take().await;
    let all = shop.product(&id).await.unwrap().photos;
    assert_eq!(all.len(), 6);
    assert!(
        table
            .table()
            .rows
            .iter()
            .all(|row| row.state == MatchState::Added)
    );
}

#[tokio::test]
async fn what_is_dropped_lies_in_the_shops_folder_and_nowhere_else() {
    let (home, shop) = shop().await;
    piece(&shop, "Olla", "BAR-001").await;
    let stage = Stage::begin(shop.folder()).await.unwrap();
    stage
        .put("dia 1/BAR-001.jpg", &jpeg(&scene(1, 320, 240)))
        .await
        .unwrap();
    for path in ["../fuera.jpg", "/tmp/fuera.jpg", "", "a/../../fuera.jpg"] {
        assert_eq!(
            stage.put(path, b"x").await.unwrap_err().code,
            Code::NotFound,
            "{path}"
        );
    }
    let (table, _told) = open(&shop, stage.folder()).await;
    assert_eq!(table.table().rows[0].path, "dia 1/BAR-001.jpg");
    assert_eq!(table.table().name, "");
    drop(stage);
    assert!(!home.path().join("photos/staged").exists());
}

#[test]
fn cards_and_own_folders_with_photos_are_offered() {
    let home = tempfile::tempdir().unwrap();
    let media = home.path().join("media");
    put(&media, "CANON/DCIM/100/IMG_1.JPG", b"x");
    put(&media, "CANON/DCIM/100/IMG_2.JPG", b"x");
    put(&media, "VACIA/leeme.txt", b"x");
    let pictures = home.path().join("Imágenes");
    put(&pictures, "olla.png", b"x");
    let own = [("pictures", pictures), ("downloads", home.path().join("no hay"))];
    let found: Vec<(String, String, u32)> = photo_sources(&[media, home.path().join("nada")], &own)
        .into_iter()
        .map(|source| (source.kind, source.name, source.photos))
        .collect();
    assert_eq!(
        found,
        [
            ("card".to_owned(), "CANON".to_owned(), 2),
            ("pictures".to_owned(), String::new(), 1)
        ]
    );
}
