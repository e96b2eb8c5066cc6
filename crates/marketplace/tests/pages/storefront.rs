//! Looking around.

use crate::harness::World;
use crate::harness::browser::Browser;
use api::intent::Action;
use api::photo::PhotoRef;
use api::product::StockMode;
use serde_json::json;
use std::collections::BTreeMap;

crate::on_both_databases!(
    an_empty_market_says_so,
    a_piece_is_found_by_branch_and_by_words_without_accents,
    a_piece_shows_its_photos_once_they_have_come,
    what_is_not_published_is_not_shown,
    pages_speak_three_languages,
    long_lists_have_pages,
);

async fn an_empty_market_says_so(world: World) {
    let mut browser = Browser::new(&world);
    let home = browser.get("/").await;
    assert_eq!(home.status, 200);
    assert!(home.says("Los puestos se están poniendo"));
    let lost = browser.get("/nothing/here").await;
    assert_eq!(lost.status, 404);
    assert!(lost.says("Esta página no está"));
    assert_eq!(browser.get("/piece/nobody").await.status, 404);
    assert_eq!(browser.get("/branch/nonsense").await.status, 404);
    assert!(browser.get("/basket").await.says("Tu canasta está vacía"));
}

async fn a_piece_is_found_by_branch_and_by_words_without_accents(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    laptop
        .piece("Cántaro de Coyotepec", 119_000, 1, StockMode::Unique)
        .await;
    let mut browser = Browser::new(&world);
    for path in [
        "/",
        "/branch/ceramics",
        "/search?q=",
        "/search?q=cantaro",
        "/search?q=C%C3%81NTARO+rosa",
        "/search?q=alfareria",
        "/search?q=pottery",
        "/search?q=zapoteco+barro+horno+lena",
    ] {
        let page = browser.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(
            page.says("Cántaro de Coyotepec") && page.says("$1,190\u{a0}MXN"),
            "{path}"
        );
    }
    for path in [
        "/branch/textiles",
        "/search?q=huipil",
        "/search?q=%25",
        "/search?q=c_ntaro",
    ] {
        let page = browser.get(path).await;
        assert!(page.says("No encontramos nada así"), "{path}");
    }
}

async fn a_piece_shows_its_photos_once_they_have_come(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    let piece = laptop.piece("Cántaro", 119_000, 1, StockMode::Unique).await;
    let large = [&[0xff, 0xd8, 0xff][..], b"large"].concat();
    let small = [&[0xff, 0xd8, 0xff][..], b"small"].concat();
    let hash = |bytes: &[u8]| blake3::hash(bytes).to_hex().to_string();
    laptop
        .does(Action::AttachPhoto {
            product_id: piece.clone(),
            photo: PhotoRef {
                hash: hash(b"original"),
                large: hash(&large),
                small: hash(&small),
                width: 1600,
                height: 1600,
                alt: "El cántaro \"de frente\" <a la luz>".into(),
                shot: String::new(),
            },
            place: "m".into(),
        })
        .await;
    let mut browser = Browser::new(&world);
    let path = format!("/piece/{piece}");
    assert!(browser.get(&path).await.says("La foto viene en camino"));
    laptop.send_photo(&small).await;
    let page = browser.get(&path).await;
    assert!(page.says(&hash(&small)) && !page.says(&hash(&large)));
    laptop.send_photo(&large).await;
    let page = browser.get(&path).await;
    assert!(page.says(&hash(&large)));
    assert!(!page.says("<a la luz>"), "what a seller writes is text");
    assert!(browser.get("/").await.says(&hash(&small)));
    for words in [
        "Barro negro bruñido",
        "18 horas",
        "21 × 21 × 30",
        "1.2",
        "Rosa Nieto",
        "zapoteco",
    ] {
        assert!(page.says(words), "{words}");
    }
}

async fn what_is_not_published_is_not_shown(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    for (n, fields) in [
        json!({"published": false}),
        json!({"deleted": true}),
        json!({"title": ""}),
        json!({"price": null}),
        json!({"price": {"minor": 5000, "currency": "EUR"}}),
    ]
    .into_iter()
    .enumerate()
    {
        let piece = laptop
            .piece(&format!("Olla {n}"), 50_000, 1, StockMode::Unique)
            .await;
        let fields: BTreeMap<_, _> = serde_json::from_value(fields).unwrap();
        laptop
            .does(Action::SetProduct {
                product_id: piece.clone(),
                fields,
            })
            .await;
        let mut browser = Browser::new(&world);
        assert_eq!(browser.get(&format!("/piece/{piece}")).await.status, 404, "{n}");
        assert!(!browser.get("/").await.says(&piece), "{n}");
    }
}

async fn pages_speak_three_languages(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    laptop.piece("Cántaro", 119_000, 1, StockMode::Unique).await;
    let mut browser = Browser::new(&world);
    assert!(browser.get("/").await.says("Hecho a mano, enviado por correo"));
    browser.language = "fr-CA,fr;q=0.9,en;q=0.5";
    let page = browser.get("/").await;
    assert!(page.says("Fait main, envoyé par la poste") && page.says("<html lang=\"fr\">"));
    assert!(page.says("1\u{a0}190\u{a0}MXN"));
    assert!(
        browser
            .get("/search?q=c%C3%A1ntaro&lang=en")
            .await
            .says("Pieces with “cántaro”")
    );
    assert!(
        browser.get("/").await.says("Made by hand, sent by post"),
        "the choice is kept"
    );
}

async fn long_lists_have_pages(world: World) {
    let mut laptop = world.laptop("Rosa").await;
    for n in 0..27 {
        laptop
            .piece(
                &format!("Olla número {n}"),
                50_000,
                i64::from(n > 0),
                StockMode::Unique,
            )
            .await;
    }
    let mut browser = Browser::new(&world);
    let first = browser.get("/search?q=olla").await;
    assert_eq!(first.text.matches("<li class=\"card ").count(), 24);
    assert!(first.says("q=olla&page=2") || first.says("q=olla&#38;page=2"));
    let second = browser.get("/search?q=olla&page=2").await;
    assert_eq!(second.text.matches("<li class=\"card ").count(), 3);
    assert!(
        second.says("Olla número 0<") && second.says("Vendida"),
        "what is sold comes last"
    );
    assert!(
        browser
            .get("/search?q=olla&page=99999999999999999999")
            .await
            .status
            == 200
    );
}
