//! Which way is up.

use crate::raster::Raster;

/// EXIF 2.32, tag 0x0112: what must be done to stored pixels to see the picture upright.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    #[default]
    Upright = 1,
    MirroredLeftRight = 2,
    UpsideDown = 3,
    MirroredTopBottom = 4,
    /// Mirrored along the diagonal that begins at the top left.
    Transposed = 5,
    /// To be turned a quarter to the right.
    QuarterRight = 6,
    /// Mirrored along the other diagonal.
    Transversed = 7,
    /// To be turned a quarter to the left.
    QuarterLeft = 8,
}

impl Orientation {
    /// Cameras do write 0, and some programs 9: both are read as upright.
    pub fn from_exif(value: u16) -> Orientation {
        match value {
            2 => Orientation::MirroredLeftRight,
            3 => Orientation::UpsideDown,
            4 => Orientation::MirroredTopBottom,
            5 => Orientation::Transposed,
            6 => Orientation::QuarterRight,
            7 => Orientation::Transversed,
            8 => Orientation::QuarterLeft,
            _ => Orientation::Upright,
        }
    }

    /// Whether width and height change places.
    pub fn swaps_sides(self) -> bool {
        self as u8 >= 5
    }

    /// Width and height as seen, of a picture stored with these.
    pub fn seen(self, width: u32, height: u32) -> (u32, u32) {
        if self.swaps_sides() {
            (height, width)
        } else {
            (width, height)
        }
    }

    /// Makes the picture upright.
    pub(crate) fn bake(self, stored: Raster) -> Raster {
        if self == Orientation::Upright {
            return stored;
        }
        let (width, height) = self.seen(stored.width, stored.height);
        let channels = stored.layout.channels();
        let (last_x, last_y) = (stored.width as usize - 1, stored.height as usize - 1);
        let row = stored.width as usize * channels;
        let mut pixels = Vec::with_capacity(stored.pixels.len());
        for y in 0..height as usize {
            for x in 0..width as usize {
                let (from_x, from_y) = match self {
                    Orientation::Upright => (x, y),
                    Orientation::MirroredLeftRight => (last_x - x, y),
                    Orientation::UpsideDown => (last_x - x, last_y - y),
                    Orientation::MirroredTopBottom => (x, last_y - y),
                    Orientation::Transposed => (y, x),
                    Orientation::QuarterRight => (y, last_y - x),
                    Orientation::Transversed => (last_x - y, last_y - x),
                    Orientation::QuarterLeft => (last_x - y, x),
                };
                let at = from_y * row + from_x * channels;
                pixels.extend_from_slice(&stored.pixels[at..at + channels]);
            }
        }
        Raster {
            width,
            height,
            layout: stored.layout,
            pixels,
        }
    }
}
