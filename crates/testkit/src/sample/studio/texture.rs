//! Painted surfaces: SVG, rendered and wrapped round a shape.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg;

use super::noise::split;
use super::vector::{V3, v3};
use crate::sample::Fault;

/// A picture that can be asked for its colour anywhere.
pub struct Texture {
    width: usize,
    height: usize,
    /// Red, green, blue, alpha; not multiplied by alpha.
    pixels: Vec<[u8; 4]>,
    linear: [f32; 256],
}

impl Texture {
    /// Renders an SVG whose view box fits the size.
    pub fn svg(svg: &str, width: usize, height: usize) -> Result<Texture, Fault> {
        let tree = usvg::Tree::from_str(svg, &usvg::Options::default())
            .map_err(|error| Fault::Drawing(error.to_string()))?;
        let mut pixmap = Pixmap::new(width as u32, height as u32)
            .ok_or_else(|| Fault::Drawing("a texture without a size".to_owned()))?;
        let size = tree.size();
        let fit = Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
        resvg::render(&tree, fit, &mut pixmap.as_mut());
        let pixels = pixmap
            .pixels()
            .iter()
            .map(|pixel| {
                let colour = pixel.demultiply();
                [colour.red(), colour.green(), colour.blue(), colour.alpha()]
            })
            .collect();
        let linear = std::array::from_fn(|value| {
            let value = value as f32 / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        });
        Ok(Texture {
            width,
            height,
            pixels,
            linear,
        })
    }

    /// Colour in linear light, and alpha. u repeats; v = 0 is the bottom.
    pub fn sample(&self, u: f32, v: f32) -> (V3, f32) {
        let x = split(u).1 * self.width as f32 - 0.5;
        let y = ((1.0 - v).clamp(0.0, 1.0) * self.height as f32 - 0.5).clamp(0.0, self.height as f32 - 1.0);
        let ((x0, fx), (y0, fy)) = (split(x), split(y));
        let mut colour = v3(0.0, 0.0, 0.0);
        let mut alpha = 0.0;
        for (j, weight_y) in [(0, 1.0 - fy), (1, fy)] {
            let row = (y0 as usize + j).min(self.height - 1) * self.width;
            for (i, weight_x) in [(0, 1.0 - fx), (1, fx)] {
                let column = (x0 + i).rem_euclid(self.width as i32) as usize;
                let [r, g, b, a] = self.pixels[row + column];
                let weight = weight_x * weight_y * f32::from(a) / 255.0;
                let lin = |value: u8| self.linear[usize::from(value)];
                colour += v3(lin(r), lin(g), lin(b)) * weight;
                alpha += weight;
            }
        }
        if alpha > 1e-4 {
            colour = colour * (1.0 / alpha);
        }
        (colour, alpha)
    }

    /// Alpha alone, at the nearest pixel: whether there is anything.
    pub fn covers(&self, u: f32, v: f32) -> bool {
        let x = (u.clamp(0.0, 1.0) * self.width as f32) as usize;
        let y = ((1.0 - v).clamp(0.0, 1.0) * self.height as f32) as usize;
        self.pixels[y.min(self.height - 1) * self.width + x.min(self.width - 1)][3] > 127
    }

    /// Alpha as height, softened over `radius` pixels: embossing, tooling, thread that stands up.
    pub fn relief(&self, radius: usize) -> Relief {
        let mut heights: Vec<f32> = self
            .pixels
            .iter()
            .map(|pixel| f32::from(pixel[3]) / 255.0)
            .collect();
        for _ in 0..2 {
            heights = blurred_rows(&heights, self.width, radius);
            heights = transposed(&heights, self.width);
            heights = blurred_rows(&heights, self.height, radius);
            heights = transposed(&heights, self.height);
        }
        Relief {
            width: self.width,
            height: self.height,
            heights,
        }
    }
}

fn blurred_rows(values: &[f32], width: usize, radius: usize) -> Vec<f32> {
    let mut out = Vec::with_capacity(values.len());
    let span = (2 * radius + 1) as f32;
    for row in values.chunks_exact(width) {
        let get = |x: isize| row[x.rem_euclid(width as isize) as usize];
        let r = radius as isize;
        let mut sum: f32 = (-r..=r).map(get).sum();
        for x in 0..width as isize {
            out.push(sum / span);
            sum += get(x + r + 1) - get(x - r);
        }
    }
    out
}

fn transposed(values: &[f32], width: usize) -> Vec<f32> {
    let height = values.len() / width;
    (0..width)
        .flat_map(|x| (0..height).map(move |y| values[y * width + x]))
        .collect()
}

/// Heights from 0 to 1.
pub struct Relief {
    width: usize,
    height: usize,
    heights: Vec<f32>,
}

impl Relief {
    pub fn height(&self, u: f32, v: f32) -> f32 {
        let x = split(u).1 * self.width as f32 - 0.5;
        let y = ((1.0 - v).clamp(0.0, 1.0) * self.height as f32 - 0.5).clamp(0.0, self.height as f32 - 1.0);
        let ((x0, fx), (y0, fy)) = (split(x), split(y));
        let get = |i: i32, j: usize| {
            let column = (x0 + i).rem_euclid(self.width as i32) as usize;
            self.heights[(y0 as usize + j).min(self.height - 1) * self.width + column]
        };
        (get(0, 0) * (1.0 - fx) + get(1, 0) * fx) * (1.0 - fy)
            + (get(0, 1) * (1.0 - fx) + get(1, 1) * fx) * fy
    }

    /// How the height grows along u and v, for a whole unit of each.
    pub fn slope(&self, u: f32, v: f32) -> [f32; 2] {
        let (du, dv) = (1.0 / self.width as f32, 1.0 / self.height as f32);
        [
            (self.height(u + du, v) - self.height(u - du, v)) / (2.0 * du),
            (self.height(u, v + dv) - self.height(u, v - dv)) / (2.0 * dv),
        ]
    }
}
