//! Cards for photographing pieces, as printers, cameras and readers see them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bench;

use std::process::Command;

use bench::{Bench, assert_nothing_overlaps, run};
use documents::{CardInput, Document, DocumentError, Mark, Note, Sheet, cards};
use messages::Language;

fn card(sku: &str, title: &str) -> CardInput {
    CardInput {
        sku: sku.into(),
        title: title.into(),
    }
}

fn some(count: usize) -> Vec<CardInput> {
    let piece = |n| card(&format!("BAR-{n:03}"), "Cántaro de barro negro");
    (1..=count).map(piece).collect()
}

fn made(inputs: &[CardInput]) -> Document {
    cards(inputs, Sheet::A4, Language::Es).unwrap()
}

/// What each of the cards on a page says, photographed one by one.
fn read(bench: &Bench, sheet: Sheet, page: usize, dpi: u32, smooth: bool) -> Vec<String> {
    let [width, height] = match sheet {
        Sheet::A4 => [105.0, 74.25],
        Sheet::Letter => [107.95, 69.85],
    };
    let places = (0..8).map(|at| [(at % 2) as f32 * width, (at / 2) as f32 * height, width, height]);
    let codes = places.map(|place| bench.code_in(page, dpi, smooth, place));
    codes.filter(|code| !code.is_empty()).collect()
}

fn skus(inputs: &[CardInput]) -> Vec<String> {
    inputs.iter().map(|card| card.sku.clone()).collect()
}

#[test]
fn a_sheet_of_eight_is_read_from_near_and_from_afar() {
    let inputs = some(8);
    for sheet in [Sheet::A4, Sheet::Letter] {
        let document = cards(&inputs, sheet, Language::Es).unwrap();
        assert_eq!(document.pages, 1);
        let bench = Bench::of(&document);
        // A card 200 dots wide, and a printer's dots.
        for (dpi, smooth) in [(50, true), (300, false)] {
            assert_eq!(
                read(&bench, sheet, 0, dpi, smooth),
                skus(&inputs),
                "{sheet:?}, {dpi} dpi"
            );
        }
    }
}

#[test]
fn the_ninth_card_begins_a_sheet() {
    let inputs = some(9);
    let document = made(&inputs);
    assert_eq!(document.pages, 2);
    let bench = Bench::of(&document);
    assert_eq!(read(&bench, Sheet::A4, 0, 100, true), skus(&inputs[..8]));
    assert_eq!(read(&bench, Sheet::A4, 1, 100, true), skus(&inputs[8..]));
}

#[test]
fn one_card_stands_at_the_upper_left() {
    let document = made(&some(1));
    assert_eq!(document.pages, 1);
    let shown = document.boxes.iter().filter(|place| place.mark != Mark::Rule);
    assert!(shown.clone().count() > 4);
    let code = shown.clone().find(|place| place.mark == Mark::Code).unwrap();
    assert!(code.right - code.left > 55.0, "{code:?}");
    assert!(
        shown
            .clone()
            .all(|place| place.right < 105.0 && place.bottom < 74.25)
    );
}

#[test]
fn a_thousand_cards_are_one_sound_and_small_file() {
    let inputs = some(1_000);
    let document = made(&inputs);
    assert_eq!(document.pages, 125);
    assert!(document.pdf.len() < 1_000 * 2_000, "{} bytes", document.pdf.len());
    let bench = Bench::of(&document);
    let check = run(Command::new("qpdf").arg("--check").arg(bench.pdf()));
    assert!(
        check.contains("No syntax or stream encoding errors found"),
        "{check}"
    );
    let text = bench.text();
    for input in &inputs {
        assert!(text.contains(&input.sku), "{}", input.sku);
    }
    assert_eq!(read(&bench, Sheet::A4, 124, 100, true), skus(&inputs[992..]));
}

#[test]
fn the_same_cards_are_the_same_bytes() {
    assert_eq!(made(&some(9)).pdf, made(&some(9)).pdf);
}

#[test]
fn codes_say_what_people_write_as_a_sku() {
    let inputs = [
        "bar_001",
        "Ñandú-7",
        "7",
        "TLQ/2026/0042",
        "REB 01 (azul)",
        "W".repeat(60).as_str(),
    ]
    .map(|sku| card(sku, ""));
    let document = made(&inputs);
    assert_eq!(
        read(&Bench::of(&document), Sheet::A4, 0, 200, true),
        skus(&inputs)
    );
    assert_nothing_overlaps(&document);
    let spaced = made(&[card("  BAR-001 ", "")]);
    assert_eq!(read(&Bench::of(&spaced), Sheet::A4, 0, 200, true), ["BAR-001"]);
}

#[test]
fn the_card_says_in_words_what_it_is_for() {
    let said = [
        (Language::Es, "Primero una foto de esta tarjeta"),
        (Language::En, "First a photo of this card"),
        (Language::Fr, "D'abord une photo de cette carte"),
    ];
    for (language, how) in said {
        let document = cards(&some(1), Sheet::Letter, language).unwrap();
        let text = Bench::of(&document)
            .text()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        for part in [how, "BAR-001", "Cántaro de barro negro"] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}

#[test]
fn long_titles_are_cut_at_a_word_and_told() {
    let title = "Rebozo de seda con flecos anudados a mano, teñido con grana cochinilla y añil, ".repeat(6);
    let document = made(&[card("REB-001", &title)]);
    assert!(
        matches!(document.notes.first(), Some(Note::Shortened(_))),
        "{:?}",
        document.notes
    );
    assert_nothing_overlaps(&document);
    let text = Bench::of(&document).text();
    let last = text
        .lines()
        .find_map(|line| line.split('…').next().filter(|_| line.contains('…')));
    let word = last.unwrap().split_whitespace().next_back().unwrap();
    let words: Vec<&str> = title.split([' ', ',']).collect();
    assert!(words.contains(&word), "{word}");
}

/// A title has 80 letters at most, and a card has room for all of them.
#[test]
fn a_title_within_the_limits_is_never_cut() {
    let title: String =
        "Cántaro grande de barro negro bruñido, de San Bartolo Coyotepec, con tapa y asas".into();
    assert_eq!(title.chars().count(), 80);
    for sheet in [Sheet::A4, Sheet::Letter] {
        for language in Language::ALL {
            let inputs = [card("BARRO-NEGRO-00000042", &title), card("B", &"Wm ".repeat(26))];
            let document = cards(&inputs, sheet, language).unwrap();
            assert!(document.notes.is_empty(), "{:?}", document.notes);
            assert_nothing_overlaps(&document);
        }
    }
}

#[test]
fn nothing_overlaps_or_leaves_the_sheet_whatever_people_type() {
    let worst = card(&"WÑ-".repeat(60), &"ÁNGELwolkenkratzer".repeat(20));
    let inputs = vec![worst; 8];
    for (sheet, [width, height]) in [(Sheet::A4, [210.0, 297.0]), (Sheet::Letter, [215.9, 279.4])] {
        for language in Language::ALL {
            let document = cards(&inputs, sheet, language).unwrap();
            assert_nothing_overlaps(&document);
            for place in &document.boxes {
                // Marks end on whole dots.
                assert!(
                    place.right <= width + 0.05 && place.bottom <= height + 0.05,
                    "{place:?}"
                );
            }
        }
    }
}

#[test]
fn impossible_cards_are_refused() {
    let refused = |inputs: &[CardInput]| cards(inputs, Sheet::A4, Language::Es).unwrap_err();
    assert!(matches!(refused(&[]), DocumentError::Empty));
    assert!(matches!(
        refused(&[card(" ", "Sin clave")]),
        DocumentError::Code(_)
    ));
    let long = card(&"x".repeat(5_000), "");
    assert!(matches!(refused(&[long]), DocumentError::Code(_)));
}
