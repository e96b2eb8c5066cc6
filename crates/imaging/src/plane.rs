//! One channel of a picture.

use fast_image_resize::PixelType;

use crate::fault::Fault;
use crate::orient::Orientation;
use crate::resize;

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
        let seen = (f64::from(self.width), f64::from(self.height));
        resized(&self.samples, (self.width, self.height), seen, (width, height))
    }

    /// Makes the plane upright.
    pub fn upright(self, orientation: Orientation) -> Plane {
        let (width, height) = orientation.seen(self.width, self.height);
        let mut samples = self.samples;
        let row = self.width.max(1) as usize;
        match orientation {
            Orientation::Upright => {}
            Orientation::MirroredLeftRight => samples.chunks_exact_mut(row).for_each(<[u8]>::reverse),
            Orientation::UpsideDown => samples.reverse(),
            Orientation::MirroredTopBottom => {
                samples.reverse();
                samples.chunks_exact_mut(row).for_each(<[u8]>::reverse);
            }
            Orientation::Transposed => samples = transposed(&samples, row),
            Orientation::QuarterRight => {
                samples = transposed(&samples, row);
                samples
                    .chunks_exact_mut(width.max(1) as usize)
                    .for_each(<[u8]>::reverse);
            }
            Orientation::Transversed => {
                samples = transposed(&samples, row);
                samples.reverse();
            }
            Orientation::QuarterLeft => {
                samples.chunks_exact_mut(row).for_each(<[u8]>::reverse);
                samples = transposed(&samples, row);
            }
        }
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

/// Lanczos3 of the part that begins at the top left and has the size `seen` in samples, which may be broken.
pub(crate) fn resized(
    samples: &[u8],
    size: (u32, u32),
    seen: (f64, f64),
    wanted: (u32, u32),
) -> Result<Plane, Fault> {
    let (width, height) = wanted;
    Ok(Plane {
        width,
        height,
        samples: resize::lanczos(samples, PixelType::U8, size, seen, wanted)?,
    })
}

/// Rows become columns, square by square: going down whole columns would miss the cache at every step.
fn transposed(samples: &[u8], width: usize) -> Vec<u8> {
    let height = samples.len() / width;
    let mut turned = vec![0; samples.len()];
    for top in (0..height).step_by(TILE) {
        let bottom = (top + TILE).min(height);
        for left in (0..width).step_by(TILE) {
            let right = (left + TILE).min(width);
            for x in left..right {
                let Some(column) = turned.get_mut(x * height + top..x * height + bottom) else {
                    continue;
                };
                let down = samples.get(top * width + x..).unwrap_or_default();
                for (to, from) in column.iter_mut().zip(down.iter().step_by(width)) {
                    *to = *from;
                }
            }
        }
    }
    turned
}

#[cfg(test)]
mod tests {
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
