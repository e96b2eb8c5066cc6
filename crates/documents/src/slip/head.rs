//! The head of each page: what it is, its number as bars, as a QR code and to type, who, where, when.

use messages::{Language, Value};

use super::{DropOffInput, LEFT, RIGHT, WIDTH};
use crate::DocumentError;
use crate::page::{Align, Pen, Slot, Style, bars_of};
use crate::paragraph::BlockLine;
use crate::qr::qr;
use crate::words::{word, words};

/// Dots at 300 dpi: 0.339 mm bars and 0.762 mm squares.
const BAR: f32 = 4.0;
const SQUARE: f32 = 9.0;

/// Draws the head and returns where the table begins.
pub(super) fn draw(
    pen: &mut Pen<'_>,
    input: &DropOffInput,
    language: Language,
    page: usize,
    pages: usize,
) -> Result<f32, DocumentError> {
    let codes = codes(pen, input)?;
    let room = codes - LEFT - 6.0;
    pen.line_in(
        Style::bold(11.0),
        7.0,
        Slot::left(LEFT, 15.5, room),
        &input.operator,
    );
    let title = word(language, "slip-title");
    pen.line_in(Style::bold(22.0), 14.0, Slot::left(LEFT, 25.2, room), &title);
    let args = [("page", Value::from(page + 1)), ("pages", Value::from(pages))];
    pen.line(
        Style::regular(9.0),
        Align::Left,
        LEFT,
        31.0,
        &words(language, "slip-page", &args),
    );
    pen.rule(LEFT, 35.5, WIDTH, 6.0);
    // A folded sheet shows its head: half of A4.
    pen.rule(0.0, 148.5, 4.0, 1.0);
    if page > 0 {
        return Ok(40.0);
    }
    people(pen, input, language);
    Ok(63.0)
}

/// The codes at the upper right; returns their left edge.
fn codes(pen: &mut Pen<'_>, input: &DropOffInput) -> Result<f32, DocumentError> {
    let number = input.number.to_string();
    let code = qr(&number)?;
    let side = pen.mm(code.size as f32 * SQUARE);
    let quiet = pen.mm(4.0 * SQUARE);
    let left = RIGHT - side;
    pen.qr(left, 14.0, SQUARE, &code);
    let widths = bars_of(&number)?;
    let modules: u32 = widths.iter().map(|width| u32::from(*width)).sum();
    let bars = pen.mm(modules as f32 * BAR);
    let x = left - quiet - pen.mm(10.0 * BAR) - 1.0 - bars;
    pen.bars(x, 12.0, 13.0, BAR, &widths);
    pen.line(
        Style::bold(13.0),
        Align::Centre,
        x + bars / 2.0,
        30.6,
        &input.number.grouped(),
    );
    Ok(x - pen.mm(10.0 * BAR))
}

/// Three columns: who hands in, where, when.
fn people(pen: &mut Pen<'_>, input: &DropOffInput, language: Language) {
    let date = messages::date(language, input.date_ms, input.utc_offset_minutes);
    let office = format!("{} · {}", input.office_code, input.office_name);
    let columns = [
        (
            LEFT,
            72.0,
            "slip-seller",
            &input.seller,
            input.seller_lines.as_slice(),
        ),
        (
            LEFT + 78.0,
            66.0,
            "slip-office",
            &office,
            input.office_lines.as_slice(),
        ),
        (LEFT + 150.0, 36.0, "slip-date", &date, &[]),
    ];
    for (x, width, key, first, rest) in columns {
        pen.line(
            Style::bold(6.5),
            Align::Left,
            x,
            40.6,
            &word(language, key).to_uppercase(),
        );
        let mut lines = vec![BlockLine::bold(first.as_str()).scaled(1.15)];
        lines.extend(rest.iter().map(BlockLine::regular));
        let block = pen.lay_out(&lines, [width, 18.5], 9.5, 5.5);
        pen.block(&block, x, 42.2);
    }
}
