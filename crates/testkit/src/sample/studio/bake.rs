//! How much of the softbox and of the room each corner sees, worked out by looking from each of many directions.

use super::light::{across, sky, softbox};
use super::raster::{Soup, fill, weights};
use super::scene::{Ground, Scene};
use super::vector::{V3, v3};

const MAP: usize = 384;
const KEY_DIRECTIONS: usize = 20;
const SKY_DIRECTIONS: usize = 22;
const GROUND_CELLS: usize = 170;

/// From 0 (nothing) to 1 (all), by corner; and over the ground.
pub struct Baked {
    pub key: Vec<f32>,
    pub sky: Vec<f32>,
    pub ground: GroundLight,
}

pub struct GroundLight {
    reach: f32,
    upright: bool,
    /// Softbox, room, and how much of the softbox's light has gone through glass.
    cells: Vec<[f32; 3]>,
}

impl GroundLight {
    /// At a point of the ground: softbox, room, glass.
    pub fn at(&self, point: V3) -> [f32; 3] {
        let (a, b) = if self.upright {
            (point.x, point.z)
        } else {
            (point.x, point.y)
        };
        let place = |along: f32| (along / self.reach * 0.5 + 0.5) * GROUND_CELLS as f32;
        let (x, y) = (place(a), place(b));
        let last = GROUND_CELLS as f32 - 0.001;
        if x < 0.0 || y < 0.0 || x >= last || y >= last {
            return [1.0, 1.0, 0.0];
        }
        let (i, j) = (x as usize, y as usize);
        let (fx, fy) = (x - i as f32, y - j as f32);
        let row = GROUND_CELLS + 1;
        let get = |i: usize, j: usize| self.cells[j * row + i];
        let (p, q, r, s) = (get(i, j), get(i + 1, j), get(i, j + 1), get(i + 1, j + 1));
        std::array::from_fn(|k| {
            (p[k] * (1.0 - fx) + q[k] * fx) * (1.0 - fy) + (r[k] * (1.0 - fx) + s[k] * fx) * fy
        })
    }
}

/// A probe: where it is, which way it looks.
struct Probe {
    at: V3,
    normal: V3,
}

#[derive(Clone, Copy, Default)]
struct Sum {
    seen: f32,
    glass: f32,
    all: f32,
}

/// `fine` is for pictures that people see; the other is good enough for a thumbnail.
pub fn bake(scene: &Scene, soup: &Soup, eye: V3, fine: bool) -> Baked {
    let (keys, skies) = if fine {
        (KEY_DIRECTIONS, SKY_DIRECTIONS)
    } else {
        (4, 6)
    };
    let mut thin = vec![false; soup.at.len()];
    for (triangle, part) in soup.triangles.iter().zip(&soup.part) {
        if scene.parts[usize::from(*part)].thin {
            triangle.iter().for_each(|corner| thin[*corner as usize] = true);
        }
    }
    let mut probes: Vec<Probe> = (0..soup.at.len())
        .map(|index| {
            let (at, normal) = (soup.at[index], soup.normal[index]);
            let turned = thin[index] && normal.dot(eye - at) < 0.0;
            Probe {
                at,
                normal: if turned { -normal } else { normal },
            }
        })
        .collect();
    let corners = probes.len();
    probes.extend(ground_probes(&scene.ground));

    let (middle, radius) = bounds(soup);
    let up = if scene.ground.upright {
        v3(0.0, -1.0, 0.0)
    } else {
        V3::UP
    };
    let from_key = look(scene, soup, &probes, &softbox(scene.key, keys), middle, radius);
    let from_sky = look(scene, soup, &probes, &sky(up, skies), middle, radius);
    let share = |sum: &Sum| if sum.all > 0.0 { sum.seen / sum.all } else { 0.0 };
    let mut key: Vec<f32> = from_key[..corners].iter().map(share).collect();
    let mut sky: Vec<f32> = from_sky[..corners]
        .iter()
        .map(|sum| if sum.all > 0.0 { share(sum) } else { 0.3 })
        .collect();
    for _ in 0..2 {
        even_out(&mut key, soup);
        even_out(&mut sky, soup);
    }
    let mut cells: Vec<[f32; 3]> = from_key[corners..]
        .iter()
        .zip(&from_sky[corners..])
        .map(|(key, sky)| {
            [
                share(key),
                share(sky),
                if key.all > 0.0 { key.glass / key.all } else { 0.0 },
            ]
        })
        .collect();
    soften(&mut cells);
    Baked {
        key,
        sky,
        ground: GroundLight {
            reach: scene.ground.reach,
            upright: scene.ground.upright,
            cells,
        },
    }
}

fn ground_probes(ground: &Ground) -> impl Iterator<Item = Probe> {
    let (reach, upright) = (ground.reach, ground.upright);
    (0..=GROUND_CELLS).flat_map(move |j| {
        (0..=GROUND_CELLS).map(move |i| {
            let place = |index: usize| (index as f32 / GROUND_CELLS as f32 * 2.0 - 1.0) * reach;
            if upright {
                Probe {
                    at: v3(place(i), 0.0, place(j)),
                    normal: v3(0.0, -1.0, 0.0),
                }
            } else {
                Probe {
                    at: v3(place(i), place(j), 0.0),
                    normal: V3::UP,
                }
            }
        })
    })
}

fn bounds(soup: &Soup) -> (V3, f32) {
    let (mut low, mut high) = (v3(f32::MAX, f32::MAX, f32::MAX), v3(f32::MIN, f32::MIN, f32::MIN));
    for p in &soup.at {
        low = v3(low.x.min(p.x), low.y.min(p.y), low.z.min(p.z));
        high = v3(high.x.max(p.x), high.y.max(p.y), high.z.max(p.z));
    }
    let middle = (low + high) * 0.5;
    (middle, (high - low).length() * 0.5 + 1e-3)
}

/// Looks from every direction, on two threads.
fn look(
    scene: &Scene,
    soup: &Soup,
    probes: &[Probe],
    directions: &[V3],
    middle: V3,
    radius: f32,
) -> Vec<Sum> {
    let halves = directions.split_at(directions.len() / 2);
    let work = |directions: &[V3]| {
        let mut sums = vec![Sum::default(); probes.len()];
        for direction in directions {
            look_from(scene, soup, probes, *direction, middle, radius, &mut sums);
        }
        sums
    };
    let (mut first, second) = std::thread::scope(|scope| {
        let other = scope.spawn(|| work(halves.1));
        let first = work(halves.0);
        (first, other.join().unwrap_or_default())
    });
    for (sum, more) in first.iter_mut().zip(second) {
        sum.seen += more.seen;
        sum.glass += more.glass;
        sum.all += more.all;
    }
    first
}

fn look_from(
    scene: &Scene,
    soup: &Soup,
    probes: &[Probe],
    towards: V3,
    middle: V3,
    radius: f32,
    sums: &mut [Sum],
) {
    let (right, up) = across(towards);
    let scale = MAP as f32 * 0.5 / radius;
    let place = |point: V3| {
        let from = point - middle;
        let half = MAP as f32 * 0.5;
        v3(
            half + from.dot(right) * scale,
            half - from.dot(up) * scale,
            from.dot(towards),
        )
    };
    let screen: Vec<V3> = soup.at.iter().map(|point| place(*point)).collect();
    let mut solid = vec![f32::MIN; MAP * MAP];
    let mut glass = vec![
        f32::MIN;
        if scene.parts.iter().any(|part| part.stain.is_some()) {
            MAP * MAP
        } else {
            0
        }
    ];
    for (triangle, part) in soup.triangles.iter().zip(&soup.part) {
        let part = &scene.parts[usize::from(*part)];
        // Of a solid, the sides turned to the light are enough.
        if !part.thin && part.stain.is_none() && soup.normal[triangle[0] as usize].dot(towards) < -0.25 {
            continue;
        }
        let corners = triangle.map(|corner| screen[corner as usize]);
        let map = if part.stain.is_some() {
            &mut glass
        } else {
            &mut solid
        };
        fill(corners, MAP, (0.0, 0.0), |pixel, z, x, y, _| {
            if z <= map[pixel] {
                return;
            }
            if let Some(cut) = &part.cut {
                let flat = corners.map(|corner| v3(corner.x, corner.y, 1.0));
                let weight = weights(flat, x, y);
                let uv = |axis: usize| -> f32 {
                    (0..3)
                        .map(|k| soup.uv[triangle[k] as usize][axis] * weight[k])
                        .sum()
                };
                if !cut.covers(uv(0), uv(1)) {
                    return;
                }
            }
            map[pixel] = z;
        });
    }
    let cell = 1.0 / scale;
    for (probe, sum) in probes.iter().zip(sums) {
        let facing = probe.normal.dot(towards);
        if facing <= 0.0 {
            continue;
        }
        let here = place(probe.at + probe.normal * (cell * 1.6));
        let bias = cell * (1.0 + 1.2 * (1.0 - facing * facing).sqrt() / facing.max(0.15));
        sum.all += facing;
        sum.seen += facing * open(&solid, here, bias);
        if !glass.is_empty() {
            sum.glass += facing * (1.0 - open(&glass, here, bias));
        }
    }
}

/// How free the way to the light is: the four nearest cells, by how near they are.
fn open(map: &[f32], here: V3, bias: f32) -> f32 {
    let (x0, y0) = (here.x.floor(), here.y.floor());
    if x0 < 0.0 || y0 < 0.0 || x0 as usize >= MAP - 1 || y0 as usize >= MAP - 1 {
        return 1.0;
    }
    let (fx, fy) = (here.x - x0, here.y - y0);
    let at = y0 as usize * MAP + x0 as usize;
    let free = |offset: usize| {
        if map[at + offset] > here.z + bias {
            0.0
        } else {
            1.0
        }
    };
    (free(0) * (1.0 - fx) + free(1) * fx) * (1.0 - fy) + (free(MAP) * (1.0 - fx) + free(MAP + 1) * fx) * fy
}

/// Each corner takes half of its neighbours' mean.
fn even_out(values: &mut [f32], soup: &Soup) {
    let mut sums = vec![(0.0_f32, 0.0_f32); values.len()];
    for triangle in &soup.triangles {
        let mean = triangle
            .iter()
            .map(|corner| values[*corner as usize])
            .sum::<f32>()
            / 3.0;
        for corner in triangle {
            let sum = &mut sums[*corner as usize];
            sum.0 += mean;
            sum.1 += 1.0;
        }
    }
    for (value, (sum, count)) in values.iter_mut().zip(sums) {
        if count > 0.0 {
            *value = *value * 0.5 + sum / count * 0.5;
        }
    }
}

fn soften(cells: &mut [[f32; 3]]) {
    let row = GROUND_CELLS + 1;
    for _ in 0..2 {
        for step in [1, row] {
            let before = cells.to_vec();
            for index in step..cells.len() - step {
                let (a, b, c) = (before[index - step], before[index], before[index + step]);
                cells[index] = std::array::from_fn(|k| a[k] * 0.25 + b[k] * 0.5 + c[k] * 0.25);
            }
        }
    }
}
