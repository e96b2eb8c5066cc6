//! The table: for each file its piece and why, or why none.

use super::cards::{self, Natural, natural};
use super::names::{Words, number};
use std::collections::HashMap;

/// A photo that was given.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// From the folder that was given, with `/`: `rebozos/BAR-001 frente.jpg`.
    pub path: String,
    /// What a QR code in the picture says, where one was found.
    pub card: Option<String>,
    /// When the camera says that it was taken; only the order counts.
    pub taken_ms: Option<i64>,
}

impl File {
    /// The folders that it lies in, outermost first.
    fn folders(&self) -> Vec<&str> {
        let mut parts: Vec<&str> = self.path.split('/').filter(|part| !part.is_empty()).collect();
        parts.pop();
        parts
    }

    pub(super) fn folder(&self) -> String {
        self.folders().join("/")
    }

    fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        match name.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() && ending.len() <= 5 => stem,
            _ => name,
        }
    }
}

/// A piece that photos may belong to.
#[derive(Clone, Debug, Default)]
pub struct Piece {
    pub id: String,
    pub sku: String,
    pub title: String,
}

/// Why a photo is a piece's, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The file's name begins with the SKU.
    FileSku,
    /// A folder that it lies in begins with the SKU.
    FolderSku,
    /// A card with the SKU as a QR code was photographed before it.
    Card,
    /// The file's name begins with the title.
    FileTitle,
    /// A folder that it lies in has the title as its name.
    FolderTitle,
}

/// Why a photo is no piece's yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unmatched {
    /// Two or more pieces are called so: their ids.
    Several(Vec<String>),
    /// The name is a camera's, and no folder or card says more.
    CamerasName,
    /// No piece is called so.
    Nothing,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Candidate {
    Photo {
        piece: String,
        reason: Reason,
    },
    /// The card itself: nobody wants it among the piece's photos.
    Card {
        piece: String,
    },
    None(Unmatched),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub path: String,
    pub candidate: Candidate,
}

/// A table in the order in which the photos go into their pieces: by the number in their names, as in
/// `BAR-001-2.jpg`, then by name. What has no piece comes last.
pub fn match_photos(files: &[File], pieces: &[Piece]) -> Vec<Row> {
    let known = Known::of(pieces);
    let carried = cards::carried(files, pieces);
    let mut found: Vec<Placed> = files
        .iter()
        .zip(carried)
        .map(|(file, carried)| {
            let (found, number) = known.find(file, carried);
            let id = |at: usize| pieces.get(at).map(|piece| piece.id.clone()).unwrap_or_default();
            let (piece, candidate) = match found {
                Found::Photo(at, reason) => (
                    Some(at),
                    Candidate::Photo {
                        piece: id(at),
                        reason,
                    },
                ),
                Found::Card(at) => (Some(at), Candidate::Card { piece: id(at) }),
                Found::Several(all) => {
                    let ids = all.into_iter().map(id).collect();
                    (None, Candidate::None(Unmatched::Several(ids)))
                }
                Found::CamerasName => (None, Candidate::None(Unmatched::CamerasName)),
                Found::Nothing => (None, Candidate::None(Unmatched::Nothing)),
            };
            Placed {
                // A photo without a number is the first of its piece: BAR-001.jpg before BAR-001-2.jpg.
                order: (piece.is_none(), piece, number, natural(&file.path)),
                row: Row {
                    path: file.path.clone(),
                    candidate,
                },
            }
        })
        .collect();
    found.sort_by(|a, b| a.order.cmp(&b.order));
    found.into_iter().map(|placed| placed.row).collect()
}

/// A row and what it is sorted by: those without a piece last, by piece, by number, by name.
struct Placed {
    order: (bool, Option<usize>, Option<u32>, Natural),
    row: Row,
}

enum Found {
    Photo(usize, Reason),
    Card(usize),
    Several(Vec<usize>),
    CamerasName,
    Nothing,
}

/// Pieces by how they are called.
struct Known {
    skus: HashMap<String, Vec<usize>>,
    titles: HashMap<String, Vec<usize>>,
}

/// A title shorter than this is found in too many names.
const TITLE_LETTERS: usize = 4;

impl Known {
    fn of(pieces: &[Piece]) -> Self {
        let (mut skus, mut titles) = (HashMap::new(), HashMap::new());
        for (at, piece) in pieces.iter().enumerate() {
            let sku = Words::of(&piece.sku).joined();
            if !sku.is_empty() {
                skus.entry(sku).or_insert_with(Vec::new).push(at);
            }
            let title = Words::of(&piece.title).list().join(" ");
            if title.chars().count() >= TITLE_LETTERS {
                titles.entry(title).or_insert_with(Vec::new).push(at);
            }
        }
        Self { skus, titles }
    }

    /// What a file is, and its place among its piece's photos.
    fn find(&self, file: &File, carried: Option<(usize, bool)>) -> (Found, Option<u32>) {
        if let Some((piece, true)) = carried {
            return (Found::Card(piece), None);
        }
        let name = Words::of(file.stem());
        let cameras = name.is_cameras();
        let folders: Vec<Words> = file.folders().into_iter().rev().map(Words::of).collect();
        let by_name = self.by_sku(&name, cameras);
        if let Some((pieces, after)) = &by_name
            && let [piece] = pieces.as_slice()
        {
            return (Found::Photo(*piece, Reason::FileSku), number(after));
        }
        let place = name.numbered().1.or_else(|| number(name.list()));
        for folder in &folders {
            if let Some((pieces, _)) = self.by_sku(folder, false)
                && let [piece] = pieces.as_slice()
            {
                return (Found::Photo(*piece, Reason::FolderSku), place);
            }
        }
        if let Some((piece, false)) = carried {
            return (Found::Photo(piece, Reason::Card), place);
        }
        let mut several = by_name.map(|(pieces, _)| pieces.clone());
        for (words, reason) in std::iter::once((&name, Reason::FileTitle))
            .chain(folders.iter().map(|folder| (folder, Reason::FolderTitle)))
        {
            if let Some(pieces) = self.by_title(words) {
                match pieces.as_slice() {
                    [piece] => return (Found::Photo(*piece, reason), words_place(&name, reason, place)),
                    _ => several = several.or_else(|| Some(pieces.clone())),
                }
            }
        }
        let found = match several {
            Some(pieces) => Found::Several(pieces),
            None if cameras => Found::CamerasName,
            None => Found::Nothing,
        };
        (found, place)
    }

    /// Of a camera's name only a SKU with a number counts, followed by no more than a number of its own: `DSC`
    /// is not what `DSC00012` says.
    fn by_sku(&self, name: &Words, cameras: bool) -> Option<(&Vec<usize>, Vec<String>)> {
        let counts = |beginning: &str, after: &[String]| {
            !cameras || (after.len() <= 1 && beginning.chars().any(|letter| letter.is_ascii_digit()))
        };
        name.beginnings()
            .into_iter()
            .filter(|(beginning, after)| counts(beginning, after))
            .find_map(|(beginning, after)| Some((self.skus.get(&beginning)?, after)))
    }

    /// The longest title that the words begin with.
    fn by_title(&self, words: &Words) -> Option<&Vec<usize>> {
        let words = words.list();
        (1..=words.len())
            .rev()
            .find_map(|count| self.titles.get(&words.get(..count)?.join(" ")))
    }
}

/// `Olla grande 2` is the second of *Olla grande*; the 2 of *Tapete 2 rojo* is the title's own.
fn words_place(name: &Words, reason: Reason, place: Option<u32>) -> Option<u32> {
    if reason == Reason::FileTitle {
        name.numbered().1
    } else {
        place
    }
}
