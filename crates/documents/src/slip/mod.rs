//! The drop-off slip: the list of all parcels of one visit, for the office, with the seller's receipt
//! below a line to cut along.

mod foot;
mod head;
mod receipt;
mod table;

use messages::Language;
use postal::{DropOffNumber, S10};
use serde::{Deserialize, Serialize};

use crate::pdf::File;
use crate::words::word;
use crate::{Document, DocumentError};

/// An amount in minor units with its ISO 4217 code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Money {
    pub minor: i64,
    pub currency: String,
}

/// What is on a drop-off slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DropOffInput {
    pub number: DropOffNumber,
    /// As people call the post: `Correos de México`.
    pub operator: String,
    /// The seller's name, and below it what tells them apart: address, telephone.
    pub seller: String,
    pub seller_lines: Vec<String>,
    pub office_code: String,
    pub office_name: String,
    pub office_lines: Vec<String>,
    /// The day of the visit, UTC milliseconds and minutes east of Greenwich.
    pub date_ms: i64,
    pub utc_offset_minutes: i32,
    pub parcels: Vec<DropOffParcel>,
}

/// A row of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DropOffParcel {
    /// None when the counter gives it.
    pub number: Option<S10>,
    /// ISO 3166-1 alpha-2.
    pub destination: String,
    /// The service in words.
    pub service: String,
    pub grams: u32,
    pub value: Option<Money>,
    /// The order's name, as the seller calls it.
    pub order: String,
}

/// A slip has at most as many parcels as a clerk can check in one go (other posts hold to 200 as well).
const MOST_PARCELS: usize = 200;

/// Millimetres; A4, drawn for 300 dpi, which 600 dpi printers print as exactly.
const LEFT: f32 = 12.0;
const RIGHT: f32 = 198.0;
const WIDTH: f32 = RIGHT - LEFT;
/// Where the receipt is cut off.
const CUT: f32 = 208.0;

/// The drop-off slip on A4.
///
/// # Errors
/// When there is no parcel, or more than 200.
pub fn drop_off_slip(input: &DropOffInput, language: Language) -> Result<Document, DocumentError> {
    match input.parcels.len() {
        0 => return Err(DocumentError::Empty),
        n if n > MOST_PARCELS => return Err(DocumentError::TooMany(n)),
        _ => {}
    }
    let title = format!("{} {}", word(language, "slip-title"), input.number);
    let mut file = File::new([210.0, 297.0], 300.0, language, &title)?;
    let pages = table::pages(input.parcels.len());
    let mut done = 0;
    for (at, rows) in pages.iter().enumerate() {
        let last = at + 1 == pages.len();
        file.page(|pen| {
            let top = head::draw(pen, input, language, at, pages.len())?;
            let shown = done..done + rows;
            let bottom = table::draw(pen, input, language, shown, top);
            if last {
                foot::draw(pen, input, language, bottom);
                receipt::draw(pen, input, language)?;
            } else {
                table::running_total(pen, input, language, done + rows, bottom);
            }
            Ok::<(), DocumentError>(())
        })?;
        done += rows;
    }
    file.finish()
}

/// Weight in grams and value by currency of the first parcels.
fn sums(parcels: &[DropOffParcel]) -> (i64, Vec<Money>) {
    let mut grams = 0;
    let mut values: Vec<Money> = Vec::new();
    for parcel in parcels {
        grams += i64::from(parcel.grams);
        let Some(value) = &parcel.value else { continue };
        match values.iter_mut().find(|sum| sum.currency == value.currency) {
            Some(sum) => sum.minor = sum.minor.saturating_add(value.minor),
            None => values.push(value.clone()),
        }
    }
    (grams, values)
}

/// `$5,000.00 MXN + 20.00 EUR`, or a dash when nothing was declared.
fn value_words(language: Language, values: &[Money]) -> String {
    if values.is_empty() {
        return "–".to_owned();
    }
    let each = values
        .iter()
        .map(|value| messages::money(language, value.minor, &value.currency));
    each.collect::<Vec<_>>().join(" + ")
}

/// How many parcels of each service, in the order in which they first come.
fn by_service(parcels: &[DropOffParcel]) -> Vec<(usize, &str)> {
    let mut counts: Vec<(usize, &str)> = Vec::new();
    for parcel in parcels {
        match counts.iter_mut().find(|(_, service)| *service == parcel.service) {
            Some((n, _)) => *n += 1,
            None => counts.push((1, &parcel.service)),
        }
    }
    counts
}
