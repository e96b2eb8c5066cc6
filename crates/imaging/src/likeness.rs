//! Whether two photos look the same: 64 bits that stay nearly what they were when a photo is sent through a
//! messenger, made smaller, brighter or cut a little. The perceptual hash of Zauner (2010): the signs of the
//! slowest waves of brightness.

use std::f64::consts::PI;

use crate::plane::Plane;

/// Brightness is looked at in so many cells each way.
const CELLS: usize = 32;
/// Waves of so many half turns each way, at most.
const WAVES: usize = 9;

/// So many of the 64 bits may differ in two photos that look the same.
pub const LIKENESS_SAME: u32 = 10;

/// In how many of the 64 bits two photos differ.
pub fn likeness_apart(a: u64, b: u64) -> u32 {
    (a ^ b).count_ones()
}

/// Whole numbers throughout, so that it is the same on every machine.
pub(crate) fn of(luma: &Plane) -> u64 {
    let cells = cells(luma);
    let waves: Vec<Vec<i64>> = (0..WAVES)
        .map(|wave| {
            (0..CELLS)
                .map(|cell| {
                    let angle = (2 * cell + 1) as f64 * wave as f64 * PI / (2 * CELLS) as f64;
                    (angle.cos() * 16_384.0).round() as i64
                })
                .collect()
        })
        .collect();
    let across: Vec<Vec<i64>> = cells
        .iter()
        .map(|row| waves.iter().map(|wave| dot(row, wave)).collect())
        .collect();
    // From the slowest on, without the mean: 64 of them.
    let mut found = Vec::with_capacity(64);
    for both in 1..2 * WAVES {
        for down in 0..WAVES.min(both + 1) {
            if let (Some(wave), true) = (waves.get(down), both - down < WAVES && found.len() < 64) {
                let column: Vec<i64> = across.iter().map(|row| row[both - down]).collect();
                // Brought down again before it grows out of 64 bits.
                found.push(dot(&column, wave) >> 14);
            }
        }
    }
    let mut sorted = found.clone();
    sorted.sort_unstable();
    let middle = sorted.get(sorted.len() / 2).copied().unwrap_or(0);
    found
        .iter()
        .fold(0, |bits, value| bits << 1 | u64::from(*value >= middle))
}

fn dot(a: &[i64], b: &[i64]) -> i64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Mean brightness of each cell, in sixteenths.
fn cells(luma: &Plane) -> Vec<Vec<i64>> {
    let (width, height) = (luma.width as usize, luma.height as usize);
    let part = |cell: usize, length: usize| {
        let begin = cell * length / CELLS;
        begin..((cell + 1) * length / CELLS).max(begin + 1)
    };
    (0..CELLS)
        .map(|row| {
            (0..CELLS)
                .map(|column| {
                    let (mut sum, mut count) = (0, 0);
                    for y in part(row, height) {
                        let samples = luma.samples.get(y * width..(y + 1) * width).unwrap_or_default();
                        for sample in samples.get(part(column, width)).unwrap_or_default() {
                            sum += i64::from(*sample);
                            count += 1;
                        }
                    }
                    sum * 16 / i64::max(count, 1)
                })
                .collect()
        })
        .collect()
}
