//! Points, directions and colours.

use std::ops::{Add, AddAssign, Mul, Neg, Sub};

/// A point or a direction (x to the right, y away from the camera, z up), or a colour in linear light.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct V3 {
    pub x: f32,
    pub y: f32,
    pub z: f32,
}

pub const fn v3(x: f32, y: f32, z: f32) -> V3 {
    V3 { x, y, z }
}

impl V3 {
    pub const ONE: V3 = v3(1.0, 1.0, 1.0);
    pub const UP: V3 = v3(0.0, 0.0, 1.0);

    pub fn dot(self, other: V3) -> f32 {
        self.x * other.x + self.y * other.y + self.z * other.z
    }

    pub fn cross(self, other: V3) -> V3 {
        v3(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )
    }

    pub fn length(self) -> f32 {
        self.dot(self).sqrt()
    }

    pub fn unit(self) -> V3 {
        let length = self.length();
        if length > 1e-12 {
            self * (1.0 / length)
        } else {
            V3::UP
        }
    }

    pub fn lerp(self, other: V3, t: f32) -> V3 {
        self + (other - self) * t
    }

    pub fn max0(self) -> V3 {
        v3(self.x.max(0.0), self.y.max(0.0), self.z.max(0.0))
    }

    /// Turned about the z axis by `angle` radians, from x towards y.
    pub fn about_z(self, angle: f32) -> V3 {
        let (sin, cos) = angle.sin_cos();
        v3(self.x * cos - self.y * sin, self.x * sin + self.y * cos, self.z)
    }

    /// From y towards z.
    pub fn about_x(self, angle: f32) -> V3 {
        let (sin, cos) = angle.sin_cos();
        v3(self.x, self.y * cos - self.z * sin, self.y * sin + self.z * cos)
    }

    /// From z towards x.
    pub fn about_y(self, angle: f32) -> V3 {
        let (sin, cos) = angle.sin_cos();
        v3(self.z * sin + self.x * cos, self.y, self.z * cos - self.x * sin)
    }
}

impl Add for V3 {
    type Output = V3;
    fn add(self, other: V3) -> V3 {
        v3(self.x + other.x, self.y + other.y, self.z + other.z)
    }
}

impl AddAssign for V3 {
    fn add_assign(&mut self, other: V3) {
        *self = *self + other;
    }
}

impl Sub for V3 {
    type Output = V3;
    fn sub(self, other: V3) -> V3 {
        v3(self.x - other.x, self.y - other.y, self.z - other.z)
    }
}

impl Neg for V3 {
    type Output = V3;
    fn neg(self) -> V3 {
        v3(-self.x, -self.y, -self.z)
    }
}

impl Mul<f32> for V3 {
    type Output = V3;
    fn mul(self, by: f32) -> V3 {
        v3(self.x * by, self.y * by, self.z * by)
    }
}

impl Mul for V3 {
    type Output = V3;
    fn mul(self, by: V3) -> V3 {
        v3(self.x * by.x, self.y * by.y, self.z * by.z)
    }
}

/// A colour written as on the web, 0xRRGGBB, in linear light.
pub fn rgb(hex: u32) -> V3 {
    let channel = |shift: u32| {
        let value = ((hex >> shift) & 0xFF) as f32 / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    v3(channel(16), channel(8), channel(0))
}

pub fn smoothstep(from: f32, to: f32, x: f32) -> f32 {
    let t = ((x - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

pub fn mix(a: f32, b: f32, t: f32) -> f32 {
    a + (b - a) * t
}
