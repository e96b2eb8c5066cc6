//! Shapes, as triangles.

use super::vector::{V3, v3};

#[derive(Clone, Copy, Debug, Default)]
pub struct Vertex {
    pub at: V3,
    /// Where it was before it was moved: what paint is laid by.
    pub rest: V3,
    pub normal: V3,
    /// The direction in which u grows.
    pub tangent: V3,
    pub uv: [f32; 2],
}

#[derive(Clone, Debug, Default)]
pub struct Mesh {
    pub vertices: Vec<Vertex>,
    pub triangles: Vec<[u32; 3]>,
}

impl Mesh {
    /// A sheet of `columns` by `rows` cells over u and v from 0 to 1. `closed`: its left and right edges are one.
    pub fn sheet(columns: usize, rows: usize, closed: bool, shape: impl Fn(f32, f32) -> V3) -> Mesh {
        let place = |i: usize, j: usize| shape(i as f32 / columns as f32, j as f32 / rows as f32);
        let points: Vec<V3> = (0..=rows)
            .flat_map(|j| (0..=columns).map(move |i| (i, j)))
            .map(|(i, j)| place(i, j))
            .collect();
        let point = |i: usize, j: usize| points[j * (columns + 1) + i];
        let mut vertices = Vec::with_capacity(points.len());
        for j in 0..=rows {
            for i in 0..=columns {
                let (left, right) = match (closed, i) {
                    (true, 0) => (columns - 1, 1),
                    (true, i) if i == columns => (columns - 1, 1),
                    (_, i) => (i.saturating_sub(1), (i + 1).min(columns)),
                };
                let along_u = point(right, j) - point(left, j);
                let along_v = point(i, (j + 1).min(rows)) - point(i, j.saturating_sub(1));
                let mut normal = along_u.cross(along_v);
                if normal.length() < 1e-9 {
                    // A pole, where all of a row is one point: its neighbour row knows which way is out.
                    let near = if j == 0 { 1 } else { j - 1 };
                    let along_u = point(right, near) - point(left, near);
                    normal = along_u.cross(along_v);
                }
                vertices.push(Vertex {
                    at: point(i, j),
                    rest: point(i, j),
                    normal: normal.unit(),
                    tangent: along_u.unit(),
                    uv: [i as f32 / columns as f32, j as f32 / rows as f32],
                });
            }
        }
        let mut triangles = Vec::with_capacity(columns * rows * 2);
        for j in 0..rows {
            for i in 0..columns {
                let a = (j * (columns + 1) + i) as u32;
                let (b, c) = (a + 1, a + columns as u32 + 1);
                triangles.push([a, b, c]);
                triangles.push([b, c + 1, c]);
            }
        }
        Mesh { vertices, triangles }
    }

    /// Turned on a wheel: `profile` gives (radius, height) from v = 0 to 1, counter-clockwise as seen with the axis
    /// at the left. u = 0.5 faces the camera and grows to its right.
    pub fn lathe(columns: usize, rows: usize, profile: impl Fn(f32) -> (f32, f32)) -> Mesh {
        Mesh::sheet(columns, rows, true, |u, v| {
            let (radius, height) = profile(v);
            let (sin, cos) = ((u + 0.25) * std::f32::consts::TAU).sin_cos();
            v3(radius * cos, radius * sin, height)
        })
    }

    /// A cord along `path`; `radius` by how far along it is, 0 to 1. v runs along it.
    pub fn tube(path: &[V3], around: usize, radius: impl Fn(f32) -> f32) -> Mesh {
        let last = path.len() - 1;
        let mut frames: Vec<(V3, V3)> = Vec::with_capacity(path.len());
        for index in 0..=last {
            let ahead = (path[(index + 1).min(last)] - path[index.saturating_sub(1)]).unit();
            let before = frames.last().map_or_else(
                || {
                    if ahead.z.abs() < 0.9 {
                        V3::UP
                    } else {
                        v3(1.0, 0.0, 0.0)
                    }
                },
                |frame| frame.0,
            );
            let side = (before - ahead * before.dot(ahead)).unit();
            frames.push((side, ahead.cross(side)));
        }
        Mesh::sheet(around, last, true, |u, v| {
            let index = ((v * last as f32).round() as usize).min(last);
            let (sin, cos) = (u * std::f32::consts::TAU).sin_cos();
            path[index] + (frames[index].0 * cos + frames[index].1 * sin) * radius(v)
        })
    }

    pub fn ball(radius: V3, columns: usize) -> Mesh {
        Mesh::sheet(columns, columns / 2, true, |u, v| {
            let (sin, cos) = ((u + 0.25) * std::f32::consts::TAU).sin_cos();
            let (ring, height) = ((v - 0.5) * std::f32::consts::PI).sin_cos();
            v3(radius.x * height * cos, radius.y * height * sin, radius.z * ring)
        })
    }

    /// The skin of a solid given by its signed distance, within a box, in cells of `step` (naive surface nets).
    pub fn skin(low: V3, high: V3, step: f32, solid: impl Fn(V3) -> f32) -> Mesh {
        let count = |a: f32, b: f32| ((b - a) / step).ceil() as usize + 1;
        let (nx, ny, nz) = (count(low.x, high.x), count(low.y, high.y), count(low.z, high.z));
        let corner = |i: usize, j: usize, k: usize| low + v3(i as f32, j as f32, k as f32) * step;
        let at = |i: usize, j: usize, k: usize| (k * ny + j) * nx + i;
        let mut field = vec![0.0_f32; nx * ny * nz];
        for k in 0..nz {
            for j in 0..ny {
                for i in 0..nx {
                    field[at(i, j, k)] = solid(corner(i, j, k));
                }
            }
        }
        let mut mesh = Mesh::default();
        let mut vertex_of = vec![u32::MAX; field.len()];
        for k in 0..nz - 1 {
            for j in 0..ny - 1 {
                for i in 0..nx - 1 {
                    let mut sum = v3(0.0, 0.0, 0.0);
                    let mut crossings = 0.0;
                    let value = |c: usize| field[at(i + (c & 1), j + (c >> 1 & 1), k + (c >> 2))];
                    for (a, b) in EDGES {
                        let (from, to) = (value(a), value(b));
                        if (from < 0.0) != (to < 0.0) {
                            let point = |c: usize| corner(i + (c & 1), j + (c >> 1 & 1), k + (c >> 2));
                            sum += point(a).lerp(point(b), from / (from - to));
                            crossings += 1.0;
                        }
                    }
                    if crossings > 0.0 {
                        vertex_of[at(i, j, k)] = mesh.vertices.len() as u32;
                        let place = sum * (1.0 / crossings);
                        mesh.vertices.push(skin_vertex(place, step, &solid));
                    }
                }
            }
        }
        for k in 1..nz - 1 {
            for j in 1..ny - 1 {
                for i in 1..nx - 1 {
                    let inside = field[at(i, j, k)] < 0.0;
                    let cells = [
                        (
                            field[at(i + 1, j, k)],
                            [at(i, j - 1, k - 1), at(i, j, k - 1), at(i, j, k), at(i, j - 1, k)],
                        ),
                        (
                            field[at(i, j + 1, k)],
                            [at(i - 1, j, k - 1), at(i - 1, j, k), at(i, j, k), at(i, j, k - 1)],
                        ),
                        (
                            field[at(i, j, k + 1)],
                            [at(i - 1, j - 1, k), at(i, j - 1, k), at(i, j, k), at(i - 1, j, k)],
                        ),
                    ];
                    for (next, around) in cells {
                        let [a, b, c, d] = around.map(|cell| vertex_of[cell]);
                        if inside != (next < 0.0) && [a, b, c, d].iter().all(|vertex| *vertex != u32::MAX) {
                            mesh.triangles.push([a, b, c]);
                            mesh.triangles.push([a, c, d]);
                        }
                    }
                }
            }
        }
        mesh
    }

    pub fn moved(mut self, place: impl Fn(V3) -> V3) -> Mesh {
        let origin = place(v3(0.0, 0.0, 0.0));
        for vertex in &mut self.vertices {
            vertex.at = place(vertex.at);
            vertex.normal = (place(vertex.normal) - origin).unit();
            vertex.tangent = (place(vertex.tangent) - origin).unit();
        }
        self
    }

    pub fn at(self, x: f32, y: f32, z: f32) -> Mesh {
        self.moved(|p| p + v3(x, y, z))
    }

    /// Both, as one shape of one material.
    pub fn with(mut self, other: Mesh) -> Mesh {
        let offset = self.vertices.len() as u32;
        self.vertices.extend(other.vertices);
        self.triangles.extend(
            other
                .triangles
                .iter()
                .map(|triangle| triangle.map(|corner| corner + offset)),
        );
        self
    }
}

const EDGES: [(usize, usize); 12] = [
    (0, 1),
    (2, 3),
    (4, 5),
    (6, 7),
    (0, 2),
    (1, 3),
    (4, 6),
    (5, 7),
    (0, 4),
    (1, 5),
    (2, 6),
    (3, 7),
];

fn skin_vertex(at: V3, step: f32, solid: &impl Fn(V3) -> f32) -> Vertex {
    let reach = step * 0.5;
    let slope = |by: V3| solid(at + by) - solid(at - by);
    let normal = v3(
        slope(v3(reach, 0.0, 0.0)),
        slope(v3(0.0, reach, 0.0)),
        slope(v3(0.0, 0.0, reach)),
    )
    .unit();
    let side = if normal.z.abs() < 0.95 {
        V3::UP
    } else {
        v3(0.0, 1.0, 0.0)
    };
    Vertex {
        at,
        rest: at,
        normal,
        tangent: side.cross(normal).unit(),
        uv: [0.0; 2],
    }
}

/// A smooth curve through points, evenly in their number; `t` from 0 to 1 (Catmull–Rom).
pub fn curve(points: &[V3], t: f32) -> V3 {
    let last = points.len() - 1;
    let along = (t * last as f32).clamp(0.0, last as f32);
    let index = (along as usize).min(last.saturating_sub(1));
    let f = along - index as f32;
    let p1 = points[index];
    let p2 = points[(index + 1).min(last)];
    let p0 = if index == 0 {
        p1 * 2.0 - p2
    } else {
        points[index - 1]
    };
    let p3 = if index + 2 > last {
        p2 * 2.0 - p1
    } else {
        points[index + 2]
    };
    (p1 * 2.0
        + (p2 - p0) * f
        + (p0 * 2.0 - p1 * 5.0 + p2 * 4.0 - p3) * (f * f)
        + (p1 * 3.0 - p0 - p2 * 3.0 + p3) * (f * f * f))
        * 0.5
}

/// [`curve`] through (radius, height) pairs, for [`Mesh::lathe`].
pub fn profile(points: &'static [(f32, f32)]) -> impl Fn(f32) -> (f32, f32) {
    let points: Vec<V3> = points
        .iter()
        .map(|(radius, height)| v3(*radius, 0.0, *height))
        .collect();
    move |t| {
        let point = curve(&points, t);
        (point.x.max(0.0), point.z)
    }
}
