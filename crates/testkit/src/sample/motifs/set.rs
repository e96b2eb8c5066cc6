//! What pieces stand on, and what stands beside them to show their size.

use crate::sample::studio::mesh::{Mesh, curve};
use crate::sample::studio::noise::{cell, fbm, noise, noise_slope, random};
use crate::sample::studio::scene::{Camera, Ground, Hit, Scene, Surface};
use crate::sample::studio::vector::{V3, mix, rgb, smoothstep, v3};

pub fn camera(target: V3, distance: f32, azimuth: f32, elevation: f32) -> Camera {
    Camera {
        target,
        distance,
        azimuth,
        elevation,
        view: 22.0,
    }
}

/// A roll of coloured paper that curves up behind the piece.
pub fn paper(colour: u32) -> Ground {
    let colour = rgb(colour);
    let material = move |hit: &Hit| {
        let tooth = noise(hit.at * 42.0) * 0.012 + noise(hit.at * 3.0) * 0.012;
        Surface {
            roughness: 0.95,
            shine: 0.02,
            ..Surface::matt(hit, colour * (1.0 + tooth))
        }
    };
    Ground {
        material: Box::new(material),
        upright: false,
        corner: false,
        far: 2.6,
        reach: 3.4,
    }
}

/// A limewashed wall.
pub fn wall(colour: u32) -> Ground {
    let colour = rgb(colour);
    let material = move |hit: &Hit| {
        let cloud = fbm(v3(hit.at.x * 1.3, 0.5, hit.at.z * 1.3), 4) * 0.16 + fbm(hit.at * 9.0, 3) * 0.07;
        let rough = noise_slope(hit.at * 15.0) * 0.035 + noise_slope(hit.at * 4.0) * 0.035;
        let normal = hit.uneven(rough);
        Surface {
            normal,
            roughness: 0.95,
            shine: 0.02,
            ..Surface::matt(hit, colour * (1.0 + cloud))
        }
    };
    Ground {
        material: Box::new(material),
        upright: true,
        corner: false,
        far: 9.0,
        reach: 3.0,
    }
}

/// A table of oiled planks; their length goes from left to right.
pub fn planks(colour: u32) -> Ground {
    let (colour, wall) = (rgb(colour), rgb(0xcfc0a6));
    let material = move |hit: &Hit| {
        if hit.normal.y > -0.5 {
            return wood(hit, hit.uv, 0.62, colour);
        }
        // Behind the table, out of focus, a limewashed wall; darker where it meets the table.
        let cloud = fbm(v3(hit.at.x * 0.7, 3.0, hit.at.z * 0.7), 3) * 0.12;
        let corner = mix(0.42, 1.0, smoothstep(-0.05, 1.1, hit.at.z));
        Surface {
            roughness: 0.95,
            shine: 0.02,
            ..Surface::matt(hit, wall * ((1.0 + cloud) * corner * 0.8))
        }
    };
    Ground {
        material: Box::new(material),
        upright: false,
        corner: true,
        far: 2.5,
        reach: 3.4,
    }
}

fn wood(hit: &Hit, place: [f32; 2], width: f32, colour: V3) -> Surface {
    let across = place[1] / width + 0.37;
    let plank = across.floor();
    let own = random(plank as i32, 3, 5);
    let edge = (across - plank).min(plank + 1.0 - across) * width;
    let along = place[0] + own * 40.0;
    let warp = noise(v3(along * 0.55, across * 2.0, own * 9.0)) * 0.5;
    let rings = ((across - plank) * 9.0 + warp * 3.2 + own * 7.0).sin() * 0.5 + 0.5;
    // Far away, what is finer than a pixel is left out.
    let near = smoothstep(6.0, 1.2, hit.at.y);
    let fibre = fbm(v3(along * 1.6, place[1] * 34.0, own * 5.0), 3) * near;
    let rings = mix(0.5, rings, mix(0.35, 1.0, near));
    let tone = 0.72 + own * 0.34 + rings * 0.14 + fibre * 0.26;
    let gap = smoothstep(0.004, 0.016, edge);
    let normal = hit.tilted(0.0, noise(v3(along * 2.0, place[1] * 60.0, 1.0)) * 0.05);
    let colour = colour.lerp(colour * colour * 1.1, 0.5 - rings * 0.5) * (tone * mix(0.18, 1.0, gap));
    Surface {
        normal,
        roughness: 0.55,
        shine: 0.045,
        ..Surface::matt(hit, colour)
    }
}

/// Undyed linen, woven.
pub fn linen(colour: u32) -> Ground {
    let colour = rgb(colour);
    let material = move |hit: &Hit| {
        let p = hit.uv;
        let sway = fbm(v3(p[0] * 0.8, p[1] * 0.8, 2.0), 3);
        let (warp, weft) = (
            (p[0] * 130.0 + sway * 3.0).sin(),
            (p[1] * 130.0 + sway * 2.0).sin(),
        );
        let thread = warp * weft;
        let slub =
            fbm(v3(p[0] * 4.0, p[1] * 60.0, 1.0), 2) * 0.10 + fbm(v3(p[0] * 60.0, p[1] * 4.0, 4.0), 2) * 0.10;
        let fold = noise_slope(v3(p[0] * 0.9, p[1] * 0.7, 3.0));
        let near = smoothstep(2.2, -0.8, hit.at.y);
        let normal = hit.tilted(
            warp * 0.10 * near + fold.x * 0.10,
            weft * 0.10 * near + fold.y * 0.10,
        );
        let tone = 1.0 + thread * 0.05 * near + slub * mix(0.3, 1.0, near);
        Surface {
            normal,
            roughness: 0.95,
            shine: 0.02,
            fuzz: 0.2,
            ..Surface::matt(hit, colour * tone)
        }
    };
    Ground {
        material: Box::new(material),
        upright: false,
        corner: false,
        far: 30.0,
        reach: 3.4,
    }
}

/// A block of pale stone with softened edges, its top at z = 0.
pub fn plinth(scene: &mut Scene, half: V3, centre: V3, colour: u32) {
    let colour = rgb(colour);
    let round = 0.05;
    let inner = half - v3(round, round, round);
    let mesh = Mesh::skin(
        centre - half * 1.1,
        centre + half * 1.1,
        half.x.max(half.y) / 34.0,
        move |p| {
            let q = p - centre;
            let outside = v3(q.x.abs() - inner.x, q.y.abs() - inner.y, q.z.abs() - inner.z);
            outside.max0().length() + outside.x.max(outside.y).max(outside.z).min(0.0) - round
        },
    );
    scene.add(mesh, move |hit| {
        let pores = cell(
            hit.rest.x * 21.0 + hit.rest.z * 13.0,
            hit.rest.y * 21.0 + hit.rest.z * 9.0,
            0,
        );
        let pit = smoothstep(0.22, 0.10, pores.distance) * if pores.id > 0.72 { 1.0 } else { 0.0 };
        let cloud = fbm(hit.rest * 2.6, 4) * 0.20;
        let normal = hit.uneven(noise_slope(hit.rest * 24.0) * 0.045);
        Surface {
            normal,
            roughness: 0.9,
            ..Surface::matt(hit, colour * (1.0 + cloud - pit * 0.28))
        }
    });
}

/// An orange of `radius`, with its dimples and the star where the stem was.
pub fn orange(scene: &mut Scene, at: V3, radius: f32, turn: f32, colour: u32) {
    let colour = rgb(colour);
    let mesh = Mesh::ball(v3(radius, radius, radius * 0.95), 96)
        .moved(move |p| p.about_y(turn).about_x(turn * 0.7))
        .at(at.x, at.y, at.z + radius * 0.95);
    scene.add(mesh, move |hit| {
        let p = hit.rest * (1.0 / radius);
        let skin = noise_slope(p * 17.0) * 0.028;
        let stem = smoothstep(0.16, 0.05, (p.x * p.x + p.y * p.y).sqrt()) * if p.z > 0.0 { 1.0 } else { 0.0 };
        let tone = 1.0 + fbm(p * 3.0, 3) * 0.16;
        let colour = (colour * tone).lerp(rgb(0x5b6b2a), stem);
        Surface {
            normal: hit.uneven(skin),
            roughness: 0.42,
            coat: 0.35,
            coat_roughness: 0.3,
            ..Surface::matt(hit, colour)
        }
    });
}

/// A wooden spoon that lies on the ground, its bowl at `at`, pointing away at `turn` radians.
pub fn spoon(scene: &mut Scene, at: V3, length: f32, turn: f32, colour: u32) {
    let colour = rgb(colour);
    let bowl = Mesh::sheet(48, 24, true, move |u, v| {
        let (sin, cos) = (u * std::f32::consts::TAU).sin_cos();
        // The outer side from its middle to the rim, then the hollow back to the middle.
        let (ring, depth) = if v < 0.5 {
            let t = v * 2.0;
            (t, -0.30 * (1.0 - t * t))
        } else {
            let t = 2.0 - v * 2.0;
            (t * 0.97, -0.20 * (1.0 - t * t) + 0.02)
        };
        v3(cos * ring * 0.155, sin * ring * 0.21, depth * 0.20 + 0.062) * length
    });
    let grip = [
        v3(0.0, 0.19, 0.060),
        v3(0.0, 0.3, 0.062),
        v3(0.0, 0.6, 0.045),
        v3(0.0, 1.0, 0.034),
    ];
    let path: Vec<V3> = (0..=40).map(|i| curve(&grip, i as f32 / 40.0) * length).collect();
    let handle = Mesh::tube(&path, 16, move |t| {
        length * mix(0.030, 0.024, t) * if t > 0.985 { 0.6 } else { 1.0 }
    });
    let mesh = bowl.with(handle).moved(move |p| p.about_z(turn) + at);
    scene.add(mesh, move |hit| {
        let p = hit.rest * (1.0 / length);
        let grain = fbm(v3(p.x * 60.0, p.y * 3.0, p.z * 60.0), 3) * 0.28;
        Surface {
            roughness: 0.6,
            ..Surface::matt(hit, colour * (1.0 + grain))
        }
    });
}

/// A leaf that lies on the ground.
pub fn leaf(scene: &mut Scene, at: V3, length: f32, turn: f32, colour: u32) {
    let colour = rgb(colour);
    let mesh = Mesh::sheet(24, 40, false, move |u, v| {
        let width = (v * std::f32::consts::PI).sin().max(0.0).powf(0.8) * 0.24 * (1.0 - v * 0.35);
        let side = u * 2.0 - 1.0;
        let lift = 0.015 + 0.10 * (v * 2.6).sin().max(0.0) + side.abs() * width * 0.30;
        v3(side * width, v, lift) * length
    })
    .moved(move |p| p.about_z(turn) + at);
    scene.add_thin(mesh, move |hit| {
        let (u, v) = ((hit.uv[0] * 2.0 - 1.0).abs(), hit.uv[1]);
        let middle = smoothstep(0.07, 0.02, u);
        let rib = smoothstep(
            0.75,
            1.0,
            ((v * 16.0 - u * 5.0) * std::f32::consts::TAU * 0.5).sin(),
        ) * 0.5;
        let colour = colour * (0.9 + 0.3 * noise(hit.rest * 9.0)) * (1.0 + 0.5 * middle.max(rib));
        Surface {
            roughness: 0.5,
            coat: 0.3,
            coat_roughness: 0.35,
            translucent: 0.4,
            ..Surface::matt(hit, colour)
        }
    });
}

/// A board on the wall; its top is at z = -0.465.
pub fn shelf(scene: &mut Scene) {
    let board = Mesh::skin(v3(-1.9, -0.62, -0.62), v3(1.9, 0.02, -0.42), 0.028, |p| {
        let q = v3(
            p.x.abs() - 1.7,
            (p.y + 0.3).abs() - 0.26,
            (p.z + 0.52).abs() - 0.035,
        );
        q.max0().length() + q.x.max(q.y).max(q.z).min(0.0) - 0.02
    });
    scene.add(board, |hit| {
        let grain = fbm(v3(hit.at.x * 1.5, hit.at.y * 30.0, hit.at.z * 30.0), 4) * 0.4;
        Surface {
            roughness: 0.6,
            ..Surface::matt(hit, rgb(0x8a5a35) * (1.0 + grain))
        }
    });
}
