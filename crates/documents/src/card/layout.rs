//! Where things stand on a card: the code at the left, as large as the card allows; beside it the SKU, the
//! title, and how the card is used.

use messages::Language;

use super::{COLUMNS, CardInput, ROWS};
use crate::DocumentError;
use crate::page::{Pen, Style};
use crate::paragraph::BlockLine;
use crate::qr::camera_qr;
use crate::words::word;

/// One card, in millimetres.
pub(super) struct Shape {
    pub width: f32,
    pub height: f32,
}

/// The code with its white: a side in millimetres, and the white's left edge.
const CODE: f32 = 58.0;
const CODE_LEFT: f32 = 2.5;
const TEXT_LEFT: f32 = 63.0;
/// The text stands beside the code, as high as it.
const TEXT_HEIGHT: f32 = 46.0;
/// Printers leave white at the sides of a sheet.
const RIGHT: f32 = 6.0;
/// Points.
const SKU_SIZE: f32 = 26.0;
/// Under this size a SKU rather takes more lines.
const SKU_LEAST: f32 = 13.0;
const SKU_HEIGHT: f32 = 20.0;
const HOW_SIZE: f32 = 8.0;

impl Shape {
    fn room(&self) -> f32 {
        self.width - RIGHT - TEXT_LEFT
    }

    fn top(&self) -> f32 {
        (self.height - TEXT_HEIGHT) / 2.0
    }
}

/// Draws one card with its upper left corner at the pen's origin.
pub(super) fn draw(
    pen: &mut Pen<'_>,
    input: &CardInput,
    shape: &Shape,
    language: Language,
) -> Result<(), DocumentError> {
    let sku = input.sku.trim();
    let code = camera_qr(sku)?;
    let module = (pen.dots(CODE) / (code.size + 8) as f32).floor();
    let side = pen.mm(code.size as f32 * module);
    let left = CODE_LEFT + (CODE - side) / 2.0;
    pen.qr(left, (shape.height - side) / 2.0, module, &code);

    let how = how(language);
    let how_height = pen.height_of(&how, shape.room(), HOW_SIZE);
    let how_top = shape.top() + TEXT_HEIGHT - how_height;
    pen.file.part("how", [shape.width, shape.height], |pen| {
        pen.rule(TEXT_LEFT, how_top - 2.0, shape.room(), 2.0);
        let block = pen.lay_out(&how, [shape.room(), how_height], HOW_SIZE, HOW_SIZE);
        pen.block(&block, TEXT_LEFT, how_top);
    });
    pen.part("how");

    let title_top = self::sku(pen, sku, shape) + 2.5;
    let room = [shape.room(), how_top - 4.0 - title_top];
    let title = pen.lay_out(&[BlockLine::regular(&input.title)], room, 12.0, 7.5);
    pen.block(&title, TEXT_LEFT, title_top);
    Ok(())
}

fn how(language: Language) -> [BlockLine; 1] {
    [BlockLine::regular(word(language, "card-how"))]
}

/// The SKU on one line if it can be read there from afar, else on more; returns its lower edge.
fn sku(pen: &mut Pen<'_>, sku: &str, shape: &Shape) -> f32 {
    let clean = pen.clean(sku);
    let natural = pen.width(Style::bold(SKU_SIZE), &clean);
    let size = (SKU_SIZE * (shape.room() / natural).min(1.0) * 20.0).floor() / 20.0;
    let (size, lines) = if size >= SKU_LEAST {
        (size, vec![BlockLine::bold(clean)])
    } else {
        (SKU_LEAST, broken(pen, &clean, shape.room()))
    };
    let block = pen.lay_out(&lines, [shape.room(), SKU_HEIGHT], size, 7.0);
    pen.block(&block, TEXT_LEFT, shape.top());
    shape.top() + pen.height_of(&lines, shape.room(), block.size).min(SKU_HEIGHT)
}

/// A SKU broken behind its separators, as far as it has any.
fn broken(pen: &Pen<'_>, sku: &str, room: f32) -> Vec<BlockLine> {
    let mut rows = vec![String::new()];
    for part in sku.split_inclusive(|c: char| !c.is_alphanumeric()) {
        match rows.last_mut() {
            Some(row) if pen.width(Style::bold(SKU_LEAST), &format!("{row}{part}")) <= room => {
                row.push_str(part)
            }
            _ => rows.push(part.to_owned()),
        }
    }
    rows.into_iter().map(BlockLine::bold).collect()
}

/// Thin marks where the cards are cut apart: at the edges of the sheet, and crosses where four cards meet.
pub(super) fn cut_marks(pen: &mut Pen<'_>, shape: &Shape) {
    const LENGTH: f32 = 8.0;
    pen.set_origin(0.0, 0.0);
    let [right, bottom] = [shape.width * COLUMNS as f32, shape.height * ROWS as f32];
    for row in 1..ROWS {
        let y = shape.height * row as f32;
        pen.rule(0.0, y, LENGTH, 1.0);
        pen.rule(right - LENGTH, y, LENGTH, 1.0);
        for column in 1..COLUMNS {
            let x = shape.width * column as f32;
            pen.rule(x - LENGTH / 2.0, y, LENGTH, 1.0);
            pen.upright(x, y - LENGTH / 2.0, LENGTH, 1.0);
        }
    }
    for column in 1..COLUMNS {
        let x = shape.width * column as f32;
        pen.upright(x, 0.0, LENGTH, 1.0);
        pen.upright(x, bottom - LENGTH, LENGTH, 1.0);
    }
}
