//! Cards for photographing many pieces: eight to a sheet, cut apart. Each is photographed before its piece,
//! so that the photos after it find their piece by themselves.

mod layout;

use messages::Language;
use serde::{Deserialize, Serialize};

use crate::pdf::File;
use crate::words::word;
use crate::{Document, DocumentError};
use layout::{Shape, cut_marks, draw};

/// What is on a card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardInput {
    /// The code says this and nothing else, without spaces around it. It is read well from a photo up to some
    /// 60 letters.
    pub sku: String,
    /// May be empty; what has no room is cut at a word and noted.
    pub title: String,
}

/// What cards are printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sheet {
    /// 210 × 297 mm.
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

impl Sheet {
    /// Width and height in millimetres.
    fn size(self) -> [f32; 2] {
        match self {
            Self::A4 => [210.0, 297.0],
            Self::Letter => [215.9, 279.4],
        }
    }
}

const COLUMNS: usize = 2;
const ROWS: usize = 4;

/// Cards in the order given, from the upper left to the lower right, as many sheets as it takes.
///
/// # Errors
/// When there is none, when one has no SKU, and when a SKU is longer than any code.
pub fn cards(inputs: &[CardInput], sheet: Sheet, language: Language) -> Result<Document, DocumentError> {
    if inputs.is_empty() {
        return Err(DocumentError::Empty);
    }
    let [width, height] = sheet.size();
    let mut file = File::new([width, height], 300.0, language, &word(language, "card-title"))?;
    let shape = Shape {
        width: width / COLUMNS as f32,
        height: height / ROWS as f32,
    };
    for page in inputs.chunks(COLUMNS * ROWS) {
        file.page(|pen| {
            cut_marks(pen, &shape);
            for (at, input) in page.iter().enumerate() {
                let [column, row] = [at % COLUMNS, at / COLUMNS].map(|n| n as f32);
                pen.set_origin(column * shape.width, row * shape.height);
                draw(pen, input, &shape, language)?;
            }
            Ok::<(), DocumentError>(())
        })?;
    }
    file.finish()
}
