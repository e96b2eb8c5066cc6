//! Light to a JPEG: bloom, the film's curve, vignette, grain.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::noise::{hash, split};
use super::vector::{V3, smoothstep, v3};
use crate::sample::Fault;

const QUALITY: u8 = 90;

/// Develops a square picture of linear light, `from` pixels a side, into a JPEG of `size` pixels a side. The
/// picture may be a little smaller than the film: grain is finer than any lens.
pub fn develop(picture: &[V3], from: usize, size: usize, exposure: f32, seed: u32) -> Result<Vec<u8>, Fault> {
    let tones = toned(picture, from, exposure);
    let mut pixels = vec![0; size * size * 3];
    let half = size / 2;
    let (top, bottom) = pixels.split_at_mut(half * size * 3);
    std::thread::scope(|scope| {
        scope.spawn(|| expose(&tones, from, size, seed, half, bottom));
        expose(&tones, from, size, seed, 0, top);
    });
    let side = u16::try_from(size).map_err(|error| Fault::Drawing(error.to_string()))?;
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder
        .encode(&pixels, side, side, ColorType::Rgb)
        .map_err(|error| Fault::Drawing(error.to_string()))?;
    Ok(bytes)
}

/// Tones from 0 to 255, with bloom and vignette.
fn toned(picture: &[V3], size: usize, exposure: f32) -> Vec<V3> {
    let glow = Glow::of(picture, size);
    let table = curve_table();
    let tone = |value: f32| {
        let place = (value * 256.0).clamp(0.0, 2047.0);
        let index = place as usize;
        table[index] + (table[index + 1] - table[index]) * (place - index as f32)
    };
    let mut tones = Vec::with_capacity(size * size);
    for row in 0..size {
        for column in 0..size {
            let (x, y) = (column as f32 / size as f32, row as f32 / size as f32);
            let corner = ((x - 0.5).powi(2) + (y - 0.48).powi(2)).sqrt();
            let vignette = 1.0 - 0.32 * smoothstep(0.36, 0.86, corner);
            let light = picture[row * size + column] * 0.955 + glow.at(x, y) * 0.045;
            let light = light * (exposure * vignette);
            tones.push(v3(tone(light.x), tone(light.y), tone(light.z)));
        }
    }
    tones
}

/// Rows from `first` on, enlarged by a sharp cubic (Catmull–Rom), with grain.
fn expose(tones: &[V3], from: usize, size: usize, seed: u32, first: usize, pixels: &mut [u8]) {
    let taps = |index: usize| {
        let place = (index as f32 + 0.5) * from as f32 / size as f32 - 0.5;
        let (whole, t) = split(place);
        let (t2, t3) = (t * t, t * t * t);
        let weights = [
            -0.5 * t + t2 - 0.5 * t3,
            1.0 - 2.5 * t2 + 1.5 * t3,
            0.5 * t + 2.0 * t2 - 1.5 * t3,
            -0.5 * t2 + 0.5 * t3,
        ];
        let places = [-1, 0, 1, 2].map(|k| (whole + k).clamp(0, from as i32 - 1) as usize);
        (places, weights)
    };
    let columns: Vec<_> = (0..size).map(taps).collect();
    let mut line = vec![v3(0.0, 0.0, 0.0); from];
    for (offset, row_pixels) in pixels.chunks_mut(size * 3).enumerate() {
        let row = first + offset;
        let (rows, by) = taps(row);
        for (column, sum) in line.iter_mut().enumerate() {
            let at = |k: usize| tones[rows[k] * from + column] * by[k];
            *sum = at(0) + at(1) + at(2) + at(3);
        }
        for (column, (pixel, (places, by))) in row_pixels.chunks_mut(3).zip(&columns).enumerate() {
            let at = |k: usize| line[places[k]] * by[k];
            let tone = at(0) + at(1) + at(2) + at(3);
            let bits = hash(column as i32, row as i32, seed as i32);
            // Two even throws make a soft one; a third, coarser, gives the grain some size.
            let coarse = hash(column as i32 / 2, row as i32 / 2, seed as i32 + 7);
            let throw = ((bits & 0xFF) + (bits >> 8 & 0xFF)) as f32 / 255.0 - 1.0;
            let grain = throw * 1.4 + ((coarse & 0xFF) as f32 / 127.5 - 1.0) * 0.8;
            for (value, tone) in pixel.iter_mut().zip([tone.x, tone.y, tone.z]) {
                *value = (tone + grain + 0.5).clamp(0.0, 255.0) as u8;
            }
        }
    }
}

/// Linear light from 0 to 8, in steps of 1/256, to a tone from 0 to 255: the toe and shoulder of film, then sRGB.
fn curve_table() -> Vec<f32> {
    (0..=2048)
        .map(|step| {
            let x = step as f32 / 256.0 * 0.80;
            let film = (x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14);
            // Half film, half plain: film alone is too hard for a shop window.
            let plain = x / (1.0 + x * 0.28);
            let value = (film * 0.62 + plain * 0.38).clamp(0.0, 1.0);
            255.0
                * if value <= 0.003_130_8 {
                    value * 12.92
                } else {
                    1.055 * value.powf(1.0 / 2.4) - 0.055
                }
        })
        .collect()
}

/// Light scattered in the lens: the picture, small and blurred.
struct Glow {
    side: usize,
    cells: Vec<V3>,
}

impl Glow {
    fn of(picture: &[V3], size: usize) -> Glow {
        let side = (size / 16).max(2);
        let mut cells = vec![v3(0.0, 0.0, 0.0); side * side];
        let step = size as f32 / side as f32;
        for (index, cell) in cells.iter_mut().enumerate() {
            let (left, top) = ((index % side) as f32 * step, (index / side) as f32 * step);
            let mut sum = v3(0.0, 0.0, 0.0);
            for k in 0..16 {
                let (dx, dy) = ((k % 4) as f32 + 0.5, (k / 4) as f32 + 0.5);
                sum += picture[(top + dy * step / 4.0) as usize * size + (left + dx * step / 4.0) as usize];
            }
            *cell = sum * (1.0 / 16.0);
        }
        for _ in 0..3 {
            for stride in [1, side] {
                let before = cells.clone();
                for index in 2 * stride..cells.len() - 2 * stride {
                    let sum = before[index - 2 * stride]
                        + before[index - stride]
                        + before[index]
                        + before[index + stride]
                        + before[index + 2 * stride];
                    cells[index] = sum * 0.2;
                }
            }
        }
        Glow { side, cells }
    }

    fn at(&self, x: f32, y: f32) -> V3 {
        let last = self.side as f32 - 1.001;
        let (x, y) = (
            (x * self.side as f32 - 0.5).clamp(0.0, last),
            (y * self.side as f32 - 0.5).clamp(0.0, last),
        );
        let (i, j) = (x as usize, y as usize);
        let (fx, fy) = (x - i as f32, y - j as f32);
        let get = |i: usize, j: usize| self.cells[j * self.side + i];
        get(i, j)
            .lerp(get(i + 1, j), fx)
            .lerp(get(i, j + 1).lerp(get(i + 1, j + 1), fx), fy)
    }
}
