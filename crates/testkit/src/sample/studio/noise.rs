//! Noise that is the same on every run.

use std::sync::LazyLock;

use super::vector::V3;

/// Well mixed bits of three whole numbers.
pub fn hash(x: i32, y: i32, z: i32) -> u32 {
    let mut h = (x as u32).wrapping_mul(0x8DA6_B343)
        ^ (y as u32).wrapping_mul(0xD816_3841)
        ^ (z as u32).wrapping_mul(0xCB1A_B31F);
    h ^= h >> 15;
    h = h.wrapping_mul(0x2C1B_3C6D);
    h ^= h >> 12;
    h = h.wrapping_mul(0x297A_2D39);
    h ^ (h >> 15)
}

/// From 0 to 1.
pub fn random(x: i32, y: i32, z: i32) -> f32 {
    (hash(x, y, z) >> 8) as f32 / 16_777_216.0
}

/// Random numbers by place, mixed once: looking up is quicker than mixing.
static LATTICE: LazyLock<[f32; 4096]> =
    LazyLock::new(|| std::array::from_fn(|index| random(index as i32, 11, 5)));

/// The whole number below, and how far above it: `f32::floor` is a call on plain x86-64.
#[inline]
pub fn split(x: f32) -> (i32, f32) {
    let whole = x as i32;
    let whole = if (whole as f32) > x { whole - 1 } else { whole };
    (whole, x - whole as f32)
}

/// Smooth, from -1 to 1, features about one unit wide.
pub fn noise(p: V3) -> f32 {
    let lattice: &[f32; 4096] = &LATTICE;
    let ((x, fx), (y, fy), (z, fz)) = (split(p.x), split(p.y), split(p.z));
    let ease = |t: f32| t * t * (3.0 - 2.0 * t);
    let (u, v, w) = (ease(fx), ease(fy), ease(fz));
    let (hx, hy, hz) = (
        [x, x.wrapping_add(1)].map(|x| (x as u32).wrapping_mul(0x9E37_79B1)),
        [y, y.wrapping_add(1)].map(|y| (y as u32).wrapping_mul(0x85EB_CA77)),
        [z, z.wrapping_add(1)].map(|z| (z as u32).wrapping_mul(0xC2B2_AE3D)),
    );
    let at = |i: usize, j: usize, k: usize| {
        let mixed = hx[i] ^ hy[j] ^ hz[k];
        lattice[((mixed ^ (mixed >> 15)) >> 8) as usize & 4095]
    };
    let line = |j: usize, k: usize| {
        let a = at(0, j, k);
        a + (at(1, j, k) - a) * u
    };
    let plane = |k: usize| {
        let a = line(0, k);
        a + (line(1, k) - a) * v
    };
    let a = plane(0);
    (a + (plane(1) - a) * w) * 2.0 - 1.0
}

/// Noise upon noise, each octave half as high and twice as fine.
pub fn fbm(p: V3, octaves: u32) -> f32 {
    let (mut sum, mut height, mut p) = (0.0, 0.5, p);
    for _ in 0..octaves {
        sum += noise(p) * height;
        height *= 0.5;
        p = p * 2.03
            + V3 {
                x: 17.1,
                y: 9.7,
                z: 4.3,
            };
    }
    sum
}

/// The slope of [`noise`] at a point, for surfaces that it makes uneven.
pub fn noise_slope(p: V3) -> V3 {
    let step = 0.05;
    let here = noise(p);
    let along = |by: V3| (noise(p + by) - here) / step;
    V3 {
        x: along(V3 {
            x: step,
            y: 0.0,
            z: 0.0,
        }),
        y: along(V3 {
            x: 0.0,
            y: step,
            z: 0.0,
        }),
        z: along(V3 {
            x: 0.0,
            y: 0.0,
            z: step,
        }),
    }
}

/// The nearest of points scattered one to a square: how far and in which direction it is, how much nearer than
/// the second, and a number of its own from 0 to 1. `wrap` squares after which x begins again.
pub struct Cell {
    pub distance: f32,
    pub to: [f32; 2],
    pub gap: f32,
    pub id: f32,
}

pub fn cell(x: f32, y: f32, wrap: i32) -> Cell {
    let lattice: &[f32; 4096] = &LATTICE;
    let ((fx, _), (fy, _)) = (split(x), split(y));
    let mut best = (f32::MAX, [0.0; 2], 0);
    let mut second = f32::MAX;
    for j in fy - 1..=fy + 1 {
        let row = (j as u32).wrapping_mul(0x85EB_CA77);
        for i in fx - 1..=fx + 1 {
            let k = if wrap > 0 { i.rem_euclid(wrap) } else { i };
            let mixed = (k as u32).wrapping_mul(0x9E37_79B1) ^ row;
            let own = ((mixed ^ (mixed >> 15)) >> 8) as usize & 4095;
            let dx = i as f32 + 0.15 + 0.7 * lattice[own] - x;
            let dy = j as f32 + 0.15 + 0.7 * lattice[(own + 1619) & 4095] - y;
            let distance = dx * dx + dy * dy;
            if distance < best.0 {
                second = best.0;
                best = (distance, [dx, dy], own);
            } else if distance < second {
                second = distance;
            }
        }
    }
    let distance = best.0.sqrt();
    Cell {
        distance,
        to: best.1,
        gap: second.sqrt() - distance,
        id: lattice[(best.2 + 2741) & 4095],
    }
}
