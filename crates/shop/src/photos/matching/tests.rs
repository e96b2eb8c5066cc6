#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use super::*;
use proptest::prelude::*;

fn pieces() -> Vec<Piece> {
    [
        ("a", "BAR-001", "Olla de barro"),
        ("b", "BAR-0012", "Cántaro"),
        ("c", "BAR-1", "Jarro"),
        ("d", "", "Rebozo de bolita"),
        ("e", "", "Tapete 2 rojo"),
        ("f", "DUP", "Vela"),
        ("g", "dup", "Vela"),
    ]
    .map(|(id, sku, title)| Piece {
        id: id.into(),
        sku: sku.into(),
        title: title.into(),
    })
    .to_vec()
}

fn file(path: &str) -> File {
    File {
        path: path.into(),
        ..File::default()
    }
}

/// The piece and the reason for one file.
fn one(path: &str) -> String {
    say(&match_photos(&[file(path)], &pieces()).remove(0).candidate)
}

fn say(candidate: &Candidate) -> String {
    match candidate {
        Candidate::Photo { piece, reason } => format!("{piece} {reason:?}"),
        Candidate::Card { piece } => format!("{piece} card"),
        Candidate::None(Unmatched::Several(ids)) => format!("several {}", ids.join(" ")),
        Candidate::None(other) => format!("{other:?}"),
    }
}

#[test]
fn names_folders_and_titles_find_their_piece_and_say_why() {
    for (path, expected) in [
        ("BAR-001.jpg", "a FileSku"),
        ("bar001_02.JPG", "a FileSku"),
        ("BAR 001 (3).jpeg", "a FileSku"),
        ("BAR-001b.png", "a FileSku"),
        ("BAR-0012-1.jpg", "b FileSku"),
        ("BAR-1 frente.jpg", "c FileSku"),
        ("BAR-10.jpg", "Nothing"),
        ("taller/BAR-001/IMG_0007.jpg", "a FolderSku"),
        ("BAR-001 olla/detalle/DSC0001.jpg", "a FolderSku"),
        ("BAR-001/BAR-1.jpg", "c FileSku"),
        ("Rebozo de bolita 3.jpg", "d FileTitle"),
        ("REBOZO_DE_BOLITA-frente.jpg", "d FileTitle"),
        ("Cántaro/IMG_1.jpg", "b FolderTitle"),
        ("Tapete 2 rojo.jpg", "e FileTitle"),
        ("dup 1.jpg", "several f g"),
        ("Vela.jpg", "several f g"),
        ("IMG_0001.jpg", "CamerasName"),
        ("1.jpg", "CamerasName"),
        ("mi perro.jpg", "Nothing"),
    ] {
        assert_eq!(one(path), expected, "{path}");
    }
}

#[test]
fn photos_of_a_piece_are_in_the_order_of_their_numbers() {
    let files: Vec<File> = [
        "BAR-001-10.jpg",
        "BAR-001-2.jpg",
        "x.jpg",
        "BAR-001.jpg",
        "BAR-1.jpg",
    ]
    .map(file)
    .to_vec();
    let paths: Vec<String> = match_photos(&files, &pieces())
        .into_iter()
        .map(|row| row.path)
        .collect();
    assert_eq!(
        paths,
        [
            "BAR-001.jpg",
            "BAR-001-2.jpg",
            "BAR-001-10.jpg",
            "BAR-1.jpg",
            "x.jpg"
        ]
    );
}

#[test]
fn what_follows_a_card_in_its_folder_is_that_piece() {
    let card = |path: &str, text: &str| File {
        card: Some(text.into()),
        ..file(path)
    };
    let files = [
        file("IMG_0.jpg"),
        card("IMG_1.jpg", "https://puesto.example/c/BAR-001"),
        file("IMG_2.jpg"),
        file("IMG_10.jpg"),
        file("BAR-1.jpg"),
        card("IMG_11.jpg", "bar 0012"),
        file("IMG_12.jpg"),
        card("IMG_13.jpg", "WIFI:S:taller"),
        file("IMG_14.jpg"),
        file("otra/IMG_20.jpg"),
    ];
    let said: std::collections::BTreeMap<String, String> = match_photos(&files, &pieces())
        .iter()
        .map(|row| (row.path.clone(), say(&row.candidate)))
        .collect();
    for (path, expected) in [
        ("IMG_0.jpg", "CamerasName"),
        ("IMG_1.jpg", "a card"),
        ("IMG_2.jpg", "a Card"),
        ("IMG_10.jpg", "a Card"),
        ("BAR-1.jpg", "c FileSku"),
        ("IMG_11.jpg", "b card"),
        ("IMG_12.jpg", "b Card"),
        ("IMG_14.jpg", "CamerasName"),
        ("otra/IMG_20.jpg", "CamerasName"),
    ] {
        assert_eq!(said[path], expected, "{path}");
    }
}

#[test]
fn the_cameras_clock_is_surer_than_its_names() {
    let at = |path: &str, taken_ms: i64, card: Option<&str>| File {
        taken_ms: Some(taken_ms),
        card: card.map(str::to_owned),
        ..file(path)
    };
    // The counter began again at 0001 in between.
    let files = [
        at("IMG_9999.jpg", 1, Some("BAR-001")),
        at("IMG_0001.jpg", 2, None),
        at("IMG_0002.jpg", 0, None),
    ];
    let rows = match_photos(&files, &pieces());
    let said = |path: &str| say(&rows.iter().find(|row| row.path == path).unwrap().candidate);
    assert_eq!(said("IMG_0001.jpg"), "a Card");
    assert_eq!(said("IMG_0002.jpg"), "CamerasName");
}

proptest! {
    #[test]
    fn every_file_is_in_the_table_once_and_its_own_sku_always_finds_it(
        skus in proptest::collection::hash_set("[A-Z]{1,3}-?[0-9]{1,4}", 1..20),
        separators in "[-_ .]",
        strange in proptest::collection::vec("\\PC{0,30}", 0..10),
    ) {
        let mut seen = std::collections::HashSet::new();
        let pieces: Vec<Piece> = skus
            .into_iter()
            .filter(|sku| seen.insert(sku.replace('-', "")))
            .map(|sku| Piece { id: sku.clone(), sku, title: String::new() })
            .collect();
        let mut files: Vec<File> = pieces
            .iter()
            .map(|piece| file(&format!("{}{separators}2.jpg", piece.sku.to_lowercase())))
            .collect();
        files.extend(strange.iter().map(|path| file(path)));
        let rows = match_photos(&files, &pieces);
        prop_assert_eq!(rows.len(), files.len());
        for piece in &pieces {
            let path = format!("{}{separators}2.jpg", piece.sku.to_lowercase());
            let row = rows.iter().find(|row| row.path == path).unwrap();
            prop_assert!(
                matches!(&row.candidate, Candidate::Photo { piece: found, reason: Reason::FileSku } if *found == piece.id),
                "{:?}", row
            );
        }
    }
}
