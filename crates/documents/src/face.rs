//! The typeface: Noto Sans (SIL Open Font License 1.1), regular and bold, with all of Latin.

use std::sync::LazyLock;

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use unicode_normalization::UnicodeNormalization;

use crate::DocumentError;

/// Regular or bold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

/// One weight of the typeface. Lengths are in thousandths of the size.
pub(crate) struct Face {
    pub data: &'static [u8],
    pub postscript_name: &'static str,
    glyphs: Vec<u16>,
    advances: Vec<f32>,
    pub ascent: f32,
    pub descent: f32,
    pub cap_height: f32,
    pub bounds: [f32; 4],
}

/// Accented capitals reach this far above the baseline, as a share of the size.
pub(crate) const RISE: f32 = 0.95;
/// Descenders reach this far below the baseline, as a share of the size.
pub(crate) const DROP: f32 = 0.25;

impl Face {
    fn read(data: &'static [u8], postscript_name: &'static str) -> Result<Self, String> {
        let font = FontRef::new(data).map_err(|error| error.to_string())?;
        let mut glyphs = vec![0_u16; 0x1_0000];
        for (code, glyph) in font.charmap().mappings() {
            if let (Some(slot), Ok(glyph)) = (glyphs.get_mut(code as usize), u16::try_from(glyph.to_u32())) {
                *slot = glyph;
            }
        }
        let metrics = font.metrics(Size::unscaled(), LocationRef::default());
        let thousandths = 1000.0 / f32::from(metrics.units_per_em.max(1));
        let widths = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let advances = (0..metrics.glyph_count)
            .map(|glyph| widths.advance_width(skrifa::GlyphId::from(glyph)).unwrap_or(0.0) * thousandths)
            .collect();
        let bounds = metrics.bounds.map_or([0.0, -300.0, 1000.0, 1100.0], |b| {
            [
                b.x_min * thousandths,
                b.y_min * thousandths,
                b.x_max * thousandths,
                b.y_max * thousandths,
            ]
        });
        Ok(Self {
            data,
            postscript_name,
            glyphs,
            advances,
            ascent: metrics.ascent * thousandths,
            descent: metrics.descent * thousandths,
            cap_height: metrics.cap_height.unwrap_or(714.0) * thousandths,
            bounds,
        })
    }

    /// The glyph of a character; none when the face lacks it.
    pub fn glyph(&self, c: char) -> Option<u16> {
        self.glyphs.get(c as usize).copied().filter(|glyph| *glyph != 0)
    }

    /// The advance of a glyph in thousandths of the size.
    pub fn advance(&self, glyph: u16) -> f32 {
        self.advances.get(usize::from(glyph)).copied().unwrap_or(0.0)
    }

    /// The width of clean text as a share of the size.
    pub fn width(&self, text: &str) -> f32 {
        text.chars()
            .filter_map(|c| self.glyph(c))
            .map(|glyph| self.advance(glyph))
            .sum::<f32>()
            / 1000.0
    }
}

/// Both weights.
pub(crate) struct Typeface {
    pub regular: Face,
    pub bold: Face,
}

static TYPEFACE: LazyLock<Result<Typeface, String>> = LazyLock::new(|| {
    Ok(Typeface {
        regular: Face::read(notosans::REGULAR_TTF, "NotoSans-Regular")?,
        bold: Face::read(notosans::BOLD_TTF, "NotoSans-Bold")?,
    })
});

impl Typeface {
    pub fn get() -> Result<&'static Self, DocumentError> {
        TYPEFACE
            .as_ref()
            .map_err(|error| DocumentError::Font(error.clone()))
    }

    pub fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// Text that can be printed as it is: composed accents, single spaces, nothing invisible. A character
    /// that the typeface lacks becomes its plain letter, or `?`, and is given to `replaced`.
    pub fn clean(&self, text: &str, mut replaced: impl FnMut(char)) -> String {
        let mut out = String::with_capacity(text.len());
        for c in text.nfc() {
            if c.is_whitespace() && c != '\u{a0}' || c.is_control() {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            } else if is_invisible(c) {
            } else if self.has(c) {
                out.push(c);
            } else {
                replaced(c);
                let before = out.len();
                out.extend(
                    std::iter::once(c)
                        .nfkd()
                        .filter(|part| self.has(*part) && !is_mark(*part)),
                );
                if out.len() == before && !is_mark(c) {
                    out.push('?');
                }
            }
        }
        out.truncate(out.trim_end_matches(' ').len());
        out
    }

    fn has(&self, c: char) -> bool {
        self.regular.glyph(c).is_some() && self.bold.glyph(c).is_some()
    }
}

/// Marks of direction, joiners, variation selectors: nothing that can be seen on paper.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn clean(text: &str) -> (String, Vec<char>) {
        let mut replaced = Vec::new();
        let text = Typeface::get().unwrap().clean(text, |c| replaced.push(c));
        (text, replaced)
    }

    #[test]
    fn accents_are_composed_and_kept() {
        let plain = "Ñandú Güémez Íñigo Ángel Óscar Úrsula ° ´ — € ł Ş ẹ";
        assert_eq!(clean(plain), (plain.to_owned(), vec![]));
        assert_eq!(clean("N\u{303}andu\u{301}"), ("Ñandú".to_owned(), vec![]));
    }

    #[test]
    fn what_cannot_be_printed_is_replaced_and_told() {
        assert_eq!(clean("a\u{202e}b\u{200d}c\n\td"), ("abc d".to_owned(), vec![]));
        assert_eq!(clean("ﬀ 山"), ("ff ?".to_owned(), vec!['ﬀ', '山']));
        assert_eq!(clean("𝐀"), ("A".to_owned(), vec!['𝐀']));
        assert_eq!(clean("🎁"), ("?".to_owned(), vec!['🎁']));
    }
}
