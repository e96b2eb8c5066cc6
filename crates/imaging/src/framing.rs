//! Which part of a photo is shown, and how large: turns, tilt and crop put together.

use crate::look::{Crop, Look};
use crate::orient::Orientation;
use crate::resize::{self, Area};

/// The intermediate picture of a tilt is at most so much finer than the result.
const FINER: f64 = 1.3;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Framing {
    /// From stored pixels to the frame: upright, and turned by hand.
    pub orientation: Orientation,
    /// Pixels of the frame.
    frame: (f64, f64),
    /// What is kept of it, in its pixels.
    kept: Area,
    pub tilt: Option<Tilt>,
}

/// A turn about the frame's middle that enlarges, so that the frame stays full.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tilt {
    sine: f64,
    cosine: f64,
    enlarged: f64,
    middle: (f64, f64),
}

impl Tilt {
    /// Where a point of the frame is taken from, in the frame's pixels before the tilt.
    pub fn source(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let (x, y) = (
            (x - self.middle.0) / self.enlarged,
            (y - self.middle.1) / self.enlarged,
        );
        (
            self.middle.0 + self.cosine * x + self.sine * y,
            self.middle.1 - self.sine * x + self.cosine * y,
        )
    }
}

impl Framing {
    /// `width` and `height` are those of the stored picture; the look is within its bounds.
    pub fn of(width: u32, height: u32, orientation: Orientation, look: &Look) -> Framing {
        let orientation = orientation.turned(look.turns);
        let (width, height) = orientation.seen(width, height);
        let frame = (f64::from(width), f64::from(height));
        let part = |part: u16, length: f64| f64::from(part) * length / f64::from(Crop::WHOLE);
        let kept = look.crop.map_or(Area::whole(width, height), |crop| Area {
            left: part(crop.left, frame.0),
            top: part(crop.top, frame.1),
            width: part(crop.width, frame.0),
            height: part(crop.height, frame.1),
        });
        let tilt = (look.tilt != 0).then(|| {
            let angle = (f64::from(look.tilt) / 100.0).to_radians();
            Tilt {
                sine: angle.sin(),
                cosine: angle.cos(),
                enlarged: angle.cos() + angle.sin().abs() * (frame.0 / frame.1).max(frame.1 / frame.0),
                middle: (frame.0 / 2.0, frame.1 / 2.0),
            }
        });
        Framing {
            orientation,
            frame,
            kept,
            tilt,
        }
    }

    /// The original's own pixels that are kept: what the tilt enlarges does not count as more.
    pub fn size(&self) -> (u32, u32) {
        let enlarged = self.tilt.map_or(1.0, |tilt| tilt.enlarged);
        let own = |length: f64| ((length / enlarged).round() as u32).max(1);
        (own(self.kept.width), own(self.kept.height))
    }

    /// All of the picture, without a tilt.
    pub fn is_whole(&self) -> bool {
        self.tilt.is_none() && (self.kept.width, self.kept.height) == self.frame
    }

    /// By how much a decoder may shrink for a picture of this side: 8, 4, 2 or 1.
    pub fn shrinks_by(&self, side: u32) -> u32 {
        let (width, height) = self.size();
        let wanted = resize::fit(width, height, side);
        [8, 4, 2]
            .into_iter()
            .find(|by| width >= wanted.0 * by && height >= wanted.1 * by)
            .unwrap_or(1)
    }

    /// The part of the frame, before the tilt, in which all that is kept lies.
    pub fn region(&self) -> Area {
        let Some(tilt) = self.tilt else {
            return self.kept;
        };
        let Area {
            left,
            top,
            width,
            height,
        } = self.kept;
        let corners = [
            (left, top),
            (left + width, top),
            (left, top + height),
            (left + width, top + height),
        ]
        .map(|corner| tilt.source(corner));
        let reach = |pick: fn(&(f64, f64)) -> f64, most: f64| {
            let least = corners.iter().map(pick).fold(most, f64::min).max(0.0);
            let last = corners.iter().map(pick).fold(0.0, f64::max).min(most);
            (least, (last - least).max(f64::MIN_POSITIVE))
        };
        let (left, width) = reach(|corner| corner.0, self.frame.0);
        let (top, height) = reach(|corner| corner.1, self.frame.1);
        Area {
            left,
            top,
            width,
            height,
        }
    }

    /// A part of the frame as the decoder has stored it, made `shrunk_by` times smaller.
    pub fn stored(&self, region: Area, shrunk_by: u32) -> Area {
        self.orientation
            .stored(region, self.frame)
            .shrunk(f64::from(shrunk_by))
    }

    /// Sizes of the region and of what is kept, of the same scale: as fine as there are pixels, but not much
    /// finer than the picture `wanted` needs.
    pub fn steps(&self, wanted: (u32, u32), shrunk_by: u32) -> ((u32, u32), (u32, u32)) {
        let own = self.size();
        // Pixels of the result for each of the original.
        let scale = (
            f64::from(wanted.0) / f64::from(own.0),
            f64::from(wanted.1) / f64::from(own.1),
        );
        let finer = (1.0 / f64::from(shrunk_by) / scale.0.max(scale.1)).clamp(1.0, FINER);
        let pixels = |length: f64| (length.round() as u32).max(1);
        let region = self.region();
        (
            (
                pixels(region.width * scale.0 * finer),
                pixels(region.height * scale.1 * finer),
            ),
            (
                pixels(f64::from(wanted.0) * finer),
                pixels(f64::from(wanted.1) * finer),
            ),
        )
    }

    /// A point of what is kept, both from 0 to 1, as a point of the frame.
    pub fn point(&self, across: f64, down: f64) -> (f64, f64) {
        (
            self.kept.left + across * self.kept.width,
            self.kept.top + down * self.kept.height,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// No corner of the frame looks beyond the picture, and the enlargement is the least that does it.
        #[test]
        fn a_tilt_leaves_no_corner_empty(tilt in -1_500_i16..=1_500, width in 1_u32..20_000, height in 1_u32..20_000) {
            let look = Look { tilt, ..Look::default() };
            let framing = Framing::of(width, height, Orientation::Upright, &look);
            let (w, h) = (f64::from(width), f64::from(height));
            let slack = w.max(h) * 1e-9;
            let mut nearest = f64::MAX;
            for corner in [(0.0, 0.0), (w, 0.0), (0.0, h), (w, h)] {
                let (x, y) = framing.tilt.map_or(corner, |tilt| tilt.source(corner));
                let room = x.min(y).min(w - x).min(h - y);
                prop_assert!(room >= -slack, "{x} {y} is not in {w} {h}");
                nearest = nearest.min(room);
            }
            prop_assert!(nearest <= slack, "enlarged more than needed: {nearest}");
        }

        /// Wherever a part of the frame lies, it has the same size where it is stored, and lies in the picture.
        #[test]
        fn what_is_kept_is_found_in_the_stored_picture(
            value in 1_u16..=8, turns in 0_u8..4, width in 1_u32..5_000, height in 1_u32..5_000,
            tilt in -1_500_i16..=1_500, left in 0_u16..9_000, top in 0_u16..9_000, wide in 500_u16..9_000, high in 500_u16..9_000,
        ) {
            let crop = Some(Crop { left, top, width: wide, height: high });
            let look = Look { turns, tilt, crop, ..Look::default() }.within_bounds();
            let framing = Framing::of(width, height, Orientation::from_exif(value), &look);
            let region = framing.region();
            let stored = framing.stored(region, 1);
            let swapped = if framing.orientation.swaps_sides() { (region.height, region.width) } else { (region.width, region.height) };
            prop_assert_eq!((stored.width, stored.height), swapped);
            let slack = 1e-6;
            prop_assert!(stored.left >= -slack && stored.left + stored.width <= f64::from(width) + slack);
            prop_assert!(stored.top >= -slack && stored.top + stored.height <= f64::from(height) + slack);
        }
    }
}
