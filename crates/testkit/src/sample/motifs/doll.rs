//! A rag doll with braids, a crown of ribbons and an embroidered blouse.

use super::paint::{canvas, dots, flower, leaf, stroke};
use super::set::{camera, paper, planks};
use crate::sample::studio::mesh::{Mesh, curve, profile};
use crate::sample::studio::noise::{fbm, noise, random};
use crate::sample::studio::scene::{Hit, Scene, Surface};
use crate::sample::studio::texture::Texture;
use crate::sample::studio::vector::{V3, rgb, smoothstep, v3};
use crate::sample::{Fault, Shot};

const RIBBONS: [u32; 7] = [
    0xe0227a, 0xf2b01e, 0x1f8f8a, 0x6a2c91, 0xe8501f, 0x3f9b3a, 0x2360b0,
];

pub fn scene(shot: Shot) -> Result<Scene, Fault> {
    let mut scene = match shot {
        Shot::Front => Scene::new(camera(v3(0.0, 0.0, 1.12), 7.7, 5.0, 9.0), paper(0xbfd6dc)),
        Shot::Detail => Scene::new(camera(v3(0.0, -0.1, 1.62), 3.7, -9.0, 8.0), paper(0xbfd6dc)),
        Shot::Scale => Scene::new(camera(v3(0.36, 0.0, 1.05), 8.6, -8.0, 13.0), planks(0x9b6f47)),
    };
    doll(&mut scene, v3(0.0, 0.0, 0.0), 1.0)?;
    if shot == Shot::Scale {
        super::set::orange(&mut scene, v3(1.12, -0.10, 0.0), 0.27, 0.6, 0xe08316);
        super::set::orange(&mut scene, v3(1.60, 0.30, 0.0), 0.26, 1.9, 0xe5921c);
        super::set::leaf(&mut scene, v3(0.92, -0.75, 0.0), 0.42, -0.8, 0x557230);
    }
    Ok(scene)
}

fn doll(scene: &mut Scene, at: V3, size: f32) -> Result<(), Fault> {
    let place = move |p: V3| p * size + at;
    let face = Texture::svg(&face(), 700, 700)?;
    let hem = Texture::svg(&hem(), 900, 900)?;
    let yoke = Texture::svg(&yoke(), 700, 500)?;
    skirt(scene, place, hem);
    // Body and sleeves.
    let torso = profile(&[
        (0.0, 0.86),
        (0.235, 0.88),
        (0.25, 0.98),
        (0.275, 1.14),
        (0.25, 1.28),
        (0.15, 1.38),
        (0.10, 1.44),
        (0.0, 1.46),
    ]);
    let blouse = Mesh::lathe(90, 70, torso)
        .moved(|p| v3(p.x, p.y * 0.78, p.z))
        .moved(place);
    scene.add(blouse, move |hit| {
        let (paint, alpha) = yoke.sample(hit.rest.x / 0.62 + 0.5, (hit.rest.z - 0.86) / 0.56);
        cotton(hit, rgb(0xf4ecdc).lerp(paint, alpha * 0.96))
    });
    for side in [-1.0_f32, 1.0] {
        let sleeve = [
            v3(side * 0.20, 0.0, 1.30),
            v3(side * 0.34, -0.01, 1.20),
            v3(side * 0.45, -0.06, 1.02),
        ];
        let path: Vec<V3> = (0..=40).map(|i| curve(&sleeve, i as f32 / 40.0)).collect();
        let mesh = Mesh::tube(&path, 40, |t| 0.10 + 0.055 * t + 0.012 * (t * 40.0).sin() * t * t);
        scene.add_thin(mesh.moved(place), |hit| {
            let cuff = smoothstep(0.84, 0.87, hit.uv[1]);
            let band = rgb(RIBBONS[((hit.uv[0] * 14.0) as usize) % 7]);
            cotton(hit, rgb(0xf4ecdc).lerp(band, cuff))
        });
        let arm = [
            v3(side * 0.36, -0.02, 1.16),
            v3(side * 0.47, -0.07, 0.98),
            v3(side * 0.50, -0.12, 0.82),
            v3(side * 0.495, -0.14, 0.76),
        ];
        let path: Vec<V3> = (0..=80).map(|i| curve(&arm, i as f32 / 80.0)).collect();
        let mesh = Mesh::tube(&path, 30, |t| {
            if t > 0.86 {
                0.076 * (1.0 - ((t - 0.86) / 0.14).powi(2)).max(0.0).sqrt()
            } else {
                0.07 + 0.006 * t
            }
        });
        scene.add(mesh.moved(place), |hit| cotton(hit, rgb(0xd69a6c)));
    }
    // Head.
    let head = Mesh::ball(v3(0.37, 0.33, 0.36), 150)
        .at(0.0, 0.0, 1.70)
        .moved(place);
    scene.add(head, move |hit| {
        let p = hit.rest;
        // Hair, parted in the middle, comes down to the temples.
        let front = smoothstep(0.03, -0.03, p.y);
        let oval = (p.x / 0.285).powi(2) + ((p.z + 0.07) / 0.31).powi(2) + (0.06 - p.x.abs()).max(0.0) * -1.2;
        let skin = front * smoothstep(1.05, 0.95, oval);
        let strands = (p.x.abs() * 210.0 + noise(p * 9.0) * 4.0).sin();
        let hair = rgb(0x20130e) * (0.8 + 0.5 * (0.5 + 0.5 * strands));
        let (paint, alpha) = face.sample(p.x / 0.74 + 0.5, p.z / 0.74 + 0.5);
        let skin_colour = rgb(0xd69a6c).lerp(paint, alpha * front);
        let mut surface = cotton(hit, hair.lerp(skin_colour, skin));
        if skin < 0.5 {
            surface.normal = hit.tilted(strands * 0.3 * p.x.signum(), 0.0);
            surface.shine = 0.05;
            surface.roughness = 0.5;
        }
        surface
    });
    braids(scene, place);
    crown(scene, place);
    Ok(())
}

fn cotton(hit: &Hit, colour: V3) -> Surface {
    let p = hit.rest;
    let (a, b) = (((p.x + p.y * 0.7) * 330.0).sin(), (p.z * 330.0).sin());
    let pucker = noise(p * 7.0) * 0.08;
    Surface {
        normal: hit.tilted(
            a * 0.05 + pucker,
            b * 0.05 + noise(p * 7.0 + v3(4.0, 2.0, 7.0)) * 0.08,
        ),
        roughness: 0.95,
        shine: 0.02,
        fuzz: 0.45,
        ..Surface::matt(hit, colour * (1.0 + 0.05 * a * b + fbm(p * 14.0, 2) * 0.07))
    }
}

fn skirt(scene: &mut Scene, place: impl Fn(V3) -> V3 + Copy, hem: Texture) {
    let mesh = Mesh::sheet(270, 90, true, |u, v| {
        let (sin, cos) = ((u + 0.25) * std::f32::consts::TAU).sin_cos();
        let down = 1.0 - v;
        let fold = (u * std::f32::consts::TAU * 17.0 + (u * 31.0).sin() * 0.8).sin();
        let radius = 0.245 + 0.46 * down.powf(0.72) + fold * 0.040 * down.powf(0.7);
        v3(radius * cos, radius * sin * 0.9, 0.02 + v * 0.93)
    });
    scene.add_thin(mesh.moved(place), move |hit| {
        let (paint, _) = hem.sample(hit.uv[0] * 5.0, hit.uv[1]);
        cotton(hit, paint)
    });
    let sash = profile(&[
        (0.255, 0.90),
        (0.272, 0.91),
        (0.276, 0.94),
        (0.272, 0.97),
        (0.255, 0.98),
    ]);
    scene.add(
        Mesh::lathe(90, 20, sash)
            .moved(|p| v3(p.x, p.y * 0.85, p.z))
            .moved(place),
        |hit| {
            let stripe = (hit.uv[1] * 5.0) as usize;
            cotton(
                hit,
                rgb([0xe8501f, 0xf2b01e, 0x2360b0, 0xf2b01e, 0xe8501f][stripe.min(4)]),
            )
        },
    );
}

fn braids(scene: &mut Scene, place: impl Fn(V3) -> V3 + Copy) {
    let mut hair = Mesh::default();
    for side in [-1.0_f32, 1.0] {
        let line = [
            v3(side * 0.31, -0.02, 1.66),
            v3(side * 0.385, -0.10, 1.50),
            v3(side * 0.36, -0.20, 1.30),
            v3(side * 0.31, -0.27, 1.08),
            v3(side * 0.30, -0.33, 0.88),
        ];
        for strand in 0..3 {
            let path: Vec<V3> = (0..=150)
                .map(|i| {
                    let t = i as f32 / 150.0;
                    let turn = t * 30.0 + strand as f32 * 2.094;
                    curve(&line, t)
                        + v3(turn.cos() * 0.046, (turn * 2.0).sin() * 0.020, 0.0) * (1.0 - 0.3 * t)
                })
                .collect();
            hair = hair.with(Mesh::tube(&path, 14, |t| 0.044 * (1.0 - 0.25 * t)));
        }
        // Bows at the ends.
        let end = line[4];
        for (index, (dx, dz)) in [(-0.10, 0.03), (0.10, 0.03), (-0.06, -0.11), (0.06, -0.11)]
            .into_iter()
            .enumerate()
        {
            let colour = rgb(RIBBONS[(index / 2 * 3 + if side > 0.0 { 1 } else { 0 }) % 7]);
            let ball = Mesh::ball(v3(0.085, 0.035, 0.05), 24)
                .moved(move |p| p.about_y(if dx * dz > 0.0 { -0.5 } else { 0.5 }) + end + v3(dx, -0.045, dz));
            scene.add(ball.moved(place), move |hit| ribbon(hit, colour));
        }
        let knot = Mesh::ball(v3(0.045, 0.045, 0.045), 20).moved(move |p| p + end + v3(0.0, -0.06, 0.0));
        scene.add(knot.moved(place), |hit| ribbon(hit, rgb(0xf2b01e)));
    }
    scene.add(hair.moved(place), |hit| {
        let strand = (hit.uv[0] * 50.0).sin();
        Surface {
            normal: hit.tilted(strand * 0.3, 0.0),
            roughness: 0.5,
            shine: 0.05,
            fuzz: 0.3,
            ..Surface::matt(hit, rgb(0x20130e) * (1.0 + 0.3 * strand))
        }
    });
}

fn ribbon(hit: &Hit, colour: V3) -> Surface {
    let rib = (hit.uv[1] * 160.0).sin();
    Surface {
        normal: hit.tilted(0.0, rib * 0.10),
        roughness: 0.4,
        shine: 0.06,
        fuzz: 0.25,
        ..Surface::matt(hit, colour * (1.0 + 0.05 * rib))
    }
}

/// Loops of ribbon round the head, in two rows, and tails that hang behind.
fn crown(scene: &mut Scene, place: impl Fn(V3) -> V3 + Copy) {
    // Three rows of loops: the lowest stands out, the highest stands up.
    for (row, (count, radius, height, size, lean)) in [
        (15, 0.265, 1.965, 0.150, 0.95_f32),
        (11, 0.185, 2.035, 0.150, 0.55),
        (6, 0.085, 2.085, 0.135, 0.18),
    ]
    .into_iter()
    .enumerate()
    {
        for index in 0..count {
            let turn = (index as f32 + row as f32 * 0.5) / count as f32 * std::f32::consts::TAU;
            let (sin, cos) = turn.sin_cos();
            let colour = rgb(RIBBONS[(index * 3 + row * 2) % 7]);
            // A loop is a strip bent into a drop; it grows from its knot along `up`, and is as wide as the strip.
            let (out, side) = (v3(cos, sin * 0.9, 0.0), v3(-sin, cos, 0.0));
            let up = (out * lean.sin() + v3(0.0, 0.0, lean.cos())).unit();
            let thick = up.cross(side).unit();
            let mesh = Mesh::sheet(10, 44, false, move |u, v| {
                let t = (v - 0.5) * std::f32::consts::TAU;
                let along = (1.0 + t.cos()) * 0.5;
                let belly = t.sin() * (0.35 + 0.65 * along) * 0.40;
                let wide = (u - 0.5) * 0.098 * (0.35 + 0.65 * along);
                out * radius
                    + v3(0.0, 0.0, height)
                    + up * (along * size * 1.35)
                    + thick * (belly * size)
                    + side * wide
            });
            scene.add_thin(mesh.moved(place), move |hit| {
                let edge = smoothstep(0.12, 0.07, hit.uv[0].min(1.0 - hit.uv[0]));
                ribbon(hit, colour.lerp(rgb(0xf7efdc), edge * 0.6))
            });
        }
    }
    for (index, x) in [-0.40_f32, -0.33, 0.33, 0.40, -0.46, 0.46]
        .into_iter()
        .enumerate()
    {
        let colour = rgb(RIBBONS[(index * 2 + 1) % 7]);
        let length = 0.78 + 0.22 * random(index as i32, 4, 2);
        let mesh = Mesh::sheet(8, 60, false, move |u, v| {
            let wave = (v * 7.0 + index as f32 * 1.7).sin() * 0.035 * v;
            v3(
                x * (0.78 + 0.55 * v.min(0.4)) + (u - 0.5) * 0.062 + wave,
                0.10 - 0.04 * v + wave * 0.6,
                1.96 - v * length,
            )
        });
        scene.add_thin(mesh.moved(place), move |hit| ribbon(hit, colour));
    }
    scene.add(
        Mesh::ball(v3(0.20, 0.18, 0.08), 40)
            .moved(|p| p + v3(0.0, 0.0, 2.03))
            .moved(place),
        |hit| ribbon(hit, rgb(0xe0227a)),
    );
}

fn face() -> String {
    let mut out = String::new();
    for x in [240.0, 460.0] {
        let s = if x < 350.0 { -1.0 } else { 1.0 };
        out += &format!("<ellipse cx='{x}' cy='372' rx='27' ry='34' fill='#1c100c'/>");
        out += &format!(
            "<circle cx='{}' cy='360' r='9' fill='#fff7ea'/><circle cx='{}' cy='385' r='4.5' fill='#fff7ea'/>",
            x - 9.0,
            x + 9.0
        );
        for (dx, dy, ex, ey) in [
            (-18.0, -26.0, -34.0, -48.0),
            (0.0, -33.0, 0.0, -60.0),
            (18.0, -26.0, 34.0, -48.0),
            (27.0 * s, -10.0, 52.0 * s, -22.0),
        ] {
            out += &stroke(
                &format!("M{} {} L{} {}", x + dx, 372.0 + dy, x + ex, 372.0 + ey),
                "#1c100c",
                5.5,
            );
        }
        out += &stroke(
            &format!("M{} 296 q{} -24 {} -2", x - 44.0, 44.0, 88.0),
            "#2a1710",
            7.0,
        );
        out += &format!(
            "<circle cx='{}' cy='462' r='42' fill='#d9566a' opacity='.55'/>",
            x + s * 34.0
        );
        out += &dots(x + s * 34.0 - 14.0, 462.0, 14.0, 0.0, 3, 3.4, "#b93a50");
    }
    out += &stroke("M338 436 q12 12 24 0", "#a8623c", 6.0);
    out += "<path d='M306 500 q22 -17 44 -3 q22 -14 44 3 q-18 36 -44 36 q-26 0 -44 -36z' fill='#c3213c'/>";
    out += &stroke("M306 500 q44 16 88 0", "#7e1226", 4.5);
    canvas(700, 700, &out)
}

/// A fifth of the way round the skirt, from the waist to the ground.
fn hem() -> String {
    let mut out = String::from("<rect width='900' height='900' fill='#c21f4b'/>");
    for (y, height, fill) in [
        (250.0, 16.0, "#f2b01e"),
        (276.0, 34.0, "#1f8f8a"),
        (320.0, 16.0, "#f2b01e"),
        (560.0, 14.0, "#f7efdc"),
        (584.0, 210.0, "#2b1a4a"),
        (804.0, 14.0, "#f7efdc"),
        (830.0, 40.0, "#f2b01e"),
        (880.0, 20.0, "#3f9b3a"),
    ] {
        out += &format!("<rect y='{y}' width='900' height='{height}' fill='{fill}'/>");
    }
    for k in 0..18 {
        let x = k as f32 * 50.0;
        out += &format!("<path d='M{x} 310 l25 -34 l25 34z' fill='#f7efdc'/>");
        out += &format!("<circle cx='{}' cy='850' r='11' fill='#c21f4b'/>", x + 25.0);
    }
    out += &stroke("M0 700 C150 620 300 780 450 700 S750 620 900 700", "#4aa84a", 9.0);
    for (x, y, turn) in [
        (90.0, 668.0, -70.0),
        (190.0, 690.0, 60.0),
        (330.0, 730.0, -60.0),
        (420.0, 712.0, 80.0),
        (540.0, 672.0, -80.0),
        (640.0, 668.0, 70.0),
        (770.0, 662.0, -60.0),
        (850.0, 684.0, 70.0),
    ] {
        out += &leaf(x, y, 64.0, turn, "#4aa84a", "#b5d96a");
    }
    out += &flower(240.0, 690.0, 66.0, 8, "#e8501f", "#8f2210", "#f2b01e");
    out += &flower(690.0, 690.0, 66.0, 8, "#e0227a", "#8a0f48", "#f7efdc");
    out += &flower(20.0, 690.0, 48.0, 6, "#f2b01e", "#b06c0c", "#c21f4b");
    out += &flower(460.0, 690.0, 50.0, 6, "#56b7c9", "#1e5f8a", "#f7efdc");
    out += &flower(900.0, 690.0, 48.0, 6, "#f2b01e", "#b06c0c", "#c21f4b");
    for k in 0..9 {
        let x = 50.0 + k as f32 * 100.0;
        out += &(flower(x, 440.0, 26.0, 5, "#f2b01e", "#b06c0c", "#f7efdc")
            + &leaf(x + 20.0, 462.0, 34.0, 40.0, "#7cc04a", "#d9ef9a"));
    }
    canvas(900, 900, &out)
}

fn yoke() -> String {
    let mut out = String::new();
    for (index, x) in (0..8).map(|k| (k, 45.0 + k as f32 * 87.0)) {
        let fill = ["#e0227a", "#2360b0", "#e8501f", "#6a2c91"][index % 4];
        out += &flower(x, 150.0, 40.0, 6, fill, "#3a1030", "#f2b01e");
        out += &leaf(x + 30.0, 195.0, 46.0, 30.0, "#3f9b3a", "#b5d96a");
    }
    out += &(stroke("M0 92 H700 M0 240 H700", "#c21f4b", 9.0)
        + &stroke("M0 72 H700 M0 260 H700", "#1f8f8a", 6.0));
    for k in 0..24 {
        out += &format!("<path d='M{} 290 l12 -16 l12 16z' fill='#e8501f'/>", k * 30);
    }
    canvas(700, 500, &out)
}
