//! A rug of hand-spun wool, dyed with cochineal and indigo.

use super::paint::{canvas, rect};
use super::set::{camera, planks, wall};
use crate::sample::studio::mesh::{Mesh, curve};
use crate::sample::studio::noise::{fbm, noise, random};
use crate::sample::studio::scene::{Hit, Scene, Surface};
use crate::sample::studio::texture::Texture;
use crate::sample::studio::vector::{V3, rgb, smoothstep, v3};
use crate::sample::{Fault, Shot};

/// Half the width and half the height, as it hangs.
const HALF: (f32, f32) = (0.84, 1.26);

pub fn scene(shot: Shot) -> Result<Scene, Fault> {
    let pattern = Texture::svg(&pattern(), 840, 1260)?;
    let mut scene = match shot {
        Shot::Front => Scene::new(camera(v3(0.0, 0.0, 1.33), 7.7, 0.0, 0.0), wall(0xe4d8c4)),
        Shot::Detail => Scene::new(camera(v3(-0.10, 0.0, 1.00), 3.4, -22.0, 8.0), wall(0xe4d8c4)),
        Shot::Scale => Scene::new(camera(v3(0.0, 0.05, 0.10), 8.4, 24.0, 38.0), planks(0x86603f)),
    };
    if shot == Shot::Scale {
        lying(&mut scene, pattern);
        super::pot::small(&mut scene, v3(-1.22, 0.72, 0.0), 0.285);
        super::basket::small(&mut scene, v3(-1.30, 0.05, 0.0), 0.32);
        return Ok(scene);
    }
    scene.key = v3(-0.66, -0.55, 0.62).unit();
    let hang = |u: f32, v: f32| {
        let x = (u * 2.0 - 1.0) * HALF.0;
        let wave = (u * 9.0 + v * 1.3).sin() * 0.020 * (1.1 - v) + noise(v3(u * 4.0, v * 3.0, 1.0)) * 0.015;
        v3(
            x * (1.0 - 0.012 * (v * 7.0).sin()),
            -0.13 + wave,
            0.14 + v * HALF.1 * 2.0,
        )
    };
    scene.add_thin(Mesh::sheet(110, 170, false, hang), move |hit| wool(hit, &pattern));
    fringe(&mut scene, move |u, t| {
        let top = hang(u, 0.0);
        top + v3(0.01 * (u * 90.0).sin() * t, -0.008, -t)
    });
    let rod: Vec<V3> = (0..=30)
        .map(|i| v3((i as f32 / 15.0 - 1.0) * 1.06, -0.12, 0.14 + HALF.1 * 2.0))
        .collect();
    scene.add(
        Mesh::tube(&rod, 24, |t| if (t - 0.5).abs() > 0.485 { 0.055 } else { 0.036 }),
        |hit| {
            let grain = fbm(v3(hit.at.x * 3.0, hit.at.y * 50.0, hit.at.z * 50.0), 3) * 0.3;
            Surface {
                roughness: 0.5,
                coat: 0.3,
                coat_roughness: 0.3,
                ..Surface::matt(hit, rgb(0x6e4526) * (1.0 + grain))
            }
        },
    );
    Ok(scene)
}

fn lying(scene: &mut Scene, pattern: Texture) {
    let lie = |u: f32, v: f32| {
        let (x, y) = ((u * 2.0 - 1.0) * HALF.0, (v * 2.0 - 1.0) * HALF.1);
        // One corner is turned up a little.
        let corner = smoothstep(1.25, 2.1, x - y * 0.9);
        let swell = noise(v3(x * 1.4, y * 1.4, 3.0)) * 0.012;
        v3(
            x - corner * 0.14,
            y + corner * 0.12,
            0.022 + swell.abs() + corner * 0.20,
        )
        .about_z(0.3)
    };
    scene.add_thin(Mesh::sheet(110, 160, false, lie), move |hit| wool(hit, &pattern));
    fringe(scene, move |u, t| {
        let (a, b) = (lie(u, 0.0), lie(u, 0.02));
        let out = (a - b).unit();
        let lifted = a + out * t;
        v3(lifted.x, lifted.y, (a.z * (1.0 - t * 5.0)).max(0.012))
    });
    fringe(scene, move |u, t| {
        let (a, b) = (lie(u, 1.0), lie(u, 0.98));
        let lifted = a + (a - b).unit() * t;
        v3(lifted.x, lifted.y, 0.014)
    });
}

/// The warp's ends, knotted by fours.
fn fringe(scene: &mut Scene, place: impl Fn(f32, f32) -> V3) {
    let mut cords = Mesh::default();
    for index in 0..44 {
        let u = (index as f32 + 0.5) / 44.0;
        let length = 0.13 + 0.03 * random(index, 5, 5);
        let sway = (random(index, 6, 5) - 0.5) * 0.012;
        let points = [
            place(u, 0.0),
            place(u + sway * 0.3, length * 0.35),
            place(u + sway, length),
        ];
        let path: Vec<V3> = (0..=14).map(|i| curve(&points, i as f32 / 14.0)).collect();
        cords = cords.with(Mesh::tube(&path, 8, |t| {
            let knot = (-((t - 0.2) * 9.0).powi(2)).exp();
            0.008 + 0.010 * knot + 0.004 * t
        }));
    }
    scene.add(cords, |hit| {
        let twist = ((hit.uv[1] * 16.0 + hit.uv[0]) * std::f32::consts::TAU).sin();
        Surface {
            fuzz: 0.5,
            ..Surface::matt(hit, rgb(0xe6dac2) * (0.9 + 0.12 * twist))
        }
    });
}

fn wool(hit: &Hit, pattern: &Texture) -> Surface {
    let [u, v] = hit.uv;
    // Rows of weft beaten down over the warp; each row is dyed a little differently.
    let (rows, warps) = (210.0, 74.0);
    let row = (v * rows).floor();
    let warp = (u * warps).floor();
    let odd = (row as i32 + warp as i32).rem_euclid(2) as f32;
    let (fy, fx) = (v * rows - row - 0.5, u * warps - warp - 0.5);
    let (colour, _) = pattern.sample((warp + 0.5 + fx * 0.6) / warps, (row + 0.5) / rows);
    let bath =
        1.0 + (random(row as i32, 1, 9) - 0.5) * 0.16 + (random((row / 7.0) as i32, 2, 9) - 0.5) * 0.10;
    let fibre = fbm(v3(u * 300.0, v * 900.0, 1.0), 2) * 0.22;
    let crown = (1.0 - 2.0 * fy.abs()) * (0.75 + 0.25 * odd) * (1.0 - 0.5 * fx.abs());
    let normal = hit.tilted(
        (fx * 0.55) * (0.4 + odd) + noise(v3(u * 240.0, v * 240.0, 5.0)) * 0.12,
        -fy * 0.9 + noise(v3(u * 240.0, v * 240.0, 9.0)) * 0.12,
    );
    let selvage = smoothstep(0.0, 0.012, u.min(1.0 - u));
    let colour = colour * (bath * (1.0 + fibre) * (0.55 + 0.55 * crown)) * (0.75 + 0.25 * selvage);
    Surface {
        normal,
        roughness: 1.0,
        shine: 0.015,
        fuzz: 0.75,
        ..Surface::matt(hit, colour)
    }
}

/// Stepped diamonds on a grid of 42 by 63 steps.
fn pattern() -> String {
    let (red, wine, navy, blue, cream, ochre, grey) = (
        "#a3213a", "#6d1429", "#22305f", "#4f6d9e", "#e9dcc0", "#d39a35", "#8d8478",
    );
    let step = 20.0;
    let cell = |x: i32, y: i32, w: i32, h: i32, fill: &str| {
        rect(
            x as f32 * step,
            y as f32 * step,
            w as f32 * step + 0.4,
            h as f32 * step + 0.4,
            fill,
        )
    };
    let mut out = rect(0.0, 0.0, 840.0, 1260.0, red);
    out += &cell(0, 0, 42, 63, navy);
    out += &cell(2, 2, 38, 59, cream);
    // The border's little steps.
    for k in 0..10 {
        for (y, flip) in [(2, 1), (58, -1)] {
            let x = 2 + k * 4 - i32::from(k > 8);
            for s in 0..3 {
                let h = s + 1;
                let top = if flip == 1 { y } else { y + 3 - h };
                out += &cell(x + s, top, 1, h, blue);
            }
        }
    }
    out += &cell(4, 5, 34, 53, wine);
    out += &cell(5, 6, 32, 51, red);
    let diamond = |cx: i32, cy: i32, half: i32, tall: i32, fill: &str| {
        (0..half).fold(String::new(), |mut out, s| {
            let h = tall * (half - s) / half;
            out += &cell(cx - s - 1, cy - h, 1, 2 * h, fill);
            out += &cell(cx + s, cy - h, 1, 2 * h, fill);
            out
        })
    };
    for cy in [18, 45] {
        for (half, tall, fill) in [
            (15, 12, cream),
            (13, 11, navy),
            (11, 9, ochre),
            (10, 8, red),
            (8, 7, cream),
            (6, 5, navy),
            (4, 4, red),
            (2, 2, ochre),
        ] {
            out += &diamond(21, cy, half, tall, fill);
        }
    }
    // Between and beside them: frets that turn in on themselves.
    for (x, y, dx, dy) in [(6, 7, 1, 1), (35, 7, -1, 1), (6, 55, 1, -1), (35, 55, -1, -1)] {
        for (a, b, w, h) in [
            (0, 0, 8, 1),
            (0, 0, 1, 8),
            (7, 0, 1, 4),
            (3, 3, 5, 1),
            (3, 3, 1, 3),
        ] {
            let left = if dx == 1 { x + a } else { x - a - w + 1 };
            let top = if dy == 1 { y + b } else { y - b - h + 1 };
            out += &cell(left, top, w, h, cream);
        }
    }
    for (cx, fill, core) in [(8, blue, cream), (34, blue, cream), (21, cream, navy)] {
        let cy = 31;
        out += &diamond(cx, cy + i32::from(cx != 21), 3, 4, fill);
        out += &diamond(cx, cy + i32::from(cx != 21), 1, 2, core);
    }
    for y in [0, 61] {
        for k in 0..21 {
            out += &cell(k * 2, y, 1, 1, grey);
            out += &cell(k * 2 + 1, y + 1, 1, 1, grey);
        }
    }
    canvas(840, 1260, &out)
}
