//! Plain weave, as palm and wool have it.

use crate::sample::studio::noise::{random, split};
use crate::sample::studio::vector::{mix, smoothstep};

/// A point of a plain weave of strips one unit wide.
pub struct Weave {
    /// Whether the strip that runs up is on top here.
    pub upright: bool,
    /// Number of the strip on top.
    pub strip: i32,
    /// How the height grows along x and y.
    pub slope: (f32, f32),
    /// From 0 in the gaps to 1 on the crowns.
    pub light: f32,
    /// From 0 to 1, the strip's own.
    pub own: f32,
}

/// `wrap` strips after which x begins again; 0 for never.
pub fn plain(x: f32, y: f32, wrap: i32) -> Weave {
    let ((i, fx), (j, fy)) = (split(x), split(y));
    let i = if wrap > 0 { i.rem_euclid(wrap) } else { i };
    let upright = (i + j).rem_euclid(2) == 0;
    let (across, along) = if upright {
        (fx - 0.5, fy - 0.5)
    } else {
        (fy - 0.5, fx - 0.5)
    };
    // A strip is flat with rounded edges, and dips where it goes under.
    let edge = smoothstep(0.5, 0.36, across.abs());
    let dip = (along * std::f32::consts::PI).cos();
    let slope_along = -(along * std::f32::consts::PI).sin() * 0.9;
    let slope_across = -across.signum() * smoothstep(0.28, 0.5, across.abs()) * 1.1;
    let strip = if upright { i } else { j };
    Weave {
        upright,
        strip,
        slope: if upright {
            (slope_across, slope_along)
        } else {
            (slope_along, slope_across)
        },
        light: mix(0.30, 1.0, dip.max(0.0).powf(0.6)) * mix(0.45, 1.0, edge),
        own: random(strip, i32::from(upright), 77),
    }
}
