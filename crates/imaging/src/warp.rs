//! A tilt, pixel by pixel.

use crate::framing::{Framing, Tilt};
use crate::raster::Raster;

/// Of `raster`, which shows the framing's region, what is kept of it once tilted, in this size. Catmull-Rom:
/// each pixel from sixteen, as sharp as they are.
pub(crate) fn tilted(raster: &Raster, framing: &Framing, tilt: &Tilt, (width, height): (u32, u32)) -> Raster {
    let region = framing.region();
    let scale = (
        f64::from(raster.width) / region.width,
        f64::from(raster.height) / region.height,
    );
    // The way is even: two steps say all of it.
    let at = |x: f64, y: f64| {
        let (x, y) = tilt.source(framing.point(x / f64::from(width), y / f64::from(height)));
        (
            (x - region.left) * scale.0 - 0.5,
            (y - region.top) * scale.1 - 0.5,
        )
    };
    let begin = at(0.5, 0.5);
    let (next, below) = (at(1.5, 0.5), at(0.5, 1.5));
    let across = (next.0 - begin.0, next.1 - begin.1);
    let down = (below.0 - begin.0, below.1 - begin.1);
    let channels = raster.layout.channels();
    let mut pixels = vec![0; width as usize * height as usize * channels];
    let rows = pixels.chunks_exact_mut((width as usize * channels).max(1));
    for (y, row) in (0..height).map(f64::from).zip(rows) {
        for (x, pixel) in (0..width).map(f64::from).zip(row.chunks_exact_mut(channels)) {
            let from = (
                begin.0 + across.0 * x + down.0 * y,
                begin.1 + across.1 * x + down.1 * y,
            );
            sample(raster, from, pixel);
        }
    }
    Raster {
        width,
        height,
        layout: raster.layout,
        pixels,
    }
}

/// Beyond the edge its last pixels go on.
fn sample(raster: &Raster, (x, y): (f64, f64), pixel: &mut [u8]) {
    let channels = raster.layout.channels();
    let place = |at: f64, length: u32| -> [usize; 4] {
        let first = at.floor() as i64 - 1;
        [0, 1, 2, 3].map(|n| (first + n).clamp(0, i64::from(length) - 1) as usize)
    };
    let (columns, rows) = (place(x, raster.width), place(y, raster.height));
    let (across, down) = (weights(x - x.floor()), weights(y - y.floor()));
    let mut sums = [0.0_f32; 4];
    for (row, down) in rows.into_iter().zip(down) {
        let row = row * raster.width as usize;
        for (column, across) in columns.into_iter().zip(across) {
            let from = (row + column) * channels;
            let weight = across * down;
            let values = raster.pixels.get(from..from + channels).unwrap_or_default();
            for (sum, value) in sums.iter_mut().zip(values) {
                *sum += weight * f32::from(*value);
            }
        }
    }
    for (value, sum) in pixel.iter_mut().zip(sums) {
        *value = (sum + 0.5) as u8;
    }
}

/// Of the four neighbours, for a place that is so far beyond the second (Catmull and Rom 1974).
fn weights(beyond: f64) -> [f32; 4] {
    let t = beyond as f32;
    let (t2, t3) = (t * t, t * t * t);
    [
        (-t + 2.0 * t2 - t3) / 2.0,
        (2.0 - 5.0 * t2 + 3.0 * t3) / 2.0,
        (t + 4.0 * t2 - 3.0 * t3) / 2.0,
        (t3 - t2) / 2.0,
    ]
}
