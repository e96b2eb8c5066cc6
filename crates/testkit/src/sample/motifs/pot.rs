//! A pot of burnished clay, painted with slips before it is fired.

use super::paint::{canvas, dots, flower, leaf, rect, shape, stroke};
use super::set::{camera, leaf as bay_leaf, linen, orange, paper, planks, spoon};
use crate::sample::studio::mesh::{Mesh, profile};
use crate::sample::studio::noise::{fbm, noise};
use crate::sample::studio::scene::{Hit, Scene, Surface};
use crate::sample::studio::texture::Texture;
use crate::sample::studio::vector::{V3, rgb, smoothstep, v3};
use crate::sample::{Fault, Shot};

const CLAY: u32 = 0xb25a34;
const REPEATS: f32 = 4.0;
/// The painted belt, by height.
const BELT: (f32, f32) = (0.50, 1.06);

pub fn scene(shot: Shot) -> Result<Scene, Fault> {
    let mut scene = match shot {
        Shot::Front => Scene::new(camera(v3(0.0, 0.0, 0.70), 6.1, 0.0, 13.0), paper(0xe6d6bd)),
        Shot::Detail => Scene::new(camera(v3(-0.12, -0.3, 0.90), 3.0, -9.0, 20.0), paper(0xe6d6bd)),
        Shot::Scale => Scene::new(camera(v3(0.12, 0.0, 0.60), 7.3, 8.0, 17.0), planks(0x8a5f3c)),
    };
    if shot == Shot::Scale {
        orange(&mut scene, v3(1.10, -0.42, 0.0), 0.23, 0.7, 0xe07a12);
        orange(&mut scene, v3(1.30, 0.16, 0.0), 0.22, 2.1, 0xe58a18);
        spoon(&mut scene, v3(-0.78, -1.05, 0.0), 1.35, -1.25, 0xb98a57);
        bay_leaf(&mut scene, v3(0.86, -0.98, 0.0), 0.42, 0.9, 0x53682e);
    }
    if shot == Shot::Detail {
        scene.ground = linen(0xd9c6a8);
    }
    pot(&mut scene, 1400)?;
    Ok(scene)
}

/// The same pot, smaller, for other pieces to stand beside. Without its painting where that cannot be drawn.
pub fn small(scene: &mut Scene, at: V3, scale: f32) {
    let count = scene.parts.len();
    if pot(scene, 700).is_ok() {
        for part in &mut scene.parts[count..] {
            let mesh = std::mem::take(&mut part.mesh);
            part.mesh = mesh.moved(move |p| p * scale + at);
        }
    }
}

fn pot(scene: &mut Scene, texture: usize) -> Result<(), Fault> {
    let belt = Texture::svg(&painted_belt(), texture, texture * 4 / 7)?;
    let shape = profile(&[
        (0.0, 0.015),
        (0.26, 0.0),
        (0.40, 0.012),
        (0.47, 0.07),
        (0.66, 0.30),
        (0.79, 0.58),
        (0.77, 0.84),
        (0.60, 1.06),
        (0.43, 1.20),
        (0.405, 1.29),
        (0.46, 1.385),
        (0.50, 1.42),
        (0.485, 1.437),
        (0.44, 1.415),
        (0.375, 1.32),
        (0.37, 1.22),
        (0.50, 1.06),
        (0.66, 0.80),
        (0.60, 0.4),
        (0.0, 0.12),
    ]);
    scene.add(Mesh::lathe(160, 200, shape), move |hit| burnished(hit, &belt));
    Ok(())
}

fn burnished(hit: &Hit, belt: &Texture) -> Surface {
    let p = hit.rest;
    let u = hit.uv[0];
    let deep = hit.uv[1] > 0.66;
    let cloud = fbm(p * 2.2, 4);
    // The stone that burnishes it leaves faint strokes round the pot.
    let strokes = noise(v3(u * 9.0, p.z * 75.0, 1.0));
    let mut colour =
        rgb(CLAY).lerp(rgb(0x8a3d22), (cloud * 0.8 + 0.25).clamp(0.0, 0.7)) * (1.0 + strokes * 0.05);
    let mut shine = 0.75;
    if !deep {
        let v = (p.z - BELT.0) / (BELT.1 - BELT.0);
        if (0.0..=1.0).contains(&v) {
            let (paint, alpha) = belt.sample(u * REPEATS, v);
            let worn = alpha * (0.95 - 0.12 * (fbm(p * 14.0, 3) + 0.2).max(0.0));
            colour = colour.lerp(paint * (1.0 + strokes * 0.04), worn);
        }
        // Rings in dark slip at the neck and the foot, and the lip.
        let ring = |at: f32, half: f32| smoothstep(half, half * 0.6, (p.z - at).abs());
        let neck = ring(1.135, 0.012)
            .max(ring(1.175, 0.024))
            .max(ring(0.40, 0.016))
            .max(ring(0.445, 0.008));
        let lip = smoothstep(1.378, 1.392, p.z);
        colour = colour.lerp(rgb(0x4a1d14), neck.max(lip) * 0.88);
    } else {
        colour = colour * 0.55;
        shine = 0.15;
    }
    let uneven = (
        noise(p * 3.1) * 0.02,
        noise(p * 3.1 + v3(5.0, 1.0, 2.0)) * 0.02 + strokes * 0.006,
    );
    Surface {
        normal: hit.tilted(uneven.0, uneven.1),
        roughness: 0.62,
        coat: shine,
        coat_roughness: 0.17,
        ..Surface::matt(hit, colour)
    }
}

/// A quarter of the way round: a heron among flowers, between woven borders.
fn painted_belt() -> String {
    let (cream, ink, rose, blue, ochre, green) =
        ("#ecdcb9", "#3d1c14", "#b5473c", "#4d6a86", "#d09a3c", "#66743d");
    let mut out = rect(0.0, 0.0, 700.0, 400.0, cream);
    for y in [0.0, 352.0] {
        out += &rect(0.0, y, 700.0, 48.0, "#5b2418");
        for index in 0..14 {
            let x = index as f32 * 50.0;
            out += &shape(&format!("M{} {} l25 -19 l25 19 l-25 19z", x, y + 24.0), ochre);
            out += &shape(
                &format!("M{} {} l11 -8.5 l11 8.5 l-11 8.5z", x + 14.0, y + 24.0),
                rose,
            );
            out += &dots(x, y + 7.0, 0.0, 34.0, 2, 4.0, cream);
        }
    }
    out += &stroke("M0 60 H700 M0 340 H700", ink, 4.0);
    // The vine comes in where it went out, so that the belt closes.
    out += &stroke(
        "M0 250 C90 330 150 120 240 170 S330 330 430 250 S610 150 700 250",
        green,
        6.0,
    );
    for (x, y, turn) in [
        (50.0, 276.0, 60.0),
        (100.0, 258.0, -100.0),
        (150.0, 190.0, -150.0),
        (205.0, 160.0, -50.0),
        (290.0, 215.0, 60.0),
        (335.0, 262.0, 140.0),
        (400.0, 268.0, -60.0),
        (455.0, 232.0, 75.0),
        (520.0, 198.0, -110.0),
        (575.0, 182.0, 60.0),
        (640.0, 205.0, -65.0),
        (668.0, 226.0, 100.0),
    ] {
        out += &leaf(x, y, 52.0, turn, green, "#a7ab66");
        out += &dots(x + 18.0, y + 30.0, 9.0, -3.0, 3, 3.2, ink);
    }
    out += &flower(128.0, 118.0, 56.0, 8, rose, "#7d2a26", ochre);
    out += &flower(362.0, 140.0, 48.0, 6, blue, "#2b4058", cream);
    out += &flower(250.0, 290.0, 42.0, 6, ochre, "#a06a1c", rose);
    out += &flower(20.0, 190.0, 30.0, 5, blue, "#2b4058", ochre);
    out += &flower(470.0, 310.0, 26.0, 5, rose, "#7d2a26", cream);
    out += &flower(672.0, 300.0, 30.0, 6, ochre, "#a06a1c", rose);
    // The heron.
    out += &shape(
        "M505 150 C470 100 540 80 566 112 C596 130 640 118 668 88 C664 140 640 178 592 180 C560 184 520 178 505 150Z",
        "#f7efdc",
    );
    out += &shape(
        "M556 116 C596 130 640 118 668 88 C660 132 626 158 584 154 C566 150 556 136 556 116Z",
        blue,
    );
    out += &stroke(
        "M505 150 C470 100 540 80 566 112 C596 130 640 118 668 88 C664 140 640 178 592 180 C560 184 520 178 505 150Z",
        ink,
        4.0,
    );
    out += &stroke(
        "M512 112 C470 96 462 136 480 152 C492 166 470 182 448 170",
        ink,
        13.0,
    );
    out += &stroke(
        "M512 112 C470 96 462 136 480 152 C492 166 470 182 448 170",
        "#f7efdc",
        6.5,
    );
    out += &shape("M455 178 L416 190 L452 164Z", ochre);
    out += &dots(452.0, 170.0, 1.0, 0.0, 1, 3.6, ink);
    out += &stroke(
        "M556 182 L548 246 M588 180 L592 244 M548 246 l-14 6 M592 244 l14 8",
        ink,
        4.0,
    );
    out += &stroke("M596 128 q24 6 48 -12 M590 142 q26 6 50 -12", cream, 3.4);
    for (x, y) in [
        (300.0, 92.0),
        (436.0, 100.0),
        (70.0, 92.0),
        (612.0, 300.0),
        (180.0, 310.0),
        (550.0, 290.0),
        (200.0, 92.0),
        (360.0, 316.0),
    ] {
        out += &dots(x, y, 0.0, 0.0, 1, 5.5, rose);
        out += &dots(x - 11.0, y, 22.0, 0.0, 2, 3.0, ink);
        out += &dots(x, y - 11.0, 0.0, 22.0, 2, 3.0, ink);
    }
    canvas(700, 400, &out)
}
