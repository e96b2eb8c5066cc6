//! How much a photo may ask for.

use crate::fault::Fault;

/// Checked against the header, before memory is taken for pixels.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: u64,
    /// Width times height.
    pub pixels: u64,
    /// Pixels of the longer side.
    pub side: u32,
    /// Bytes that the decoder may hold at once: the decoded picture and, for progressive files, its coefficients.
    pub decoded_bytes: u64,
}

impl Default for Limits {
    /// 80 MB, 210 megapixels, 20,000 px a side, 400 MiB decoded: every phone and camera of today fits, and a
    /// laptop with 4 GB of memory survives the largest that is let in. A JPEG of 200 megapixels is decoded at
    /// a quarter of its sides or less; a PNG of so many would not fit into the memory, and is refused for it.
    fn default() -> Self {
        Limits {
            bytes: 80_000_000,
            pixels: 210_000_000,
            side: 20_000,
            decoded_bytes: 400 << 20,
        }
    }
}

impl Limits {
    pub(crate) fn check_bytes(&self, bytes: usize) -> Result<(), Fault> {
        let bytes = bytes as u64;
        if bytes > self.bytes {
            return Err(Fault::TooManyBytes {
                bytes,
                limit: self.bytes,
            });
        }
        Ok(())
    }

    pub(crate) fn check_size(&self, width: u32, height: u32, decoded_bytes: u64) -> Result<(), Fault> {
        if width == 0 || height == 0 {
            return Err(Fault::damaged("a side of zero pixels"));
        }
        if width > self.side || height > self.side {
            return Err(Fault::TooLargeSide {
                width,
                height,
                limit: self.side,
            });
        }
        if u64::from(width) * u64::from(height) > self.pixels || decoded_bytes > self.decoded_bytes {
            return Err(Fault::TooManyPixels { width, height });
        }
        Ok(())
    }
}
