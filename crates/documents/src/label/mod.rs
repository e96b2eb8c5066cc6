//! The label of a parcel: 100 × 150 mm for a label printer, or four to an A4 sheet.

mod layout;
mod outline;

use messages::Language;
use postal::{Address, S10};
use serde::{Deserialize, Serialize};

use crate::pdf::File;
use crate::words::word;
use crate::{Document, DocumentError};
use layout::{Shape, draw};

/// What is on a label.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelInput {
    /// As people call the post: `Correos de México`.
    pub operator: String,
    /// Where it is posted, alpha-2; addresses elsewhere get their country's name in capitals.
    pub from_country: String,
    /// The service in words.
    pub service: String,
    /// The first two letters of the service's numbers, such as `RR`, shown large.
    pub indicator: String,
    /// None when there is no number left: the label then has room for one given at the counter.
    pub number: Option<S10>,
    pub sender: Address,
    pub addressee: Address,
    pub grams: u32,
    /// The order's name, as the seller calls it.
    pub order: String,
    /// This parcel of `parcels` in the order, from 1.
    pub parcel: u16,
    pub parcels: u16,
    /// Code of the office where it will be handed in.
    pub office: String,
}

/// What labels are printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "paper", rename_all = "snake_case")]
pub enum Paper {
    /// A label printer at 203 dpi; one label, one page.
    Label100x150,
    /// Four places on a sheet, from the upper left to the lower right; the first label goes to place
    /// `start` (0 to 3), so that a sheet used in part can be used up.
    A4 { start: u8 },
}

/// One label.
///
/// # Errors
/// See [`labels`].
pub fn label(input: &LabelInput, paper: Paper, language: Language) -> Result<Document, DocumentError> {
    labels(std::slice::from_ref(input), paper, language)
}

/// Labels in the order given, in one file.
///
/// # Errors
/// When there is none, or the sheet has no such place.
pub fn labels(inputs: &[LabelInput], paper: Paper, language: Language) -> Result<Document, DocumentError> {
    if inputs.is_empty() {
        return Err(DocumentError::Empty);
    }
    let title = word(language, "label-title");
    match paper {
        Paper::Label100x150 => {
            let mut file = File::new([100.0, 150.0], 203.0, language, &title)?;
            for input in inputs {
                file.page(|pen| draw(pen, input, &Shape::ROLL, language))?;
            }
            file.finish()
        }
        Paper::A4 { start } if start < 4 => {
            let mut file = File::new([210.0, 297.0], 300.0, language, &title)?;
            let mut rest = inputs;
            let mut first = usize::from(start);
            while !rest.is_empty() {
                let (sheet, later) = rest.split_at(rest.len().min(4 - first));
                file.page(|pen| {
                    layout::cut_marks(pen);
                    for (slot, input) in (first..).zip(sheet) {
                        // The quarter of the sheet, and the label in its middle.
                        let [column, row] = [slot % 2, slot / 2].map(|n| n as f32);
                        pen.set_origin(column * 105.0 + 2.5, row * 148.5 + 2.5);
                        draw(pen, input, &Shape::QUARTER, language)?;
                    }
                    Ok::<(), DocumentError>(())
                })?;
                rest = later;
                first = 0;
            }
            file.finish()
        }
        Paper::A4 { start } => Err(DocumentError::StartSlot(start)),
    }
}
