//! One channel of a picture.

use crate::fault::Fault;
use crate::orient::Orientation;
use crate::resize::{self, Area};

/// Rows from the top, `width * height` bytes without padding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Plane {
    pub width: u32,
    pub height: u32,
    pub samples: Vec<u8>,
}

/// Pixels on a side of the squares in which a plane is turned: two of them fit the nearest cache.
const TILE: usize = 32;

impl Plane {
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.samples.chunks_exact(self.width.max(1) as usize)
    }

    /// The same seen as smaller or larger.
    pub fn resized(&self, width: u32, height: u32) -> Result<Plane, Fault> {
        let seen = Area::whole(self.width, self.height);
        let stored = Stored {
            samples: &self.samples,
            stride: self.width,
            width: self.width,
            height: self.height,
        };
        stored.resized(seen, (width, height), Orientation::Upright)
    }

    /// Makes the plane upright.
    pub fn upright(self, orientation: Orientation) -> Plane {
        let (width, height) = orientation.seen(self.width, self.height);
        let mut samples = self.samples;
        if orientation.swaps_sides() {
            let row = self.width as usize;
            samples = transposed(&samples, row, row, self.height as usize);
        }
        flip(&mut samples, width as usize, orientation);
        Plane {
            width,
            height,
            samples,
        }
    }

    /// With the last column and row repeated where the width or the height is odd.
    pub fn evened(&self) -> Plane {
        let (width, height) = (self.width.next_multiple_of(2), self.height.next_multiple_of(2));
        let mut samples = Vec::with_capacity(width as usize * height as usize);
        for row in self.rows() {
            samples.extend_from_slice(row);
            if width != self.width {
                samples.extend(row.last());
            }
        }
        if height != self.height {
            let last = samples.len().saturating_sub(width as usize);
            samples.extend_from_within(last..);
        }
        Plane {
            width,
            height,
            samples,
        }
    }
}

/// A plane as a decoder has left it.
pub(crate) struct Stored<'a> {
    pub samples: &'a [u8],
    /// Bytes from one row to the next.
    pub stride: u32,
    pub width: u32,
    pub height: u32,
}

impl Stored<'_> {
    /// Lanczos3 of the part `seen`, in samples, to the size `wanted`, and then made upright.
    ///
    /// Both passes go down the columns, which is many times faster than along the rows: between them rows and
    /// columns change places. A camera held upright wants that anyway.
    pub fn resized(&self, seen: Area, wanted: (u32, u32), orientation: Orientation) -> Result<Plane, Fault> {
        let stride = self.stride.next_multiple_of(resize::TOGETHER);
        let padded;
        let samples = if stride == self.stride {
            self.samples
        } else {
            padded = widened(self.samples, self.stride as usize, stride as usize);
            &padded
        };
        let low = resize::down(samples, (stride, self.height), (seen.top, seen.height), wanted.1)?;
        let turned_stride = wanted.1.next_multiple_of(resize::TOGETHER);
        let turned = transposed(&low, stride as usize, self.width as usize, turned_stride as usize);
        drop(low);
        let turned = resize::down(
            &turned,
            (turned_stride, self.width),
            (seen.left, seen.width),
            wanted.0,
        )?;
        let (width, height) = orientation.seen(wanted.0, wanted.1);
        let mut samples = if orientation.swaps_sides() {
            narrowed(turned, turned_stride as usize, width as usize)
        } else {
            transposed(&turned, turned_stride as usize, height as usize, width as usize)
        };
        flip(&mut samples, width as usize, orientation);
        Ok(Plane {
            width,
            height,
            samples,
        })
    }
}

/// What is left to do once rows and columns have changed places, where they have to.
fn flip(samples: &mut [u8], width: usize, orientation: Orientation) {
    let rows = |samples: &mut [u8]| {
        samples.chunks_exact_mut(width.max(1)).for_each(<[u8]>::reverse);
    };
    match orientation {
        Orientation::Upright | Orientation::Transposed => {}
        Orientation::MirroredLeftRight | Orientation::QuarterRight => rows(samples),
        Orientation::UpsideDown | Orientation::Transversed => samples.reverse(),
        Orientation::MirroredTopBottom | Orientation::QuarterLeft => {
            samples.reverse();
            rows(samples);
        }
    }
}

/// Rows of `stride` made longer, the last sample repeated.
fn widened(samples: &[u8], stride: usize, wanted: usize) -> Vec<u8> {
    let rows = samples.chunks_exact(stride.max(1));
    let mut wide = Vec::with_capacity(rows.len() * wanted);
    for row in rows {
        wide.extend_from_slice(row);
        let last = row.last().copied().unwrap_or(0);
        wide.resize(wide.len() + wanted - stride, last);
    }
    wide
}

/// Rows of `stride` cut to `width`.
fn narrowed(samples: Vec<u8>, stride: usize, width: usize) -> Vec<u8> {
    if stride == width {
        return samples;
    }
    samples
        .chunks_exact(stride.max(1))
        .flat_map(|row| row.get(..width).unwrap_or_default())
        .copied()
        .collect()
}

/// The first `width` columns become rows of `turned_stride`, square by square: going down whole columns would
/// miss the cache at every step.
fn transposed(samples: &[u8], stride: usize, width: usize, turned_stride: usize) -> Vec<u8> {
    let height = (samples.len() / stride.max(1)).min(turned_stride);
    let mut turned = vec![0; width * turned_stride];
    for top in (0..height).step_by(TILE) {
        let bottom = (top + TILE).min(height);
        for left in (0..width).step_by(TILE) {
            for x in left..(left + TILE).min(width) {
                let from = x * turned_stride;
                let Some(column) = turned.get_mut(from + top..from + bottom) else {
                    continue;
                };
                let below = samples.get(top * stride + x..).unwrap_or_default();
                for (to, from) in column.iter_mut().zip(below.iter().step_by(stride)) {
                    *to = *from;
                }
            }
        }
    }
    turned
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
    use super::*;

    #[test]
    fn turning_moves_every_sample_to_its_place() {
        // More than one square each way, and neither side a multiple of it.
        let (width, height) = (70_u32, 45_u32);
        let samples: Vec<u8> = (0..width * height).map(|n| (n * 7 % 251) as u8).collect();
        let at = |x: u32, y: u32| samples[(y * width + x) as usize];
        for value in 1..=8 {
            let orientation = Orientation::from_exif(value);
            let plane = Plane {
                width,
                height,
                samples: samples.clone(),
            }
            .upright(orientation);
            assert_eq!((plane.width, plane.height), orientation.seen(width, height));
            for (y, row) in plane.rows().enumerate() {
                for (x, found) in row.iter().enumerate() {
                    let (x, y) = (x as u32, y as u32);
                    let (last_x, last_y) = (width - 1, height - 1);
                    let wanted = match value {
                        2 => at(last_x - x, y),
                        3 => at(last_x - x, last_y - y),
                        4 => at(x, last_y - y),
                        5 => at(y, x),
                        6 => at(y, last_y - x),
                        7 => at(last_x - y, last_y - x),
                        8 => at(last_x - y, x),
                        _ => at(x, y),
                    };
                    assert_eq!(*found, wanted, "orientation {value} at {x} {y}");
                }
            }
        }
    }

    /// A soft picture, so that what is off by a place is off by a level or two and no more than seen.
    #[test]
    fn resizing_and_turning_at_once_is_resizing_and_then_turning() {
        let (width, height) = (91_u32, 58_u32);
        let samples: Vec<u8> = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x * 2 + y) as u8))
            .collect();
        let stored = Stored {
            samples: &samples,
            stride: width,
            width,
            height,
        };
        for wanted in [(45, 29), (91, 58), (40, 58), (91, 17), (1, 1)] {
            let seen = Area::whole(width, height);
            let plain = stored.resized(seen, wanted, Orientation::Upright).unwrap();
            for (x, y) in [
                (0, 0),
                (wanted.0 - 1, 0),
                (0, wanted.1 - 1),
                (wanted.0 / 2, wanted.1 / 2),
            ] {
                let place = |at: u32, wanted: u32, all: u32| {
                    (f64::from(at) + 0.5) * f64::from(all) / f64::from(wanted) - 0.5
                };
                let level = place(x, wanted.0, width) * 2.0 + place(y, wanted.1, height);
                let found = plain.samples[(y * wanted.0 + x) as usize];
                assert!(
                    (f64::from(found) - level).abs() < 3.0,
                    "{found} is not {level} at {x} {y} of {wanted:?}"
                );
            }
            for value in 1..=8 {
                let orientation = Orientation::from_exif(value);
                let at_once = stored.resized(seen, wanted, orientation).unwrap();
                assert_eq!(at_once, plain.clone().upright(orientation), "orientation {value}");
            }
        }
    }

    #[test]
    fn odd_sides_are_made_even_by_repeating_the_edge() {
        let plane = Plane {
            width: 3,
            height: 1,
            samples: vec![1, 2, 3],
        };
        assert_eq!(plane.evened().samples, [1, 2, 3, 3, 1, 2, 3, 3]);
    }
}
