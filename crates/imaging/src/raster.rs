//! A decoded picture of eight bits a channel.

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
