//! The list of parcels, over as many pages as it takes.

use std::ops::Range;

use messages::{Language, Value};

use super::{DropOffInput, LEFT, RIGHT, WIDTH, sums};
use crate::page::{Align, Pen, Slot, Style};
use crate::words::{word, words};

const HEAD_HEIGHT: f32 = 6.5;
const ROW_HEIGHT: f32 = 6.2;

/// Rows that fit: on a first page that is also the last, on a first page, on a middle page, on a last page.
const ONLY: usize = 10;
const FIRST: usize = 33;
const MIDDLE: usize = 37;
const LAST: usize = 14;

/// Width and alignment of each column, from the left; the sum is the width of the page.
const COLUMNS: [(&str, f32, Align); 6] = [
    ("slip-column-n", 11.0, Align::Right),
    ("slip-column-number", 53.0, Align::Left),
    ("slip-column-destination", 18.0, Align::Left),
    ("slip-column-service", 52.0, Align::Left),
    ("slip-column-weight", 18.0, Align::Right),
    ("slip-column-value", 34.0, Align::Right),
];
const PAD: f32 = 2.0;

/// How many rows go on each page.
pub(super) fn pages(rows: usize) -> Vec<usize> {
    if rows <= ONLY {
        return vec![rows];
    }
    // The last page keeps a fair part, so that it is not a page of totals alone.
    let last = LAST.min(rows / 3);
    let mut rest = rows - last;
    let mut pages = Vec::new();
    while rest > 0 {
        let here = rest.min(if pages.is_empty() { FIRST } else { MIDDLE });
        pages.push(here);
        rest -= here;
    }
    pages.push(last);
    pages
}

/// Draws the rows from `top` and returns the lower edge.
pub(super) fn draw(
    pen: &mut Pen<'_>,
    input: &DropOffInput,
    language: Language,
    shown: Range<usize>,
    top: f32,
) -> f32 {
    pen.shade(LEFT, top, WIDTH, HEAD_HEIGHT, 0.9);
    for (at, (key, _, align)) in COLUMNS.iter().enumerate() {
        let (x, room) = cell(at, *align);
        pen.line_in(
            Style::bold(8.0),
            5.0,
            Slot {
                align: *align,
                x,
                y: top + 4.4,
                room,
            },
            &word(language, key),
        );
    }
    let mut y = top + HEAD_HEIGHT;
    for (n, parcel) in (shown.start + 1..).zip(&input.parcels[shown]) {
        let baseline = y + 4.3;
        let value = parcel.value.as_ref().map_or_else(
            || "–".to_owned(),
            |value| messages::money(language, value.minor, &value.currency),
        );
        let (number, style) = match &parcel.number {
            Some(number) => (number.grouped(), Style::bold(10.0)),
            None => {
                let order = words(
                    language,
                    "slip-order",
                    &[("order", Value::from(parcel.order.as_str()))],
                );
                let order = if parcel.order.is_empty() {
                    String::new()
                } else {
                    format!(" · {order}")
                };
                (
                    format!("{}{order}", word(language, "slip-at-counter")),
                    Style::regular(8.5),
                )
            }
        };
        let plain = Style::regular(9.0);
        let texts = [
            (n.to_string(), plain),
            (number, style),
            (parcel.destination.clone(), Style::bold(9.0)),
            (parcel.service.clone(), plain),
            (parcel.grams.to_string(), plain),
            (value, plain),
        ];
        for (at, (text, style)) in texts.iter().enumerate() {
            let align = COLUMNS[at].2;
            let (x, room) = cell(at, align);
            pen.line_in(
                *style,
                4.5,
                Slot {
                    align,
                    x,
                    y: baseline,
                    room,
                },
                text,
            );
        }
        y += ROW_HEIGHT;
        pen.rule(LEFT, y, WIDTH, 1.0);
    }
    y
}

/// The x to which a cell's text is held, and its room.
fn cell(at: usize, align: Align) -> (f32, f32) {
    let left: f32 = LEFT + COLUMNS[..at].iter().map(|(_, width, _)| width).sum::<f32>();
    let width = COLUMNS[at].1;
    let x = if align == Align::Right {
        left + width - PAD
    } else {
        left + PAD
    };
    (x, width - 2.0 * PAD)
}

/// What the list comes to so far, at the foot of a page that is not the last.
pub(super) fn running_total(
    pen: &mut Pen<'_>,
    input: &DropOffInput,
    language: Language,
    rows: usize,
    y: f32,
) {
    let (grams, _) = sums(&input.parcels[..rows]);
    let parcels = words(language, "slip-total-parcels", &[("n", Value::from(rows))]);
    let weight = messages::weight(language, grams);
    let args = [("parcels", Value::from(parcels)), ("weight", Value::from(weight))];
    let text = words(language, "slip-so-far", &args);
    pen.line_in(
        Style::bold(9.0),
        6.0,
        Slot::right(RIGHT - PAD, y + 6.0, WIDTH),
        &text,
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_its_page() {
        for rows in 1..=200 {
            let pages = pages(rows);
            assert_eq!(pages.iter().sum::<usize>(), rows);
            assert!(pages.iter().all(|n| *n > 0));
            let last = pages.last().copied().unwrap_or(0);
            assert!(last <= if pages.len() == 1 { ONLY } else { LAST });
        }
        assert_eq!(pages(1), [1]);
        assert_eq!(pages(11), [8, 3]);
        assert_eq!(pages(60), [33, 13, 14]);
        assert_eq!(COLUMNS.iter().map(|(_, width, _)| width).sum::<f32>(), WIDTH);
    }
}
