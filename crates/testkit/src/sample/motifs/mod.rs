//! The pieces: one file each, modelled and painted.

mod bag;
mod basket;
mod copper_vase;
mod doll;
mod earrings;
mod glass_jug;
mod paint;
mod paper_flags;
mod pot;
mod rabbit;
mod rug;
mod set;
mod tin_heart;
mod tray;
mod weave;

use super::studio::scene::Scene;
use super::{Fault, Shot};

/// The scene of a piece; nothing when there is no such piece.
pub fn scene(slug: &str, shot: Shot) -> Option<Result<Scene, Fault>> {
    Some(match slug {
        "olla-barro-brunido" => pot::scene(shot),
        "jarra-vidrio-cobalto" => glass_jug::scene(shot),
        "jarron-cobre-martillado" => copper_vase::scene(shot),
        "tapete-lana-grana-anil" => rug::scene(shot),
        "guirnalda-papel-picado" => paper_flags::scene(shot),
        "canasta-palma" => basket::scene(shot),
        "batea-maque-flores" => tray::scene(shot),
        "arracadas-filigrana-plata" => earrings::scene(shot),
        "conejo-copal" => rabbit::scene(shot),
        "bolsa-piel-cincelada" => bag::scene(shot),
        "corazon-hojalata" => tin_heart::scene(shot),
        "muneca-trapo" => doll::scene(shot),
        _ => return None,
    })
}
