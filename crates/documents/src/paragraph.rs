//! Lines of unknown length in a box of known size: they wrap, then shrink, and are cut only as the last
//! resort. They never leave the box.

use crate::face::{DROP, RISE, Weight};
use crate::page::{Align, Note, Pen, Style};

/// A line of a block.
#[derive(Clone, Debug)]
pub(crate) struct BlockLine {
    pub text: String,
    pub weight: Weight,
    /// Its size as a share of the block's.
    pub scale: f32,
}

impl BlockLine {
    pub fn regular(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            weight: Weight::Regular,
            scale: 1.0,
        }
    }

    pub fn bold(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            weight: Weight::Bold,
            scale: 1.0,
        }
    }

    pub fn scaled(self, scale: f32) -> Self {
        Self { scale, ..self }
    }
}

/// A block laid out: the size it came to in points, and its rows.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub size: f32,
    rows: Vec<BlockLine>,
    cut: bool,
}

/// The distance of baselines as a share of the size.
const LEADING: f32 = 1.24;
const MM_PER_PT: f32 = 25.4 / 72.0;

impl Pen<'_> {
    /// Lays lines out in a box: at `most` points if they fit, else smaller by half points down to `least`,
    /// and then cut at the end of the box.
    pub fn lay_out(&mut self, lines: &[BlockLine], room: [f32; 2], most: f32, least: f32) -> Block {
        let clean: Vec<BlockLine> = lines
            .iter()
            .map(|line| BlockLine {
                text: self.clean(&line.text),
                ..line.clone()
            })
            .filter(|line| !line.text.is_empty())
            .collect();
        let mut size = most;
        loop {
            let rows = self.wrapped(&clean, room[0], size);
            if height(&rows, size) <= room[1] {
                return Block {
                    size,
                    rows,
                    cut: false,
                };
            }
            if size <= least {
                return self.cut_to(rows, room, size);
            }
            size = (size - 0.5).max(least);
        }
    }

    /// The height that lines take at a size.
    pub fn height_of(&mut self, lines: &[BlockLine], width: f32, size: f32) -> f32 {
        let clean: Vec<BlockLine> = lines
            .iter()
            .map(|line| BlockLine {
                text: self.clean(&line.text),
                ..line.clone()
            })
            .filter(|line| !line.text.is_empty())
            .collect();
        let rows = self.wrapped(&clean, width, size);
        height(&rows, size)
    }

    /// Draws a block with its upper left corner at `x`, `y`.
    pub fn block(&mut self, block: &Block, x: f32, y: f32) {
        let mut top = y;
        for row in &block.rows {
            let em = block.size * row.scale * MM_PER_PT;
            let style = Style {
                weight: row.weight,
                size: block.size * row.scale,
                grey: 0.0,
            };
            self.line(style, Align::Left, x, top + RISE * em, &row.text);
            top += LEADING * em;
        }
        debug_assert!(!block.cut || block.rows.last().is_some_and(|row| row.text.ends_with('…')));
    }

    fn wrapped(&self, lines: &[BlockLine], width: f32, size: f32) -> Vec<BlockLine> {
        let mut rows = Vec::new();
        for line in lines {
            let style = Style {
                weight: line.weight,
                size: size * line.scale,
                grey: 0.0,
            };
            for text in self.wrap(style, width, &line.text) {
                rows.push(BlockLine { text, ..line.clone() });
            }
        }
        rows
    }

    /// Breaks clean text at its spaces, and inside a word only when the word alone is too wide.
    fn wrap(&self, style: Style, width: f32, text: &str) -> Vec<String> {
        let face = self.typeface().face(style.weight);
        let em = style.size * MM_PER_PT;
        let fits = |text: &str| face.width(text) * em <= width;
        let mut rows = Vec::new();
        let mut row = String::new();
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let joined = if row.is_empty() {
                word.to_owned()
            } else {
                format!("{row} {word}")
            };
            if fits(&joined) {
                row = joined;
                continue;
            }
            if !row.is_empty() {
                rows.push(std::mem::take(&mut row));
            }
            let mut used = 0.0;
            for c in word.chars() {
                let advance = face.glyph(c).map_or(0.0, |glyph| face.advance(glyph)) / 1000.0 * em;
                if used + advance > width && !row.is_empty() {
                    rows.push(std::mem::take(&mut row));
                    used = 0.0;
                }
                row.push(c);
                used += advance;
            }
        }
        if !row.is_empty() {
            rows.push(row);
        }
        rows
    }

    fn cut_to(&mut self, mut rows: Vec<BlockLine>, room: [f32; 2], size: f32) -> Block {
        let whole: String = rows
            .iter()
            .map(|row| row.text.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        while rows.len() > 1 && height(&rows, size) > room[1] {
            rows.pop();
        }
        self.file.notes.insert(Note::Shortened(whole));
        if let Some(last) = rows.last_mut() {
            let style = Style {
                weight: last.weight,
                size: size * last.scale,
                grey: 0.0,
            };
            last.text.push('…');
            while last.text.chars().count() > 1 && self.width(style, &last.text) > room[0] {
                last.text.pop();
                // At a space if there is one, for half a word reads badly.
                let kept = last
                    .text
                    .rfind(' ')
                    .unwrap_or_else(|| last.text.char_indices().next_back().map_or(0, |(at, _)| at));
                last.text.truncate(kept);
                let end = last.text.trim_end_matches([' ', ',', ';', ':', '(', '-']).len();
                last.text.truncate(end);
                last.text.push('…');
            }
        }
        Block {
            size,
            rows,
            cut: true,
        }
    }
}

fn height(rows: &[BlockLine], size: f32) -> f32 {
    let Some(last) = rows.last() else { return 0.0 };
    let leading: f32 = rows.iter().map(|row| row.scale * LEADING).sum();
    (leading - last.scale * (LEADING - RISE - DROP)) * size * MM_PER_PT
}
