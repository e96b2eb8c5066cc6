//! The colour of a point.

use super::bake::Baked;
use super::light::{KEY_COLOUR, ROOM_COLOUR, seen};
use super::raster::{Soup, View, weights};
use super::scene::{Hit, Scene, Surface};
use super::vector::{V3, mix, smoothstep, v3};

/// Everything that shading needs of a scene.
pub struct Stage<'a> {
    pub scene: &'a Scene,
    pub soup: &'a Soup,
    pub screen: &'a [V3],
    pub baked: &'a Baked,
    pub view: &'a View,
    /// The ground's colour where the piece stands, as mirrors see it.
    pub below: V3,
}

impl Stage<'_> {
    /// The point of a triangle at a place of the picture, with how much softbox and room it sees.
    pub fn hit(&self, triangle: u32, x: f32, y: f32) -> (Hit, f32, f32) {
        let corners = self.soup.triangles[triangle as usize].map(|corner| corner as usize);
        let weight = weights(corners.map(|corner| self.screen[corner]), x, y);
        let blend = |values: &[V3]| {
            values[corners[0]] * weight[0] + values[corners[1]] * weight[1] + values[corners[2]] * weight[2]
        };
        let number = |values: &[f32]| {
            values[corners[0]] * weight[0] + values[corners[1]] * weight[1] + values[corners[2]] * weight[2]
        };
        let at = blend(&self.soup.at);
        let view = (self.view.eye - at).unit();
        let mut normal = blend(&self.soup.normal).unit();
        let inside = normal.dot(view) < 0.0;
        if inside {
            normal = -normal;
        }
        let tangent = blend(&self.soup.tangent);
        let tangent = (tangent - normal * tangent.dot(normal)).unit();
        let uv = [0, 1].map(|axis| (0..3).map(|k| self.soup.uv[corners[k]][axis] * weight[k]).sum());
        let bitangent = if inside {
            tangent.cross(normal)
        } else {
            normal.cross(tangent)
        };
        let hit = Hit {
            at,
            rest: blend(&self.soup.rest),
            normal,
            tangent,
            bitangent,
            uv,
            view,
        };
        (hit, number(&self.baked.key), number(&self.baked.sky))
    }

    pub fn triangle(&self, triangle: u32, x: f32, y: f32) -> V3 {
        let (hit, key, sky) = self.hit(triangle, x, y);
        let part = &self.scene.parts[usize::from(self.soup.part[triangle as usize])];
        let surface = (part.material)(&hit);
        self.lit(&hit, &surface, key, sky)
    }

    pub fn lit(&self, hit: &Hit, surface: &Surface, key: f32, sky: f32) -> V3 {
        let scene = self.scene;
        let normal = surface.normal;
        // The softbox is wide: light reaches a little round the corner.
        let facing = normal.dot(scene.key);
        let wrapped = ((facing + 0.12) / 1.12).max(0.0);
        let through = surface.translucent * (0.35 - 0.65 * facing).max(0.0) * 0.7;
        let softbox = KEY_COLOUR * (scene.key_light * (wrapped * mix(0.0, 1.0, key) + through));
        let level = if scene.ground.upright {
            0.5 - 0.2 * normal.y + 0.3 * normal.z
        } else {
            0.5 + 0.5 * normal.z
        };
        let room = ROOM_COLOUR * (scene.room_light * mix(0.45, 1.0, level) * mix(0.16, 1.0, sky));
        let bounce = self.below * (scene.key_light * 0.16 * (1.0 - level) * mix(0.25, 1.0, sky));
        let board =
            (normal.dot(v3(0.86, -0.42, 0.25))).max(0.0) * scene.key_light * 0.075 * mix(0.3, 1.0, sky);
        let light = softbox + room + bounce + V3::ONE * board;
        let slant = (1.0 - normal.dot(hit.view).max(0.0)).powi(4);
        let body = surface.colour * (1.0 - surface.metal);
        let mut colour = body * light + light * surface.colour * (surface.fuzz * slant);

        // Mirrors see the softbox only where it is not hidden.
        let open = mix(0.22, 1.0, sky) * mix(0.30, 1.0, key.max(0.25 * sky));
        let base = v3(surface.shine, surface.shine, surface.shine).lerp(surface.colour, surface.metal);
        let edge = (1.0 - surface.roughness * 0.8).max(0.1);
        let mirror = base + (V3::ONE * edge - base).max0() * (slant * mix(1.0, 0.45, surface.metal));
        let reflected = normal * (2.0 * normal.dot(hit.view)) - hit.view;
        colour += seen(scene, reflected, surface.roughness, self.below) * mirror * open;
        if surface.coat > 0.0 {
            // The lacquer lies smooth over a rough body, but follows its larger forms.
            let over = hit.normal.lerp(normal, 0.35).unit();
            let reflected = over * (2.0 * over.dot(hit.view)) - hit.view;
            let slant = (1.0 - over.dot(hit.view).max(0.0)).powi(5);
            let strength = (0.04 + 0.75 * slant) * surface.coat;
            colour = colour * (1.0 - strength * 0.7)
                + seen(scene, reflected, surface.coat_roughness, self.below) * (strength * open);
        }
        colour
    }

    /// The ground, or the wall beyond it, along a ray.
    pub fn ground(&self, ray: V3) -> V3 {
        let scene = self.scene;
        let eye = self.view.eye;
        let upright = scene.ground.upright;
        let far = scene.ground.far;
        let wall = if scene.ground.corner { far } else { far * 2.2 };
        let distance = if upright {
            -eye.y / ray.y
        } else if ray.z < -1e-3 {
            -eye.z / ray.z
        } else {
            f32::MAX
        };
        // Where the floor has become wall, the ray goes on to it.
        let to_wall = if !upright && ray.y > 1e-3 {
            (wall - eye.y) / ray.y
        } else {
            f32::MAX
        };
        let at = eye + ray * distance.min(to_wall).clamp(0.0, 500.0);
        let up = if upright { v3(0.0, -1.0, 0.0) } else { V3::UP };
        let rise = match (upright, scene.ground.corner) {
            (true, _) => 0.0,
            (false, true) => {
                if at.y > far - 1e-3 {
                    1.5
                } else {
                    0.0
                }
            }
            (false, false) => smoothstep(far, wall, at.y),
        };
        let normal = up.lerp(v3(0.0, -1.0, 0.35), rise * 0.7).unit();
        let tangent = v3(1.0, 0.0, 0.0);
        let flat = if upright {
            [at.x, at.z]
        } else {
            [at.x, at.y + at.z]
        };
        let hit = Hit {
            at,
            rest: at,
            normal,
            tangent,
            bitangent: normal.cross(tangent),
            uv: flat,
            view: -ray,
        };
        let surface = (scene.ground.material)(&hit);
        let [key, sky, glass] = self.baked.ground.at(at);
        // The softbox's pool of light: full round the piece, fading away from it.
        let away = if upright {
            (at.x * at.x + (at.z - 0.7) * (at.z - 0.7)).sqrt()
        } else {
            at.length()
        };
        let pool = mix(
            1.0,
            0.62,
            smoothstep(scene.ground.reach * 0.25, scene.ground.reach * 1.7, away),
        );
        let side = mix(1.04, 0.94, smoothstep(-2.0, 2.0, at.x));
        let colour = self.lit(&hit, &surface, key, sky) * (pool * side);
        self.through_glass(colour, at, glass)
    }

    /// A glass's shadow is of its colour, with light gathered in its middle.
    fn through_glass(&self, colour: V3, at: V3, glass: f32) -> V3 {
        if glass <= 0.0 {
            return colour;
        }
        let Some(stain) = self.scene.parts.iter().find_map(|part| part.stain.as_ref()) else {
            return colour;
        };
        let hit = Hit {
            at,
            rest: v3(at.x, at.y, 0.6),
            normal: V3::UP,
            tangent: v3(1.0, 0.0, 0.0),
            bitangent: v3(0.0, 1.0, 0.0),
            uv: [0.5, 0.5],
            view: V3::UP,
        };
        let taken = stain(&hit);
        let passed = v3(
            (-taken.x * 0.32).exp(),
            (-taken.y * 0.32).exp(),
            (-taken.z * 0.32).exp(),
        );
        let gathered = smoothstep(0.45, 1.0, glass) * 0.55;
        colour * (V3::ONE * (1.0 - glass) + passed * (glass * (0.72 + gathered)))
    }
}
