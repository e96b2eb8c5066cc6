//! A decoded picture of eight bits a channel.

use crate::orient::Orientation;
use crate::plane::Plane;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    Grey,
    Rgb,
    Rgba,
}

impl Layout {
    pub fn channels(self) -> usize {
        match self {
            Layout::Grey => 1,
            Layout::Rgb => 3,
            Layout::Rgba => 4,
        }
    }

    pub fn has_alpha(self) -> bool {
        self == Layout::Rgba
    }
}

/// Rows from the top, without padding: `pixels` holds exactly `width * height * channels` bytes.
pub(crate) struct Raster {
    pub width: u32,
    pub height: u32,
    pub layout: Layout,
    pub pixels: Vec<u8>,
}

impl Raster {
    /// Grey as red, green and blue.
    pub fn coloured(self) -> Raster {
        if self.layout != Layout::Grey {
            return self;
        }
        Raster {
            layout: Layout::Rgb,
            pixels: self.pixels.iter().flat_map(|level| [*level; 3]).collect(),
            ..self
        }
    }

    /// Makes the picture upright.
    pub fn upright(self, orientation: Orientation) -> Raster {
        if orientation == Orientation::Upright {
            return self;
        }
        let channels = self.layout.channels();
        let (width, height) = orientation.seen(self.width, self.height);
        let mut pixels = vec![0; self.pixels.len()];
        for channel in 0..channels {
            let plane = Plane {
                width: self.width,
                height: self.height,
                samples: self
                    .pixels
                    .iter()
                    .skip(channel)
                    .step_by(channels)
                    .copied()
                    .collect(),
            };
            let places = pixels.iter_mut().skip(channel).step_by(channels);
            for (to, from) in places.zip(plane.upright(orientation).samples) {
                *to = from;
            }
        }
        Raster {
            width,
            height,
            pixels,
            ..self
        }
    }

    /// Lays the picture on white and drops alpha. Says whether anything showed through.
    pub fn onto_white(self) -> (Raster, bool) {
        if !self.layout.has_alpha() {
            return (self, false);
        }
        let mut pixels = Vec::with_capacity(self.pixels.len() / 4 * 3);
        let mut seen_through = false;
        for pixel in self.pixels.chunks_exact(4) {
            let alpha = u32::from(pixel[3]);
            seen_through |= alpha < 255;
            let lay = |value: &u8| ((u32::from(*value) * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
            pixels.extend(pixel[..3].iter().map(lay));
        }
        (
            Raster {
                layout: Layout::Rgb,
                pixels,
                ..self
            },
            seen_through,
        )
    }
}
