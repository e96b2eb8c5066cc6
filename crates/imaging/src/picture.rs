//! A picture as JPEG keeps it: brightness in full, colour at half the width and height (4:2:0).

use crate::decode::Planes;
use crate::fault::Fault;
use crate::orient::Orientation;
use crate::plane::{Plane, Stored};
use crate::raster::{Layout, Raster};
use crate::resize::Area;

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

    /// Of what a decoder has made `shrunk_by` times smaller than `full`: brought to the size `wanted` and made
    /// upright.
    pub fn of_planes(
        planes: &Planes,
        full: (u32, u32),
        shrunk_by: u32,
        wanted: (u32, u32),
        orientation: Orientation,
    ) -> Result<Picture, Fault> {
        let luma = luma_of(planes, full, shrunk_by)?.resized(wanted, orientation)?;
        let half = (wanted.0.div_ceil(2), wanted.1.div_ceil(2));
        // Each sample stands for two pixels, also the last one where their number is odd.
        let covered = |half: u32, wanted: u32| f64::from(half * 2) / f64::from(wanted);
        let covered = (covered(half.0, wanted.0), covered(half.1, wanted.1));
        let chroma = match chroma_of(planes, full, shrunk_by, covered)? {
            Some([blue, red]) => Some([blue.resized(half, orientation)?, red.resized(half, orientation)?]),
            None => None,
        };
        Ok(Picture { luma, chroma })
    }

    /// A part as red, green and blue, or grey, with colour in full: for what is to be converted or edited.
    /// `seen` is in samples of brightness.
    pub fn raster_of_planes(
        planes: &Planes,
        seen: Area,
        wanted: (u32, u32),
        orientation: Orientation,
    ) -> Result<Raster, Fault> {
        let luma = planes.plane(0)?.resized(seen, wanted, orientation)?;
        let (width, height) = (luma.width, luma.height);
        let Some([blue, red]) = coloured_part(planes, seen)? else {
            return Ok(Raster {
                width,
                height,
                layout: Layout::Grey,
                pixels: luma.samples,
            });
        };
        let blue = blue.resized(wanted, orientation)?;
        let red = red.resized(wanted, orientation)?;
        Ok(to_rgb(&luma, &blue, &red))
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

/// A plane, and the part of it that is the picture.
struct Part<'a> {
    stored: Stored<'a>,
    seen: Area,
}

impl Part<'_> {
    fn resized(&self, wanted: (u32, u32), orientation: Orientation) -> Result<Plane, Fault> {
        self.stored.resized(self.seen, wanted, orientation)
    }
}

fn luma_of(planes: &Planes, full: (u32, u32), shrunk_by: u32) -> Result<Part<'_>, Fault> {
    let by = f64::from(shrunk_by);
    Ok(Part {
        stored: planes.plane(0)?,
        seen: Area::at_top_left(f64::from(full.0) / by, f64::from(full.1) / by),
    })
}

/// `covered` tells how much more than the picture is to be seen, of what there is.
fn chroma_of(
    planes: &Planes,
    full: (u32, u32),
    shrunk_by: u32,
    covered: (f64, f64),
) -> Result<Option<[Part<'_>; 2]>, Fault> {
    let Some((width, height)) = planes.chroma else {
        return Ok(None);
    };
    let seen = |full: u32, covered: f64, pixels: u32, length: u32| {
        let exact = f64::from(full) * covered / f64::from(shrunk_by * pixels);
        exact.min(f64::from(length))
    };
    let seen = Area::at_top_left(
        seen(full.0, covered.0, planes.across, width),
        seen(full.1, covered.1, planes.down, height),
    );
    let part = |number| -> Result<Part<'_>, Fault> {
        Ok(Part {
            stored: planes.plane(number)?,
            seen,
        })
    };
    Ok(Some([part(1)?, part(2)?]))
}

/// What of the colour belongs to a part of the brightness.
fn coloured_part(planes: &Planes, seen: Area) -> Result<Option<[Part<'_>; 2]>, Fault> {
    if planes.chroma.is_none() {
        return Ok(None);
    }
    let (across, down) = (f64::from(planes.across), f64::from(planes.down));
    let seen = Area {
        left: seen.left / across,
        top: seen.top / down,
        width: seen.width / across,
        height: seen.height / down,
    };
    let part = |number| -> Result<Part<'_>, Fault> {
        Ok(Part {
            stored: planes.plane(number)?,
            seen,
        })
    };
    Ok(Some([part(1)?, part(2)?]))
}

/// Of three planes of the same size.
fn to_rgb(luma: &Plane, blue: &Plane, red: &Plane) -> Raster {
    let mut pixels = vec![0; luma.samples.len() * 3];
    let samples = luma.samples.iter().zip(&blue.samples).zip(&red.samples);
    for (pixel, ((luma, blue), red)) in pixels.chunks_exact_mut(3).zip(samples) {
        let luma = (i32::from(*luma) << 16) + HALF;
        let (blue, red) = (i32::from(*blue) - 128, i32::from(*red) - 128);
        let level = |value: i32| (value >> 16).clamp(0, 255) as u8;
        pixel[0] = level(luma + 91_881 * red);
        pixel[1] = level(luma - 22_554 * blue - 46_802 * red);
        pixel[2] = level(luma + 116_130 * blue);
    }
    Raster {
        width: luma.width,
        height: luma.height,
        layout: Layout::Rgb,
        pixels,
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
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
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
                let [blue, red] = picture.chroma.unwrap();
                let half = (width.div_ceil(2), height.div_ceil(2));
                assert_eq!(((blue.width, blue.height), (red.width, red.height)), (half, half));
                let full = |plane: &Plane| Plane {
                    width,
                    height,
                    samples: vec![plane.samples[0]; (width * height) as usize],
                };
                let back = to_rgb(&picture.luma, &full(&blue), &full(&red));
                for found in back.pixels.chunks_exact(3) {
                    for (found, wanted) in found.iter().zip(pixel) {
                        assert!(found.abs_diff(wanted) <= 2, "{found} is not {wanted}");
                    }
                }
            }
        }
    }
}
