//! A basket of plaited palm with dyed strips and a handle.

use super::set::{camera, linen, orange, paper, planks};
use super::weave::plain;
use crate::sample::studio::mesh::{Mesh, curve, profile};
use crate::sample::studio::noise::{fbm, noise};
use crate::sample::studio::scene::{Hit, Scene, Surface};
use crate::sample::studio::vector::{V3, rgb, smoothstep, v3};
use crate::sample::{Fault, Shot};

const STRIPS: i32 = 84;

pub fn scene(shot: Shot) -> Result<Scene, Fault> {
    let mut scene = match shot {
        Shot::Front => Scene::new(camera(v3(0.0, 0.0, 0.80), 7.3, 0.0, 17.0), paper(0xc9d3c0)),
        Shot::Detail => Scene::new(camera(v3(-0.25, -0.4, 0.62), 3.2, -14.0, 22.0), linen(0xd8cdb8)),
        Shot::Scale => Scene::new(camera(v3(0.05, 0.0, 0.74), 8.0, -9.0, 24.0), planks(0x9a7350)),
    };
    basket(&mut scene);
    if shot == Shot::Scale {
        for (x, y, z, turn) in [
            (-0.30, -0.12, 0.72, 0.3),
            (0.28, -0.22, 0.74, 1.2),
            (0.02, 0.30, 0.72, 2.0),
            (-0.40, 0.34, 0.66, 0.9),
            (0.42, 0.26, 0.68, 2.6),
            (0.0, -0.42, 0.66, 1.7),
            (1.22, -0.55, 0.0, 0.8),
        ] {
            orange(
                &mut scene,
                v3(x, y, z),
                0.20,
                turn,
                if turn > 1.6 { 0xd9c02a } else { 0xe38a1c },
            );
        }
    }
    Ok(scene)
}

/// The same basket, smaller, for other pieces to stand beside.
pub fn small(scene: &mut Scene, at: V3, scale: f32) {
    let count = scene.parts.len();
    basket(scene);
    for part in &mut scene.parts[count..] {
        let mesh = std::mem::take(&mut part.mesh);
        part.mesh = mesh.moved(move |p| p * scale + at);
    }
}

fn basket(scene: &mut Scene) {
    let shape = profile(&[
        (0.0, 0.03),
        (0.45, 0.0),
        (0.62, 0.02),
        (0.68, 0.09),
        (0.76, 0.32),
        (0.82, 0.58),
        (0.83, 0.80),
        (0.80, 0.96),
        (0.78, 0.98),
        (0.76, 0.96),
        (0.77, 0.80),
        (0.76, 0.58),
        (0.70, 0.32),
        (0.60, 0.12),
        (0.3, 0.06),
        (0.0, 0.05),
    ]);
    scene.add(Mesh::lathe(168, 140, shape), plaited);
    let rim: Vec<V3> = (0..=160)
        .map(|i| {
            let (sin, cos) = (i as f32 / 160.0 * std::f32::consts::TAU).sin_cos();
            v3(cos * 0.79, sin * 0.79, 0.965)
        })
        .collect();
    scene.add(Mesh::tube(&rim, 20, |_| 0.052), |hit| {
        cord(hit, 62.0, 0x9c2f55, 0xcaa65f)
    });
    let arch = [
        v3(-0.80, 0.0, 0.62),
        v3(-0.83, 0.0, 0.96),
        v3(-0.76, 0.0, 1.30),
        v3(-0.42, 0.0, 1.58),
        v3(0.0, 0.0, 1.66),
        v3(0.42, 0.0, 1.58),
        v3(0.76, 0.0, 1.30),
        v3(0.83, 0.0, 0.96),
        v3(0.80, 0.0, 0.62),
    ];
    let path: Vec<V3> = (0..=150)
        .map(|i| curve(&arch, i as f32 / 150.0).about_z(0.22))
        .collect();
    scene.add(Mesh::tube(&path, 20, |_| 0.048), |hit| {
        cord(hit, 44.0, 0xcaa65f, 0xb88f48)
    });
}

fn plaited(hit: &Hit) -> Surface {
    let (x, y) = (hit.uv[0] * STRIPS as f32, hit.rest.z * 17.0);
    let weave = plain(x, y, STRIPS);
    let straw = fbm(v3(hit.uv[0] * 90.0, hit.rest.z * 4.0, 1.0), 2) * 0.12
        + noise(v3(hit.uv[0] * 700.0, hit.rest.z * 14.0, 3.0)) * if weave.upright { 0.05 } else { 0.0 }
        + noise(v3(hit.uv[0] * 60.0, hit.rest.z * 160.0, 5.0)) * if weave.upright { 0.0 } else { 0.05 };
    let natural = rgb(0xd6b676).lerp(rgb(0xb58f4e), weave.own);
    // Rows of dyed palm, and between them zigzags where dyed strips come to the top.
    let dyed = if weave.upright {
        let step =
            ((x - y).rem_euclid(12.0) < 2.0 || (x + y).rem_euclid(12.0) < 2.0) && (5.0..12.0).contains(&y);
        step.then(|| rgb(0x7b2a63))
    } else {
        match weave.strip {
            3 | 13 => Some(rgb(0xa6264f)),
            4 | 12 => Some(rgb(0x1f6f63)),
            8 => Some(rgb(0xd8862a)),
            _ => None,
        }
    };
    let mut colour = dyed.map_or(natural, |dye| dye * (0.9 + 0.25 * weave.own)) * (1.0 + straw);
    if hit.uv[1] > 0.55 {
        colour = natural * (0.75 + straw);
    }
    Surface {
        normal: hit.tilted(weave.slope.0 * 0.55, weave.slope.1 * 0.55),
        roughness: 0.55,
        shine: 0.04,
        translucent: 0.05,
        ..Surface::matt(hit, colour * (0.25 + 0.75 * weave.light))
    }
}

/// Two strands laid round each other.
fn cord(hit: &Hit, turns: f32, first: u32, second: u32) -> Surface {
    let lay = hit.uv[1] * turns + hit.uv[0] * 2.0;
    let place = lay.rem_euclid(2.0);
    let within = (place.rem_euclid(1.0) - 0.5) * 2.0;
    let colour = if place < 1.0 { rgb(first) } else { rgb(second) };
    let fibre = noise(v3(lay * 3.0, hit.uv[0] * 22.0, 1.0)) * 0.14;
    let shade = smoothstep(1.0, 0.55, within.abs()) * 0.65 + 0.35;
    Surface {
        normal: hit.tilted(within * 0.45, within * 0.55),
        roughness: 0.6,
        ..Surface::matt(hit, colour * (shade * (1.0 + fibre)))
    }
}
