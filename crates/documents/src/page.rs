//! A page on which is drawn in printer dots, from the top left corner.

use std::collections::BTreeSet;

use pdf_writer::{Content, Name, Str};

use crate::DocumentError;
use crate::face::{DROP, RISE, Typeface, Weight};
use crate::pdf::{File, Font};

/// A finished paper.
#[derive(Clone, Debug)]
pub struct Document {
    /// The PDF file. The same input gives the same bytes.
    pub pdf: Vec<u8>,
    pub pages: usize,
    /// What could not be printed as it was given.
    pub notes: BTreeSet<Note>,
    /// Where each text, code and rule stands, for checks and for showing it on a screen.
    pub boxes: Vec<PlacedBox>,
}

/// Something that the person who prints should know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Note {
    /// The typeface lacks this character; a plain letter or `?` stands in its place.
    Replaced(char),
    /// This text was cut: it has no room even in the smallest letters.
    Shortened(String),
}

/// What stands in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Letters, from the top of accented capitals to the foot of `g`.
    Text,
    /// A barcode or QR code with the white that it needs around it.
    Code,
    /// A rule or the edge of a box.
    Rule,
}

/// The place of a text, code or rule in millimetres from the top left corner of its page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedBox {
    pub mark: Mark,
    /// From 0.
    pub page: usize,
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl PlacedBox {
    /// A place in dots from an origin as a place in millimetres on a page.
    fn moved(&self, page: usize, [x, y]: [f32; 2], mm: f32) -> Self {
        Self {
            mark: self.mark,
            page,
            left: (x + self.left) * mm,
            top: (y + self.top) * mm,
            right: (x + self.right) * mm,
            bottom: (y + self.bottom) * mm,
        }
    }

    /// Whether two boxes share a spot of a page. Rules may meet and cross each other.
    pub fn overlaps(&self, other: &Self) -> bool {
        // A hundredth of a millimetre is rounding.
        const TOUCH: f32 = 0.01;
        self.page == other.page
            && !(self.mark == Mark::Rule && other.mark == Mark::Rule)
            && self.left + TOUCH < other.right
            && other.left + TOUCH < self.right
            && self.top + TOUCH < other.bottom
            && other.top + TOUCH < self.bottom
    }
}

/// The side on which text is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Centre,
    Right,
}

/// How a line of text looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub weight: Weight,
    /// Points.
    pub size: f32,
    /// 0 black to 1 white.
    pub grey: f32,
}

impl Style {
    pub const fn regular(size: f32) -> Self {
        Self {
            weight: Weight::Regular,
            size,
            grey: 0.0,
        }
    }

    pub const fn bold(size: f32) -> Self {
        Self {
            weight: Weight::Bold,
            size,
            grey: 0.0,
        }
    }

    pub const fn white(self) -> Self {
        Self { grey: 1.0, ..self }
    }
}

/// Where a line of text goes: its baseline, the x to which it is held, and the most it may be wide.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    pub align: Align,
    pub x: f32,
    pub y: f32,
    pub room: f32,
}

impl Slot {
    pub const fn left(x: f32, y: f32, room: f32) -> Self {
        Self {
            align: Align::Left,
            x,
            y,
            room,
        }
    }

    pub const fn centre(x: f32, y: f32, room: f32) -> Self {
        Self {
            align: Align::Centre,
            x,
            y,
            room,
        }
    }

    pub const fn right(x: f32, y: f32, room: f32) -> Self {
        Self {
            align: Align::Right,
            x,
            y,
            room,
        }
    }
}

/// Rectangles are drawn this much smaller on each side, in dots, so that a rasteriser that paints every
/// dot a shape touches does not make bars wider.
const INSET: f32 = 0.02;

/// Draws on one page, or on a part that many pages share. Lengths are millimetres unless they say dots;
/// rectangles and rules come to lie on whole dots.
pub(crate) struct Pen<'f> {
    pub file: &'f mut File,
    content: Content,
    /// Where 0, 0 is on the page, in dots.
    origin: [f32; 2],
    /// Which page the boxes belong to; none on a shared part.
    page: Option<usize>,
    grey: f32,
}

impl<'f> Pen<'f> {
    pub fn on_page(file: &'f mut File, page: usize) -> Self {
        let mut content = Content::new();
        let [_, height] = file.paper_pt;
        let unit = 72.0 / file.dpi;
        content.transform([unit, 0.0, 0.0, -unit, 0.0, height]);
        Self {
            file,
            content,
            origin: [0.0; 2],
            page: Some(page),
            grey: 0.0,
        }
    }

    /// On a part that is drawn once and shown on many pages.
    pub fn on_part(file: &'f mut File) -> Self {
        Self {
            file,
            content: Content::new(),
            origin: [0.0; 2],
            page: None,
            grey: 0.0,
        }
    }

    pub fn finish(self) -> Vec<u8> {
        self.content.finish().to_vec()
    }

    pub fn typeface(&self) -> &'static Typeface {
        self.file.typeface
    }

    /// Moves 0, 0 to a place of the page, on a whole dot.
    pub fn set_origin(&mut self, x: f32, y: f32) {
        self.origin = [self.dots(x).round(), self.dots(y).round()];
    }

    /// A length in dots.
    pub fn dots(&self, mm: f32) -> f32 {
        mm / 25.4 * self.file.dpi
    }

    /// A length in millimetres.
    pub fn mm(&self, dots: f32) -> f32 {
        dots / self.file.dpi * 25.4
    }

    fn colour(&mut self, grey: f32) {
        if (self.grey - grey).abs() > f32::EPSILON {
            self.content.set_fill_gray(grey);
            self.grey = grey;
        }
    }

    /// Filled black.
    pub fn rect(&mut self, x: f32, y: f32, width: f32, height: f32) {
        self.shade(x, y, width, height, 0.0);
    }

    /// Filled with a grey, 0 black to 1 white.
    pub fn shade(&mut self, x: f32, y: f32, width: f32, height: f32, grey: f32) {
        let [left, top] = [self.dots(x).round(), self.dots(y).round()];
        let [right, bottom] = [self.dots(x + width).round(), self.dots(y + height).round()];
        self.colour(grey);
        self.rect_dots(left, top, (right - left).max(1.0), (bottom - top).max(1.0));
        self.content.fill_nonzero();
    }

    /// Adds a rectangle in whole dots from the origin to the path.
    fn rect_dots(&mut self, x: f32, y: f32, width: f32, height: f32) {
        let [left, top] = self.origin;
        self.content.rect(
            left + x + INSET,
            top + y + INSET,
            width - 2.0 * INSET,
            height - 2.0 * INSET,
        );
    }

    /// A rule from left to right; `thick` in dots, its upper edge at `y`.
    pub fn rule(&mut self, x: f32, y: f32, width: f32, thick: f32) {
        let [left, top, right] = [
            self.dots(x).round(),
            self.dots(y).round(),
            self.dots(x + width).round(),
        ];
        self.colour(0.0);
        self.rect_dots(left, top, right - left, thick);
        self.content.fill_nonzero();
        self.occupy(Mark::Rule, [left, top, right, top + thick]);
    }

    /// A rule downwards; `thick` in dots, its left edge at `x`.
    pub fn upright(&mut self, x: f32, y: f32, height: f32, thick: f32) {
        let [left, top, bottom] = [
            self.dots(x).round(),
            self.dots(y).round(),
            self.dots(y + height).round(),
        ];
        self.colour(0.0);
        self.rect_dots(left, top, thick, bottom - top);
        self.content.fill_nonzero();
        self.occupy(Mark::Rule, [left, top, left + thick, bottom]);
    }

    /// The outline of a box; `thick` in dots, inside its edges.
    pub fn frame(&mut self, x: f32, y: f32, width: f32, height: f32, thick: f32) {
        let [left, top] = [self.dots(x).round(), self.dots(y).round()];
        let [right, bottom] = [self.dots(x + width).round(), self.dots(y + height).round()];
        self.colour(0.0);
        self.rect_dots(left, top, right - left, thick);
        self.rect_dots(left, bottom - thick, right - left, thick);
        self.rect_dots(left, top + thick, thick, bottom - top - 2.0 * thick);
        self.rect_dots(right - thick, top + thick, thick, bottom - top - 2.0 * thick);
        self.content.fill_nonzero();
        self.occupy(Mark::Rule, [left, top, right, top + thick]);
        self.occupy(Mark::Rule, [left, bottom - thick, right, bottom]);
        self.occupy(Mark::Rule, [left, top, left + thick, bottom]);
        self.occupy(Mark::Rule, [right - thick, top, right, bottom]);
    }

    /// A row of dashes of 2 mm with gaps of 1.5 mm; `thick` in dots.
    pub fn dashes(&mut self, x: f32, y: f32, width: f32, thick: f32) {
        self.colour(0.0);
        let mut at = 0.0;
        while at < width {
            let [left, right] = [
                self.dots(x + at).round(),
                self.dots((x + at + 2.0).min(x + width)).round(),
            ];
            let top = self.dots(y).round();
            self.rect_dots(left, top, right - left, thick);
            at += 3.5;
        }
        self.content.fill_nonzero();
    }

    /// Bars of a linear code from their left edge, a module being `module` whole dots; returns the width.
    pub fn bars(&mut self, x: f32, y: f32, height: f32, module: f32, widths: &[u8]) -> f32 {
        let [left, top, bottom] = [
            self.dots(x).round(),
            self.dots(y).round(),
            self.dots(y + height).round(),
        ];
        self.colour(0.0);
        let mut at = left;
        for (index, width) in widths.iter().enumerate() {
            let width = f32::from(*width) * module;
            if index % 2 == 0 {
                self.rect_dots(at, top, width, bottom - top);
            }
            at += width;
        }
        self.content.fill_nonzero();
        let quiet = 10.0 * module;
        self.occupy(Mark::Code, [left - quiet, top, at + quiet, bottom]);
        self.mm(at - left)
    }

    /// A QR code with its upper left module at `x`, `y`, a module being `module` whole dots.
    pub fn qr(&mut self, x: f32, y: f32, module: f32, code: &crate::qr::Qr) {
        let [left, top] = [self.dots(x).round(), self.dots(y).round()];
        self.colour(0.0);
        for rect in &code.rects {
            let [x, y, width, height] = rect.map(|modules| modules as f32 * module);
            self.rect_dots(left + x, top + y, width, height);
        }
        self.content.fill_nonzero();
        let size = code.size as f32 * module;
        let quiet = 4.0 * module;
        self.occupy(
            Mark::Code,
            [left - quiet, top - quiet, left + size + quiet, top + size + quiet],
        );
    }

    /// The width of clean text.
    pub fn width(&self, style: Style, text: &str) -> f32 {
        self.file.typeface.face(style.weight).width(text) * style.size * 25.4 / 72.0
    }

    /// Text made fit to print; what had to be replaced is noted.
    pub fn clean(&mut self, text: &str) -> String {
        let notes = &mut self.file.notes;
        self.file.typeface.clean(text, |c| {
            notes.insert(Note::Replaced(c));
        })
    }

    /// A line of text with its baseline at `y`, held at `x`. It is drawn as it is, however wide: see
    /// [`Pen::line_in`] for text of unknown length. Returns its width.
    pub fn line(&mut self, style: Style, align: Align, x: f32, y: f32, text: &str) -> f32 {
        let text = self.clean(text);
        let width = self.width(style, &text);
        if text.is_empty() {
            return width;
        }
        let left = match align {
            Align::Left => x,
            Align::Centre => x - width / 2.0,
            Align::Right => x - width,
        };
        let hundredths = |dots: f32| (dots * 100.0).round() / 100.0;
        let [dx, dy] = self.origin;
        let matrix = [
            1.0,
            0.0,
            0.0,
            -1.0,
            hundredths(dx + self.dots(left)),
            hundredths(dy + self.dots(y)),
        ];
        let size = hundredths(style.size * self.file.dpi / 72.0);
        let mut codes = Vec::with_capacity(text.len() * 2);
        for c in text.chars() {
            codes.extend_from_slice(&self.file.code(style.weight, c).to_be_bytes());
        }
        self.colour(style.grey);
        self.content
            .begin_text()
            .set_font(Name(Font::of(style.weight).resource()), size)
            .set_text_matrix(matrix)
            .show(Str(&codes))
            .end_text();
        let em = self.dots(style.size * 25.4 / 72.0);
        let baseline = self.dots(y);
        self.occupy(
            Mark::Text,
            [
                self.dots(left),
                baseline - RISE * em,
                self.dots(left + width),
                baseline + DROP * em,
            ],
        );
        width
    }

    /// A line that keeps within its slot: its letters shrink to `least` points, and then its end is cut and
    /// the cut is noted.
    pub fn line_in(&mut self, style: Style, least: f32, slot: Slot, text: &str) {
        let Slot { align, x, y, room } = slot;
        let clean = self.clean(text);
        let natural = self.width(style, &clean);
        if natural <= room {
            self.line(style, align, x, y, &clean);
            return;
        }
        let size = (style.size * room / natural * 20.0).floor() / 20.0;
        let style = Style {
            size: size.max(least),
            ..style
        };
        let shown = self.cut(style, room, &clean);
        self.line(style, align, x, y, &shown);
    }

    /// The text as far as there is room, with `…` where it was cut, which is noted.
    pub fn cut(&mut self, style: Style, room: f32, clean: &str) -> String {
        if self.width(style, clean) <= room {
            return clean.to_owned();
        }
        self.file.notes.insert(Note::Shortened(clean.to_owned()));
        let em = style.size * 25.4 / 72.0;
        let face = self.file.typeface.face(style.weight);
        let mut left = room - face.width("…") * em;
        let mut shown = String::new();
        for c in clean.chars() {
            left -= face.glyph(c).map_or(0.0, |glyph| face.advance(glyph)) / 1000.0 * em;
            if left < 0.0 {
                break;
            }
            shown.push(c);
        }
        shown.truncate(shown.trim_end().len());
        shown.push('…');
        shown
    }

    /// Shows a shared part with its 0, 0 at the origin.
    pub fn part(&mut self, name: &str) {
        let [x, y] = self.origin;
        self.content.save_state();
        self.content.transform([1.0, 0.0, 0.0, 1.0, x, y]);
        self.content.x_object(Name(name.as_bytes()));
        self.content.restore_state();
        let Some(page) = self.page else { return };
        let mm = 25.4 / self.file.dpi;
        let moved: Vec<PlacedBox> = self
            .file
            .boxes_of_part(name)
            .iter()
            .map(|part| part.moved(page, [x, y], mm))
            .collect();
        self.file.boxes.extend(moved);
    }

    /// Marks a place as taken: left, top, right, bottom in dots from the origin.
    fn occupy(&mut self, mark: Mark, [left, top, right, bottom]: [f32; 4]) {
        let place = PlacedBox {
            mark,
            page: 0,
            left,
            top,
            right,
            bottom,
        };
        match self.page {
            Some(page) => {
                let mm = 25.4 / self.file.dpi;
                self.file.boxes.push(place.moved(page, self.origin, mm));
            }
            None => self.file.part_boxes.push(place),
        }
    }
}

/// The widths of the bars of a linear code.
pub(crate) fn bars_of(text: &str) -> Result<Vec<u8>, DocumentError> {
    crate::code128::widths(text).ok_or_else(|| DocumentError::Code(text.to_owned()))
}
