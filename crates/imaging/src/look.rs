//! What a person does to a photo at the editing table. Only numbers: the original is never touched, and the
//! look that does nothing gives the photo back as it was.

use serde::{Deserialize, Serialize};

/// Done in this order: turns, tilt, crop, light, colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Look {
    /// Quarter turns to the right of the upright picture, 0 to 3.
    pub turns: u8,
    /// Hundredths of a degree to the right about the middle, at most [`Look::MOST_TILT`] either way. The picture
    /// is enlarged by so much that its frame stays as it is and no corner of it is empty.
    pub tilt: i16,
    /// What is kept of the frame.
    pub crop: Option<Crop>,
    /// Hundredths of a stop, at most [`Look::MOST_EXPOSURE`] either way.
    pub exposure: i16,
    /// What should be grey.
    pub white: Option<Grey>,
}

/// A part of a picture, in ten-thousandths of its width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Crop {
    pub left: u16,
    pub top: u16,
    pub width: u16,
    pub height: u16,
}

/// A colour as it came out, sRGB, of a thing that has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Grey {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

impl Crop {
    /// The whole picture.
    pub const WHOLE: u16 = 10_000;
    /// Nothing thinner is cut out, in ten-thousandths.
    pub const LEAST: u16 = 500;
}

impl Look {
    pub const MOST_TILT: i16 = 1_500;
    pub const MOST_EXPOSURE: i16 = 200;

    /// The same within what can be done: numbers that are too large are brought to the nearest that is not, a
    /// crop that goes beyond the frame is moved into it, one that keeps everything is none.
    pub fn within_bounds(self) -> Look {
        let crop = self.crop.map(|crop| {
            let width = crop.width.clamp(Crop::LEAST, Crop::WHOLE);
            let height = crop.height.clamp(Crop::LEAST, Crop::WHOLE);
            Crop {
                left: crop.left.min(Crop::WHOLE - width),
                top: crop.top.min(Crop::WHOLE - height),
                width,
                height,
            }
        });
        Look {
            turns: self.turns % 4,
            tilt: self.tilt.clamp(-Look::MOST_TILT, Look::MOST_TILT),
            crop: crop.filter(|crop| (crop.width, crop.height) != (Crop::WHOLE, Crop::WHOLE)),
            exposure: self.exposure.clamp(-Look::MOST_EXPOSURE, Look::MOST_EXPOSURE),
            white: self
                .white
                .filter(|grey| !(grey.red == grey.green && grey.green == grey.blue)),
        }
    }

    /// It does nothing.
    pub fn is_none(&self) -> bool {
        self.within_bounds() == Look::default()
    }

    /// Light or colour is changed.
    pub(crate) fn is_lit(&self) -> bool {
        self.exposure != 0 || self.white.is_some()
    }

    /// The same with another's light and colour; its own frame stays.
    pub fn with_light_of(self, other: &Look) -> Look {
        Look {
            exposure: other.exposure,
            white: other.white,
            ..self
        }
    }
}
