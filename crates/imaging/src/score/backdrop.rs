//! What is behind the piece, and how much of the frame is the piece.

use super::percent;
use super::thumb::{Thumb, rgb_in_order};

const WHITE: i32 = 245;
/// Mean step between neighbours above which the background cannot be told from the piece.
const TOO_BUSY: u8 = 12;
/// How far a pixel may be from its neighbour in the background, and from the frame's own colour, and still be
/// background: a backdrop falls off slowly towards its corners and under the piece's shadow.
const STEP: i32 = 5;
const NEAR: i32 = 22;
const FAR: i32 = 70;
/// One row or column in so many may hold specks that are not the piece.
const SPECKS: usize = 50;

pub(super) struct Backdrop {
    pub white_percent: u8,
    pub busy: u8,
    pub colour: u8,
    pub fill_percent: Option<u8>,
    /// Of each pixel, whether it is background.
    pub mask: Vec<bool>,
}

pub(super) fn look(thumb: &Thumb) -> Backdrop {
    let (mut white, mut count, mut steps, mut pairs, mut colour) = (0, 0, 0, 0, 0);
    let mut lumas = [[0_usize; 256]; 3];
    for y in 0..thumb.height {
        for x in 0..thumb.width {
            if !thumb.in_border(x, y) {
                continue;
            }
            let pixel = thumb.pixels[y * thumb.width + x];
            count += 1;
            white += usize::from(rgb_in_order(pixel)[0] >= WHITE);
            colour += usize::from(pixel[1].abs_diff(128)) + usize::from(pixel[2].abs_diff(128));
            for (levels, value) in lumas.iter_mut().zip(pixel) {
                levels[usize::from(value)] += 1;
            }
            let mut step_to = |x: usize, y: usize| {
                if thumb.in_border(x, y) {
                    steps += usize::from(pixel[0].abs_diff(thumb.pixels[y * thumb.width + x][0]));
                    pairs += 1;
                }
            };
            if x + 1 < thumb.width {
                step_to(x + 1, y);
            }
            if y + 1 < thumb.height {
                step_to(x, y + 1);
            }
        }
    }
    let mean = |sum: usize, of: usize| sum.checked_div(of).map_or(0, |mean| mean.min(255) as u8);
    let busy = mean(steps, pairs);
    let mask = background(thumb, lumas.map(|levels| median(&levels, count)));
    Backdrop {
        white_percent: percent(white, count),
        busy,
        colour: mean(colour, count),
        fill_percent: (busy <= TOO_BUSY).then(|| fill(thumb, &mask)),
        mask,
    }
}

fn median(levels: &[usize; 256], count: usize) -> u8 {
    let mut below = 0;
    for (level, number) in (0..=255_u8).zip(levels) {
        below += number;
        if below * 2 >= count {
            return level;
        }
    }
    255
}

/// Grows inwards from the frame's edge over what is like the frame.
fn background(thumb: &Thumb, middle: [u8; 3]) -> Vec<bool> {
    let (width, height) = (thumb.width, thumb.height);
    let apart =
        |a: [u8; 3], b: [u8; 3]| -> i32 { a.iter().zip(b).map(|(a, b)| i32::from(a.abs_diff(b))).sum() };
    let mut mask = vec![false; thumb.pixels.len()];
    let mut edge: Vec<usize> = Vec::new();
    for (index, pixel) in thumb.pixels.iter().enumerate() {
        let (x, y) = (index % width.max(1), index / width.max(1));
        let outermost = x == 0 || y == 0 || x + 1 == width || y + 1 == height;
        if outermost && apart(*pixel, middle) <= FAR {
            mask[index] = true;
            edge.push(index);
        }
    }
    while let Some(index) = edge.pop() {
        let (x, y) = (index % width, index / width);
        let here = thumb.pixels[index];
        let neighbours = [
            (x > 0).then(|| index - 1),
            (x + 1 < width).then_some(index + 1),
            (y > 0).then(|| index - width),
            (y + 1 < height).then_some(index + width),
        ];
        for next in neighbours.into_iter().flatten() {
            let pixel = thumb.pixels[next];
            let from_frame = apart(pixel, middle);
            if !mask[next] && (from_frame <= NEAR || (from_frame <= FAR && apart(pixel, here) <= STEP)) {
                mask[next] = true;
                edge.push(next);
            }
        }
    }
    mask
}

/// Percent of the frame between the piece's outermost rows and columns.
fn fill(thumb: &Thumb, mask: &[bool]) -> u8 {
    let (width, height) = (thumb.width, thumb.height);
    let mut columns = vec![0_usize; width];
    let mut rows = vec![0_usize; height];
    for (index, behind) in mask.iter().enumerate() {
        if !behind {
            columns[index % width] += 1;
            rows[index / width] += 1;
        }
    }
    let extent = |counts: &[usize], across: usize| {
        let is_piece = |count: &usize| *count > across / SPECKS;
        let first = counts.iter().position(is_piece);
        let last = counts.iter().rposition(is_piece);
        match (first, last) {
            (Some(first), Some(last)) => percent(last - first + 1, counts.len()),
            _ => 0,
        }
    };
    extent(&columns, height).max(extent(&rows, width))
}
