//! The sample shop: a seller, a dozen pieces with their craft cards in three languages, and their pictures.
//!
//! Nothing is borrowed: people and workshops are invented, and each picture is modelled, painted and lit by the
//! code under `motifs` and `studio`. The same slug and view always give the same bytes on one machine.

mod motifs;
mod piece;
mod studio;

pub use piece::{Address, CraftCard, Maker, SamplePiece, SampleSeller, Size, Texts, pieces, seller};

/// Pixels of each side of a sample picture.
pub const PHOTO_SIDE: usize = 2000;

#[derive(Debug, thiserror::Error)]
pub enum Fault {
    #[error("the sample data cannot be read: {0}")]
    Data(#[from] serde_json::Error),
    #[error("the sample shop has no picture {view} of {slug}")]
    NoSuchPhoto { slug: String, view: String },
    #[error("the picture could not be drawn: {0}")]
    Drawing(String),
}

/// How a piece is photographed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shot {
    Front,
    Detail,
    /// With something of known size.
    Scale,
}

/// Draws a picture as JPEG, [`PHOTO_SIDE`] pixels a side, quality 90. Takes about a second on two cores.
///
/// # Errors
/// [`Fault::NoSuchPhoto`] unless `view` is one of the piece's [`SamplePiece::views`].
pub fn photo(slug: &str, view: &str) -> Result<Vec<u8>, Fault> {
    photo_of_side(slug, view, PHOTO_SIDE)
}

/// [`photo`] in another size, for a quick look.
///
/// # Errors
/// As [`photo`].
pub fn photo_of_side(slug: &str, view: &str, side: usize) -> Result<Vec<u8>, Fault> {
    let missing = || Fault::NoSuchPhoto {
        slug: slug.to_owned(),
        view: view.to_owned(),
    };
    let shot = match view {
        "front" => Shot::Front,
        "detail" => Shot::Detail,
        "scale" => Shot::Scale,
        _ => return Err(missing()),
    };
    let scene = motifs::scene(slug, shot).ok_or_else(missing)??;
    let drawn = side * 18 / 25;
    let light = studio::render(&scene, drawn);
    studio::film::develop(&light, drawn, side, scene.exposure, scene.seed)
}
