//! HEIC files put together from tiles, box by box, as phones write them.

/// The set-up and the bytes of a file of one picture.
pub fn tile(file: &[u8]) -> (Vec<u8>, Vec<u8>) {
    (body_of(file, b"hvcC"), body_of(file, b"mdat"))
}

fn body_of(file: &[u8], kind: &[u8; 4]) -> Vec<u8> {
    let at = file.windows(4).position(|found| found == kind).unwrap();
    let size = u32::from_be_bytes(file[at - 4..at].try_into().unwrap()) as usize;
    file[at + 4..at - 4 + size].to_vec()
}

pub fn boxed(kind: &[u8; 4], body: &[u8]) -> Vec<u8> {
    [&(body.len() as u32 + 8).to_be_bytes(), &kind[..], body].concat()
}

fn shorts(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// One picture, or a grid of several.
#[derive(Default)]
pub struct Heic {
    pub tiles: Vec<(Vec<u8>, Vec<u8>)>,
    /// Columns and rows, and the size of the whole.
    pub grid: Option<(u8, u8, u16, u16)>,
    /// Boxes that describe the whole: irot, imir, clap, colr.
    pub properties: Vec<Vec<u8>>,
    /// A TIFF structure.
    pub exif: Option<Vec<u8>>,
    /// The brands after `ftyp`'s head.
    pub brands: Option<Vec<u8>>,
    /// All tiles have the bytes of the first.
    pub shared: bool,
    /// Boxes after all others.
    pub after: Vec<u8>,
}

impl Heic {
    /// The items are the tiles, from 1 on, then the grid, then EXIF.
    pub fn bytes(&self) -> Vec<u8> {
        let count = self.tiles.len() as u16;
        let primary = if self.grid.is_some() { count + 1 } else { 1 };
        let grid = self.grid.map(|(columns, rows, width, height)| {
            [&[0, 0, rows - 1, columns - 1][..], &shorts(&[width, height])].concat()
        });
        let exif = self
            .exif
            .as_ref()
            .map(|tiff| [&b"\0\0\0\x06Exif\0\0"[..], tiff].concat());
        let mut items: Vec<(u16, &[u8; 4], Vec<u8>)> = (1..)
            .zip(&self.tiles)
            .map(|(id, (_, data))| (id, b"hvc1", data.clone()))
            .collect();
        items.extend(grid.map(|grid| (count + 1, b"grid", grid)));
        items.extend(exif.map(|exif| (count + 2, b"Exif", exif)));

        let infos: Vec<u8> = items
            .iter()
            .flat_map(|(id, kind, _)| {
                let body = [&b"\x02\0\0\0"[..], &shorts(&[*id, 0]), &kind[..], b"\0"].concat();
                boxed(b"infe", &body)
            })
            .collect();
        let iinf = boxed(
            b"iinf",
            &[&b"\0\0\0\0"[..], &shorts(&[items.len() as u16]), &infos].concat(),
        );

        // Set-ups first, each tile its own, and then what describes the whole.
        let mut properties: Vec<u8> = Vec::new();
        let mut said: Vec<u8> = Vec::new();
        let mut number = 0_u16;
        for (id, (setup, _)) in (1_u16..).zip(&self.tiles) {
            properties.extend(boxed(b"hvcC", setup));
            number += 1;
            said.extend(shorts(&[id]));
            let of_whole = id == primary;
            let all = 1 + if of_whole { self.properties.len() } else { 0 };
            said.push(all as u8);
            said.extend(shorts(&[number | 0x8000]));
            if of_whole {
                for (index, property) in (1_u16..).zip(&self.properties) {
                    properties.extend_from_slice(property);
                    said.extend(shorts(&[number + index]));
                }
                number += self.properties.len() as u16;
            }
        }
        if self.grid.is_some() {
            said.extend(shorts(&[primary]));
            said.push(self.properties.len() as u8);
            for property in &self.properties {
                properties.extend_from_slice(property);
                number += 1;
                said.extend(shorts(&[number]));
            }
        }
        let entries = u32::from(count) + u32::from(self.grid.is_some());
        let ipma = [&[0, 0, 0, 1][..], &entries.to_be_bytes(), &said].concat();
        let iprp = boxed(
            b"iprp",
            &[boxed(b"ipco", &properties), boxed(b"ipma", &ipma)].concat(),
        );
        let mut links = b"\0\0\0\0".to_vec();
        if self.grid.is_some() {
            let to: Vec<u16> = (1..=count).collect();
            links.extend(boxed(b"dimg", &[shorts(&[primary, count]), shorts(&to)].concat()));
        }
        if self.exif.is_some() {
            links.extend(boxed(b"cdsc", &shorts(&[count + 2, 1, primary])));
        }
        let head = |from: u32| {
            let mut places = b"\0\0\0\0\x44\0".to_vec();
            places.extend(shorts(&[items.len() as u16]));
            let mut at = from;
            for (id, _, data) in &items {
                places.extend(shorts(&[*id, 0, 1]));
                places.extend(at.to_be_bytes());
                places.extend((data.len() as u32).to_be_bytes());
                // The bytes of the others stay where they are, and nobody asks for them.
                at += if self.shared { 0 } else { data.len() as u32 };
            }
            let meta = [
                b"\0\0\0\0".to_vec(),
                boxed(b"hdlr", b"\0\0\0\0\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0"),
                boxed(b"pitm", &[&b"\0\0\0\0"[..], &shorts(&[primary])].concat()),
                iinf.clone(),
                boxed(b"iloc", &places),
                iprp.clone(),
                boxed(b"iref", &links),
            ]
            .concat();
            let brands = self
                .brands
                .clone()
                .unwrap_or_else(|| b"heic\0\0\0\0mif1heic".to_vec());
            [boxed(b"ftyp", &brands), boxed(b"meta", &meta)].concat()
        };
        let mut file = head(head(0).len() as u32 + 8);
        let data: Vec<u8> = items.iter().flat_map(|(_, _, data)| data.clone()).collect();
        file.extend(boxed(b"mdat", &data));
        file.extend_from_slice(&self.after);
        file
    }
}

/// Red and green above, blue and yellow below, of four tiles of 64 by 64.
pub fn grid_of_quarters() -> Heic {
    let tiles: [&[u8]; 4] = [
        include_bytes!("../data/tile-red.heic"),
        include_bytes!("../data/tile-green.heic"),
        include_bytes!("../data/tile-blue.heic"),
        include_bytes!("../data/tile-yellow.heic"),
    ];
    Heic {
        tiles: tiles.into_iter().map(tile).collect(),
        grid: Some((2, 2, 128, 128)),
        ..Heic::default()
    }
}
