//! The file around the pages: fonts, shared parts, and how a viewer should print it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use messages::Language;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use subsetter::GlyphRemapper;

use crate::DocumentError;
use crate::face::{Face, Typeface, Weight};
use crate::page::{Document, Note, Pen, PlacedBox};

/// One of the two fonts of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Font(Weight);

impl Font {
    pub const fn of(weight: Weight) -> Self {
        Self(weight)
    }

    /// Its name in the pages' resources.
    pub const fn resource(self) -> &'static [u8] {
        match self.0 {
            Weight::Regular => b"R",
            Weight::Bold => b"B",
        }
    }
}

/// The glyphs in use, in the order of their first use, and the character of each.
#[derive(Default)]
struct Used {
    glyphs: GlyphRemapper,
    characters: BTreeMap<u16, char>,
}

struct Part {
    id: Ref,
    content: Vec<u8>,
    /// Width and height in dots.
    size: [f32; 2],
    boxes: Vec<PlacedBox>,
}

/// A file being written.
pub(crate) struct File {
    pub typeface: &'static Typeface,
    pub dpi: f32,
    /// Width and height in points.
    pub paper_pt: [f32; 2],
    pub notes: BTreeSet<Note>,
    pub boxes: Vec<PlacedBox>,
    /// Places taken on the part that is being drawn, in dots.
    pub part_boxes: Vec<PlacedBox>,
    language: Language,
    title: String,
    regular: Used,
    bold: Used,
    parts: BTreeMap<String, Part>,
    pages: Vec<Vec<u8>>,
    last_ref: i32,
}

impl File {
    /// A file whose pages are `paper_mm` wide and high and drawn for printers of `dpi`.
    pub fn new(paper_mm: [f32; 2], dpi: f32, language: Language, title: &str) -> Result<Self, DocumentError> {
        Ok(Self {
            typeface: Typeface::get()?,
            dpi,
            paper_pt: paper_mm.map(|mm| (mm / 25.4 * 72.0 * 1000.0).round() / 1000.0),
            notes: BTreeSet::new(),
            boxes: Vec::new(),
            part_boxes: Vec::new(),
            language,
            title: title.to_owned(),
            regular: Used::default(),
            bold: Used::default(),
            parts: BTreeMap::new(),
            pages: Vec::new(),
            last_ref: 0,
        })
    }

    fn next_ref(&mut self) -> Ref {
        self.last_ref += 1;
        Ref::new(self.last_ref)
    }

    /// The code of a character in the file's font. Clean text only has characters that the face has.
    pub fn code(&mut self, weight: Weight, c: char) -> u16 {
        let glyph = self.typeface.face(weight).glyph(c).unwrap_or(0);
        let used = match weight {
            Weight::Regular => &mut self.regular,
            Weight::Bold => &mut self.bold,
        };
        let code = used.glyphs.remap(glyph);
        used.characters.entry(code).or_insert(c);
        code
    }

    /// Draws a part once for the whole file; later calls with the same name only find it.
    pub fn part(&mut self, name: &str, size_mm: [f32; 2], draw: impl FnOnce(&mut Pen<'_>)) {
        if self.parts.contains_key(name) {
            return;
        }
        let outer = std::mem::take(&mut self.part_boxes);
        let mut pen = Pen::on_part(self);
        draw(&mut pen);
        let size = size_mm.map(|mm| pen.dots(mm).ceil());
        let content = compressed(&pen.finish());
        let boxes = std::mem::replace(&mut self.part_boxes, outer);
        let id = self.next_ref();
        self.parts.insert(
            name.to_owned(),
            Part {
                id,
                content,
                size,
                boxes,
            },
        );
    }

    pub fn boxes_of_part(&self, name: &str) -> &[PlacedBox] {
        self.parts.get(name).map_or(&[], |part| &part.boxes)
    }

    /// Draws the next page.
    pub fn page<E>(&mut self, draw: impl FnOnce(&mut Pen<'_>) -> Result<(), E>) -> Result<(), E> {
        let number = self.pages.len();
        let mut pen = Pen::on_page(self, number);
        draw(&mut pen)?;
        let content = compressed(&pen.finish());
        self.pages.push(content);
        Ok(())
    }

    /// Writes the file.
    pub fn finish(mut self) -> Result<Document, DocumentError> {
        let mut pdf = Pdf::new();
        let [catalog, tree, info, regular, bold] = [(); 5].map(|()| self.next_ref());
        let pages: Vec<[Ref; 2]> = (0..self.pages.len())
            .map(|_| [self.next_ref(), self.next_ref()])
            .collect();

        let mut root = pdf.catalog(catalog);
        root.pages(tree);
        root.lang(TextStr(self.language.code()));
        // Scaled bars are unreadable bars: ask the viewer for true size and the paper of the page.
        root.viewer_preferences()
            .pair(Name(b"PrintScaling"), Name(b"None"))
            .pair(Name(b"PickTrayByPDFSize"), true)
            .pair(Name(b"DisplayDocTitle"), true);
        root.finish();
        pdf.document_info(info).title(TextStr(&self.title));
        pdf.pages(tree)
            .kids(pages.iter().map(|[page, _]| *page))
            .count(pages.len() as i32);

        let [width, height] = self.paper_pt;
        for (content, [page, stream]) in self.pages.iter().zip(&pages) {
            let mut dict = pdf.page(*page);
            dict.parent(tree)
                .media_box(Rect::new(0.0, 0.0, width, height))
                .contents(*stream);
            let mut resources = dict.resources();
            resources.fonts().pair(Name(b"R"), regular).pair(Name(b"B"), bold);
            let mut forms = resources.x_objects();
            for (name, part) in &self.parts {
                forms.pair(Name(name.as_bytes()), part.id);
            }
            forms.finish();
            resources.finish();
            dict.finish();
            pdf.stream(*stream, content).filter(Filter::FlateDecode);
        }
        for part in self.parts.values() {
            let mut form = pdf.form_xobject(part.id, &part.content);
            form.filter(Filter::FlateDecode);
            form.bbox(Rect::new(0.0, 0.0, part.size[0], part.size[1]));
            form.resources()
                .fonts()
                .pair(Name(b"R"), regular)
                .pair(Name(b"B"), bold);
        }
        let fonts = [
            (regular, std::mem::take(&mut self.regular), Weight::Regular),
            (bold, std::mem::take(&mut self.bold), Weight::Bold),
        ];
        for (id, used, weight) in fonts {
            let refs = [(); 4].map(|()| self.next_ref());
            write_font(&mut pdf, id, refs, self.typeface.face(weight), &used)?;
        }
        Ok(Document {
            pdf: pdf.finish(),
            pages: pages.len(),
            notes: self.notes,
            boxes: self.boxes,
        })
    }
}

/// A composite font with two-byte codes, its used glyphs embedded, and the way back to characters.
fn write_font(
    pdf: &mut Pdf,
    id: Ref,
    [cid, descriptor, unicode, data]: [Ref; 4],
    face: &Face,
    used: &Used,
) -> Result<(), DocumentError> {
    let subset = subsetter::subset(face.data, 0, &used.glyphs)
        .map_err(|error| DocumentError::Font(error.to_string()))?;
    // Six capitals mark a subset; always the same ones, for a file has one subset of each face.
    let name = format!("PUESTO+{}", face.postscript_name);
    let system = SystemInfo {
        registry: Str(b"Adobe"),
        ordering: Str(b"Identity"),
        supplement: 0,
    };

    pdf.type0_font(id)
        .base_font(Name(name.as_bytes()))
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid)
        .to_unicode(unicode);

    let mut font = pdf.cid_font(cid);
    font.subtype(CidFontType::Type2)
        .base_font(Name(name.as_bytes()))
        .system_info(system)
        .font_descriptor(descriptor)
        .cid_to_gid_map_predefined(Name(b"Identity"));
    let widths = used
        .glyphs
        .remapped_gids()
        .map(|glyph| (face.advance(glyph) * 10.0).round() / 10.0);
    font.widths().consecutive(0, widths);
    font.finish();

    let [left, bottom, right, top] = face.bounds;
    pdf.font_descriptor(descriptor)
        .name(Name(name.as_bytes()))
        .flags(FontFlags::NON_SYMBOLIC)
        .bbox(Rect::new(left, bottom, right, top))
        .italic_angle(0.0)
        .ascent(face.ascent)
        .descent(face.descent)
        .cap_height(face.cap_height)
        .stem_v(if face.postscript_name.ends_with("Bold") {
            140.0
        } else {
            90.0
        })
        .font_file2(data);

    let mut cmap = UnicodeCmap::new(Name(b"Unicode"), system);
    for (code, character) in &used.characters {
        cmap.pair(*code, *character);
    }
    let cmap = compressed(&cmap.finish());
    pdf.cmap(unicode, &cmap).filter(Filter::FlateDecode);

    let length = subset.len() as i32;
    let subset = compressed(&subset);
    pdf.stream(data, &subset)
        .filter(Filter::FlateDecode)
        .pair(Name(b"Length1"), length);
    Ok(())
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::new(6));
    // Writing to memory does not fail.
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}
