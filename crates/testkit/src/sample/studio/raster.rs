//! Triangles to pixels.

use super::noise::split;
use super::scene::{Camera, Part, Scene};
use super::vector::{V3, v3};

/// No triangle.
pub const NOTHING: u32 = u32::MAX;

/// All of a scene's corners and triangles in one row each.
pub struct Soup {
    pub at: Vec<V3>,
    pub rest: Vec<V3>,
    pub normal: Vec<V3>,
    pub tangent: Vec<V3>,
    pub uv: Vec<[f32; 2]>,
    pub triangles: Vec<[u32; 3]>,
    pub part: Vec<u16>,
}

impl Soup {
    pub fn of(scene: &Scene) -> Soup {
        let mut soup = Soup {
            at: Vec::new(),
            rest: Vec::new(),
            normal: Vec::new(),
            tangent: Vec::new(),
            uv: Vec::new(),
            triangles: Vec::new(),
            part: Vec::new(),
        };
        for (index, part) in scene.parts.iter().enumerate() {
            let offset = soup.at.len() as u32;
            for vertex in &part.mesh.vertices {
                soup.at.push(vertex.at);
                soup.rest.push(vertex.rest);
                soup.normal.push(vertex.normal);
                soup.tangent.push(vertex.tangent);
                soup.uv.push(vertex.uv);
            }
            soup.triangles.extend(
                part.mesh
                    .triangles
                    .iter()
                    .map(|corners| corners.map(|corner| corner + offset)),
            );
            soup.part.resize(soup.triangles.len(), index as u16);
        }
        soup
    }
}

/// The camera's axes, ready to use.
pub struct View {
    pub eye: V3,
    pub ahead: V3,
    pub right: V3,
    pub up: V3,
    /// Pixels per unit at distance one.
    pub scale: f32,
    pub size: usize,
}

impl View {
    pub fn of(camera: &Camera, size: usize) -> View {
        let (azimuth, elevation) = (camera.azimuth.to_radians(), camera.elevation.to_radians());
        let back = v3(0.0, -elevation.cos(), elevation.sin()).about_z(azimuth);
        let ahead = -back;
        let right = ahead.cross(V3::UP).unit();
        let half = (camera.view.to_radians() * 0.5).tan();
        View {
            eye: camera.target + back * camera.distance,
            ahead,
            right,
            up: right.cross(ahead),
            scale: size as f32 * 0.5 / half,
            size,
        }
    }

    /// Pixel column, pixel row, distance along the view.
    pub fn project(&self, point: V3) -> V3 {
        let from_eye = point - self.eye;
        let depth = from_eye.dot(self.ahead).max(1e-3);
        let middle = self.size as f32 * 0.5;
        v3(
            middle + from_eye.dot(self.right) / depth * self.scale,
            middle - from_eye.dot(self.up) / depth * self.scale,
            depth,
        )
    }

    /// The direction in which a place of the picture looks.
    pub fn ray(&self, x: f32, y: f32) -> V3 {
        let middle = self.size as f32 * 0.5;
        (self.ahead + self.right * ((x - middle) / self.scale) + self.up * ((middle - y) / self.scale)).unit()
    }
}

/// Weights of a triangle's corners at a pixel, true to perspective; nothing outside it.
pub fn weights(corners: [V3; 3], x: f32, y: f32) -> [f32; 3] {
    let [a, b, c] = corners;
    let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    let scale = if area.abs() > 1e-12 { 1.0 / area } else { 0.0 };
    let w0 = ((b.x - x) * (c.y - y) - (b.y - y) * (c.x - x)) * scale / a.z;
    let w1 = ((c.x - x) * (a.y - y) - (c.y - y) * (a.x - x)) * scale / b.z;
    let w2 = ((a.x - x) * (b.y - y) - (a.y - y) * (b.x - x)) * scale / c.z;
    let sum = w0 + w1 + w2;
    let whole = if sum.abs() > 1e-12 { 1.0 / sum } else { 0.0 };
    [w0 * whole, w1 * whole, w2 * whole]
}

/// Calls `mark(pixel, depth, front)` for each pixel centre inside a triangle. Points are (column, row, depth).
#[inline]
pub fn fill(
    corners: [V3; 3],
    size: usize,
    shift: (f32, f32),
    mut mark: impl FnMut(usize, f32, f32, f32, bool),
) {
    let [a, b, c] = corners;
    let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    if area.abs() < 1e-9 {
        return;
    }
    let edge = size as i32 - 1;
    let above = |x: f32| (-split(-x).0).clamp(0, size as i32);
    let below = |x: f32| split(x).0.clamp(-1, edge);
    let (low_x, high_x) = (
        above(a.x.min(b.x).min(c.x) - shift.0),
        below(a.x.max(b.x).max(c.x) - shift.0),
    );
    let (low_y, high_y) = (
        above(a.y.min(b.y).min(c.y) - shift.1),
        below(a.y.max(b.y).max(c.y) - shift.1),
    );
    if low_x > high_x || low_y > high_y {
        return;
    }
    let scale = 1.0 / area;
    for row in low_y.max(0) as usize..=high_y.max(0) as usize {
        let y = row as f32 + shift.1;
        for column in low_x.max(0) as usize..=high_x.max(0) as usize {
            let x = column as f32 + shift.0;
            let w0 = ((b.x - x) * (c.y - y) - (b.y - y) * (c.x - x)) * scale;
            let w1 = ((c.x - x) * (a.y - y) - (c.y - y) * (a.x - x)) * scale;
            let w2 = 1.0 - w0 - w1;
            if w0 >= 0.0 && w1 >= 0.0 && w2 >= 0.0 {
                mark(
                    row * size + column,
                    w0 * a.z + w1 * b.z + w2 * c.z,
                    x,
                    y,
                    area < 0.0,
                );
            }
        }
    }
}

/// The nearest triangle at each pixel, for one place inside the pixels.
pub fn visible(
    scene: &Scene,
    soup: &Soup,
    screen: &[V3],
    size: usize,
    shift: (f32, f32),
) -> (Vec<u32>, Vec<f32>) {
    let mut nearest = vec![NOTHING; size * size];
    let mut depth = vec![f32::MAX; size * size];
    for (index, triangle) in soup.triangles.iter().enumerate() {
        let part = &scene.parts[usize::from(soup.part[index])];
        if part.stain.is_some() {
            continue;
        }
        let corners = triangle.map(|corner| screen[corner as usize]);
        fill(corners, size, shift, |pixel, z, x, y, _| {
            if z < depth[pixel] && is_there(part, soup, triangle, corners, x, y) {
                depth[pixel] = z;
                nearest[pixel] = index as u32;
            }
        });
    }
    (nearest, depth)
}

/// False where cut paper is cut away.
fn is_there(part: &Part, soup: &Soup, triangle: &[u32; 3], corners: [V3; 3], x: f32, y: f32) -> bool {
    let Some(cut) = &part.cut else { return true };
    let weight = weights(corners, x, y);
    let uv = |axis: usize| -> f32 {
        (0..3)
            .map(|k| soup.uv[triangle[k] as usize][axis] * weight[k])
            .sum()
    };
    cut.covers(uv(0), uv(1))
}
