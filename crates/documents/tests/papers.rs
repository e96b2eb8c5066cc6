//! The papers as printers and readers see them: rendered, scanned, read as text, measured.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod bench;
mod samples;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use documents::{Document, DocumentError, Mark, Note, Paper, drop_off_slip, label, labels};
use messages::Language;

use bench::{Bench, assert_nothing_overlaps, run};

/// Width, height and dots of a grey page.
fn dots(page: &Path) -> (usize, usize, Vec<u8>) {
    let bytes = std::fs::read(page).unwrap();
    let mut at = 0;
    let mut field = || {
        let start = at;
        while !bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        at += 1;
        String::from_utf8(bytes[start..at - 1].to_vec()).unwrap()
    };
    assert_eq!(field(), "P5");
    let [width, height] = [field(), field()].map(|n| n.parse::<usize>().unwrap());
    assert_eq!(field(), "255");
    (width, height, bytes[at..].to_vec())
}

fn one(input: &documents::LabelInput) -> Document {
    label(input, Paper::Label100x150, Language::Es).unwrap()
}

#[test]
fn labels_are_scanned_at_the_dots_of_printers_and_screens() {
    let document = one(&samples::abroad(47_312_482));
    let bench = Bench::of(&document);
    for (dpi, smooth) in [(203, false), (203, true), (300, false), (300, true)] {
        assert_eq!(
            bench.scanned(0, dpi, smooth),
            ["CODE-128:RR473124829MX"],
            "{dpi} dpi, smooth: {smooth}"
        );
    }
}

#[test]
fn a_sheet_of_four_is_scanned_whole() {
    let inputs: Vec<_> = (0..4).map(|n| samples::home(47_312_482 + n)).collect();
    let document = labels(&inputs, Paper::A4 { start: 0 }, Language::Es).unwrap();
    assert_eq!(document.pages, 1);
    let expected: Vec<String> = inputs
        .iter()
        .map(|i| format!("CODE-128:{}", i.number.unwrap()))
        .collect();
    let bench = Bench::of(&document);
    for dpi in [203, 300] {
        assert_eq!(bench.scanned(0, dpi, false), expected, "{dpi} dpi");
    }
    assert_nothing_overlaps(&document);
}

#[test]
fn a_used_sheet_is_used_up() {
    let inputs: Vec<_> = (0..3).map(samples::abroad).collect();
    let document = labels(&inputs, Paper::A4 { start: 2 }, Language::Es).unwrap();
    assert_eq!(document.pages, 2);
    let on_first = document
        .boxes
        .iter()
        .filter(|b| b.page == 0 && b.mark != Mark::Rule);
    assert!(on_first.clone().count() > 0 && on_first.clone().all(|b| b.top > 148.5));
    let on_second = document
        .boxes
        .iter()
        .filter(|b| b.page == 1 && b.mark != Mark::Rule);
    assert!(on_second.clone().count() > 0 && on_second.clone().all(|b| b.right < 105.0 && b.bottom < 148.5));
}

#[test]
fn the_slip_is_scanned_as_bars_and_as_qr() {
    let input = samples::drop_off(5);
    let bench = Bench::of(&drop_off_slip(&input, Language::Es).unwrap());
    for dpi in [203, 300] {
        // The QR code stands on the office's part and on the seller's.
        let found = bench.scanned(0, dpi, false);
        assert_eq!(
            found,
            [
                format!("CODE-128:{}", input.number),
                format!("QR-Code:{}", input.number),
                format!("QR-Code:{}", input.number)
            ]
        );
    }
}

/// UPU S10 bars: 156 modules of three whole dots (0.375 mm), ten modules white on each side, at least
/// 12.5 mm high, black and nothing else.
#[test]
fn bars_are_whole_printer_dots() {
    let bench = Bench::of(&one(&samples::abroad(47_312_482)));
    let (width, height, dots) = dots(&bench.render(0, 203, false));
    let rows: Vec<&[u8]> = dots.chunks_exact(width).collect();
    assert_eq!(rows.len(), height);
    let runs = |row: &[u8]| -> Vec<(u8, usize)> {
        let chunks = row.chunk_by(|a, b| a == b);
        chunks.map(|run| (run[0], run.len())).collect()
    };
    // White, 85 bars and spaces, white: of the rows like that, those through the code are all the same.
    let mut through: BTreeMap<&[u8], usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| runs(row).len() == 87) {
        *through.entry(row).or_default() += 1;
    }
    let (row, same) = through.into_iter().max_by_key(|(_, count)| *count).unwrap();
    let found = runs(row);
    assert!(same as f32 / 203.0 * 25.4 >= 12.5, "{same} rows");
    assert!(found[0].1 >= 30 && found[86].1 >= 30, "quiet on both sides");
    let bars = &found[1..86];
    assert!(
        bars.iter()
            .all(|(grey, dots)| (*grey == 0 || *grey == 255) && dots % 3 == 0 && *dots <= 12)
    );
    assert_eq!(bars.iter().map(|(_, dots)| dots).sum::<usize>(), 156 * 3);
}

#[test]
fn qr_squares_are_whole_dots() {
    let bench = Bench::of(&drop_off_slip(&samples::drop_off(1), Language::Es).unwrap());
    let (width, _, dots) = dots(&bench.render(0, 300, false));
    // The first row of the QR code: a finder's seven squares at the right end of the codes.
    let right = (198.0 / 25.4 * 300.0_f32).round() as usize;
    let top = (14.0 / 25.4 * 300.0_f32).round() as usize;
    let row = &dots[(top + 1) * width..(top + 2) * width];
    assert_eq!(row[right - 1], 0);
    assert_eq!(row[right], 255);
    assert!(
        row[right - 63..right].iter().all(|dot| *dot == 0),
        "seven squares of nine dots"
    );
    assert_eq!(row[right - 64], 255);
}

#[test]
fn text_comes_out_with_its_accents() {
    let mut input = samples::home(1);
    input.addressee.name = "Ñandú Güémez Íñigo Ángel Óscar Úrsula ° ´".into();
    input.addressee.organisation = "N\u{303}andu\u{301} de Ɓẹ́łżec".into();
    let document = one(&input);
    assert!(document.notes.is_empty(), "{:?}", document.notes);
    let text = Bench::of(&document).text();
    for part in [
        "Ñandú Güémez Íñigo Ángel Óscar",
        "Úrsula ° ´",
        "Ñandú de Ɓ",
        "łżec",
        "06700 CUAUHTÉMOC, CDMX",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

#[test]
fn what_a_clerk_needs_is_on_the_slip_in_words() {
    let input = samples::drop_off(5);
    let text = Bench::of(&drop_off_slip(&input, Language::Es).unwrap()).text();
    let number = input.number.grouped();
    for part in [
        number.as_str(),
        "Ficha de depósito",
        "página 1 de 1",
        "Úrsula Güémez Ñandú",
        "68001 · Oaxaca Centro",
        "RR 473 124 829 MX",
        "en ventanilla · Pedido P-1045",
        "$2,450.00",
        "1250",
        "5 envíos",
        "13.6",
        "$16,040.00",
        "Encomienda internacional",
        "Envíos aceptados",
        "No aceptados",
        "Sello",
        "Fecha y hora",
        "Firma de quien entrega",
        "50 mm",
        "21 de noviembre",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
}

#[test]
fn long_lists_go_on_and_say_how_far() {
    let document = drop_off_slip(&samples::drop_off(60), Language::Es).unwrap();
    assert_eq!(document.pages, 3);
    assert_nothing_overlaps(&document);
    let text = Bench::of(&document).text();
    for part in [
        "página 1 de 3",
        "página 3 de 3",
        "Hasta aquí: 33 envíos",
        "60 envíos",
        "y 37 más",
    ] {
        assert!(text.contains(part), "{part} in\n{text}");
    }
    for parcel in samples::drop_off(60).parcels {
        if let Some(number) = parcel.number {
            assert!(text.contains(&number.grouped()), "{number}");
        }
    }
}

#[test]
fn nothing_overlaps_whatever_people_type() {
    for language in Language::ALL {
        for input in [
            samples::abroad(1),
            samples::home(1),
            samples::without_number(),
            samples::nasty(),
        ] {
            for paper in [Paper::Label100x150, Paper::A4 { start: 3 }] {
                assert_nothing_overlaps(&label(&input, paper, language).unwrap());
            }
        }
        for input in [
            samples::drop_off(1),
            samples::drop_off(10),
            samples::nasty_drop_off(),
        ] {
            assert_nothing_overlaps(&drop_off_slip(&input, language).unwrap());
        }
    }
}

#[test]
fn everything_stays_on_the_paper() {
    let roll = one(&samples::nasty());
    assert!(roll.boxes.iter().all(|b| b.right <= 100.0 && b.bottom <= 150.0));
    let slip = drop_off_slip(&samples::nasty_drop_off(), Language::Fr).unwrap();
    assert!(slip.boxes.iter().all(|b| b.right <= 210.0 && b.bottom <= 297.0));
}

#[test]
fn cuts_and_missing_letters_are_told() {
    let mut input = samples::home(1);
    input.addressee.name = "山田 Tarō 🎁".into();
    let notes = one(&input).notes;
    assert!(
        notes.contains(&Note::Replaced('山')) && notes.contains(&Note::Replaced('🎁')),
        "{notes:?}"
    );
    assert_eq!(notes.len(), 3);
    input.addressee.name = "a ".repeat(5_000);
    let document = one(&input);
    assert!(matches!(document.notes.first(), Some(Note::Shortened(_))));
    assert_nothing_overlaps(&document);
}

#[test]
fn an_addressee_within_the_limits_is_never_cut() {
    let document = one(&samples::nasty());
    let city = samples::nasty().addressee.city.to_uppercase();
    // The sender's own, with its country's name, may be cut: the addressee's is the one that must arrive.
    let cut: Vec<_> = document
        .notes
        .iter()
        .filter(
            |note| matches!(note, Note::Shortened(text) if text.contains(&city) && !text.contains("MÉXICO")),
        )
        .collect();
    assert!(cut.is_empty(), "{cut:?}");
}

#[test]
fn a_label_without_a_number_has_no_bars() {
    let document = one(&samples::without_number());
    let bench = Bench::of(&document);
    let page = bench.render(0, 203, false);
    let read = Command::new("zbarimg").arg("--quiet").arg(page).output().unwrap();
    assert!(read.stdout.is_empty());
    assert!(bench.text().contains("El número se asigna en ventanilla"));
}

#[test]
fn files_are_sound_and_always_the_same() {
    let make: [fn() -> Document; 4] = [
        || one(&samples::abroad(1)),
        || {
            labels(
                &[samples::home(1), samples::nasty()],
                Paper::A4 { start: 0 },
                Language::Fr,
            )
            .unwrap()
        },
        || drop_off_slip(&samples::drop_off(200), Language::En).unwrap(),
        || drop_off_slip(&samples::nasty_drop_off(), Language::Es).unwrap(),
    ];
    for make in make {
        let document = make();
        assert_eq!(document.pdf, make().pdf);
        let bench = Bench::of(&document);
        let check = run(Command::new("qpdf").arg("--check").arg(bench.pdf()));
        assert!(
            check.contains("No syntax or stream encoding errors found"),
            "{check}"
        );
        let fonts = run(Command::new("pdffonts").arg(bench.pdf()));
        // Name, type, encoding, embedded, subset, Unicode.
        for font in fonts.lines().skip(2) {
            assert!(
                font.contains("NotoSans") && font.contains("yes yes yes"),
                "{fonts}"
            );
        }
    }
}

#[test]
fn viewers_are_asked_for_true_size() {
    let document = one(&samples::abroad(1));
    let pdf = String::from_utf8_lossy(&document.pdf);
    assert!(pdf.contains("/PrintScaling /None") && pdf.contains("/PickTrayByPDFSize true"));
    let info = run(Command::new("pdfinfo").arg(Bench::of(&document).pdf()));
    assert!(
        info.contains("283.465 x 425.197") || info.contains("283.46 x 425.2"),
        "{info}"
    );
}

#[test]
fn small_files() {
    let single = one(&samples::abroad(1)).pdf.len();
    let fifty: Vec<_> = (0..50).map(samples::abroad).collect();
    let fifty = labels(&fifty, Paper::Label100x150, Language::Es)
        .unwrap()
        .pdf
        .len();
    assert!(single <= 40_000, "{single}");
    assert!((fifty - single) / 49 <= 2_500, "{}", (fifty - single) / 49);
}

#[test]
fn impossible_orders_are_refused() {
    let paper = Paper::Label100x150;
    assert!(matches!(
        labels(&[], paper, Language::Es),
        Err(DocumentError::Empty)
    ));
    let start = label(&samples::abroad(1), Paper::A4 { start: 4 }, Language::Es);
    assert!(matches!(start, Err(DocumentError::StartSlot(4))));
    assert!(matches!(
        drop_off_slip(&samples::drop_off(0), Language::Es),
        Err(DocumentError::Empty)
    ));
    assert!(matches!(
        drop_off_slip(&samples::drop_off(201), Language::Es),
        Err(DocumentError::TooMany(201))
    ));
}
