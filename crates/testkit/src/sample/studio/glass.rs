//! Glass: what is behind it, stained by the way through it, and what it mirrors.

use super::light::seen;
use super::raster::{NOTHING, fill};
use super::shade::Stage;
use super::vector::{V3, mix, v3};

/// At each pixel: the nearest and the farthest triangle of glass, and the length of the way through it.
pub struct Layers {
    pub near: Vec<u32>,
    far: Vec<u32>,
    length: Vec<f32>,
}

impl Layers {
    /// `depth` is where solid things hide the glass.
    pub fn of(stage: &Stage<'_>, depth: &[f32], size: usize, shift: (f32, f32)) -> Layers {
        let mut layers = Layers {
            near: vec![NOTHING; size * size],
            far: vec![NOTHING; size * size],
            length: vec![0.0; size * size],
        };
        let mut nearest = depth.to_vec();
        let mut farthest = vec![0.0_f32; size * size];
        for (index, triangle) in stage.soup.triangles.iter().enumerate() {
            if stage.scene.parts[usize::from(stage.soup.part[index])]
                .stain
                .is_none()
            {
                continue;
            }
            let corners = triangle.map(|corner| stage.screen[corner as usize]);
            fill(corners, size, shift, |pixel, z, _, _, front| {
                layers.length[pixel] += if front { -z } else { z };
                if z < nearest[pixel] {
                    nearest[pixel] = z;
                    layers.near[pixel] = index as u32;
                }
                if z > farthest[pixel] && z < depth[pixel] {
                    farthest[pixel] = z;
                    layers.far[pixel] = index as u32;
                }
            });
        }
        layers
    }

    /// What is seen at a pixel that has glass; `behind` is the picture without it.
    pub fn colour(
        &self,
        stage: &Stage<'_>,
        behind: &[V3],
        pixel: usize,
        size: usize,
        shift: (f32, f32),
    ) -> V3 {
        let (x, y) = ((pixel % size) as f32 + shift.0, (pixel / size) as f32 + shift.1);
        let (hit, key, sky) = stage.hit(self.near[pixel], x, y);
        let part = &stage.scene.parts[usize::from(stage.soup.part[self.near[pixel] as usize])];
        let Some(stain) = &part.stain else {
            return behind[pixel];
        };
        let wobble = super::noise::noise_slope(hit.rest * 5.0) * 0.035;
        let normal = bubbled(&hit, hit.uneven(wobble));
        let facing = normal.dot(hit.view).max(0.0);
        // Bent light: the edge of a vessel shows what lies beside it.
        let bend = (1.0 - facing).powi(2) * 0.11 * stage.view.scale / stage.view.eye.length();
        let side = v3(normal.dot(stage.view.right), -normal.dot(stage.view.up), 0.0);
        let from = |along: f32, by: f32| (along + by).clamp(0.0, size as f32 - 1.0) as usize;
        let column = from(x, -side.x * bend - side.x * facing * 6.0);
        let row = from(y, -side.y * bend - side.y * facing * 6.0);
        let taken = stain(&hit);
        let length = self.length[pixel].abs().clamp(0.015, 1.4);
        let passed = v3(
            (-taken.x * length).exp(),
            (-taken.y * length).exp(),
            (-taken.z * length).exp(),
        );
        let open = mix(0.45, 1.0, sky) * mix(0.6, 1.0, key);
        let mirrored = |normal: V3, view: V3| {
            let slant = (1.0 - normal.dot(view).abs()).powi(5);
            let reflected = normal * (2.0 * normal.dot(view)) - view;
            seen(stage.scene, reflected, 0.02, stage.below) * (0.055 + 0.62 * slant)
        };
        let mut colour = behind[row * size + column] * passed * mix(0.97, 0.62, (1.0 - facing).powi(3));
        // A little of the glass's own glow: light that has wandered inside it.
        colour += passed * stage.below * (0.02 + 0.07 * (1.0 - facing)) * key.max(0.35);
        colour += mirrored(normal, hit.view) * open;
        if self.far[pixel] != NOTHING && self.far[pixel] != self.near[pixel] {
            let (back, ..) = stage.hit(self.far[pixel], x, y);
            colour += mirrored(back.normal, back.view) * passed * 0.55;
        }
        colour
    }
}

/// Small bubbles, caught as the glass was gathered: each turns the light about.
fn bubbled(hit: &super::scene::Hit, normal: V3) -> V3 {
    let bubble = super::noise::cell(hit.uv[0] * 34.0, hit.uv[1] * 40.0, 34);
    let radius = 0.06 + 0.11 * (bubble.id * 13.0).fract();
    if bubble.id < 0.70 || bubble.distance > radius {
        return normal;
    }
    let t = bubble.distance / radius;
    let steep = 1.1 * t * t / bubble.distance.max(1e-3);
    (normal + hit.tangent * (bubble.to[0] * steep) + hit.bitangent * (bubble.to[1] * steep)).unit()
}
