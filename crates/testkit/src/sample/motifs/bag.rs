//! A bag of bark-tanned leather, tooled with flowers.

use std::sync::Arc;

use super::paint::canvas;
use super::set::{camera, paper, planks};
use crate::sample::studio::mesh::{Mesh, curve};
use crate::sample::studio::noise::{cell, fbm, noise};
use crate::sample::studio::scene::{Hit, Scene, Surface};
use crate::sample::studio::texture::{Relief, Texture};
use crate::sample::studio::vector::{V3, rgb, smoothstep, v3};
use crate::sample::{Fault, Shot};

const HALF: V3 = v3(0.80, 0.20, 0.56);
/// Length of the flap, from the back over the top to its lip.
const FLAP: f32 = 1.36;

pub fn scene(shot: Shot) -> Result<Scene, Fault> {
    let mut scene = match shot {
        Shot::Front => Scene::new(camera(v3(0.0, 0.0, 0.93), 7.6, 13.0, 10.0), paper(0xd7cdbb)),
        Shot::Detail => Scene::new(camera(v3(-0.10, -0.25, 0.70), 3.3, -14.0, 14.0), paper(0xd7cdbb)),
        Shot::Scale => Scene::new(camera(v3(0.14, 0.0, 0.86), 8.6, -15.0, 15.0), planks(0x8c6a4b)),
    };
    let (w, h) = (1160, 980);
    let outline = Arc::new(Texture::svg(
        &canvas(800, 680, &format!("<path d='{OUTLINE}' fill='white'/>")),
        w,
        h,
    )?);
    let tooling = Texture::svg(&canvas(800, 680, &tooling()), w, h)?.relief(2);
    let ground = Texture::svg(&canvas(800, 680, &lowered()), w, h)?.relief(3);
    let thread = Texture::svg(&canvas(800, 680, &stitches()), w, h)?;
    body(&mut scene);
    let line = [
        v3(0.0, 0.20, 0.98),
        v3(0.0, 0.17, 1.11),
        v3(0.0, 0.06, 1.165),
        v3(0.0, -0.06, 1.165),
        v3(0.0, -0.18, 1.11),
        v3(0.0, -0.232, 0.96),
        v3(0.0, -0.246, 0.70),
        v3(0.0, -0.25, 0.44),
        v3(0.0, -0.245, 0.26),
    ];
    let flap = Mesh::sheet(150, 190, false, move |u, v| {
        let p = curve(&line, 1.0 - v);
        let swell = 0.02 * (1.0 - (u * 2.0 - 1.0).powi(2)) * smoothstep(0.9, 0.3, v);
        v3((u * 2.0 - 1.0) * 0.83, p.y - swell, p.z)
    });
    scene.add_cut(flap, outline, move |hit| tooled(hit, &tooling, &ground, &thread));
    handle(&mut scene);
    for (radius, depth, out) in [(0.062, 0.02, -0.275), (0.040, 0.03, -0.295)] {
        scene.add(
            Mesh::ball(v3(radius, depth, radius), 40).at(0.0, out, 0.40),
            |hit| Surface::metal(hit, rgb(0xcf9c45) * (1.0 + fbm(hit.rest * 40.0, 2) * 0.1), 0.2),
        );
    }
    if shot == Shot::Scale {
        super::pot::small(&mut scene, v3(1.62, 0.95, 0.0), 1.08);
        super::set::orange(&mut scene, v3(1.22, -0.35, 0.0), 0.25, 0.6, 0xe08a1c);
    }
    Ok(scene)
}

/// Vegetable-tanned hide: pores, clouds, and darker where the hand polishes it.
fn hide(hit: &Hit, dark: f32) -> Surface {
    let p = hit.rest;
    let pore = cell(p.x * 58.0 + p.y * 31.0, p.z * 58.0 + p.y * 17.0, 0);
    let grain = smoothstep(0.0, 0.22, pore.gap);
    let cloud = fbm(p * 2.8, 4);
    let colour = rgb(0xa4602c).lerp(rgb(0x6b3517), (0.38 + cloud * 0.7 + dark).clamp(0.0, 1.0))
        * (0.86 + 0.14 * grain);
    let normal = hit.tilted(
        pore.to[0] * 0.10 + noise(p * 6.0) * 0.04,
        pore.to[1] * 0.10 + noise(p * 6.0 + v3(3.0, 8.0, 1.0)) * 0.04,
    );
    Surface {
        normal,
        roughness: 0.55,
        shine: 0.045,
        coat: 0.28,
        coat_roughness: 0.30,
        ..Surface::matt(hit, colour)
    }
}

fn body(scene: &mut Scene) {
    let round = 0.13;
    let solid = move |p: V3| {
        // Fuller below, where things lie.
        let full = 1.0 + 0.16 * smoothstep(1.1, 0.2, p.z);
        let q = v3(
            p.x.abs() - (HALF.x - round),
            (p.y / full).abs() - (HALF.y - round * 0.9),
            (p.z - HALF.z - 0.005).abs() - (HALF.z - round),
        );
        q.max0().length() + q.x.max(q.y).max(q.z).min(0.0) - round
    };
    scene.add(
        Mesh::skin(v3(-0.86, -0.32, -0.02), v3(0.86, 0.32, 1.18), 0.016, solid),
        |hit| {
            let p = hit.rest;
            // The seam runs round the front, a finger's breadth from the edge.
            let edge = (HALF.x - p.x.abs()).min(p.z);
            let seam = smoothstep(0.012, 0.006, (edge - 0.075).abs()) * smoothstep(-0.05, -0.12, p.y);
            let along = if HALF.x - p.x.abs() < p.z { p.z } else { p.x };
            let place = (along * 26.0).rem_euclid(1.0);
            let stitch = smoothstep(0.25, 0.45, place) * smoothstep(1.0, 0.85, place);
            let mut surface = hide(hit, 0.10 + 0.3 * smoothstep(0.05, 0.0, edge));
            surface.colour = surface.colour.lerp(rgb(0xe6d2a6), seam * stitch);
            surface.colour = surface.colour * (1.0 - 0.4 * seam * (1.0 - stitch));
            surface
        },
    );
}

fn handle(scene: &mut Scene) {
    let line = [
        v3(-0.70, 0.06, 1.02),
        v3(-0.71, 0.06, 1.22),
        v3(-0.62, 0.06, 1.52),
        v3(-0.36, 0.06, 1.76),
        v3(0.0, 0.06, 1.84),
        v3(0.36, 0.06, 1.76),
        v3(0.62, 0.06, 1.52),
        v3(0.71, 0.06, 1.22),
        v3(0.70, 0.06, 1.02),
    ];
    let mesh = Mesh::sheet(28, 160, true, move |u, v| {
        let p = curve(&line, v);
        let ahead = (curve(&line, (v + 0.01).min(1.0)) - curve(&line, (v - 0.01).max(0.0))).unit();
        let out = ahead.cross(v3(0.0, 1.0, 0.0)).unit();
        let (sin, cos) = (u * std::f32::consts::TAU).sin_cos();
        let squared = |x: f32| x.signum() * x.abs().powf(0.55);
        p + v3(0.0, 1.0, 0.0) * (squared(cos) * 0.085) + out * (squared(sin) * 0.026)
    });
    scene.add(mesh, |hit| {
        let edge = smoothstep(0.055, 0.066, (hit.rest.y - 0.06).abs())
            * smoothstep(0.076, 0.066, (hit.rest.y - 0.06).abs());
        let stitch = if (hit.uv[1] * 90.0).fract() < 0.62 {
            1.0
        } else {
            0.0
        };
        let mut surface = hide(hit, 0.12);
        surface.colour = surface.colour.lerp(rgb(0xe6d2a6), edge * stitch);
        surface
    });
    for x in [-0.70_f32, 0.70] {
        let ring: Vec<V3> = (0..=40)
            .map(|i| {
                let (sin, cos) = (i as f32 / 40.0 * std::f32::consts::TAU).sin_cos();
                v3(x, 0.06 + cos * 0.115, 1.03 + sin * 0.085)
            })
            .collect();
        scene.add(Mesh::tube(&ring, 14, |_| 0.019), |hit| {
            Surface::metal(hit, rgb(0xcf9c45), 0.2)
        });
    }
}

fn tooled(hit: &Hit, tooling: &Relief, ground: &Relief, thread: &Texture) -> Surface {
    let [u, v] = hit.uv;
    let (raised, low) = (tooling.slope(u, v), ground.slope(u, v));
    let deep = ground.height(u, v);
    let height = tooling.height(u, v);
    // The lowered ground is stippled with a punch.
    let punch = cell(u * 150.0, v * 128.0, 0);
    let stipple = smoothstep(0.45, 0.15, punch.distance) * deep;
    let mut surface = hide(hit, deep * 0.55 - height * 0.25 + stipple * 0.25);
    let (along, up) = (
        (raised[0] * 0.013 - low[0] * 0.012) / 1.66 + punch.to[0] * stipple * 0.8,
        (raised[1] * 0.013 - low[1] * 0.012) / FLAP + punch.to[1] * stipple * 0.8,
    );
    let (colour, sewn) = thread.sample(u, v);
    let pores = surface.normal - hit.normal;
    surface.normal = (hit.tilted(along, up) + pores).unit();
    surface.colour = surface.colour.lerp(colour, sewn);
    // The cut edge is burnished dark.
    let rim = smoothstep(0.022, 0.008, u.min(1.0 - u));
    surface.colour = surface.colour * (1.0 - 0.55 * rim);
    surface
}

/// The flap laid flat: its lip is below.
const OUTLINE: &str = "M4 0 H796 V470 C796 590 690 676 560 676 H240 C110 676 4 590 4 470Z";

const VINE: &str = "M400 620 C300 616 170 590 120 500 C90 440 130 380 190 400 C240 418 230 480 184 474";

fn petals(x: f32, y: f32, r: f32, count: u32) -> String {
    (0..count).fold(String::new(), |out, k| {
        let turn = k as f32 * 360.0 / count as f32;
        out + &format!(
            "<g transform='translate({x} {y}) rotate({turn})'><path d='M0 0 C{a} -{b} {c} -{b} {r} -6 Q{d} 0 {r} 6 C{c} {b} {a} {b} 0 0Z'/></g>",
            a = r * 0.3, b = r * 0.42, c = r * 0.8, d = r * 1.08,
        )
    })
}

fn side(body: &str) -> String {
    format!("{body}<g transform='translate(800 0) scale(-1 1)'>{body}</g>")
}

/// What stands up: flowers, leaves, the vine, the border's cord.
fn tooling() -> String {
    let mut half =
        format!("<path d='{VINE}' fill='none' stroke='white' stroke-width='13' stroke-linecap='round'/>");
    for (x, y, length, turn) in [
        (330, 616, 78, -150),
        (262, 604, 80, 120),
        (200, 570, 84, -110),
        (150, 530, 74, 150),
        (124, 470, 76, -60),
        (210, 410, 70, -70),
        (250, 520, 76, -40),
        (318, 560, 70, -60),
    ] {
        let w = length as f32 * 0.30;
        half += &format!(
            "<g transform='translate({x} {y}) rotate({turn})'><path d='M0 0 Q{a} -{w} {length} 0 Q{a} {w} 0 0Z' fill='white'/></g>",
            a = length as f32 * 0.45
        );
    }
    half += &format!(
        "<g fill='white'>{}{}</g>",
        petals(176.0, 448.0, 34.0, 6),
        petals(268.0, 458.0, 26.0, 5)
    );
    let mut out = side(&half);
    out += &format!("<g fill='white'>{}</g>", petals(400.0, 480.0, 92.0, 8));
    out += "<circle cx='400' cy='480' r='24' fill='white'/>";
    out += "<path d='M44 330 V470 C44 566 134 636 240 636 H560 C666 636 756 566 756 470 V330' fill='none' stroke='white' stroke-width='9'/>";
    out += "<path d='M44 330 H756' stroke='white' stroke-width='9'/>";
    for k in 0..23 {
        out += &format!(
            "<ellipse cx='{}' cy='304' rx='10' ry='15' transform='rotate(32 {} 304)' fill='white'/>",
            62 + k * 31,
            62 + k * 31
        );
    }
    out + "<path d='M44 278 H756' stroke='white' stroke-width='7'/>"
}

/// What is beaten down: the ground between, the veins, the petals' hollows.
fn lowered() -> String {
    let inside = "M50 336 H750 V470 C750 562 662 630 560 630 H240 C138 630 50 562 50 470Z";
    let mut black = side(&format!(
        "<path d='{VINE}' fill='none' stroke='black' stroke-width='17'/>"
    ));
    let mut half = String::new();
    for (x, y, length, turn) in [
        (330, 616, 78, -150),
        (262, 604, 80, 120),
        (200, 570, 84, -110),
        (150, 530, 74, 150),
        (124, 470, 76, -60),
        (210, 410, 70, -70),
        (250, 520, 76, -40),
        (318, 560, 70, -60),
    ] {
        let w = length as f32 * 0.34;
        half += &format!(
            "<g transform='translate({x} {y}) rotate({turn})'><path d='M-4 0 Q{a} -{w} {b} 0 Q{a} {w} -4 0Z' fill='black'/><path d='M8 0 L{c} 0' stroke='white' stroke-width='5'/></g>",
            a = length as f32 * 0.45,
            b = length + 4,
            c = length - 14
        );
    }
    half += &format!(
        "<g>{}{}</g>",
        petals(176.0, 448.0, 38.0, 6),
        petals(268.0, 458.0, 30.0, 5)
    );
    black += &side(&half);
    black += &petals(400.0, 480.0, 98.0, 8);
    let mut white = String::new();
    for k in 0..8 {
        white += &format!(
            "<g transform='translate(400 480) rotate({})'><path d='M34 0 Q58 -12 76 0 Q58 12 34 0Z' fill='white'/></g>",
            k * 45
        );
    }
    white += "<circle cx='400' cy='480' r='31' fill='none' stroke='white' stroke-width='7'/>";
    for (dx, dy) in [(0, 0), (-9, -6), (9, -6), (-9, 7), (9, 7), (0, -13), (0, 14)] {
        white += &format!(
            "<circle cx='{}' cy='{}' r='3.4' fill='white'/>",
            400 + dx,
            480 + dy
        );
    }
    format!(
        "<mask id='m' maskUnits='userSpaceOnUse' x='0' y='0' width='800' height='680'><path d='{inside}' fill='white'/>{black}{white}</mask><rect width='800' height='680' fill='white' mask='url(#m)'/>"
    )
}

fn stitches() -> String {
    let path = "M20 60 V470 C20 580 122 658 240 658 H560 C678 658 780 580 780 470 V60";
    format!(
        "<path d='{path}' fill='none' stroke='#3a1d0c' stroke-width='9' opacity='.55'/><path d='{path}' fill='none' stroke='#ecd9ae' stroke-width='6.5' stroke-dasharray='15 9' stroke-linecap='round'/>"
    )
}
