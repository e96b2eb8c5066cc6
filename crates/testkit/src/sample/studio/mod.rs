//! A photographer's studio in software: shapes are lit from the upper left by a softbox, shaded, and put on film.
//!
//! Triangles are drawn by their number into a buffer, and each pixel is shaded once (four times at edges). How
//! much of the softbox and of the room each point sees is worked out beforehand, at the corners of the triangles.

mod bake;
pub mod film;
mod glass;
mod light;
pub mod mesh;
pub mod noise;
mod raster;
mod render;
pub mod scene;
mod shade;
pub mod texture;
pub mod vector;

pub use render::render;
