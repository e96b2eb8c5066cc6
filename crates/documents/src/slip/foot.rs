//! Below the list: what it comes to, the seller's signature, and all that the clerk fills in.

use messages::{Language, Value};

use super::{CUT, DropOffInput, LEFT, RIGHT, WIDTH, by_service, sums, value_words};
use crate::page::{Align, Pen, Slot, Style};
use crate::paragraph::BlockLine;
use crate::words::{word, words};

/// The clerk's box takes the room that a short list leaves, within reason.
const CLERK_LEAST: f32 = 42.0;
const CLERK_MOST: f32 = 63.0;
/// Below the table, for the totals and the seller's signature.
const TOTALS_HEIGHT: f32 = 21.0;

/// Draws all between the table's lower edge and the line to cut along.
pub(super) fn draw(pen: &mut Pen<'_>, input: &DropOffInput, language: Language, table_bottom: f32) {
    totals(pen, input, language, table_bottom);
    let bottom = CUT - 11.0;
    let height = (bottom - table_bottom - TOTALS_HEIGHT).clamp(CLERK_LEAST, CLERK_MOST);
    clerk(pen, input, language, bottom - height, height);
    calibration(pen, language, CUT - 5.5);
    pen.dashes(0.0, CUT, 210.0, 2.0);
    let text = word(language, "slip-cut");
    pen.line(Style::regular(6.5), Align::Right, RIGHT, CUT - 1.6, &text);
}

fn totals(pen: &mut Pen<'_>, input: &DropOffInput, language: Language, top: f32) {
    let (grams, values) = sums(&input.parcels);
    let count = words(
        language,
        "slip-total-parcels",
        &[("n", Value::from(input.parcels.len()))],
    );
    let weight = messages::weight(language, grams);
    let sum = format!("{count} · {weight} · {}", value_words(language, &values));
    pen.rule(LEFT, top, WIDTH, 4.0);
    pen.line(
        Style::bold(6.5),
        Align::Left,
        LEFT + 2.0,
        top + 4.4,
        &word(language, "slip-totals").to_uppercase(),
    );
    let mut lines = vec![BlockLine::bold(sum).scaled(1.2)];
    let services = by_service(&input.parcels);
    let services = services
        .iter()
        .map(|(n, service)| format!("{n}\u{a0}×\u{a0}{service}"));
    let services: Vec<String> = services.collect();
    if services.len() <= 3 {
        lines.extend(services.into_iter().map(BlockLine::regular));
    } else {
        lines.push(BlockLine::regular(services.join(" · ")));
    }
    let block = pen.lay_out(&lines, [112.0, 13.5], 9.0, 5.0);
    pen.block(&block, LEFT + 2.0, top + 5.6);

    let x = RIGHT - 62.0;
    pen.rule(x, top + 15.5, 62.0, 2.0);
    pen.line_in(
        Style::regular(7.0),
        5.0,
        Slot::left(x, top + 18.6, 62.0),
        &word(language, "slip-seller-signature"),
    );
}

fn clerk(pen: &mut Pen<'_>, input: &DropOffInput, language: Language, top: f32, height: f32) {
    pen.frame(LEFT, top, WIDTH, height, 4.0);
    pen.rect(LEFT, top, WIDTH, 6.0);
    let title = word(language, "slip-clerk").to_uppercase();
    pen.line(
        Style::bold(9.0).white(),
        Align::Left,
        LEFT + 3.0,
        top + 4.3,
        &title,
    );

    let head = top + 10.4;
    let small = Style::bold(7.0);
    // Accepted: a large box to write a figure in.
    pen.line_in(
        small,
        5.0,
        Slot::left(LEFT + 3.0, head, 36.0),
        &word(language, "slip-accepted"),
    );
    pen.frame(LEFT + 3.0, top + 12.5, 17.0, 12.0, 3.0);
    let of = words(language, "slip-of", &[("n", Value::from(input.parcels.len()))]);
    pen.line_in(
        Style::bold(12.0),
        7.0,
        Slot::left(LEFT + 22.0, top + 20.2, 17.0),
        &of,
    );

    // Not accepted: lines to write on.
    let x = LEFT + 43.0;
    pen.line_in(
        small,
        5.0,
        Slot::left(x, head, 58.0),
        &word(language, "slip-rejected"),
    );
    let foot = top + height;
    let mut line = foot - 3.5;
    while line > head + 5.0 {
        pen.rule(x, line, 58.0, 1.0);
        line -= 7.0;
    }

    // Date and time below the count, signature across.
    pen.rule(LEFT + 3.0, foot - 7.5, 36.0, 1.0);
    pen.line_in(
        Style::regular(7.0),
        5.0,
        Slot::left(LEFT + 3.0, foot - 4.2, 36.0),
        &word(language, "slip-date-time"),
    );

    let stamp = RIGHT - 79.0;
    pen.frame(stamp, top + 8.5, 32.0, height - 11.5, 1.0);
    pen.line_in(
        small,
        5.0,
        Slot::left(stamp + 2.0, head + 1.4, 28.0),
        &word(language, "slip-stamp"),
    );

    let x = RIGHT - 43.0;
    pen.rule(x, foot - 7.5, 40.0, 1.0);
    pen.line_in(
        Style::regular(7.0),
        4.5,
        Slot::left(x, foot - 4.2, 40.0),
        &word(language, "slip-clerk-signature"),
    );
}

/// A line of 50 mm: whoever doubts the scale lays a ruler on it.
fn calibration(pen: &mut Pen<'_>, language: Language, y: f32) {
    pen.rule(LEFT, y, 50.0, 2.0);
    pen.upright(LEFT, y - 1.4, 2.8, 2.0);
    pen.upright(LEFT + 50.0 - pen.mm(2.0), y - 1.4, 2.8, 2.0);
    let text = word(language, "slip-calibration");
    pen.line_in(
        Style::regular(6.5),
        5.0,
        Slot::left(LEFT + 53.0, y + 0.9, WIDTH - 53.0),
        &text,
    );
}
