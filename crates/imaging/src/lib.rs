//! Image bytes in, oriented, cleaned and resized renditions out. Pure: no disk, no network, no clock.
//!
//! [`inspect`] reads the header alone and says whether a photo can be taken; [`develop`] makes of it the two
//! pictures that the shop shows: upright, in sRGB, without alpha and without any metadata.
//! Untrusted bytes are expected everywhere: sizes are checked before memory is taken, and what cannot be
//! read whole is refused with a [`Fault`] that has a stable code.

mod advice;
mod batch;
mod code;
mod colour;
mod curve;
mod decode;
mod develop;
mod encode;
mod exif;
mod fault;
mod format;
mod framing;
mod glance;
mod header;
mod heic;
mod inspect;
mod jpeg;
mod likeness;
mod limits;
mod look;
mod name;
mod note;
mod orient;
mod picture;
mod plane;
mod png;
mod raster;
mod recipe;
mod resize;
mod score;
mod warp;
mod webp;

pub use advice::{Advice, Advised, advice, refusals};
pub use batch::{Crew, Failure, develop_many, develop_many_by};
pub use curve::look_curves;
pub use develop::{Developed, LARGE_SIDE, Rendition, SMALL_SIDE, Settings, develop, develop_with};
pub use fault::Fault;
pub use format::Format;
pub use glance::{Glance, GlanceSettings, glance};
pub use inspect::{Inspection, inspect, inspect_within};
pub use likeness::{LIKENESS_SAME, likeness_apart};
pub use limits::Limits;
pub use look::{Crop, Grey, Look};
pub use name::{Part, content_name, rendition_name};
pub use note::Note;
pub use orient::Orientation;
pub use recipe::{Background, Output, Recipe, Rules};
pub use score::Scores;
