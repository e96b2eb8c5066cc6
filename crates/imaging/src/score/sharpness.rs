//! Focus, told from noise.
//!
//! The variance of the Laplacian alone calls a noisy blur sharp and a smooth pot blurred. Two things are asked
//! instead. How strong are the strongest edges at full size, beside the same edges at half size? An edge in
//! focus is as steep at both; one that is spread over several pixels is four times flatter at full size. And
//! how much of that is noise? As much as the flattest squares of the picture have.

use crate::plane::Plane;

/// Side of the squares, in pixels of the plane.
const SQUARE: usize = 32;
/// One square in so many is looked at as an edge, and one as flat.
const SHARE: usize = 16;
/// Mean square of second differences at half size below which there is nothing to be sharp.
const NOTHING: f64 = 6.0;
/// A direction with less than this share of the other's edges says nothing.
const ONE_WAY: f64 = 0.2;

#[derive(Clone, Copy)]
enum Way {
    Across,
    Down,
}

/// From 0 to 100.
pub(super) fn of(luma: &Plane) -> u8 {
    let half = halved(luma);
    let ways = [Way::Across, Way::Down].map(|way| along(luma, &half, way));
    let strongest = ways.iter().map(|way| way.strength).fold(0.0, f64::max);
    let sharpness = ways
        .iter()
        .filter(|way| way.strength >= NOTHING && way.strength >= strongest * ONE_WAY)
        .map(|way| way.ratio)
        .fold(f64::INFINITY, f64::min);
    if sharpness.is_finite() {
        (sharpness * 100.0).clamp(0.0, 100.0) as u8
    } else {
        0
    }
}

struct Edges {
    /// Mean square of second differences at half size, in the squares with the most.
    strength: f64,
    /// The same at full size, beside it: 1 and more for a perfect edge.
    ratio: f64,
}

fn along(full: &Plane, half: &Plane, way: Way) -> Edges {
    let squares = |length: u32| (length as usize / 2 / (SQUARE / 2)).max(1);
    let (across, down) = (squares(full.width), squares(full.height));
    let mut all: Vec<(f64, usize)> = (0..across * down)
        .map(|index| {
            let energy = energy(half, index % across, index / across, SQUARE / 2, way);
            (energy, index)
        })
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    let count = (all.len() / SHARE).max(1);
    let mean_full = |some: &[(f64, usize)]| {
        let sum: f64 = some
            .iter()
            .map(|(_, index)| energy(full, index % across, index / across, SQUARE, way))
            .sum();
        sum / some.len().max(1) as f64
    };
    let mean_half =
        |some: &[(f64, usize)]| some.iter().map(|(energy, _)| energy).sum::<f64>() / some.len().max(1) as f64;
    let (edges, flat) = (
        all.get(..count).unwrap_or_default(),
        all.get(all.len().saturating_sub(count)..).unwrap_or_default(),
    );
    let strength = mean_half(edges) - mean_half(flat);
    let fine = (mean_full(edges) - mean_full(flat)).max(0.0);
    Edges {
        strength,
        ratio: if strength > 0.0 {
            (fine / strength).sqrt()
        } else {
            0.0
        },
    }
}

/// Mean square of second differences inside one square.
fn energy(plane: &Plane, column: usize, row: usize, side: usize, way: Way) -> f64 {
    let width = plane.width as usize;
    let (left, top) = (column * side, row * side);
    let right = (left + side).min(width);
    let bottom = (top + side).min(plane.height as usize);
    let part = |y: usize, from: usize, to: usize| {
        plane
            .samples
            .get(y * width + from..y * width + to)
            .unwrap_or_default()
    };
    let mut sum = 0_i64;
    let mut count = 0_usize;
    let mut add = |before: &[u8], here: &[u8], after: &[u8]| {
        let squares = here.iter().zip(before).zip(after).map(|((here, before), after)| {
            let bend = 2 * i32::from(*here) - i32::from(*before) - i32::from(*after);
            bend * bend
        });
        sum += i64::from(squares.sum::<i32>());
        count += here.len();
    };
    match way {
        Way::Across if right > left + 2 => {
            for y in top..bottom {
                add(
                    part(y, left, right - 2),
                    part(y, left + 1, right - 1),
                    part(y, left + 2, right),
                );
            }
        }
        Way::Down if bottom > top + 2 => {
            for y in top + 1..bottom - 1 {
                add(
                    part(y - 1, left, right),
                    part(y, left, right),
                    part(y + 1, left, right),
                );
            }
        }
        _ => {}
    }
    sum as f64 / count.max(1) as f64
}

/// Half the width and height; the last of an odd number is left out.
fn halved(plane: &Plane) -> Plane {
    let width = plane.width as usize;
    let (across, down) = (width / 2, plane.height as usize / 2);
    let mut samples = Vec::with_capacity(across * down);
    for two in plane.samples.chunks_exact((width * 2).max(1)).take(down) {
        let (above, below) = two.split_at(width);
        let sums = above
            .chunks_exact(2)
            .zip(below.chunks_exact(2))
            .map(|(above, below)| {
                let sum =
                    u16::from(above[0]) + u16::from(above[1]) + u16::from(below[0]) + u16::from(below[1]);
                ((sum + 2) / 4) as u8
            });
        samples.extend(sums);
    }
    Plane {
        width: across as u32,
        height: down as u32,
        samples,
    }
}
