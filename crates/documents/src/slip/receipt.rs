//! The lower part, which the seller takes home: what was handed in, where and when, with the stamp.

use messages::{Language, Value};

use super::{CUT, DropOffInput, LEFT, RIGHT, WIDTH, sums, value_words};
use crate::DocumentError;
use crate::page::{Align, Pen, Slot, Style};
use crate::paragraph::BlockLine;
use crate::qr::qr;
use crate::words::{word, words};

const SQUARE: f32 = 9.0;
/// Numbers that fit: four columns of six.
const COLUMNS: usize = 4;
const ROWS: usize = 6;

pub(super) fn draw(pen: &mut Pen<'_>, input: &DropOffInput, language: Language) -> Result<(), DocumentError> {
    let top = CUT + 6.0;
    let code = qr(&input.number.to_string())?;
    let side = pen.mm(code.size as f32 * SQUARE);
    pen.qr(RIGHT - side, top + 2.0, SQUARE, &code);
    let edge = RIGHT - side - 6.0;

    pen.line_in(
        Style::bold(9.0),
        6.0,
        Slot::left(LEFT, top + 3.0, 90.0),
        &input.operator,
    );
    let title = word(language, "slip-receipt");
    pen.line_in(Style::bold(14.0), 8.0, Slot::left(LEFT, top + 9.4, 94.0), &title);
    pen.line(
        Style::bold(6.5),
        Align::Right,
        edge,
        top + 3.0,
        &word(language, "slip-number").to_uppercase(),
    );
    pen.line(
        Style::bold(15.0),
        Align::Right,
        edge,
        top + 9.6,
        &input.number.grouped(),
    );

    facts(pen, input, language, top + 12.6, edge);
    numbers(pen, input, language, top + 30.5);
    fields(pen, input, language, top + 62.0);
    Ok(())
}

/// Who, where and when at the left, and what it comes to.
fn facts(pen: &mut Pen<'_>, input: &DropOffInput, language: Language, top: f32, edge: f32) {
    let (grams, values) = sums(&input.parcels);
    let count = words(
        language,
        "slip-total-parcels",
        &[("n", Value::from(input.parcels.len()))],
    );
    let weight = messages::weight(language, grams);
    let date = messages::date(language, input.date_ms, input.utc_offset_minutes);
    let office = format!(
        "{} {} · {}",
        word(language, "slip-office"),
        input.office_code,
        input.office_name
    );
    let lines = [
        BlockLine::bold(format!("{count} · {weight} · {}", value_words(language, &values))),
        BlockLine::regular(input.seller.as_str()),
        BlockLine::regular(format!("{office} · {date}")),
    ];
    let block = pen.lay_out(&lines, [edge - LEFT, 15.5], 9.5, 5.0);
    pen.block(&block, LEFT, top);
}

fn numbers(pen: &mut Pen<'_>, input: &DropOffInput, language: Language, top: f32) {
    pen.rule(LEFT, top, WIDTH, 2.0);
    let heading = word(language, "slip-receipt-numbers").to_uppercase();
    pen.line(Style::bold(6.5), Align::Left, LEFT, top + 3.8, &heading);
    let most = COLUMNS * ROWS;
    // When they do not all fit, the last place says how many more there are.
    let shown = if input.parcels.len() > most {
        most - 1
    } else {
        input.parcels.len()
    };
    let room = WIDTH / COLUMNS as f32;
    let place = |at: usize| {
        let [column, row] = [at / ROWS, at % ROWS].map(|n| n as f32);
        (LEFT + column * room, top + 8.3 + row * 4.1)
    };
    for (at, parcel) in input.parcels.iter().take(shown).enumerate() {
        let text = match &parcel.number {
            Some(number) => format!("{}. {}", at + 1, number.grouped()),
            None => format!(
                "{}. {} · {}",
                at + 1,
                word(language, "slip-at-counter"),
                parcel.order
            ),
        };
        let (x, y) = place(at);
        pen.line_in(Style::regular(8.5), 4.5, Slot::left(x, y, room - 3.0), &text);
    }
    if input.parcels.len() > shown {
        let more = words(
            language,
            "slip-receipt-more",
            &[("n", Value::from(input.parcels.len() - shown))],
        );
        let (x, y) = place(most - 1);
        pen.line_in(Style::bold(8.0), 4.5, Slot::left(x, y, room - 3.0), &more);
    }
}

/// What the clerk fills in on the receipt.
fn fields(pen: &mut Pen<'_>, input: &DropOffInput, language: Language, top: f32) {
    let small = Style::regular(7.0);
    pen.frame(LEFT, top, 14.0, 10.0, 3.0);
    let of = words(language, "slip-of", &[("n", Value::from(input.parcels.len()))]);
    pen.line_in(
        Style::bold(10.0),
        6.0,
        Slot::left(LEFT + 16.0, top + 6.4, 15.0),
        &of,
    );
    pen.line_in(
        small,
        5.0,
        Slot::left(LEFT, top + 13.6, 34.0),
        &word(language, "slip-accepted"),
    );

    for (x, width, key) in [
        (LEFT + 40.0, 42.0, "slip-date-time"),
        (LEFT + 88.0, 56.0, "slip-clerk-signature"),
    ] {
        pen.rule(x, top + 10.0, width, 1.0);
        pen.line_in(small, 4.5, Slot::left(x, top + 13.6, width), &word(language, key));
    }
    let stamp = RIGHT - 36.0;
    pen.frame(stamp, top, 36.0, 15.0, 1.0);
    pen.line_in(
        Style::bold(7.0),
        5.0,
        Slot::left(stamp + 2.0, top + 3.6, 32.0),
        &word(language, "slip-stamp"),
    );
}
