//! A vase raised from one disc of copper with the hammer.

use super::set::{camera, linen, paper, plinth};
use crate::sample::studio::mesh::{Mesh, profile};
use crate::sample::studio::noise::{cell, fbm};
use crate::sample::studio::scene::{Hit, Scene, Surface};
use crate::sample::studio::vector::{mix, rgb, smoothstep, v3};
use crate::sample::{Fault, Shot};

pub fn scene(shot: Shot) -> Result<Scene, Fault> {
    let mut scene = match shot {
        Shot::Front => Scene::new(camera(v3(0.0, 0.0, 0.84), 6.3, 0.0, 11.0), paper(0x93a7a3)),
        Shot::Detail => Scene::new(camera(v3(-0.1, -0.35, 0.72), 3.1, -6.0, 17.0), paper(0x93a7a3)),
        Shot::Scale => Scene::new(camera(v3(0.1, 0.0, 0.95), 8.6, 10.0, 12.0), linen(0xcfc4b2)),
    };
    scene.room = rgb(0xa99d94);
    let shape = profile(&[
        (0.0, 0.02),
        (0.22, 0.0),
        (0.33, 0.01),
        (0.37, 0.05),
        (0.47, 0.22),
        (0.68, 0.52),
        (0.74, 0.78),
        (0.63, 1.02),
        (0.36, 1.22),
        (0.235, 1.36),
        (0.225, 1.50),
        (0.30, 1.63),
        (0.415, 1.70),
        (0.42, 1.716),
        (0.40, 1.712),
        (0.28, 1.64),
        (0.205, 1.50),
        (0.215, 1.36),
        (0.33, 1.22),
        (0.5, 1.0),
        (0.4, 0.5),
        (0.0, 0.3),
    ]);
    scene.add(Mesh::lathe(180, 220, shape), hammered);
    if shot == Shot::Scale {
        plinth(&mut scene, v3(0.62, 0.5, 0.22), v3(1.28, 0.5, 0.22), 0xb9ab98);
        dry_stems(&mut scene);
        for (x, y, r) in [(1.05, 0.36, 0.16), (1.42, 0.52, 0.17), (1.2, 0.72, 0.15)] {
            super::set::orange(&mut scene, v3(x, y, 0.44), r, x * 2.0, 0x8ea33a);
        }
    }
    Ok(scene)
}

fn hammered(hit: &Hit) -> Surface {
    let p = hit.rest;
    let deep = hit.uv[1] > 0.67;
    // Blows go round in rows; each leaves a shallow dish. On the neck they are fluted, on the foot left plain.
    let body = smoothstep(0.10, 0.16, p.z) * (1.0 - smoothstep(1.15, 1.22, p.z));
    let neck = smoothstep(1.20, 1.26, p.z) * (1.0 - smoothstep(1.60, 1.64, p.z));
    let blow = cell(hit.uv[0] * 54.0, p.z * 13.5, 54);
    let dish = smoothstep(0.0, 0.20, blow.gap);
    let depth = 0.52 * body * (0.45 + 0.55 * dish);
    let (mut along, mut up) = (blow.to[0] * depth, blow.to[1] * depth);
    let lip = (blow.id - 0.5) * 0.08 * body;
    let flute = (hit.uv[0] * std::f32::consts::TAU * 28.0).sin();
    along += flute * 0.42 * neck + lip;
    up += (blow.id * 7.0).fract() * 0.06 * body - 0.03 * body;
    let fire = fbm(p * 1.7 + v3(2.0, 0.0, 0.0), 4);
    let mut colour = rgb(0xe08a5c).lerp(rgb(0xb14d35), smoothstep(0.02, 0.42, fire));
    colour = colour.lerp(rgb(0xd08f86), smoothstep(0.10, 0.45, -fire) * 0.7);
    let edge = 1.0 - smoothstep(0.0, 0.10, blow.gap);
    colour = colour * mix(1.0, 0.90, edge * body) * if deep { 0.35 } else { 1.0 };
    let rough = 0.20 + 0.10 * (fire + 0.3).clamp(0.0, 1.0) + if deep { 0.3 } else { 0.0 };
    Surface {
        normal: hit.tilted(along, up),
        ..Surface::metal(hit, colour, rough)
    }
}

/// Wheat-like stems that stand in the vase.
fn dry_stems(scene: &mut Scene) {
    use crate::sample::studio::mesh::curve;
    use crate::sample::studio::noise::random;
    let mut stems = Mesh::default();
    let mut heads = Mesh::default();
    for index in 0..15 {
        let turn = index as f32 * 2.4;
        let lean = 0.22 + 0.42 * random(index, 1, 1);
        let height = 2.15 + 0.5 * random(index, 2, 1);
        let (sin, cos) = turn.sin_cos();
        let points = [
            v3(cos * 0.05, sin * 0.05, 1.1),
            v3(cos * 0.12, sin * 0.12, 1.65),
            v3(cos * lean * 0.6, sin * lean * 0.5, height * 0.9),
            v3(cos * lean * 1.25, sin * lean, height),
        ];
        let path: Vec<_> = (0..=30).map(|i| curve(&points, i as f32 / 30.0)).collect();
        stems = stems.with(Mesh::tube(&path, 6, |_| 0.008));
        let (end, before) = (path[30], path[27]);
        let ahead = (end - before).unit();
        for grain in 0..16 {
            let t = grain as f32 / 16.0;
            let (sin, cos) = (grain as f32 * 2.1).sin_cos();
            let side = v3(cos, sin, 0.3) * (0.030 * (1.0 - t * 0.6));
            let centre = end + ahead * (t * 0.34 - 0.05) + side;
            heads = heads.with(Mesh::ball(v3(0.019, 0.019, 0.04), 10).at(centre.x, centre.y, centre.z));
        }
    }
    let straw = |hit: &Hit, shade: f32| Surface {
        fuzz: 0.3,
        translucent: 0.3,
        ..Surface::matt(hit, rgb(0xc9a866) * shade)
    };
    scene.add(stems, move |hit| straw(hit, 0.85));
    scene.add(heads, move |hit| straw(hit, 1.0 + 0.2 * fbm(hit.rest * 30.0, 2)));
}
