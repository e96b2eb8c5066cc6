//! A round tray of black maque, its flowers cut out and filled colour by colour.

use super::paint::{canvas, dots, flower, leaf, stroke};
use super::set::{camera, paper, planks};
use crate::sample::studio::mesh::{Mesh, profile};
use crate::sample::studio::noise::{fbm, noise};
use crate::sample::studio::scene::{Hit, Scene, Surface};
use crate::sample::studio::texture::Texture;
use crate::sample::studio::vector::{V3, rgb, smoothstep, v3};
use crate::sample::{Fault, Shot};

pub fn scene(shot: Shot) -> Result<Scene, Fault> {
    let paint = Texture::svg(&painting(), 1300, 1300)?;
    let shape = profile(&[
        (0.0, 0.0),
        (0.5, 0.0),
        (0.78, 0.0),
        (0.86, 0.012),
        (0.99, 0.13),
        (1.035, 0.165),
        (1.05, 0.185),
        (1.04, 0.20),
        (1.01, 0.19),
        (0.95, 0.145),
        (0.86, 0.065),
        (0.80, 0.045),
        (0.5, 0.04),
        (0.0, 0.04),
    ]);
    let mut scene = match shot {
        Shot::Front => Scene::new(camera(v3(0.0, 0.0, 0.98), 7.2, 0.0, 12.0), paper(0xd9b9a0)),
        Shot::Detail => Scene::new(camera(v3(-0.20, 0.0, 1.12), 3.3, 10.0, 16.0), paper(0xd9b9a0)),
        Shot::Scale => Scene::new(camera(v3(0.0, 0.0, 0.15), 7.6, -12.0, 42.0), planks(0x7b5236)),
    };
    scene.room = rgb(0x4f4944);
    let stands = shot != Shot::Scale;
    let place = move |p: V3| {
        if stands {
            p.about_z(0.35).about_x(1.22) + v3(0.0, 0.34, 1.0)
        } else {
            p.about_z(0.35) + v3(-0.1, 0.0, 0.0)
        }
    };
    scene.add(Mesh::lathe(160, 130, shape).moved(place), move |hit| {
        lacquer(hit, &paint)
    });
    if stands {
        // The little easel that holds it.
        for x in [-0.42, 0.42] {
            let foot = [v3(x, -0.22, 0.03), v3(x, 0.30, 0.03), v3(x, 0.72, 0.03)];
            let back = [v3(x, 0.12, 0.03), v3(x * 0.9, 0.55, 0.75), v3(x * 0.8, 0.72, 1.1)];
            let hook = [v3(x, -0.22, 0.03), v3(x, -0.25, 0.06), v3(x, -0.22, 0.14)];
            for points in [foot, back, hook] {
                let path: Vec<V3> = (0..=20)
                    .map(|i| crate::sample::studio::mesh::curve(&points, i as f32 / 20.0))
                    .collect();
                scene.add(Mesh::tube(&path, 12, |_| 0.026), |hit| {
                    Surface::metal(hit, rgb(0x8a6a3c), 0.35)
                });
            }
        }
    } else {
        cups(&mut scene);
    }
    Ok(scene)
}

fn lacquer(hit: &Hit, paint: &Texture) -> Surface {
    let p = hit.rest;
    let face = hit.uv[1] > 0.5;
    let base = rgb(0x120f10);
    let mut colour = base;
    let mut slope = 0.0;
    if face {
        let (u, v) = (p.x / 2.1 + 0.5, p.y / 2.1 + 0.5);
        let (layer, alpha) = paint.sample(u, v);
        let brush = 1.0 + fbm(v3(p.x * 30.0, p.y * 30.0, 1.0), 2) * 0.10;
        colour = base.lerp(layer * brush, alpha);
        slope = alpha * 0.03;
    }
    let rim = smoothstep(1.012, 1.03, (p.x * p.x + p.y * p.y).sqrt());
    colour = colour.lerp(rgb(0x8f1f22), rim);
    Surface {
        normal: hit.tilted(
            noise(p * 5.0) * 0.012 + slope * noise(p * 40.0),
            noise(p * 5.0 + v3(3.0, 1.0, 4.0)) * 0.012,
        ),
        roughness: 0.5,
        coat: 0.9,
        coat_roughness: 0.06,
        ..Surface::matt(hit, colour)
    }
}

/// Two clay cups that give the size.
fn cups(scene: &mut Scene) {
    for (x, y) in [(1.45, 0.25), (1.22, 0.92)] {
        let shape = profile(&[
            (0.0, 0.0),
            (0.17, 0.0),
            (0.20, 0.03),
            (0.27, 0.18),
            (0.27, 0.32),
            (0.245, 0.44),
            (0.255, 0.47),
            (0.235, 0.46),
            (0.22, 0.40),
            (0.24, 0.28),
            (0.2, 0.1),
            (0.0, 0.06),
        ]);
        scene.add(Mesh::lathe(90, 90, shape).at(x, y, 0.0), |hit| {
            let band = smoothstep(0.02, 0.012, (hit.rest.z - 0.30).abs());
            let colour = rgb(0xa5542f).lerp(rgb(0xe8d8b4), band) * (1.0 + fbm(hit.rest * 6.0, 3) * 0.2);
            Surface {
                coat: 0.6,
                coat_roughness: 0.2,
                ..Surface::matt(hit, colour)
            }
        });
    }
}

fn painting() -> String {
    let (red, wine, rose, blush) = ("#d8342c", "#7e1420", "#ef8a86", "#f6c9bd");
    let (white, grey, gold, amber) = ("#f7efe0", "#c9b9a4", "#f0bd3e", "#b87416");
    let (green, light, blue, deep) = ("#3f7d3a", "#a9c46a", "#5f95bd", "#274e78");
    let mut out = String::new();
    // The rim's garland: sixteen times round.
    for index in 0..16 {
        let turn = index as f32 * 22.5;
        let mut part =
            leaf(0.0, 0.0, 46.0, -150.0, green, light) + &leaf(0.0, 0.0, 46.0, -30.0, green, light);
        part += &if index % 2 == 0 {
            flower(0.0, 0.0, 27.0, 6, red, wine, gold)
        } else {
            flower(0.0, 0.0, 22.0, 5, white, grey, gold)
        };
        part += &dots(-62.0, -6.0, 0.0, 14.0, 2, 4.5, gold);
        out += &format!("<g transform='translate(500 500) rotate({turn}) translate(0 -424)'>{part}</g>");
    }
    out += &format!("<circle cx='500' cy='500' r='368' fill='none' stroke='{gold}' stroke-width='5'/>");
    out += &format!("<circle cx='500' cy='500' r='356' fill='none' stroke='{amber}' stroke-width='2.5'/>");
    // The bouquet.
    for (path, width) in [
        ("M500 770 C480 650 440 560 380 430", 7.0),
        ("M500 770 C520 640 570 560 640 440", 7.0),
        ("M500 770 C500 640 500 520 500 330", 7.0),
        ("M500 770 C430 700 350 660 290 590", 5.0),
        ("M500 770 C570 700 660 660 715 600", 5.0),
    ] {
        out += &stroke(path, green, width);
    }
    for (x, y, length, turn) in [
        (470.0, 660.0, 95.0, -160.0),
        (530.0, 660.0, 95.0, -20.0),
        (450.0, 590.0, 100.0, -190.0),
        (560.0, 590.0, 100.0, 10.0),
        (420.0, 520.0, 90.0, -130.0),
        (590.0, 520.0, 90.0, -50.0),
        (500.0, 470.0, 80.0, -140.0),
        (500.0, 470.0, 80.0, -40.0),
        (370.0, 660.0, 80.0, 160.0),
        (640.0, 660.0, 80.0, 20.0),
        (480.0, 740.0, 110.0, 150.0),
        (520.0, 740.0, 110.0, 30.0),
        (330.0, 470.0, 70.0, -200.0),
        (690.0, 470.0, 70.0, 20.0),
        (500.0, 250.0, 62.0, -120.0),
        (500.0, 250.0, 62.0, -60.0),
        (400.0, 330.0, 66.0, -150.0),
        (600.0, 330.0, 66.0, -30.0),
    ] {
        out += &leaf(x, y, length, turn, green, light);
    }
    out +=
        &(flower(500.0, 330.0, 92.0, 8, red, wine, gold) + &flower(500.0, 330.0, 52.0, 6, rose, red, gold));
    out += &(flower(372.0, 420.0, 76.0, 7, blush, rose, amber)
        + &flower(640.0, 428.0, 78.0, 7, white, grey, gold));
    out += &(flower(500.0, 540.0, 84.0, 8, rose, wine, gold)
        + &flower(500.0, 540.0, 46.0, 6, blush, rose, amber));
    out +=
        &(flower(290.0, 580.0, 52.0, 6, blue, deep, gold) + &flower(715.0, 592.0, 52.0, 6, blue, deep, gold));
    out +=
        &(flower(600.0, 640.0, 44.0, 5, gold, amber, red) + &flower(400.0, 640.0, 44.0, 5, gold, amber, red));
    out += &(flower(388.0, 288.0, 36.0, 5, gold, amber, red)
        + &flower(618.0, 292.0, 36.0, 5, blue, deep, white));
    for (x, y) in [
        (450.0, 220.0),
        (550.0, 218.0),
        (300.0, 380.0),
        (706.0, 372.0),
        (330.0, 700.0),
        (676.0, 700.0),
        (250.0, 500.0),
        (752.0, 506.0),
    ] {
        out += &(stroke(&format!("M{x} {y} q6 20 0 34"), green, 3.0) + &dots(x, y, 0.0, 0.0, 1, 11.0, red));
        out += &dots(x - 3.0, y - 3.0, 0.0, 0.0, 1, 3.5, blush);
    }
    canvas(1000, 1000, &out)
}
