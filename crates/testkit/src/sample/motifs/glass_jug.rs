//! A jug of blown glass, cobalt at the lip and fading downwards.

use super::set::{camera, linen, orange, paper};
use crate::sample::studio::mesh::{Mesh, curve, profile};
use crate::sample::studio::scene::{Hit, Scene};
use crate::sample::studio::vector::{V3, smoothstep, v3};
use crate::sample::{Fault, Shot};

pub fn scene(shot: Shot) -> Result<Scene, Fault> {
    let mut scene = match shot {
        Shot::Front => Scene::new(camera(v3(0.12, 0.0, 0.80), 6.0, 0.0, 14.0), paper(0xe9dfcf)),
        Shot::Detail => Scene::new(camera(v3(0.30, -0.2, 1.22), 3.6, 14.0, 19.0), paper(0xe9dfcf)),
        Shot::Scale => Scene::new(camera(v3(-0.12, 0.0, 0.72), 8.0, -6.0, 18.0), linen(0xe2d5c0)),
    };
    jug(&mut scene, v3(0.0, 0.0, 0.0));
    if shot == Shot::Scale {
        tumbler(&mut scene, v3(-1.05, -0.52, 0.0));
        tumbler(&mut scene, v3(-1.36, 0.28, 0.0));
        for (x, y, turn) in [(1.02, -0.62, 0.4), (0.76, -0.98, 1.9)] {
            orange(&mut scene, v3(x, y, 0.0), 0.19, turn, 0x86a52c);
        }
    }
    Ok(scene)
}

/// Cobalt taken up at the lip, clear and faintly sea-green below.
fn stain(hit: &Hit, top: f32) -> V3 {
    let blue = smoothstep(top * 0.12, top * 0.98, hit.rest.z);
    v3(2.2, 0.75, 0.95).lerp(v3(52.0, 27.0, 4.2), blue.powf(1.9))
}

fn jug(scene: &mut Scene, at: V3) {
    let shape = profile(&[
        (0.0, 0.0),
        (0.34, 0.0),
        (0.43, 0.02),
        (0.49, 0.10),
        (0.60, 0.34),
        (0.62, 0.60),
        (0.50, 0.90),
        (0.345, 1.14),
        (0.325, 1.30),
        (0.385, 1.50),
        (0.425, 1.60),
        (0.415, 1.625),
        (0.385, 1.60),
        (0.345, 1.50),
        (0.285, 1.30),
        (0.305, 1.14),
        (0.46, 0.90),
        (0.575, 0.60),
        (0.555, 0.34),
        (0.44, 0.14),
        (0.3, 0.10),
        (0.0, 0.09),
    ]);
    // The lip is pulled into a spout at the left.
    let body = Mesh::sheet(200, 220, true, move |u, v| {
        let (radius, height) = shape(v);
        let (sin, cos) = ((u + 0.25) * std::f32::consts::TAU).sin_cos();
        let lip = smoothstep(1.34, 1.63, height);
        let spout = lip * smoothstep(0.55, 1.0, -cos) * 0.20;
        let pinch = 1.0 - 0.22 * lip * smoothstep(0.3, 0.8, -cos) * sin.abs();
        v3(
            (radius + spout) * cos,
            radius * sin * pinch,
            height + spout * 0.22,
        )
    });
    let handle = [
        v3(0.36, 0.0, 1.50),
        v3(0.48, 0.0, 1.56),
        v3(0.70, 0.0, 1.50),
        v3(0.84, 0.0, 1.24),
        v3(0.80, 0.0, 0.96),
        v3(0.66, 0.0, 0.80),
        v3(0.535, 0.0, 0.80),
    ];
    let path: Vec<V3> = (0..=90).map(|i| curve(&handle, i as f32 / 90.0)).collect();
    let handle = Mesh::tube(&path, 28, |t| {
        let ends = (t * (1.0 - t) * 40.0).clamp(0.0, 1.0).sqrt();
        (0.058 + 0.022 * (t - 0.5).abs() * 2.0) * ends
    });
    scene.add_glass(body.with(handle).at(at.x, at.y, at.z), |hit| stain(hit, 1.6));
}

fn tumbler(scene: &mut Scene, at: V3) {
    let shape = profile(&[
        (0.0, 0.0),
        (0.24, 0.0),
        (0.29, 0.02),
        (0.305, 0.08),
        (0.315, 0.35),
        (0.345, 0.66),
        (0.345, 0.685),
        (0.325, 0.67),
        (0.290, 0.35),
        (0.275, 0.10),
        (0.2, 0.07),
        (0.0, 0.06),
    ]);
    scene.add_glass(Mesh::lathe(120, 110, shape).at(at.x, at.y, at.z), |hit| {
        stain(hit, 0.70)
    });
}
