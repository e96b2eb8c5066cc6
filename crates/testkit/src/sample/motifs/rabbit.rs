//! A rabbit carved of copal wood and painted dot by dot.

use super::set::{camera, paper, planks};
use crate::sample::studio::mesh::Mesh;
use crate::sample::studio::noise::{fbm, noise_slope};
use crate::sample::studio::scene::{Hit, Scene, Surface};
use crate::sample::studio::vector::{V3, rgb, smoothstep, v3};
use crate::sample::{Fault, Shot};

pub fn scene(shot: Shot) -> Result<Scene, Fault> {
    let mut scene = match shot {
        Shot::Front => Scene::new(camera(v3(0.02, 0.0, 1.08), 7.6, -24.0, 10.0), paper(0xf0c9a0)),
        Shot::Detail => Scene::new(camera(v3(-0.28, -0.1, 1.32), 3.7, -34.0, 12.0), paper(0xf0c9a0)),
        Shot::Scale => Scene::new(camera(v3(0.05, 0.0, 1.0), 9.2, -30.0, 15.0), planks(0xa67c52)),
    };
    scene.add(
        Mesh::skin(v3(-1.0, -0.62, -0.02), v3(1.02, 0.62, 2.42), 0.0175, body),
        painted,
    );
    if shot == Shot::Scale {
        super::set::orange(&mut scene, v3(1.18, 0.55, 0.0), 0.37, 0.6, 0xe08316);
        super::set::orange(&mut scene, v3(1.72, -0.02, 0.0), 0.36, 1.9, 0xe5921c);
        super::set::leaf(&mut scene, v3(0.85, -0.85, 0.0), 0.55, -0.9, 0x557230);
    }
    Ok(scene)
}

fn ellipsoid(p: V3, centre: V3, radii: V3) -> f32 {
    let q = p - centre;
    let near = v3(q.x / radii.x, q.y / radii.y, q.z / radii.z).length();
    let far = v3(
        q.x / (radii.x * radii.x),
        q.y / (radii.y * radii.y),
        q.z / (radii.z * radii.z),
    )
    .length();
    if far > 1e-6 {
        near * (near - 1.0) / far
    } else {
        -radii.x
    }
}

fn limb(p: V3, from: V3, to: V3, radius: f32, end: f32) -> f32 {
    let along = to - from;
    let t = ((p - from).dot(along) / along.dot(along)).clamp(0.0, 1.0);
    (p - from - along * t).length() - (radius + (end - radius) * t)
}

/// The lesser distance, with the crease between two solids filled.
fn melt(a: f32, b: f32, width: f32) -> f32 {
    let t = (width - (a - b).abs()).max(0.0) / width;
    a.min(b) - t * t * width * 0.25
}

fn body(p: V3) -> f32 {
    // Left and right are alike.
    let q = v3(p.x, p.y.abs(), p.z);
    let mut solid = ellipsoid(p, v3(0.16, 0.0, 0.62), v3(0.58, 0.43, 0.55));
    solid = melt(
        solid,
        ellipsoid(p, v3(-0.24, 0.0, 0.78), v3(0.35, 0.33, 0.46)),
        0.22,
    );
    solid = melt(
        solid,
        ellipsoid(q, v3(0.34, 0.30, 0.42), v3(0.40, 0.20, 0.38)),
        0.07,
    );
    solid = melt(
        solid,
        ellipsoid(q, v3(0.04, 0.38, 0.085), v3(0.40, 0.125, 0.095)),
        0.05,
    );
    solid = melt(
        solid,
        limb(q, v3(-0.36, 0.17, 0.72), v3(-0.50, 0.17, 0.10), 0.15, 0.095),
        0.09,
    );
    solid = melt(
        solid,
        ellipsoid(q, v3(-0.57, 0.17, 0.075), v3(0.18, 0.11, 0.08)),
        0.05,
    );
    solid = melt(
        solid,
        ellipsoid(p, v3(0.78, 0.0, 0.52), v3(0.17, 0.16, 0.17)),
        0.05,
    );
    let head = ellipsoid(p, v3(-0.42, 0.0, 1.36), v3(0.34, 0.285, 0.29));
    let snout = ellipsoid(p, v3(-0.66, 0.0, 1.27), v3(0.19, 0.17, 0.155));
    let cheek = ellipsoid(q, v3(-0.52, 0.15, 1.26), v3(0.18, 0.13, 0.14));
    solid = melt(solid, melt(melt(head, snout, 0.12), cheek, 0.10), 0.13);
    // Ears lean back and apart, hollow in front.
    let e = q - v3(-0.30, 0.14, 1.55);
    let e = v3(e.x, e.y - e.z * 0.18, e.z).about_y(-0.20);
    let ear = ellipsoid(e, v3(0.0, 0.0, 0.40), v3(0.085, 0.135, 0.46));
    let hollow = ellipsoid(e, v3(-0.075, 0.0, 0.42), v3(0.055, 0.085, 0.34));
    melt(solid, ear.max(-hollow), 0.06)
}

fn painted(hit: &Hit) -> Surface {
    let p = hit.rest;
    let colour = pattern(p) * (1.0 + fbm(p * 9.0, 3) * 0.10);
    let chisel = noise_slope(p * 5.0) * 0.03;
    Surface {
        normal: hit.uneven(chisel),
        roughness: 0.5,
        coat: 0.42,
        coat_roughness: 0.24,
        ..Surface::matt(hit, colour)
    }
}

/// Covers where `distance` is under `radius`, softly.
fn spot(distance: f32, radius: f32) -> f32 {
    smoothstep(radius + 0.004, radius - 0.004, distance)
}

/// A row of dots: `s` from the row's line, `t` along it in dots.
fn row(s: f32, t: f32, spacing: f32, radius: f32) -> f32 {
    let along = (t - t.round()) * spacing;
    spot((s * s + along * along).sqrt(), radius)
}

fn pattern(p: V3) -> V3 {
    let (teal, magenta, orange, yellow) = (rgb(0x0b6f7c), rgb(0xbb1f66), rgb(0xec7a1c), rgb(0xf6c63c));
    let (white, navy, lime, sky) = (rgb(0xf8f1e2), rgb(0x182a52), rgb(0x97c23a), rgb(0x56b7c9));
    let side = p.y.abs();
    if p.z > 1.60 && p.x > -0.62 {
        return ear(p, [teal, magenta, orange, yellow, white]);
    }
    // Head: rings round the nose, the eye, the cheek.
    let nose = (p - v3(-0.84, 0.0, 1.27)).length();
    if p.z > 1.02 && p.x < -0.02 && nose < 0.74 {
        let eye = ((p.x + 0.585).powi(2) + (p.z - 1.415).powi(2)).sqrt();
        if side > 0.12 && eye < 0.135 {
            let shine = ((p.x + 0.605).powi(2) + (p.z - 1.44).powi(2)).sqrt();
            let mut colour = white.lerp(navy, spot(eye, 0.118)).lerp(white, spot(eye, 0.098));
            colour = colour.lerp(rgb(0x1a0f0c), spot(eye, 0.082));
            return colour.lerp(white, spot(shine, 0.020));
        }
        if nose < 0.085 {
            return rgb(0xd23a5a);
        }
        let turn = p.y.atan2(p.z - 1.27);
        let mut colour = orange.lerp(magenta, smoothstep(0.26, 0.62, nose));
        for (ring, count, radius, dot) in [
            (0.20, 14.0, 0.014, yellow),
            (0.29, 20.0, 0.018, white),
            (0.37, 24.0, 0.012, navy),
            (0.45, 26.0, 0.020, yellow),
            (0.53, 28.0, 0.012, white),
            (0.61, 30.0, 0.018, sky),
        ] {
            let at = turn / std::f32::consts::TAU * count;
            let spacing = std::f32::consts::TAU * 0.27 / count;
            colour = colour.lerp(dot, row(nose - ring, at, spacing, radius));
        }
        let mouth = spot((p.z - 1.185 + side * 0.25).abs(), 0.007)
            * if p.x < -0.74 && side < 0.13 { 1.0 } else { 0.0 };
        return colour.lerp(rgb(0x4a1020), mouth);
    }
    // Haunch: a flower in rings of petals.
    let (hx, hz) = (p.x - 0.36, p.z - 0.44);
    let far = (hx * hx + hz * hz).sqrt();
    if side > 0.20 && far < 0.40 && p.z > 0.12 {
        return haunch(hz.atan2(hx), far, [magenta, orange, yellow, white, navy, lime]);
    }
    if p.z < 0.17 && side > 0.05 {
        // Feet: stripes across.
        let stripe = (p.x * 26.0).sin();
        return navy
            .lerp(yellow, smoothstep(0.55, 0.75, stripe))
            .lerp(white, smoothstep(0.9, 0.97, -stripe));
    }
    if (p - v3(0.78, 0.0, 0.52)).length() < 0.20 {
        let tuft = ((p.z * 60.0).sin() * (p.y * 60.0).sin()).max(0.0);
        return white.lerp(orange, tuft * 0.8);
    }
    trunk(p, [teal, yellow, white, orange, lime, sky, navy])
}

fn ear(p: V3, [teal, magenta, orange, yellow, white]: [V3; 5]) -> V3 {
    let side = p.y.abs();
    let middle = 0.14 + (p.z - 1.55) * 0.18;
    let lean = -0.30 + (p.z - 1.55) * 0.20;
    if p.x < lean - 0.028 && (side - middle).abs() < 0.085 {
        return rgb(0xf09aa4).lerp(white, row((side - middle).abs() - 0.05, p.z * 22.0, 0.045, 0.010));
    }
    let chevron = (p.z * 9.0 + (side - middle).abs() * 5.0).fract();
    let band = if chevron < 0.34 {
        teal
    } else if chevron < 0.67 {
        magenta
    } else {
        orange
    };
    let line = smoothstep(0.05, 0.03, ((chevron * 3.0).fract() - 0.5).abs() * 0.333);
    band.lerp(yellow, line * 0.9)
}

fn haunch(turn: f32, far: f32, [magenta, orange, yellow, white, navy, lime]: [V3; 6]) -> V3 {
    let around = turn / std::f32::consts::TAU;
    let mut colour = navy;
    for (reach, petals, petal, core) in [
        (0.345, 14.0, magenta, orange),
        (0.245, 10.0, yellow, orange),
        (0.155, 7.0, lime, white),
    ] {
        let wave = ((around * petals).fract() - 0.5).abs() * 2.0;
        let edge = reach * (1.0 - 0.26 * wave.powf(1.6));
        colour = colour.lerp(petal, spot(far, edge));
        let middle = spot((wave - 1.0 + 1.0).abs(), 0.16) * spot((far - reach * 0.72).abs(), reach * 0.16);
        colour = colour.lerp(core, middle);
    }
    colour = colour
        .lerp(orange, spot(far, 0.062))
        .lerp(white, row(far - 0.045, around * 9.0, 0.030, 0.008));
    let dots = row(far - 0.375, around * 40.0, 0.058, 0.012);
    colour.lerp(white, dots)
}

fn trunk(p: V3, [teal, yellow, white, orange, lime, sky, navy]: [V3; 7]) -> V3 {
    // Bands lie across the body, from the chest to the tail; each has its own pattern.
    let along = p.x * 0.92 + (p.z - 0.7) * 0.38;
    let turn = p.y.atan2(p.z - 0.5);
    let around = turn / std::f32::consts::TAU;
    let index = ((along + 1.0) / 0.20).floor();
    let s = (along + 1.0) / 0.20 - index - 0.5;
    let t = around * 36.0;
    let width = 0.20;
    let mut colour = teal;
    match (index as i32).rem_euclid(4) {
        0 => {
            // Dots in quincunx.
            for (line, shift) in [(-0.25, 0.0), (0.0, 0.5), (0.25, 0.0)] {
                colour = colour.lerp(white, row((s - line) * width, t + shift, 0.07, 0.013));
            }
        }
        1 => {
            let zigzag = (((t * 0.5).fract() - 0.5).abs() * 2.0 - 0.5) * 0.55;
            let d = (s - zigzag).abs() * width;
            colour = navy.lerp(yellow, spot(d, 0.022)).lerp(orange, spot(d, 0.009));
        }
        2 => {
            colour = teal.lerp(sky, 0.35);
            let (u, v) = ((t * 0.5 - (t * 0.5).round()) * 0.14, s * width);
            let bloom = (u * u + v * v).sqrt();
            let petals = 0.045 + 0.014 * (v.atan2(u) * 5.0).cos();
            colour = colour
                .lerp(orange, spot(bloom, petals))
                .lerp(yellow, spot(bloom, 0.016));
        }
        _ => {
            let scale = ((t.fract() - 0.5).powi(2) + (s * 1.4 + 0.3).powi(2)).sqrt();
            colour = teal
                .lerp(lime, smoothstep(0.52, 0.48, scale))
                .lerp(teal, smoothstep(0.40, 0.36, scale));
            colour = colour.lerp(white, spot(scale * 0.1, 0.014));
        }
    }
    colour.lerp(white, spot((s.abs() - 0.5).abs() * width, 0.006))
}
