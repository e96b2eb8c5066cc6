//! One picture of HEVC out of the file: alone in a small file of its own it goes to the decoder, which then
//! holds no more than this tile and never sees the rest of what a stranger wrote.

use std::ops::Range;

use heic_decoder::DecodedImage;

use crate::fault::Fault;

/// Where a tile's set-up (`hvcC`) and its bytes lie in the file.
#[derive(Clone, Debug)]
pub(crate) struct Tile {
    pub setup: Range<usize>,
    pub data: Vec<Range<usize>>,
}

/// What the set-up promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Promise {
    pub width: u32,
    pub height: u32,
    /// 0 grey, 1 for 4:2:0, 2 for 4:2:2, 3 for 4:4:4 (ISO/IEC 23008-2 §6.2).
    pub chroma: u32,
}

impl Promise {
    /// Bytes that the decoder holds at once for it: 32 bits for each sample, twice while the rim is cut off,
    /// and what it notes down of each 4 by 4 pixels.
    pub fn decoder_bytes(self) -> u64 {
        let pixels = u64::from(self.width.next_multiple_of(64)) * u64::from(self.height.next_multiple_of(64));
        let samples = match self.chroma {
            0 => 2,
            1 => 3,
            2 => 4,
            _ => 6,
        };
        pixels * (samples * 4 + 4)
    }
}

impl Tile {
    pub fn data_bytes(&self) -> usize {
        self.data.iter().map(Range::len).sum()
    }

    pub fn promise(&self, bytes: &[u8]) -> Result<Promise, Fault> {
        // Without the data: the set-up alone tells the size.
        let info = heic_decoder::probe(&alone(bytes, &self.setup, &[])?).map_err(fault)?;
        let side = |side: usize| u32::try_from(side).map_err(Fault::damaged);
        Ok(Promise {
            width: side(info.coded_width)?,
            height: side(info.coded_height)?,
            chroma: info.chroma_format_idc,
        })
    }

    pub fn decode(&self, bytes: &[u8]) -> Result<DecodedImage, Fault> {
        heic_decoder::decode(&alone(bytes, &self.setup, &self.data)?).map_err(fault)
    }
}

fn fault(error: heic_decoder::HeifError) -> Fault {
    match error {
        heic_decoder::HeifError::Unsupported(_) => Fault::Unsupported {
            found: "heic-unusual",
        },
        error => Fault::damaged(error),
    }
}

fn boxed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    let mut out = ((body.len() + 8) as u32).to_be_bytes().to_vec();
    out.extend_from_slice(kind);
    out.extend_from_slice(body);
    out
}

/// The smallest file that holds one picture.
fn alone(bytes: &[u8], setup: &Range<usize>, data: &[Range<usize>]) -> Result<Vec<u8>, Fault> {
    let part = |range: &Range<usize>| {
        bytes
            .get(range.clone())
            .ok_or_else(|| Fault::damaged("a tile outside the file"))
    };
    let hvcc = boxed(b"hvcC", part(setup)?);
    let kind = boxed(b"infe", b"\x02\0\0\0\0\x01\0\0hvc1\0");
    let said = boxed(b"ipma", b"\0\0\0\0\0\0\0\x01\0\x01\x01\x81");
    let length: usize = data.iter().map(Range::len).sum();
    let head = |from: u32| {
        let place = [
            &b"\0\0\0\0\x44\0\0\x01\0\x01\0\0\0\x01"[..],
            &from.to_be_bytes(),
            &(length as u32).to_be_bytes(),
        ]
        .concat();
        let meta = [
            &b"\0\0\0\0"[..],
            &boxed(b"pitm", b"\0\0\0\0\0\x01"),
            &boxed(b"iinf", &[&b"\0\0\0\0\0\x01"[..], &kind].concat()),
            &boxed(b"iloc", &place),
            &boxed(b"iprp", &[boxed(b"ipco", &hvcc), said.clone()].concat()),
        ]
        .concat();
        let mut head = boxed(b"ftyp", b"heic\0\0\0\0mif1heic");
        head.extend(boxed(b"meta", &meta));
        head.extend(((length + 8) as u32).to_be_bytes());
        head.extend(b"mdat");
        head
    };
    let mut file = head(head(0).len() as u32);
    file.reserve(length);
    for range in data {
        file.extend_from_slice(part(range)?);
    }
    Ok(file)
}
