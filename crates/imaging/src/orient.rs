//! Which way is up.

use crate::resize::Area;

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

    /// The same, and then quarter turns to the right.
    pub fn turned(self, turns: u8) -> Orientation {
        use Orientation::{
            MirroredLeftRight, MirroredTopBottom, QuarterLeft, QuarterRight, Transposed, Transversed,
            Upright, UpsideDown,
        };
        (0..turns % 4).fold(self, |orientation, _| match orientation {
            Upright => QuarterRight,
            QuarterRight => UpsideDown,
            UpsideDown => QuarterLeft,
            QuarterLeft => Upright,
            MirroredLeftRight => Transversed,
            Transversed => MirroredTopBottom,
            MirroredTopBottom => Transposed,
            Transposed => MirroredLeftRight,
        })
    }

    /// The same, and then left and right exchanged.
    pub(crate) fn mirrored(self) -> Orientation {
        use Orientation::{
            MirroredLeftRight, MirroredTopBottom, QuarterLeft, QuarterRight, Transposed, Transversed,
            Upright, UpsideDown,
        };
        match self {
            Upright => MirroredLeftRight,
            MirroredLeftRight => Upright,
            UpsideDown => MirroredTopBottom,
            MirroredTopBottom => UpsideDown,
            Transposed => QuarterRight,
            QuarterRight => Transposed,
            Transversed => QuarterLeft,
            QuarterLeft => Transversed,
        }
    }

    /// Where a part of the upright picture of this size lies among the stored pixels.
    pub(crate) fn stored(self, part: Area, (width, height): (f64, f64)) -> Area {
        let right = width - part.left - part.width;
        let below = height - part.top - part.height;
        let (left, top) = match self {
            Orientation::Upright => (part.left, part.top),
            Orientation::MirroredLeftRight => (right, part.top),
            Orientation::UpsideDown => (right, below),
            Orientation::MirroredTopBottom => (part.left, below),
            Orientation::Transposed => (part.top, part.left),
            Orientation::QuarterRight => (part.top, right),
            Orientation::Transversed => (below, right),
            Orientation::QuarterLeft => (below, part.left),
        };
        let (width, height) = if self.swaps_sides() {
            (part.height, part.width)
        } else {
            (part.width, part.height)
        };
        Area {
            left,
            top,
            width,
            height,
        }
    }

    /// Width and height as seen, of a picture stored with these.
    pub fn seen(self, width: u32, height: u32) -> (u32, u32) {
        if self.swaps_sides() {
            (height, width)
        } else {
            (width, height)
        }
    }
}
