//! QR codes in a picture (ISO/IEC 18004).

use std::cell::Cell;
use std::ops::{Deref, DerefMut};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::rc::Rc;

use image::{ImageBuffer, Luma};

use crate::fault::Fault;
use crate::plane::Plane;

/// A card on a table has one; more than these nobody wants to know.
const MOST: usize = 8;
/// The reader copies the picture for each three corners that may belong together. A field of nothing but
/// corners would keep it busy for minutes.
const MOST_COPIES: u32 = 400;

/// What the codes say, each once. Codes that are not text are left out.
pub(crate) fn read(luma: &Plane) -> Result<Vec<String>, Fault> {
    let mut found = look(luma);
    if found.is_empty() {
        // Noise, weave and a little blur are gone at half the size, and a large code is not.
        found = look(&luma.resized(luma.width.div_ceil(2), luma.height.div_ceil(2))?);
    }
    Ok(found)
}

fn look(luma: &Plane) -> Vec<String> {
    let read = AssertUnwindSafe(|| {
        let sheet = Sheet {
            samples: luma.samples.clone(),
            copies: Rc::new(Cell::new(0)),
        };
        let sheet: ImageBuffer<Luma<u8>, Sheet> = ImageBuffer::from_raw(luma.width, luma.height, sheet)?;
        let mut texts = Vec::new();
        for grid in rqrr::PreparedImage::prepare(sheet).detect_grids() {
            if let Ok((_, text)) = grid.decode()
                && !texts.contains(&text)
                && texts.len() < MOST
            {
                texts.push(text);
            }
        }
        Some(texts)
    });
    // A panic over a stranger's picture costs only its codes.
    catch_unwind(read).ok().flatten().unwrap_or_default()
}

/// Samples that can be copied only so often.
struct Sheet {
    samples: Vec<u8>,
    copies: Rc<Cell<u32>>,
}

impl Clone for Sheet {
    fn clone(&self) -> Sheet {
        let copies = self.copies.get() + 1;
        self.copies.set(copies);
        if copies > MOST_COPIES {
            // The way out of the reader, without a word on the terminal; `look` takes it as nothing found.
            resume_unwind(Box::new("too many corners"));
        }
        Sheet {
            samples: self.samples.clone(),
            copies: Rc::clone(&self.copies),
        }
    }
}

impl Deref for Sheet {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.samples
    }
}

impl DerefMut for Sheet {
    fn deref_mut(&mut self) -> &mut [u8] {
        &mut self.samples
    }
}
