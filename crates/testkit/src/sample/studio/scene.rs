//! What stands before the camera.

use std::sync::Arc;

use super::mesh::Mesh;
use super::texture::Texture;
use super::vector::{V3, rgb, v3};

/// A point of a surface, as its material sees it.
pub struct Hit {
    pub at: V3,
    /// Where the point was on the shape before the shape was moved.
    pub rest: V3,
    /// Towards the viewer.
    pub normal: V3,
    pub tangent: V3,
    pub bitangent: V3,
    pub uv: [f32; 2],
    /// From the point to the camera.
    pub view: V3,
}

impl Hit {
    /// The normal of a surface whose height grows by these along tangent and bitangent.
    pub fn tilted(&self, along_tangent: f32, along_bitangent: f32) -> V3 {
        (self.normal - self.tangent * along_tangent - self.bitangent * along_bitangent).unit()
    }

    /// The normal of a surface whose height has this slope in space.
    pub fn uneven(&self, slope: V3) -> V3 {
        (self.normal - (slope - self.normal * slope.dot(self.normal))).unit()
    }
}

/// How a point answers light.
pub struct Surface {
    pub colour: V3,
    pub normal: V3,
    /// 0 is a mirror, 1 is chalk.
    pub roughness: f32,
    /// What is mirrored when looking straight at it: 0.04 for most things.
    pub shine: f32,
    pub metal: f32,
    /// A clear lacquer above: how much of it, and how rough.
    pub coat: f32,
    pub coat_roughness: f32,
    /// The soft light at the rim of cloth.
    pub fuzz: f32,
    /// How much light comes through from behind.
    pub translucent: f32,
}

impl Surface {
    pub fn matt(hit: &Hit, colour: V3) -> Surface {
        Surface {
            colour,
            normal: hit.normal,
            roughness: 0.8,
            shine: 0.035,
            metal: 0.0,
            coat: 0.0,
            coat_roughness: 0.1,
            fuzz: 0.0,
            translucent: 0.0,
        }
    }

    pub fn metal(hit: &Hit, colour: V3, roughness: f32) -> Surface {
        Surface {
            metal: 1.0,
            roughness,
            ..Surface::matt(hit, colour)
        }
    }
}

pub type Material = Box<dyn Fn(&Hit) -> Surface + Send + Sync>;

/// Glass takes away colour as light goes through it: how much for a unit of length, by the point.
pub type Stain = Box<dyn Fn(&Hit) -> V3 + Send + Sync>;

pub struct Part {
    pub mesh: Mesh,
    pub material: Material,
    /// Where this has no alpha, there is nothing: cut paper.
    pub cut: Option<Arc<Texture>>,
    /// Seen from both sides: cloth, paper.
    pub thin: bool,
    pub stain: Option<Stain>,
}

pub struct Camera {
    pub target: V3,
    pub distance: f32,
    /// Degrees to the right of the front, and above the horizon.
    pub azimuth: f32,
    pub elevation: f32,
    /// Height of the picture in degrees.
    pub view: f32,
}

/// What the piece stands on or hangs before.
pub struct Ground {
    pub material: Material,
    /// Standing: a floor at z = 0 that curves up to a wall beyond y = `far`. Hanging: a wall at y = 0.
    pub upright: bool,
    pub far: f32,
    /// The floor ends at `far` and a wall stands up from there.
    pub corner: bool,
    /// How wide the lit and shadowed square round the origin is, in either direction.
    pub reach: f32,
}

pub struct Scene {
    pub parts: Vec<Part>,
    pub camera: Camera,
    pub ground: Ground,
    /// Towards the middle of the softbox.
    pub key: V3,
    /// Strength of softbox and room.
    pub key_light: f32,
    pub room_light: f32,
    /// What a mirror sees of the dark side of the room.
    pub room: V3,
    pub exposure: f32,
    pub seed: u32,
}

impl Scene {
    pub fn new(camera: Camera, ground: Ground) -> Scene {
        Scene {
            parts: Vec::new(),
            camera,
            ground,
            key: v3(-0.62, -0.58, 0.72).unit(),
            key_light: 2.5,
            room_light: 0.62,
            room: rgb(0x6b625a),
            exposure: 0.60,
            seed: 1,
        }
    }

    pub fn add(&mut self, mesh: Mesh, material: impl Fn(&Hit) -> Surface + Send + Sync + 'static) {
        self.parts.push(Part {
            mesh,
            material: Box::new(material),
            cut: None,
            thin: false,
            stain: None,
        });
    }

    pub fn add_thin(&mut self, mesh: Mesh, material: impl Fn(&Hit) -> Surface + Send + Sync + 'static) {
        self.parts.push(Part {
            mesh,
            material: Box::new(material),
            cut: None,
            thin: true,
            stain: None,
        });
    }

    pub fn add_cut(
        &mut self,
        mesh: Mesh,
        cut: Arc<Texture>,
        material: impl Fn(&Hit) -> Surface + Send + Sync + 'static,
    ) {
        self.parts.push(Part {
            mesh,
            material: Box::new(material),
            cut: Some(cut),
            thin: true,
            stain: None,
        });
    }

    pub fn add_glass(&mut self, mesh: Mesh, stain: impl Fn(&Hit) -> V3 + Send + Sync + 'static) {
        let clear = |hit: &Hit| Surface::matt(hit, V3::ONE);
        self.parts.push(Part {
            mesh,
            material: Box::new(clear),
            cut: None,
            thin: false,
            stain: Some(Box::new(stain)),
        });
    }
}
