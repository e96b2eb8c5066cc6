//! How good a photo is for a shop window, in numbers. What follows from them is [`crate::advice`]'s to say.

mod backdrop;
mod light;
mod sharpness;
mod thumb;

use crate::picture::Picture;

/// Measured on the developed pictures; percents and levels are whole numbers, so that the same photo has the
/// same scores everywhere.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Scores {
    /// Pixels of the original that are kept, upright.
    pub width: u32,
    pub height: u32,
    /// From 0 (nothing is in focus) to 100: how much finer the strongest edges are than they need be, noise
    /// taken off. The lesser of the two directions, so that a hand that shook is seen too.
    pub sharpness: u8,
    /// Brightness that nineteen pixels in twenty do not reach, 0 to 255.
    pub brightest: u8,
    /// Percent of the picture that is black, with no detail.
    pub black_percent: u8,
    /// Percent of the piece where two of red, green and blue are at their end. A white background does not count.
    pub burnt_percent: u8,
    /// Percent of the outer twentieth of the frame where red, green and blue are all 245 or more.
    pub border_white_percent: u8,
    /// Mean step between neighbours in the outer twentieth, in levels of brightness.
    pub border_busy: u8,
    /// Mean distance from grey in the outer twentieth, in levels of colour difference.
    pub border_colour: u8,
    /// Percent of the frame that the piece fills, along the side that it fills most. Nothing where the
    /// background is too busy to tell it from the piece.
    pub fill_percent: Option<u8>,
    /// Percent of pixels that are exactly like their neighbours: drawn, not seen by a lens.
    pub flat_percent: u8,
    /// The metadata names a camera.
    pub has_camera: bool,
}

impl Scores {
    pub(crate) fn of(large: &Picture, small: &Picture, size: (u32, u32), has_camera: bool) -> Scores {
        let thumb = thumb::Thumb::of(small);
        let backdrop = backdrop::look(&thumb);
        let light = light::look(&thumb, &backdrop.mask);
        Scores {
            width: size.0,
            height: size.1,
            sharpness: sharpness::of(&large.luma),
            brightest: light.brightest,
            black_percent: light.black_percent,
            burnt_percent: light.burnt_percent,
            border_white_percent: backdrop.white_percent,
            border_busy: backdrop.busy,
            border_colour: backdrop.colour,
            fill_percent: backdrop.fill_percent,
            flat_percent: flat_percent(large),
            has_camera,
        }
    }
}

/// Every fourth row is enough to tell.
fn flat_percent(picture: &Picture) -> u8 {
    let (mut same, mut all) = (0_usize, 0_usize);
    for row in picture.luma.rows().step_by(4) {
        let next = row.get(1..).unwrap_or_default();
        same += row.iter().zip(next).filter(|(a, b)| a == b).count();
        all += next.len();
    }
    percent(same, all)
}

/// Of a whole, rounded down; nothing of nothing is 0.
fn percent(part: usize, whole: usize) -> u8 {
    (part * 100)
        .checked_div(whole)
        .map_or(0, |percent| percent.min(100) as u8)
}
