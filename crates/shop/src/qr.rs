//! Addresses for telephones: QR codes as the window draws them.

use fast_qr::{ECL, QRBuilder};

/// The modules of a square QR code, row by row, dark ones true; the side is the root of their number. Empty
/// when the text is too long for one.
pub fn modules(text: &str) -> Vec<bool> {
    let Ok(code) = QRBuilder::new(text).ecl(ECL::M).build() else {
        return Vec::new();
    };
    (0..code.size)
        .flat_map(|y| (0..code.size).map(move |x| (x, y)))
        .map(|(x, y)| code[y][x].value())
        .collect()
}
