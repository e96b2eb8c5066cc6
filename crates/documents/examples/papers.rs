//! Writes example papers to a folder, and says how long a thousand labels take.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout)]

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::time::Instant;

use documents::{CardInput, Paper, Sheet, cards, drop_off_slip, label, labels};
use messages::Language;

fn main() {
    let folder = std::env::args().nth(1).expect("papers FOLDER");
    let write = |name: &str, pdf: &[u8]| std::fs::write(format!("{folder}/{name}.pdf"), pdf).unwrap();
    let abroad = samples::abroad(47_312_482);
    let home = samples::home(47_312_483);
    let start = Instant::now();
    let first = label(&abroad, Paper::Label100x150, Language::Es).unwrap();
    println!("first label: {:?}, {} bytes", start.elapsed(), first.pdf.len());
    write("abroad", &first.pdf);
    write(
        "home",
        &label(&home, Paper::Label100x150, Language::Es).unwrap().pdf,
    );
    write(
        "no-number",
        &label(&samples::without_number(), Paper::Label100x150, Language::Es)
            .unwrap()
            .pdf,
    );
    write(
        "nasty",
        &label(&samples::nasty(), Paper::Label100x150, Language::Es)
            .unwrap()
            .pdf,
    );
    let four = [abroad.clone(), home, samples::without_number(), samples::nasty()];
    write(
        "sheet",
        &labels(&four, Paper::A4 { start: 1 }, Language::Fr).unwrap().pdf,
    );
    write(
        "slip",
        &drop_off_slip(&samples::drop_off(5), Language::Es).unwrap().pdf,
    );
    write(
        "long-slip",
        &drop_off_slip(&samples::drop_off(60), Language::En).unwrap().pdf,
    );
    write(
        "nasty-slip",
        &drop_off_slip(&samples::nasty_drop_off(), Language::Fr)
            .unwrap()
            .pdf,
    );

    let pieces = [
        ("BAR-001", "Cántaro de barro negro"),
        (
            "REB-0012-AZUL",
            "Rebozo de seda con flecos anudados a mano, teñido con grana cochinilla y añil",
        ),
        ("OLI 7", "Cajita de Olinalá"),
        ("TLQ/2026/000000042", "Juego de café de seis tazas con platos"),
        ("alebrije_jaguar_grande_rojo_2026", "Alebrije"),
    ];
    let pieces: Vec<CardInput> = pieces
        .iter()
        .cycle()
        .take(8)
        .map(|(sku, title)| CardInput {
            sku: (*sku).into(),
            title: (*title).into(),
        })
        .collect();
    write("cards", &cards(&pieces, Sheet::A4, Language::Es).unwrap().pdf);
    write(
        "cards-letter",
        &cards(&pieces, Sheet::Letter, Language::Fr).unwrap().pdf,
    );

    let thousand: Vec<_> = (0..1000).map(samples::abroad).collect();
    let start = Instant::now();
    let all = labels(&thousand, Paper::Label100x150, Language::Es).unwrap();
    println!("1,000 labels: {:?}, {} bytes", start.elapsed(), all.pdf.len());
    write("thousand", &all.pdf);
}
