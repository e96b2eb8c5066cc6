//! QR codes (ISO/IEC 18004) as rectangles.

use fast_qr::{ECL, Mode, QRBuilder, QRCode};

use crate::DocumentError;

/// A code: how many modules wide, and its dark parts as `x, y, width, height` in modules.
pub(crate) struct Qr {
    pub size: u32,
    pub rects: Vec<[u32; 4]>,
}

/// Makes the code of a text of digits, capitals and `$%*+-./: ` (alphanumeric mode), level M.
pub(crate) fn qr(text: &str) -> Result<Qr, DocumentError> {
    let code = QRBuilder::new(text)
        .ecl(ECL::M)
        .mode(Mode::Alphanumeric)
        .build()
        .map_err(|_| DocumentError::Code(text.to_owned()))?;
    Ok(rectangles(&code))
}

/// Makes the code of any text, to be read from a photo: as few squares as level M takes, for large squares are
/// read from afar, and the highest level that needs no more of them. Text that is not ASCII is UTF-8.
pub(crate) fn camera_qr(text: &str) -> Result<Qr, DocumentError> {
    let at = |level| QRBuilder::new(text).ecl(level).build().ok();
    let code = at(ECL::M)
        .filter(|_| !text.is_empty())
        .ok_or_else(|| DocumentError::Code(text.to_owned()))?;
    let mut sturdier = [ECL::H, ECL::Q].into_iter().filter_map(at);
    let best = sturdier.find(|sturdy| sturdy.size == code.size);
    Ok(rectangles(&best.unwrap_or(code)))
}

fn rectangles(code: &QRCode) -> Qr {
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
    Qr {
        size: code.size as u32,
        rects,
    }
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

    #[test]
    fn a_code_for_a_camera_has_no_more_squares_than_it_must() {
        // The smallest code holds 20 such letters at level M and 10 at level H.
        assert_eq!(camera_qr("BAR-001").unwrap().size, 21);
        assert_eq!(camera_qr("BARRO-NEGRO-00000001").unwrap().size, 21);
        assert_eq!(camera_qr("BARRO-NEGRO-000000001").unwrap().size, 25);
        assert!(camera_qr("").is_err());
        assert!(camera_qr(&"ñ".repeat(3_000)).is_err());
    }
}
