//! QR codes (ISO/IEC 18004), level M, as rectangles.

use fast_qr::{ECL, Mode, QRBuilder};

use crate::DocumentError;

/// A code: how many modules wide, and its dark parts as `x, y, width, height` in modules.
pub(crate) struct Qr {
    pub size: u32,
    pub rects: Vec<[u32; 4]>,
}

/// Makes the code of a text of digits, capitals and `$%*+-./: ` (alphanumeric mode).
pub(crate) fn qr(text: &str) -> Result<Qr, DocumentError> {
    let code = QRBuilder::new(text)
        .ecl(ECL::M)
        .mode(Mode::Alphanumeric)
        .build()
        .map_err(|_| DocumentError::Code(text.to_owned()))?;
    let dark = |x: usize, y: usize| code[y][x].value();
    // Runs along a row, and equal runs below each other made one, so that no hairline shows between rows.
    let mut rects: Vec<[u32; 4]> = Vec::new();
    for y in 0..code.size {
        let mut x = 0;
        while x < code.size {
            if !dark(x, y) {
                x += 1;
                continue;
            }
            let start = x;
            while x < code.size && dark(x, y) {
                x += 1;
            }
            let (left, top, width) = (start as u32, y as u32, (x - start) as u32);
            match rects
                .iter_mut()
                .find(|[rx, ry, rw, rh]| *rx == left && *rw == width && ry + *rh == top)
            {
                Some(above) => above[3] += 1,
                None => rects.push([left, top, width, 1]),
            }
        }
    }
    Ok(Qr {
        size: code.size as u32,
        rects,
    })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn a_drop_off_number_fits_in_the_smallest_code() {
        let code = qr("D0A3F7261121019").unwrap();
        assert_eq!(code.size, 21);
        assert!(
            code.rects.contains(&[2, 2, 3, 3]),
            "the heart of the first finder is one square"
        );
        assert!(code.rects.iter().all(|[x, y, w, h]| x + w <= 21 && y + h <= 21));
    }
}
