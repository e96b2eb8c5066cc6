//! The pieces: one file each, modelled and painted.

mod copper_vase;
mod glass_jug;
mod paint;
mod pot;
mod set;

use super::studio::scene::Scene;
use super::{Fault, Shot};

/// The scene of a piece; nothing when there is no such piece.
pub fn scene(slug: &str, shot: Shot) -> Option<Result<Scene, Fault>> {
    Some(match slug {
        "olla-barro-brunido" => pot::scene(shot),
        "jarra-vidrio-cobalto" => glass_jug::scene(shot),
        "jarron-cobre-martillado" => copper_vase::scene(shot),
        _ => return None,
    })
}
