//! A tilt, pixel by pixel.

use crate::framing::{Framing, Tilt};
use crate::raster::{Layout, Raster};

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
    let size = (width, height);
    let pixels = match raster.layout {
        Layout::Grey => sampled::<1>(raster, begin, across, down, size),
        Layout::Rgb => sampled::<3>(raster, begin, across, down, size),
        Layout::Rgba => sampled::<4>(raster, begin, across, down, size),
    };
    Raster {
        width,
        height,
        layout: raster.layout,
        pixels,
    }
}

fn sampled<const CHANNELS: usize>(
    raster: &Raster,
    begin: (f64, f64),
    across: (f64, f64),
    down: (f64, f64),
    (width, height): (u32, u32),
) -> Vec<u8> {
    let row_bytes = width as usize * CHANNELS;
    let mut pixels = vec![0; row_bytes * height as usize];
    for (y, row) in (0..height).zip(pixels.chunks_exact_mut(row_bytes.max(1))) {
        let y = f64::from(y);
        for (x, pixel) in (0..width).zip(row.chunks_exact_mut(CHANNELS)) {
            let x = f64::from(x);
            let from = (
                begin.0 + across.0 * x + down.0 * y,
                begin.1 + across.1 * x + down.1 * y,
            );
            for (value, sum) in pixel.iter_mut().zip(sample::<CHANNELS>(raster, from)) {
                *value = (sum + 0.5) as u8;
            }
        }
    }
    pixels
}

fn sample<const CHANNELS: usize>(raster: &Raster, (x, y): (f64, f64)) -> [f32; CHANNELS] {
    let (left, top) = (x.floor(), y.floor());
    let (across, down) = (weights(x - left), weights(y - top));
    let (left, top) = (left as i64 - 1, top as i64 - 1);
    let (width, height) = (i64::from(raster.width), i64::from(raster.height));
    // Down first, all channels of the four columns side by side, and then across.
    let mut columns = [[0.0_f32; CHANNELS]; 4];
    let mut add = |column: usize, weight: f32, values: &[u8]| {
        for (sum, value) in columns[column].iter_mut().zip(values) {
            *sum += weight * f32::from(*value);
        }
    };
    let inside = left >= 0 && top >= 0 && left + 4 <= width && top + 4 <= height;
    for (row, down) in (top..).zip(down) {
        if inside {
            let from = (row * width + left) as usize * CHANNELS;
            let four = raster.pixels.get(from..from + 4 * CHANNELS).unwrap_or_default();
            let (four, _) = four.as_chunks::<CHANNELS>();
            if let [a, b, c, d] = four {
                add(0, down, a);
                add(1, down, b);
                add(2, down, c);
                add(3, down, d);
            }
        } else {
            // Beyond the edge its last pixels go on.
            let row = row.clamp(0, height - 1) * width;
            for column in 0..4 {
                let from = (row + (left + column as i64).clamp(0, width - 1)) as usize * CHANNELS;
                add(
                    column,
                    down,
                    raster.pixels.get(from..from + CHANNELS).unwrap_or_default(),
                );
            }
        }
    }
    let mut sums = [0.0; CHANNELS];
    for (column, across) in columns.iter().zip(across) {
        for (sum, value) in sums.iter_mut().zip(column) {
            *sum += across * value;
        }
    }
    sums
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
