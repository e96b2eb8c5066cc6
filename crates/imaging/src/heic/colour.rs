//! What the samples mean (ITU-T H.273), and how they become what JPEG means by them.

use moxcms::ColorProfile;

use super::boxes::Numbers;
use crate::decode::{Planes, Stored};
use crate::fault::Fault;
use crate::raster::{Layout, Raster};

/// Code points of H.273.
#[derive(Clone, Copy, Debug)]
pub(super) struct Coding {
    primaries: u16,
    transfer: u16,
    matrix: u16,
    full_range: bool,
}

impl Default for Coding {
    /// What a file means that says nothing: as JPEG does.
    fn default() -> Self {
        Coding {
            primaries: 1,
            transfer: 13,
            matrix: 6,
            full_range: true,
        }
    }
}

impl From<heic_decoder::ColorInfo> for Coding {
    fn from(info: heic_decoder::ColorInfo) -> Coding {
        Coding {
            primaries: info.color_primaries,
            transfer: info.transfer_characteristics,
            matrix: info.matrix_coefficients,
            full_range: info.full_range,
        }
    }
}

impl Coding {
    /// The rest of an `nclx` box.
    pub fn read(body: &mut Numbers<'_>) -> Option<Coding> {
        Some(Coding {
            primaries: body.u16()?,
            transfer: body.u16()?,
            matrix: body.u16()?,
            full_range: body.u8()? & 0x80 != 0,
        })
    }

    /// Shares of red and blue in brightness, where they are not JPEG's.
    fn foreign(self) -> Option<(f32, f32)> {
        match self.matrix {
            1 => Some((0.2126, 0.0722)),
            4 => Some((0.30, 0.11)),
            7 => Some((0.212, 0.087)),
            9 | 10 => Some((0.2627, 0.0593)),
            _ => None,
        }
    }

    /// It has to be mixed anew.
    pub fn is_foreign(self) -> bool {
        self.matrix == 0 || self.foreign().is_some()
    }

    /// A profile for primaries that are not those of sRGB; one that nobody can read where the light itself is
    /// coded otherwise (HLG, PQ), so that it is told.
    pub fn profile(self) -> Option<Vec<u8>> {
        match (self.primaries, self.transfer) {
            (_, 16 | 18) => Some(Vec::new()),
            (11 | 12, _) => Some(ColorProfile::new_display_p3().encode().unwrap_or_default()),
            (9, _) => Some(ColorProfile::new_bt2020().encode().unwrap_or_default()),
            _ => None,
        }
    }

    pub fn as_jpeg(self, mut planes: Planes, size: (u32, u32)) -> Result<Stored, Fault> {
        if !self.full_range {
            // 16 to 235, and 16 to 240 for colour.
            let widen = |range: f32, middle: f32| {
                let level = move |value: u8, from: f32| (f32::from(value) - from) * 255.0 / range + middle;
                let mut table = [0_u8; 256];
                for (value, out) in (0..=255_u8).zip(&mut table) {
                    let from = if middle == 0.0 { 16.0 } else { 128.0 };
                    *out = (level(value, from) + 0.5) as u8;
                }
                table
            };
            let tables = [widen(219.0, 0.0), widen(224.0, 128.0), widen(224.0, 128.0)];
            let count = if planes.chroma.is_some() { 3 } else { 1 };
            for (number, table) in tables.iter().enumerate().take(count) {
                for value in planes.plane_mut(number)?.1 {
                    *value = table[usize::from(*value)];
                }
            }
        }
        if planes.chroma.is_none() || !self.is_foreign() {
            return Ok(Stored::Planes(planes));
        }
        mixed(&planes, size, self.foreign()).map(Stored::Pixels)
    }
}

/// Red, green and blue; without shares the planes are green, blue and red themselves.
fn mixed(planes: &Planes, (width, height): (u32, u32), shares: Option<(f32, f32)>) -> Result<Raster, Fault> {
    let (luma, blue, red) = (planes.plane(0)?, planes.plane(1)?, planes.plane(2)?);
    let mut pixels = Vec::with_capacity(width as usize * height as usize * 3);
    for y in 0..height as usize {
        for x in 0..width as usize {
            let near = (x / planes.across as usize, y / planes.down as usize);
            let at = |plane: &crate::plane::Stored<'_>, (x, y): (usize, usize)| {
                plane
                    .samples
                    .get(y * plane.stride as usize + x)
                    .copied()
                    .unwrap_or(128)
            };
            let (l, b, r) = (at(&luma, (x, y)), at(&blue, near), at(&red, near));
            let Some((of_red, of_blue)) = shares else {
                pixels.extend([r, l, b]);
                continue;
            };
            let (l, b, r) = (f32::from(l), f32::from(b) - 128.0, f32::from(r) - 128.0);
            let red = l + 2.0 * (1.0 - of_red) * r;
            let blue = l + 2.0 * (1.0 - of_blue) * b;
            let green = (l - of_red * red - of_blue * blue) / (1.0 - of_red - of_blue);
            pixels.extend([red, green, blue].map(|value| (value + 0.5) as u8));
        }
    }
    Ok(Raster {
        width,
        height,
        layout: Layout::Rgb,
        pixels,
    })
}
