//! The lamps, and what a mirror sees of the room.

use super::scene::Scene;
use super::vector::{V3, mix, smoothstep, v3};

pub const KEY_COLOUR: V3 = v3(1.0, 0.955, 0.89);
pub const ROOM_COLOUR: V3 = v3(0.90, 0.95, 1.0);
/// Half the softbox's width and height, as seen from the piece, in units of its distance.
const SOFTBOX: (f32, f32) = (0.46, 0.56);

/// Two directions across `ahead`: to the right and upwards.
pub fn across(ahead: V3) -> (V3, V3) {
    let right = if ahead.z.abs() < 0.99 {
        ahead.cross(V3::UP).unit()
    } else {
        v3(1.0, 0.0, 0.0)
    };
    (right, right.cross(ahead).unit())
}

/// Directions to points spread over the softbox.
pub fn softbox(key: V3, count: usize) -> Vec<V3> {
    let (right, up) = across(key);
    (0..count)
        .map(|index| {
            let x = (index as f32 + 0.5) / count as f32;
            let y = (index as f32 * 0.618_034).fract();
            (key + right * ((2.0 * x - 1.0) * SOFTBOX.0) + up * ((2.0 * y - 1.0) * SOFTBOX.1)).unit()
        })
        .collect()
}

/// Directions spread evenly over the half of the sky round `up`.
pub fn sky(up: V3, count: usize) -> Vec<V3> {
    let (right, ahead) = across(up);
    (0..count)
        .map(|index| {
            let height = (index as f32 + 0.5) / count as f32;
            let ring = (1.0 - height * height).sqrt();
            let (sin, cos) = (index as f32 * 2.399_963).sin_cos();
            (up * height + right * (ring * cos) + ahead * (ring * sin)).unit()
        })
        .collect()
}

/// What comes to a mirror of this roughness from `direction`. `below` is the colour of what it stands on.
pub fn seen(scene: &Scene, direction: V3, roughness: f32, below: V3) -> V3 {
    let blur = 0.035 + roughness * 0.9;
    let level = direction.z;
    // The room: dark below the horizon where the table is, lighter towards the ceiling.
    let ceiling = smoothstep(-0.25 - blur, 0.9 + blur, level);
    let air = scene.room * mix(0.34, 1.5, ceiling) * scene.room_light * 1.3;
    let table = smoothstep(0.08 + blur * 0.5, -0.22 - blur * 0.5, level);
    // The table is lit beside the piece and in its shadow beneath it.
    let lit = mix(0.40, 1.05, smoothstep(-1.0, -0.12, level)) * (1.0 - 0.28 * direction.x);
    let mut light = air.lerp(below * lit, table);
    // The softbox, upper left.
    let (right, up) = across(scene.key);
    light += KEY_COLOUR * (scene.key_light * 2.6 * lamp(direction, scene.key, right, up, SOFTBOX, blur));
    // A white board at the right, upright and narrow, that opens the shadows.
    let board = v3(0.90, -0.30, 0.30).unit();
    let (right, up) = across(board);
    light + ROOM_COLOUR * (scene.key_light * 0.42 * lamp(direction, board, right, up, (0.20, 0.72), blur))
}

/// How much of a rectangular lamp is seen, from 0 to 1; a rough mirror sees it larger and fainter.
fn lamp(direction: V3, ahead: V3, right: V3, up: V3, half: (f32, f32), blur: f32) -> f32 {
    let depth = direction.dot(ahead);
    if depth <= 0.05 {
        return 0.0;
    }
    let (x, y) = (direction.dot(right) / depth, direction.dot(up) / depth);
    let edge = |at: f32, half: f32| smoothstep(half + blur, half - blur.min(half * 1.4), at.abs());
    let spread = (half.0 * half.1) / ((half.0 + blur * 0.55) * (half.1 + blur * 0.55));
    edge(x, half.0) * edge(y, half.1) * spread
}
