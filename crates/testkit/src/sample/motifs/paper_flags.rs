//! A string of tissue-paper flags, cut with chisels.

use std::sync::Arc;

use super::paint::canvas;
use super::set::{camera, wall};
use crate::sample::studio::mesh::Mesh;
use crate::sample::studio::noise::{fbm, noise};
use crate::sample::studio::scene::{Scene, Surface};
use crate::sample::studio::texture::Texture;
use crate::sample::studio::vector::{V3, rgb, v3};
use crate::sample::{Fault, Shot};

const COLOURS: [u32; 5] = [0xe0217a, 0xf2a20c, 0x12939a, 0x6f2c91, 0x3f9b3a];
const FLAG: (f32, f32) = (1.16, 0.92);

pub fn scene(shot: Shot) -> Result<Scene, Fault> {
    let mut scene = match shot {
        Shot::Front => Scene::new(camera(v3(0.0, 0.0, 0.99), 7.2, 0.0, 0.0), wall(0xf1e7d6)),
        Shot::Detail => Scene::new(camera(v3(-0.10, 0.0, 1.22), 3.7, 16.0, -3.0), wall(0xf1e7d6)),
        Shot::Scale => Scene::new(camera(v3(0.0, 0.0, 0.72), 11.5, -10.0, 3.0), wall(0x4f86a6)),
    };
    scene.key = v3(-0.60, -0.66, 0.60).unit();
    scene.ground.reach = 3.4;
    let cuts = [
        Arc::new(Texture::svg(&flag(true), 812, 644)?),
        Arc::new(Texture::svg(&flag(false), 812, 644)?),
    ];
    if shot == Shot::Scale {
        line(&mut scene, &cuts, 1.75, -0.34, 5, 0.62, 0.0);
        line(&mut scene, &cuts, 0.86, -0.30, 5, 0.62, 2.0);
        super::set::shelf(&mut scene);
        super::pot::small(&mut scene, v3(-0.85, -0.34, -0.465), 0.28);
        super::set::orange(&mut scene, v3(0.62, -0.38, -0.465), 0.062, 0.5, 0xe08316);
        super::set::orange(&mut scene, v3(0.80, -0.30, -0.465), 0.062, 1.5, 0xe5921c);
    } else {
        line(&mut scene, &cuts, 2.03, -0.17, 3, 1.0, 0.0);
        line(&mut scene, &cuts, 0.96, -0.17, 3, 1.0, 3.0);
    }
    Ok(scene)
}

/// A sagging string with flags; `first` chooses the colours.
fn line(
    scene: &mut Scene,
    cuts: &[Arc<Texture>; 2],
    height: f32,
    out: f32,
    count: i32,
    size: f32,
    first: f32,
) {
    let pitch = FLAG.0 * size * 1.07;
    let span = pitch * count as f32 * 0.5 + 0.5;
    let sag = 0.16 * size;
    let string = move |x: f32| v3(x, out, height + sag * ((x / span) * (x / span) - 1.0));
    let path: Vec<V3> = (0..=80)
        .map(|i| string((i as f32 / 40.0 - 1.0) * span * 1.3))
        .collect();
    scene.add(Mesh::tube(&path, 8, |_| 0.008), |hit| {
        Surface::matt(hit, rgb(0xd8cdb5))
    });
    for index in 0..count {
        let left = (index as f32 - count as f32 * 0.5) * pitch + pitch * 0.035;
        let seed = index as f32 * 3.7 + first;
        let mesh = Mesh::sheet(64, 48, false, move |u, v| {
            let top = string(left + u * FLAG.0 * size);
            let down = (1.0 - v) * FLAG.1 * size;
            // A breath of air: the free end swings out.
            let free = 1.0 - v;
            let air =
                (0.09 * (seed * 1.3).sin() * free + 0.05 * (u * 5.0 + seed + free * 2.0).sin() * free) * size;
            let crease = 0.006 * (1.0 - ((u * 4.0).fract() - 0.5).abs() * 2.0);
            v3(
                top.x + 0.02 * free * (seed * 2.0).sin(),
                top.y - 0.012 + air - crease,
                top.z - down,
            )
        });
        let colour = rgb(COLOURS[(index + first as i32).rem_euclid(5) as usize]);
        let cut = Arc::clone(&cuts[(index as usize + first as usize) % 2]);
        scene.add_cut(mesh, cut, move |hit| {
            let fold = ((hit.uv[0] * 4.0).fract() - 0.5).abs();
            let line = if fold > 0.488 { 0.88 } else { 1.0 };
            let tissue = 1.0 + fbm(v3(hit.uv[0] * 30.0, hit.uv[1] * 30.0, seed), 3) * 0.10;
            let wave = noise(v3(hit.uv[0] * 9.0, hit.uv[1] * 9.0, seed)) * 0.06;
            Surface {
                normal: hit.tilted(wave, -wave),
                roughness: 0.6,
                translucent: 0.85,
                ..Surface::matt(hit, colour * (tissue * line))
            }
        });
    }
}

/// White where paper stays: two birds at a flower, or a sun; a net of diamonds; a toothed hem.
fn flag(birds: bool) -> String {
    let mut holes = String::new();
    // The net.
    for row in 0..5 {
        for column in 0..12 {
            let x = 40.0 + column as f32 * 30.0 + if row % 2 == 0 { 0.0 } else { 15.0 };
            let y = 30.0 + row as f32 * 13.0;
            if x < 370.0 && y < 50.0 {
                holes += &format!("<path d='M{} {y} l8 -5.5 l8 5.5 l-8 5.5z'/>", x - 8.0);
            }
        }
    }
    let ring = |cx: f32, cy: f32, r: f32, count: u32, w: f32, h: f32| {
        (0..count).fold(String::new(), |out, k| {
            let turn = k as f32 * 360.0 / count as f32;
            out + &format!(
                "<ellipse cx='{cx}' cy='{}' rx='{w}' ry='{h}' transform='rotate({turn} {cx} {cy})'/>",
                cy - r
            )
        })
    };
    holes += &(ring(203.0, 150.0, 30.0, 10, 5.2, 15.0) + &ring(203.0, 150.0, 9.0, 6, 2.4, 3.4));
    if birds {
        let bird = "<path d='M96 128 q22 -26 48 -12 l14 6 l-13 7 q-2 22 -26 30 l-6 14 l-8 -12 q-22 -4 -34 -22 l-22 10 l8 -18 l-14 -12 q30 -10 53 9z M118 126 q-18 2 -26 16 q22 6 34 -6z' fill-rule='evenodd'/><path d='M70 180 q26 26 62 14 q-26 30 -62 -14z'/><path d='M152 176 q-10 26 -38 32 q14 -26 38 -32z'/>";
        holes += &format!("{bird}<g transform='translate(406 0) scale(-1 1)'>{bird}</g>");
    } else {
        holes += &ring(203.0, 150.0, 60.0, 20, 3.6, 11.0);
        for x in [74.0, 332.0] {
            holes += &(ring(x, 150.0, 17.0, 8, 4.0, 10.0) + &ring(x, 150.0, 37.0, 14, 3.0, 6.0));
        }
    }
    for x in [40.0, 100.0, 160.0, 203.0, 246.0, 306.0, 366.0] {
        holes += &format!("<path d='M{x} 222 q12 14 0 30 q-12 -16 0 -30z'/>");
        holes += &format!(
            "<circle cx='{}' cy='216' r='3.4'/><circle cx='{}' cy='216' r='3.4'/>",
            x - 15.0,
            x + 15.0
        );
    }
    for k in 0..13 {
        let x = 16.0 + k as f32 * 31.2;
        holes += &format!(
            "<circle cx='{x}' cy='72' r='4'/><circle cx='{x}' cy='266' r='4.4'/><path d='M{} 282 l6 -7 l6 7 l-6 7z'/>",
            x - 6.0
        );
    }
    for y in [90.0, 118.0, 146.0, 174.0, 202.0] {
        for x in [15.0, 391.0] {
            holes += &format!("<path d='M{} {y} l6 -9 l6 9 l-6 9z'/>", x - 6.0);
        }
    }
    // The hem: a fringe of round teeth.
    for k in 0..14 {
        let x = k as f32 * 31.23 - 1.0;
        holes += &format!(
            "<path d='M{x} 322 L{x} 304 Q{a} 296 {b} 304 L{b} 322Z' transform='translate(-3 0)'/>",
            a = x + 3.0,
            b = x + 6.0
        );
    }
    canvas(
        406,
        322,
        &format!(
            "<mask id='cut' maskUnits='userSpaceOnUse' x='0' y='0' width='406' height='322'><rect width='406' height='322' fill='white'/><g fill='black'>{holes}</g></mask><rect width='406' height='322' fill='white' mask='url(#cut)'/>"
        ),
    )
}
