//! Photos as a person meets them: what adding one gives back, how one is edited.

use crate::catalog::view::Product;
use imaging::{Crop, Grey, Look};
use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Type)]
pub struct PhotoAdded {
    pub product: Product,
    pub hash: String,
    /// The same bytes were in this piece already; nothing was added.
    pub duplicate: bool,
    /// Codes of what a person should know: `imaging::Note`'s.
    pub notes: Vec<String>,
    /// Another piece has a photo that looks the same.
    pub similar: Option<SimilarPhoto>,
}

/// A photo of another piece that looks the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct SimilarPhoto {
    pub product_id: String,
    pub title: String,
    pub small: String,
}

/// What a photo is taken as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PhotoHow {
    /// One of `api::photo::SHOTS`, or empty.
    pub shot: String,
    /// One that stops half-way is wanted all the same: the person was asked.
    pub keep_damaged: bool,
    /// Nobody looks at the answer's `similar`: it is not looked for.
    pub unseen: bool,
}

/// What is known for editing a photo.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LookView {
    pub look: LookEdit,
    /// The large picture without any look: `photo://localhost/large/{plain}`.
    pub plain: String,
    pub width: u32,
    pub height: u32,
}

/// What is done to a photo, in this order; its original is never touched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LookEdit {
    /// Quarter turns to the right, 0 to 3.
    pub turns: u8,
    /// Hundredths of a degree to the right, -1500 to 1500; enlarged so that no corner is empty.
    pub tilt: i16,
    pub crop: Option<CropEdit>,
    /// Hundredths of a stop, -200 to 200.
    pub exposure: i16,
    pub white: Option<GreyEdit>,
}

/// A part of a picture, in ten-thousandths of its width and height.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct CropEdit {
    pub left: u16,
    pub top: u16,
    pub width: u16,
    pub height: u16,
}

/// A colour that should be grey, as it came out: sRGB, 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct GreyEdit {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

impl From<LookEdit> for Look {
    fn from(edit: LookEdit) -> Look {
        Look {
            turns: edit.turns,
            tilt: edit.tilt,
            crop: edit.crop.map(|crop| Crop {
                left: crop.left,
                top: crop.top,
                width: crop.width,
                height: crop.height,
            }),
            exposure: edit.exposure,
            white: edit.white.map(|grey| Grey {
                red: grey.red,
                green: grey.green,
                blue: grey.blue,
            }),
        }
        .within_bounds()
    }
}

impl From<Look> for LookEdit {
    fn from(look: Look) -> LookEdit {
        LookEdit {
            turns: look.turns,
            tilt: look.tilt,
            crop: look.crop.map(|crop| CropEdit {
                left: crop.left,
                top: crop.top,
                width: crop.width,
                height: crop.height,
            }),
            exposure: look.exposure,
            white: look.white.map(|grey| GreyEdit {
                red: grey.red,
                green: grey.green,
                blue: grey.blue,
            }),
        }
    }
}

/// Which pieces get a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CardsFor {
    WithoutPhotos,
    All,
}

/// What cards are printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CardPaper {
    A4,
    Letter,
}
