//! What a JPEG's frame header promises (ITU-T T.81 §B.2.2), and what it costs to decode.

use std::ops::Range;

use crate::fault::Fault;

#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub width: u32,
    pub height: u32,
    pub components: u64,
    /// Samples of all components for each of the largest one's, in fourths of a hundredth: 150 for 4:2:0.
    samples_percent: u64,
    /// No component has more samples than the first.
    pub first_is_finest: bool,
    /// Every coefficient is kept until the last scan: progressive files, and those of one scan a component.
    pub buffered: bool,
    /// Pieces of the colour profile: number, and where each lies in the file (ICC.1:2010 Annex B.4).
    pub profile: Vec<(u8, Range<usize>)>,
}

impl Frame {
    pub fn read(body: &[u8], progressive: bool) -> Result<Frame, Fault> {
        let &[precision, h1, h0, w1, w0, components, ref rest @ ..] = body else {
            return Err(Fault::damaged("a frame header too short"));
        };
        if precision != 8 {
            return Err(Fault::Unsupported { found: "jpeg-12bit" });
        }
        if !matches!(components, 1 | 3 | 4) {
            return Err(Fault::damaged("an unusual number of colour components"));
        }
        let factors: Vec<(u64, u64)> = rest
            .chunks_exact(3)
            .take(usize::from(components))
            .map(|component| (u64::from(component[1] >> 4), u64::from(component[1] & 15)))
            .collect();
        let widest = factors.iter().map(|factor| factor.0).max().unwrap_or(0);
        let highest = factors.iter().map(|factor| factor.1).max().unwrap_or(0);
        if factors.len() != usize::from(components)
            || factors
                .iter()
                .any(|(h, v)| !(1..=4).contains(h) || !(1..=4).contains(v))
        {
            return Err(Fault::damaged("a frame with impossible sampling"));
        }
        let sampled: u64 = factors.iter().map(|(h, v)| h * v).sum();
        Ok(Frame {
            width: u32::from(u16::from_be_bytes([w1, w0])),
            height: u32::from(u16::from_be_bytes([h1, h0])),
            components: u64::from(components),
            samples_percent: (sampled * 100).div_ceil(widest * highest),
            first_is_finest: factors.first() == Some(&(widest, highest)),
            buffered: progressive,
            profile: Vec::new(),
        })
    }

    pub fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// 16 bits for each sample of each block.
    fn coefficient_bytes(&self) -> u64 {
        if !self.buffered {
            return 0;
        }
        let blocks = |length: u32| u64::from(length.next_multiple_of(32));
        blocks(self.width) * blocks(self.height) * self.samples_percent / 100 * 2
    }

    /// Bytes held at once when decoded so many times smaller.
    pub fn scaled_bytes(&self, by: u32) -> u64 {
        if self.components == 4 {
            return self.whole_bytes();
        }
        let length = |length: u32| u64::from(length.div_ceil(by));
        let channels = if self.components == 1 { 1 } else { 3 };
        length(self.width) * length(self.height) * channels + self.coefficient_bytes()
    }

    /// Bytes held at once when decoded in full.
    pub fn whole_bytes(&self) -> u64 {
        self.pixels() * if self.components == 1 { 1 } else { 3 } + self.coefficient_bytes()
    }

    /// The colour profile put together, or nothing in it when a piece is missing.
    pub fn profile(&self, bytes: &[u8]) -> Vec<u8> {
        let mut pieces: Vec<_> = self.profile.iter().collect();
        pieces.sort_by_key(|(number, _)| *number);
        let in_order = pieces
            .iter()
            .enumerate()
            .all(|(index, (number, _))| usize::from(*number) == index + 1);
        if !in_order {
            return Vec::new();
        }
        pieces
            .into_iter()
            .filter_map(|(_, range)| bytes.get(range.clone()))
            .flatten()
            .copied()
            .collect()
    }
}
