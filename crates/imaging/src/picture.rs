//! A picture as JPEG keeps it: brightness in full, colour at half the width and height (4:2:0).

use crate::decode::Planes;
use crate::fault::Fault;
use crate::orient::Orientation;
use crate::plane::{self, Plane};
use crate::raster::{Layout, Raster};

/// Full-range BT.601 (JFIF 1.02 §7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    pub luma: Plane,
    /// Blue and red difference, each `ceil(width / 2)` by `ceil(height / 2)`; none of a grey picture.
    pub chroma: Option<[Plane; 2]>,
}

/// JFIF's factors in 65,536ths.
const RED: i32 = 19_595;
const GREEN: i32 = 38_470;
const BLUE: i32 = 7_471;
const HALF: i32 = 1 << 15;

impl Picture {
    pub fn width(&self) -> u32 {
        self.luma.width
    }

    pub fn height(&self) -> u32 {
        self.luma.height
    }

    /// Of pixels without alpha.
    pub fn of(raster: Raster) -> Result<Picture, Fault> {
        match raster.layout {
            Layout::Grey => Ok(Picture {
                luma: Plane {
                    width: raster.width,
                    height: raster.height,
                    samples: raster.pixels,
                },
                chroma: None,
            }),
            Layout::Rgb => Ok(from_rgb(&raster)),
            Layout::Rgba => Err(Fault::damaged("alpha was not removed")),
        }
    }

    /// Red, green and blue, or grey, at full size. Each colour sample is repeated: the way back averages the
    /// same four pixels, so that nothing is blurred on the way.
    pub fn to_raster(&self) -> Raster {
        let (width, height) = (self.width(), self.height());
        let Some([blue, red]) = &self.chroma else {
            return Raster {
                width,
                height,
                layout: Layout::Grey,
                pixels: self.luma.samples.clone(),
            };
        };
        let mut pixels = vec![0; width as usize * height as usize * 3];
        let out = pixels.chunks_exact_mut(width.max(1) as usize * 3);
        let half = blue.width.max(1) as usize;
        for (y, (row, luma)) in out.zip(self.luma.rows()).enumerate() {
            let from = y / 2 * half;
            let blue = blue.samples.get(from..from + half).unwrap_or_default();
            let red = red.samples.get(from..from + half).unwrap_or_default();
            let pairs = row.chunks_mut(6).zip(luma.chunks(2));
            for ((pixels, luma), (blue, red)) in pairs.zip(blue.iter().zip(red)) {
                let (blue, red) = (i32::from(*blue) - 128, i32::from(*red) - 128);
                let add_red = (91_881 * red + HALF) >> 16;
                let add_green = (-22_554 * blue - 46_802 * red + HALF) >> 16;
                let add_blue = (116_130 * blue + HALF) >> 16;
                for (pixel, luma) in pixels.chunks_exact_mut(3).zip(luma) {
                    let luma = i32::from(*luma);
                    pixel[0] = (luma + add_red).clamp(0, 255) as u8;
                    pixel[1] = (luma + add_green).clamp(0, 255) as u8;
                    pixel[2] = (luma + add_blue).clamp(0, 255) as u8;
                }
            }
        }
        Raster {
            width,
            height,
            layout: Layout::Rgb,
            pixels,
        }
    }

    /// Of what a decoder has made `shrunk_by` times smaller than `full`, brought to the size `wanted`.
    pub fn of_planes(
        planes: &Planes,
        full: (u32, u32),
        shrunk_by: u32,
        wanted: (u32, u32),
    ) -> Result<Picture, Fault> {
        let area = |(width, height): (u32, u32)| width as usize * height as usize;
        let (samples, rest) = planes.samples.split_at(area(planes.luma));
        let by = f64::from(shrunk_by);
        let seen = (f64::from(full.0) / by, f64::from(full.1) / by);
        let luma = plane::resized(samples, planes.luma, seen, wanted)?;
        let Some(size) = planes.chroma else {
            return Ok(Picture { luma, chroma: None });
        };
        let (blue, red) = rest.split_at(area(size));
        let half = (wanted.0.div_ceil(2), wanted.1.div_ceil(2));
        // Each sample stands for two pixels, also the last one where their number is odd.
        let covered = |seen: f64, half: u32, wanted: u32, pixels: u32| {
            seen * f64::from(half * 2) / f64::from(wanted) / f64::from(pixels)
        };
        let seen = (
            covered(seen.0, half.0, wanted.0, planes.across),
            covered(seen.1, half.1, wanted.1, planes.down),
        );
        Ok(Picture {
            luma,
            chroma: Some([
                plane::resized(blue, size, seen, half)?,
                plane::resized(red, size, seen, half)?,
            ]),
        })
    }

    /// Lanczos3 to this size.
    pub fn resized(&self, width: u32, height: u32) -> Result<Picture, Fault> {
        if (width, height) == (self.width(), self.height()) {
            return Ok(self.clone());
        }
        let luma = self.luma.resized(width, height)?;
        let half = (width.div_ceil(2), height.div_ceil(2));
        let chroma = match &self.chroma {
            Some([blue, red]) => Some([blue.resized(half.0, half.1)?, red.resized(half.0, half.1)?]),
            None => None,
        };
        Ok(Picture { luma, chroma })
    }

    /// Makes the picture upright.
    pub fn upright(self, orientation: Orientation) -> Picture {
        Picture {
            luma: self.luma.upright(orientation),
            chroma: self
                .chroma
                .map(|planes| planes.map(|plane| plane.upright(orientation))),
        }
    }
}

fn from_rgb(raster: &Raster) -> Picture {
    let (width, height) = (raster.width as usize, raster.height as usize);
    let (half_width, half_height) = (width.div_ceil(2), height.div_ceil(2));
    let mut luma = vec![0; width * height];
    let mut blue = vec![0; half_width * half_height];
    let mut red = vec![0; half_width * half_height];
    let row_bytes = (width * 3).max(1);
    for (row, out) in raster
        .pixels
        .chunks_exact(row_bytes)
        .zip(luma.chunks_exact_mut(width.max(1)))
    {
        for (pixel, out) in row.chunks_exact(3).zip(out) {
            let [r, g, b] = [pixel[0], pixel[1], pixel[2]].map(i32::from);
            *out = ((RED * r + GREEN * g + BLUE * b + HALF) >> 16) as u8;
        }
    }
    let outs = blue
        .chunks_exact_mut(half_width.max(1))
        .zip(red.chunks_exact_mut(half_width.max(1)));
    for (two, (blue, red)) in raster.pixels.chunks(row_bytes * 2).zip(outs) {
        // The last row stands for its missing neighbour, and so does the last column.
        let (above, below) = two.split_at(row_bytes.min(two.len()));
        let below = if below.is_empty() { above } else { below };
        let squares = above.chunks(6).zip(below.chunks(6));
        for ((above, below), (blue, red)) in squares.zip(blue.iter_mut().zip(red)) {
            let sum = |channel: usize| {
                let far = if above.len() == 6 { channel + 3 } else { channel };
                i32::from(above[channel])
                    + i32::from(above[far])
                    + i32::from(below[channel])
                    + i32::from(below[far])
            };
            let [r, g, b] = [sum(0), sum(1), sum(2)];
            // Four pixels are summed: two more bits go.
            let middle = (128 << 18) + (1 << 17);
            *blue = ((-11_059 * r - 21_709 * g + 32_768 * b + middle) >> 18).clamp(0, 255) as u8;
            *red = ((32_768 * r - 27_439 * g - 5_329 * b + middle) >> 18).clamp(0, 255) as u8;
        }
    }
    let half = |samples| Plane {
        width: half_width as u32,
        height: half_height as u32,
        samples,
    };
    Picture {
        luma: Plane {
            width: raster.width,
            height: raster.height,
            samples: luma,
        },
        chroma: Some([half(blue), half(red)]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(width: u32, height: u32, pixel: [u8; 3]) -> Raster {
        Raster {
            width,
            height,
            layout: Layout::Rgb,
            pixels: pixel.repeat((width * height) as usize),
        }
    }

    #[test]
    fn colours_come_back_whatever_the_size() {
        for (width, height) in [(1, 1), (2, 2), (3, 5), (8, 1), (1, 8)] {
            for pixel in [
                [0, 0, 0],
                [255, 255, 255],
                [220, 40, 30],
                [30, 60, 200],
                [255, 0, 0],
            ] {
                let picture = Picture::of(flat(width, height, pixel)).unwrap();
                let back = picture.to_raster();
                assert_eq!((back.width, back.height), (width, height));
                for found in back.pixels.chunks_exact(3) {
                    for (found, wanted) in found.iter().zip(pixel) {
                        assert!(found.abs_diff(wanted) <= 2, "{found} is not {wanted}");
                    }
                }
            }
        }
    }
}
