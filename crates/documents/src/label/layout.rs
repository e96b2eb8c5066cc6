//! Where things stand on a label, and what is different on each.

use messages::{Language, Value};

use super::LabelInput;
use super::outline::outline;
use crate::DocumentError;
use crate::page::{Align, Pen, Slot, Style, bars_of};
use crate::paragraph::BlockLine;
use crate::words::{word, words};

/// The room for one label, 100 mm wide.
pub(super) struct Shape {
    /// Millimetres.
    pub height: f32,
    /// Dots of the narrowest bar: 0.375 mm at 203 dpi, 0.423 mm at 300 dpi.
    module: f32,
}

impl Shape {
    pub const ROLL: Self = Self {
        height: 150.0,
        module: 3.0,
    };
    pub const QUARTER: Self = Self {
        height: 143.5,
        module: 5.0,
    };
}

pub(super) const LEFT: f32 = 4.0;
pub(super) const RIGHT: f32 = 96.0;
const TOP: f32 = 4.0;
pub(super) const HEAD_BOTTOM: f32 = 17.5;
pub(super) const SENDER_TOP: f32 = 19.0;
pub(super) const SENDER_HEIGHT: f32 = 27.0;
pub(super) const FACTS_LEFT: f32 = 64.0;
pub(super) const FACT_HEIGHT: f32 = 6.5;
pub(super) const ADDRESSEE_TOP: f32 = 47.5;
pub(super) const COUNTRY_HEIGHT: f32 = 9.5;
const BARS_HEIGHT: f32 = 15.0;
const CODE_HEIGHT: f32 = 23.0;
const CLERK_LEAST: f32 = 16.0;

/// What decides the outline of a label: labels with the same plan share it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Plan {
    pub language: Language,
    pub height: f32,
    pub addressee_height: f32,
    pub international: bool,
    pub numbered: bool,
}

impl Plan {
    /// The upper edge of the barcode, or of the room for a number.
    pub fn code_top(&self) -> f32 {
        ADDRESSEE_TOP + self.addressee_height + 3.0
    }

    /// The upper edge of the clerk's boxes, and their height.
    pub fn clerk(&self) -> (f32, f32) {
        let top = self.code_top() + CODE_HEIGHT + 1.5;
        (top, self.height - TOP - top)
    }

    fn name(&self) -> String {
        let Self {
            language,
            height,
            addressee_height,
            international,
            numbered,
        } = self;
        format!(
            "{language}-{height}-{addressee_height}-{}{}",
            u8::from(*international),
            u8::from(*numbered)
        )
    }
}

/// Draws one label with its upper left corner at the pen's origin.
pub(super) fn draw(
    pen: &mut Pen<'_>,
    input: &LabelInput,
    shape: &Shape,
    language: Language,
) -> Result<(), DocumentError> {
    let mut addressee = input.addressee.lines(&input.from_country);
    let international = input.addressee.country != input.from_country;
    let country = if international { addressee.pop() } else { None };
    let addressee = addressee_lines(addressee, &input.addressee.phone, language);
    let plan = plan(
        pen,
        &addressee,
        international,
        input.number.is_some(),
        shape,
        language,
    );
    let name = plan.name();
    pen.file
        .part(&name, [100.0, shape.height], |pen| outline(pen, &plan));
    pen.part(&name);

    head(pen, input);
    sender(pen, input, language);
    facts(pen, input, language);

    let [x, width] = [LEFT + 3.5, RIGHT - LEFT - 7.0];
    let room = addressee_room(plan.addressee_height, international);
    let block = pen.lay_out(&addressee, [width, room], 14.0, 6.0);
    pen.block(&block, x, ADDRESSEE_TOP + 6.0);
    if let Some(country) = country {
        let baseline = ADDRESSEE_TOP + plan.addressee_height - 2.9;
        let code = &input.addressee.country;
        let code_width = pen.line(
            Style::bold(15.0).white(),
            Align::Right,
            RIGHT - 3.5,
            baseline,
            code,
        );
        pen.line_in(
            Style::bold(15.0).white(),
            6.0,
            Slot::left(x, baseline, width - code_width - 4.0),
            &country,
        );
    }
    if let Some(number) = &input.number {
        let widths = bars_of(&number.to_string())?;
        let modules: u32 = widths.iter().map(|width| u32::from(*width)).sum();
        let bars = pen.mm(modules as f32 * shape.module);
        pen.bars(
            50.0 - bars / 2.0,
            plan.code_top(),
            BARS_HEIGHT,
            shape.module,
            &widths,
        );
        pen.line(
            Style::bold(14.0),
            Align::Centre,
            50.0,
            plan.code_top() + 20.7,
            &number.grouped(),
        );
    }
    Ok(())
}

/// Name and town stand out; the telephone is small.
fn addressee_lines(lines: Vec<String>, phone: &str, language: Language) -> Vec<BlockLine> {
    let last = lines.len().saturating_sub(1);
    let mut block: Vec<BlockLine> = lines
        .into_iter()
        .enumerate()
        .map(|(at, line)| {
            if at == 0 || at == last {
                BlockLine::bold(line)
            } else {
                BlockLine::regular(line)
            }
        })
        .collect();
    if !phone.trim().is_empty() {
        block.push(BlockLine::regular(phone_words(phone, language)).scaled(0.75));
    }
    block
}

fn phone_words(phone: &str, language: Language) -> String {
    words(language, "label-phone", &[("phone", Value::from(phone.trim()))])
}

fn addressee_room(height: f32, international: bool) -> f32 {
    height - 7.0 - if international { COUNTRY_HEIGHT } else { 0.0 }
}

/// The addressee's box grows by steps, at the cost of the clerk's, while the address needs it.
fn plan(
    pen: &mut Pen<'_>,
    addressee: &[BlockLine],
    international: bool,
    numbered: bool,
    shape: &Shape,
    language: Language,
) -> Plan {
    let most = shape.height - TOP - CODE_HEIGHT - 4.5 - CLERK_LEAST - ADDRESSEE_TOP;
    let needed = pen.height_of(addressee, RIGHT - LEFT - 7.0, 12.0);
    let mut addressee_height = 40.0;
    while addressee_height < most && addressee_room(addressee_height, international) < needed {
        addressee_height = (addressee_height + 4.0).min(most);
    }
    Plan {
        language,
        height: shape.height,
        addressee_height,
        international,
        numbered,
    }
}

fn head(pen: &mut Pen<'_>, input: &LabelInput) {
    pen.line_in(
        Style::bold(20.0).white(),
        8.0,
        Slot::centre(LEFT + 8.0, TOP + 8.5, 14.0),
        &input.indicator,
    );
    let [x, room] = [LEFT + 19.0, RIGHT - LEFT - 19.0];
    pen.line_in(
        Style::bold(14.0),
        8.0,
        Slot::left(x, TOP + 5.0, room),
        &input.operator,
    );
    pen.line_in(
        Style::regular(10.5),
        7.0,
        Slot::left(x, TOP + 10.4, room),
        &input.service,
    );
}

fn sender(pen: &mut Pen<'_>, input: &LabelInput, language: Language) {
    let lines = input.sender.lines(&input.addressee.country);
    let mut block: Vec<BlockLine> = lines
        .into_iter()
        .enumerate()
        .map(|(at, line)| {
            if at == 0 {
                BlockLine::bold(line)
            } else {
                BlockLine::regular(line)
            }
        })
        .collect();
    if !input.sender.phone.trim().is_empty() {
        block.push(BlockLine::regular(phone_words(&input.sender.phone, language)));
    }
    let block = pen.lay_out(&block, [FACTS_LEFT - LEFT - 3.0, SENDER_HEIGHT - 4.0], 8.5, 5.0);
    pen.block(&block, LEFT, SENDER_TOP + 4.0);
}

/// Weight, order, n of m, office: the words are part of the outline.
fn facts(pen: &mut Pen<'_>, input: &LabelInput, language: Language) {
    let values = [
        messages::weight(language, i64::from(input.grams)),
        input.order.clone(),
        format!("{}/{}", input.parcel, input.parcels),
        input.office.clone(),
    ];
    for (row, (value, (_, left))) in values.iter().zip(fact_words(pen, language)).enumerate() {
        let baseline = SENDER_TOP + row as f32 * FACT_HEIGHT + 4.6;
        pen.line_in(
            Style::bold(10.0),
            5.0,
            Slot::right(RIGHT, baseline, RIGHT - left),
            value,
        );
    }
}

/// The words before the facts, and from where on there is room for the values.
pub(super) fn fact_words(pen: &Pen<'_>, language: Language) -> [(String, f32); 4] {
    ["label-weight", "label-order", "label-parcel", "label-office"].map(|key| {
        let word = word(language, key);
        let left = FACTS_LEFT + pen.width(Style::regular(7.0), &word) + 1.5;
        (word, left)
    })
}

/// Thin marks where the four quarters of a sheet are cut apart.
pub(super) fn cut_marks(pen: &mut Pen<'_>) {
    pen.set_origin(0.0, 0.0);
    for x in [0.0, 102.5, 205.0] {
        pen.rule(x, 148.5, 5.0, 1.0);
    }
    for y in [0.0, 146.0, 292.0] {
        pen.upright(105.0, y, 5.0, 1.0);
    }
}
