//! The picture at about 200 pixels: enough to see where the piece is and how it is lit.

use crate::picture::Picture;

/// As large as a plane of colour of the small picture.
pub(super) struct Thumb {
    pub width: usize,
    pub height: usize,
    /// Brightness, and differences of blue and red from it (128 is grey).
    pub pixels: Vec<[u8; 3]>,
}

impl Thumb {
    pub fn of(small: &Picture) -> Thumb {
        let width = small.width().div_ceil(2) as usize;
        let height = small.height().div_ceil(2) as usize;
        let luma = &small.luma;
        let row = luma.width as usize;
        let at = |x: usize, y: usize| {
            let x = x.min(row.saturating_sub(1));
            let y = y.min((luma.height as usize).saturating_sub(1));
            u32::from(luma.samples.get(y * row + x).copied().unwrap_or(0))
        };
        let mut pixels = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let sum =
                    at(2 * x, 2 * y) + at(2 * x + 1, 2 * y) + at(2 * x, 2 * y + 1) + at(2 * x + 1, 2 * y + 1);
                let colour = |plane: usize| {
                    let planes = small.chroma.as_ref();
                    planes
                        .and_then(|planes| planes.get(plane)?.samples.get(y * width + x).copied())
                        .unwrap_or(128)
                };
                pixels.push([((sum + 2) / 4) as u8, colour(0), colour(1)]);
            }
        }
        Thumb {
            width,
            height,
            pixels,
        }
    }

    /// Whether a pixel lies in the outer twentieth of the frame, at least two pixels wide.
    pub fn in_border(&self, x: usize, y: usize) -> bool {
        let band = |length: usize| (length / 20).max(2);
        let (across, down) = (band(self.width), band(self.height));
        x < across || y < down || x + across >= self.width || y + down >= self.height
    }
}

/// Red, green and blue of a pixel, the least first (JFIF 1.02 §7).
pub(super) fn rgb_in_order([luma, blue, red]: [u8; 3]) -> [i32; 3] {
    let (luma, blue, red) = (i32::from(luma), i32::from(blue) - 128, i32::from(red) - 128);
    let r = luma + red * 1402 / 1000;
    let g = luma - blue * 344 / 1000 - red * 714 / 1000;
    let b = luma + blue * 1772 / 1000;
    let mut all = [r, g, b];
    all.sort_unstable();
    all
}
