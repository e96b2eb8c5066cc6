//! Too dark, or burnt.

use super::percent;
use super::thumb::{Thumb, rgb_in_order};

const BLACK: u8 = 12;
const BURNT: i32 = 250;

pub(super) struct Light {
    pub brightest: u8,
    pub black_percent: u8,
    pub burnt_percent: u8,
}

/// `background` says of each pixel whether it belongs to it.
pub(super) fn look(thumb: &Thumb, background: &[bool]) -> Light {
    let mut counts = [0_usize; 256];
    let (mut burnt, mut piece) = (0, 0);
    for (pixel, behind) in thumb.pixels.iter().zip(background) {
        counts[usize::from(pixel[0])] += 1;
        if !behind {
            piece += 1;
            // Two of three channels at their end: what is left of the colour is not the piece's.
            burnt += usize::from(rgb_in_order(*pixel)[1] >= BURNT);
        }
    }
    let all = thumb.pixels.len();
    let mut below = 0;
    let mut brightest = 255;
    for (level, count) in (0..=255_u8).zip(counts) {
        below += count;
        if below * 20 >= all * 19 {
            brightest = level;
            break;
        }
    }
    let black: usize = counts.iter().take(usize::from(BLACK) + 1).sum();
    Light {
        brightest,
        black_percent: percent(black, all),
        burnt_percent: percent(burnt, piece),
    }
}
