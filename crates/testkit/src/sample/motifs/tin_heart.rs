//! A heart of tinplate with its flame, embossed from behind and lacquered.

use std::sync::Arc;

use super::paint::{canvas, dots, leaf, stroke};
use super::set::{camera, wall};
use crate::sample::studio::mesh::Mesh;
use crate::sample::studio::noise::{fbm, noise};
use crate::sample::studio::scene::{Hit, Scene, Surface};
use crate::sample::studio::texture::{Relief, Texture};
use crate::sample::studio::vector::{V3, rgb, v3};
use crate::sample::{Fault, Shot};

const WIDTH: f32 = 1.66;
const HEIGHT: f32 = 2.075;

pub fn scene(shot: Shot) -> Result<Scene, Fault> {
    let mut scene = match shot {
        Shot::Front => Scene::new(camera(v3(0.0, 0.0, 1.17), 6.5, 0.0, 0.0), wall(0x3c8a8c)),
        Shot::Detail => Scene::new(camera(v3(-0.06, 0.0, 1.02), 3.3, -17.0, 6.0), wall(0x3c8a8c)),
        Shot::Scale => Scene::new(camera(v3(0.0, 0.0, 0.86), 9.0, 9.0, 4.0), wall(0xd9a441)),
    };
    scene.key = v3(-0.60, -0.62, 0.66).unit();
    scene.room = rgb(0xb9b0a6);
    heart(&mut scene, v3(0.0, -0.04, 0.12))?;
    if shot == Shot::Scale {
        super::set::shelf(&mut scene);
        super::set::orange(&mut scene, v3(-0.62, -0.34, -0.465), 0.26, 0.5, 0xe08316);
        super::set::orange(&mut scene, v3(-0.08, -0.30, -0.465), 0.25, 1.7, 0xe5921c);
        super::set::orange(&mut scene, v3(0.92, -0.34, -0.465), 0.16, 1.1, 0x8ea33a);
    }
    Ok(scene)
}

fn heart(scene: &mut Scene, at: V3) -> Result<(), Fault> {
    let (w, h) = (960, 1200);
    let outline = Arc::new(Texture::svg(
        &canvas(800, 1000, &format!("<g fill='white'>{}</g>", outline())),
        w,
        h,
    )?);
    let dome = Texture::svg(&canvas(800, 1000, &swelling()), w, h)?.relief(33);
    let lines = Texture::svg(&canvas(800, 1000, &embossing()), w, h)?.relief(2);
    let paint = Texture::svg(&canvas(800, 1000, &lacquer()), w, h)?;
    let mesh = Mesh::sheet(170, 212, false, |u, v| {
        let bend = noise(v3(u * 3.0, v * 3.0, 7.0)) * 0.008;
        v3(
            (u - 0.5) * WIDTH,
            -0.03 - dome.height(u, v) * 0.19 - bend,
            v * HEIGHT,
        )
    });
    scene.add_cut(mesh.at(at.x, at.y, at.z), outline, move |hit| {
        tin(hit, &paint, &lines)
    });
    let ring: Vec<V3> = (0..=40)
        .map(|i| {
            let (sin, cos) = (i as f32 / 40.0 * std::f32::consts::TAU).sin_cos();
            v3(cos * 0.06, sin * 0.012 - 0.03, HEIGHT + 0.045 + sin * 0.06) + at
        })
        .collect();
    scene.add(Mesh::tube(&ring, 12, |_| 0.011), |hit| {
        Surface::metal(hit, rgb(0xb9bcc0), 0.25)
    });
    Ok(())
}

fn tin(hit: &Hit, paint: &Texture, lines: &Relief) -> Surface {
    let [u, v] = hit.uv;
    let slope = lines.slope(u, v);
    let (along, up) = (slope[0] / WIDTH * 0.022, slope[1] / HEIGHT * 0.022);
    let dent = v3(
        noise(v3(u * 14.0, v * 16.0, 1.0)),
        noise(v3(u * 14.0, v * 16.0, 5.0)),
        0.0,
    ) * 0.045;
    let spangle = fbm(v3(u * 26.0, v * 30.0, 2.0), 3) * 0.18;
    let tin = rgb(0xd3d5d6) * (0.92 + spangle);
    let (layer, alpha) = paint.sample(u, v);
    let pooled = 1.0 - 0.35 * (fbm(v3(u * 18.0, v * 20.0, 9.0), 3) + 0.2).clamp(0.0, 1.0);
    let colour = tin.lerp(layer * (pooled * 1.15), alpha * 0.96);
    let rough = 0.24 + 0.08 * spangle.abs();
    Surface {
        normal: hit.tilted(-along + dent.x, -up + dent.y),
        coat: alpha * 0.8,
        coat_roughness: 0.10,
        metal: 1.0 - 0.45 * alpha,
        shine: 0.05,
        ..Surface::metal(hit, colour, rough)
    }
}

const HEART: &str = "M400 900 C250 780 96 660 96 500 C96 396 172 330 262 330 C326 330 374 362 400 412 C426 362 474 330 538 330 C628 330 704 396 704 500 C704 660 550 780 400 900Z";
const FLAME: &str = "M400 400 C330 360 300 300 330 240 C346 262 352 268 362 272 C350 200 376 120 420 60 C420 130 452 160 462 214 C474 200 478 190 480 176 C510 240 500 340 400 400Z";

/// Heart, flame, a scalloped hem of tin round both, and leaves at the sides.
fn outline() -> String {
    let mut out = format!("<path d='{HEART}' stroke='white' stroke-width='74' stroke-linejoin='round'/>");
    out += &format!("<path d='{FLAME}' stroke='white' stroke-width='46' stroke-linejoin='round'/>");
    for (x, y) in rim(1.0) {
        out += &format!("<circle cx='{x:.1}' cy='{y:.1}' r='27'/>");
    }
    for (x, y, turn) in [
        (110.0, 380.0, -150.0),
        (690.0, 380.0, -30.0),
        (210.0, 310.0, -122.0),
        (590.0, 310.0, -58.0),
    ] {
        out += &leaf(x, y, 130.0, turn, "white", "white");
    }
    out + "<rect x='388' y='2' width='50' height='70' rx='24'/>"
}

/// Places round the heart, a little outside it.
fn rim(grow: f32) -> Vec<(f32, f32)> {
    (0..30)
        .filter_map(|index| {
            let t = (index as f32 + 0.5) / 30.0 * std::f32::consts::TAU;
            let (sin, cos) = t.sin_cos();
            let x = 16.0 * sin * sin * sin;
            let y = 13.0 * cos - 5.0 * (2.0 * t).cos() - 2.0 * (3.0 * t).cos() - (4.0 * t).cos();
            let place = (400.0 + x * 21.0 * grow, 604.0 - y * 19.6 * grow);
            (place.1 > 360.0 || (place.0 - 400.0).abs() > 120.0).then_some(place)
        })
        .collect()
}

fn swelling() -> String {
    format!(
        "<path d='{HEART}' fill='white' transform='translate(400 610) scale(.94) translate(-400 -610)'/><path d='{FLAME}' fill='white' opacity='.55'/>"
    )
}

fn embossing() -> String {
    let mut out = stroke(HEART, "white", 13.0) + &stroke(FLAME, "white", 10.0);
    let inner = |scale: f32, width: f32| {
        format!(
            "<g transform='translate(400 590) scale({scale}) translate(-400 -590)'>{}</g>",
            stroke(HEART, "white", width)
        )
    };
    out += &inner(0.80, 9.0);
    for (x, y) in rim(1.0) {
        out += &format!("<circle cx='{x:.1}' cy='{y:.1}' r='13' fill='white'/>");
    }
    // Scrolls, a rose of punched petals, rays.
    for flip in ["", "translate(800 0) scale(-1 1)"] {
        out += &format!(
            "<g transform='{flip}'>{}{}{}</g>",
            stroke(
                "M388 800 C300 720 190 640 200 520 C206 450 290 440 296 500 C300 540 250 548 250 516",
                "white",
                11.0
            ),
            stroke(
                "M340 720 C300 690 280 650 300 620 C320 596 350 616 338 640",
                "white",
                9.0
            ),
            stroke("M240 640 C216 600 222 580 236 566", "white", 8.0)
        );
    }
    for k in 0..8 {
        let turn = k as f32 * 45.0;
        out += &format!(
            "<ellipse cx='400' cy='510' rx='17' ry='40' fill='white' transform='rotate({turn} 400 560)'/>"
        );
    }
    out += "<circle cx='400' cy='560' r='22' fill='white'/>";
    for k in 0..24 {
        let (sin, cos) = (k as f32 * 0.261_8).sin_cos();
        out += &format!(
            "<circle cx='{:.1}' cy='{:.1}' r='6' fill='white'/>",
            400.0 + cos * 112.0,
            560.0 + sin * 112.0
        );
    }
    out += &dots(400.0, 690.0, 0.0, 34.0, 5, 9.0, "white");
    out += &stroke(
        "M372 360 C350 320 356 290 372 300 C392 260 392 200 414 140 M430 356 C452 320 450 280 438 262 M400 370 C400 320 414 300 410 240",
        "white",
        8.0,
    );
    for (x, y, turn) in [
        (110.0, 380.0, -150.0),
        (690.0, 380.0, -30.0),
        (210.0, 310.0, -122.0),
        (590.0, 310.0, -58.0),
    ] {
        let (sin, cos) = (turn as f32).to_radians().sin_cos();
        out += &stroke(
            &format!("M{x} {y} l{:.1} {:.1}", cos * 112.0, sin * 112.0),
            "white",
            9.0,
        );
    }
    out
}

fn lacquer() -> String {
    let mut out = format!("<path d='{HEART}' fill='#d4142f'/>");
    out += &format!(
        "<defs><linearGradient id='f' x1='0' y1='0' x2='0' y2='1'><stop offset='0' stop-color='#f6c52c'/><stop offset='.55' stop-color='#ef8a1a'/><stop offset='1' stop-color='#c22a1c'/></linearGradient></defs><path d='{FLAME}' fill='url(#f)'/>"
    );
    for (x, y, turn) in [
        (110.0, 380.0, -150.0),
        (690.0, 380.0, -30.0),
        (210.0, 310.0, -122.0),
        (590.0, 310.0, -58.0),
    ] {
        out += &leaf(x, y, 118.0, turn, "#1f7a44", "#1f7a44");
    }
    for (index, (x, y)) in rim(1.0).into_iter().enumerate() {
        let fill = ["#1d5aa0", "#e3a51c"][index % 2];
        out += &format!("<circle cx='{x:.1}' cy='{y:.1}' r='12' fill='{fill}'/>");
    }
    for k in 0..8 {
        out += &format!(
            "<ellipse cx='400' cy='510' rx='17' ry='40' fill='#e9b62a' transform='rotate({} 400 560)'/>",
            k * 45
        );
    }
    out + "<circle cx='400' cy='560' r='22' fill='#1d5aa0'/>"
}
