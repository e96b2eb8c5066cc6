//! Half-moon earrings of silver thread: scrolls, grains and drops.

use super::set::{camera, leaf, linen, orange, wall};
use crate::sample::studio::mesh::{Mesh, curve};
use crate::sample::studio::noise::fbm;
use crate::sample::studio::scene::{Hit, Scene, Surface};
use crate::sample::studio::vector::{V3, rgb, v3};
use crate::sample::{Fault, Shot};

pub fn scene(shot: Shot) -> Result<Scene, Fault> {
    let mut scene = match shot {
        Shot::Front => Scene::new(camera(v3(0.0, 0.0, 1.08), 7.5, 0.0, 2.0), wall(0x24484f)),
        Shot::Detail => Scene::new(camera(v3(-0.60, -0.2, 0.86), 3.3, 6.0, 4.0), wall(0x24484f)),
        Shot::Scale => Scene::new(camera(v3(0.10, 0.22, 0.0), 10.2, -8.0, 58.0), linen(0xb9a58c)),
    };
    scene.room = rgb(0xc4c0ba);
    scene.exposure = 0.68;
    if shot == Shot::Scale {
        for (x, y, turn) in [(-0.78, 0.05, 0.30), (0.66, -0.42, -0.22)] {
            earring(&mut scene, move |p| {
                let flat = v3(p.x, p.z - 0.8, 0.045 - p.y * 0.9);
                flat.about_z(turn) + v3(x, y, 0.0)
            });
        }
        orange(&mut scene, v3(1.02, 1.22, 0.0), 0.58, 0.8, 0x8ca82e);
        leaf(&mut scene, v3(-1.25, 0.75, 0.0), 0.9, -0.9, 0x4b6330);
        return Ok(scene);
    }
    for x in [-0.69, 0.69] {
        earring(&mut scene, move |p| p + v3(x, -0.34, 0.0));
    }
    let rod: Vec<V3> = (0..=20)
        .map(|i| v3((i as f32 / 10.0 - 1.0) * 1.9, -0.34, 2.02))
        .collect();
    scene.add(Mesh::tube(&rod, 20, |_| 0.034), |hit| {
        let brushed = fbm(v3(hit.at.x * 4.0, hit.at.y * 90.0, hit.at.z * 90.0), 2) * 0.12;
        Surface::metal(hit, rgb(0xc79a4b) * (1.0 + brushed), 0.28)
    });
    Ok(scene)
}

/// Hangs from (0, 0, 2) in the plane y = 0; `place` puts it where it belongs.
fn earring(scene: &mut Scene, place: impl Fn(V3) -> V3 + Copy + 'static) {
    let mut wires = Mesh::default();
    let mut grains = Mesh::default();
    let (centre, outer, inner, lift) = (0.74, 0.60, 0.40, 0.155);
    let around =
        |radius: f32, up: f32, turn: f32| v3(turn.sin() * radius, 0.0, centre + up - turn.cos() * radius);
    let mut wire = |points: &[V3], thick: f32| {
        let count = (points.len() * 4).max(40);
        let path: Vec<V3> = (0..=count)
            .map(|i| curve(points, i as f32 / count as f32))
            .collect();
        let mesh = Mesh::tube(&path, 8, |_| thick);
        wires = std::mem::take(&mut wires).with(mesh);
    };
    let arc = |radius: f32, up: f32, half: f32, out: f32| -> Vec<V3> {
        (0..=36)
            .map(|i| around(radius, up, (i as f32 / 18.0 - 1.0) * half) + v3(0.0, out, 0.0))
            .collect()
    };
    wire(&arc(outer, 0.0, 2.30, 0.0), 0.024);
    wire(&arc(outer - 0.048, 0.0, 2.24, 0.0), 0.013);
    wire(&arc(inner, lift, 2.12, 0.0), 0.020);
    wire(&arc(inner + 0.04, lift, 2.06, 0.0), 0.011);
    // Scrolls fill the half-moon, larger where it is wide.
    let spiral = |middle: V3, size: f32, start: f32, way: f32| -> Vec<V3> {
        (0..=26)
            .map(|i| {
                let t = i as f32 / 26.0;
                let (sin, cos) = (start + way * t * 11.0).sin_cos();
                middle + v3(cos, -0.15 * t, sin) * (size * (1.0 - 0.86 * t))
            })
            .collect()
    };
    for index in -5..=5 {
        let turn = index as f32 * 0.30;
        let (low, high) = (
            around(outer - 0.05, 0.0, turn),
            around(inner + 0.04, lift, turn * 1.06),
        );
        let half = (high - low).length() * 0.5;
        let middle = (low + high) * 0.5;
        let size = half * 0.50;
        let across = v3(turn.cos(), 0.0, turn.sin());
        let up = (high - low).unit();
        let way = if index < 0 { 1.0 } else { -1.0 };
        wire(
            &spiral(
                middle - up * (half * 0.42) + across * (size * 0.25),
                size,
                turn - 1.57,
                way,
            ),
            0.0105,
        );
        wire(
            &spiral(
                middle + up * (half * 0.46) - across * (size * 0.25),
                size * 0.9,
                turn + 1.57,
                way,
            ),
            0.0105,
        );
    }
    // A rosette where the horns meet, and the hook.
    let rose = v3(0.0, -0.02, centre + lift + inner + 0.13);
    for petal in 0..8 {
        let (sin, cos) = (petal as f32 * std::f32::consts::FRAC_PI_4).sin_cos();
        let loop_of = |k: i32| {
            let t = k as f32 / 12.0 * std::f32::consts::TAU;
            let (a, b) = (0.085 + 0.065 * -t.cos(), 0.036 * t.sin());
            rose + v3(cos * a - sin * b, 0.0, sin * a + cos * b)
        };
        wire(&(0..=12).map(loop_of).collect::<Vec<_>>(), 0.0105);
    }
    wire(
        &[
            rose + v3(0.0, 0.0, 0.15),
            rose + v3(0.0, 0.0, 0.22),
            v3(0.0, 0.0, 1.72),
            v3(0.02, 0.0, 1.9),
            v3(0.0, -0.045, 2.05),
            v3(0.0, 0.0, 2.085),
            v3(0.0, 0.06, 2.0),
            v3(0.0, 0.08, 1.75),
        ],
        0.013,
    );
    for side in [-1.0_f32, 1.0] {
        let horn = around(outer, 0.0, 2.25 * side);
        wire(
            &[
                horn,
                horn.lerp(rose, 0.5) + v3(0.0, 0.0, 0.07),
                rose + v3(side * 0.11, 0.0, 0.03),
            ],
            0.018,
        );
    }
    let mut grain = |at: V3, radius: f32, tall: f32| {
        grains = std::mem::take(&mut grains)
            .with(Mesh::ball(v3(radius, radius, radius * tall), 14).at(at.x, at.y, at.z));
    };
    grain(rose + v3(0.0, -0.015, 0.0), 0.048, 1.0);
    for index in -8..=8 {
        let turn = index as f32 * 0.235;
        grain(
            around(outer - 0.024, 0.0, turn) + v3(0.0, -0.022, 0.0),
            0.017,
            1.0,
        );
        grain(
            around(inner + 0.02, lift, turn) + v3(0.0, -0.018, 0.0),
            0.013,
            1.0,
        );
    }
    // Drops along the lower edge.
    for index in -4..=4 {
        let turn = index as f32 * 0.36;
        let from = around(outer + 0.02, 0.0, turn);
        let long = 0.10 + 0.05 * (1.0 - (index as f32 / 4.0).abs());
        wire(
            &[
                from,
                from + v3(0.018, 0.0, -long * 0.35),
                from + v3(0.0, 0.0, -long * 0.7),
            ],
            0.009,
        );
        grain(from + v3(0.0, 0.0, -long * 0.7 - 0.052), 0.034, 1.6);
        grain(from + v3(0.0, 0.0, -long * 0.7 - 0.112), 0.012, 1.0);
    }
    scene.add(wires.moved(place), |hit| silver(hit, true));
    scene.add(grains.moved(place), |hit| silver(hit, false));
}

fn silver(hit: &Hit, twisted: bool) -> Surface {
    let tone = 1.0 + fbm(hit.rest * 7.0, 3) * 0.10;
    let twist = if twisted {
        ((hit.uv[1] * 150.0 + hit.uv[0] * 2.0) * std::f32::consts::TAU).sin() * 0.28
    } else {
        0.0
    };
    Surface {
        normal: hit.tilted(twist * 0.5, twist),
        ..Surface::metal(hit, rgb(0xf1efea) * tone, 0.16)
    }
}
