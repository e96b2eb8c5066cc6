//! Photos travel as content: chunks under the BLAKE3 name of the whole.
//!
//! `POST /photos/{hash}` with [`PhotoOffer`] answers which chunks are missing; `PUT
//! /photos/{hash}/chunks/{n}` sends one; the last one that was missing completes it: the whole is
//! hashed, and refused with `wrong_digest` (everything of it forgotten) when it is not what its name says.
//! Bytes that the marketplace has are never asked for again, whoever sent them.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A photo by its contents. The original stays on the laptop; the two renditions travel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PhotoRef {
    /// BLAKE3 of the original, lower-case hex; the photo's identity.
    pub hash: String,
    /// BLAKE3 of the rendition of at most 1600 px, a JPEG.
    pub large: String,
    /// BLAKE3 of the rendition of at most 400 px, a JPEG.
    pub small: String,
    /// Size of the large rendition in pixels.
    pub width: u32,
    pub height: u32,
    /// What the picture shows, for those who cannot see it.
    #[serde(default)]
    pub alt: String,
    /// Which shot it is: `front`, `detail`, `scale`, `back`, `in_use`, `maker`; empty for none. Others are kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub shot: String,
}

/// The photos that tell a piece: from the front, a detail, its size beside something known, from behind, in use,
/// and who made it.
pub const SHOTS: [&str; 6] = ["front", "detail", "scale", "back", "in_use", "maker"];

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PhotoOffer {
    pub bytes: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PhotoNeed {
    /// Numbers of the chunks that are missing, from 0; empty when the marketplace has it all.
    pub missing: Vec<u32>,
}
