//! The table as a person sees it.

use crate::fault::Fault;
use serde::{Deserialize, Serialize};
use specta::Type;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MatchTable {
    /// The folder's own name; empty of what was dropped on the window.
    pub name: String,
    /// Those with a piece first, by piece and in the order of its photos.
    pub rows: Vec<MatchRow>,
    /// Pictures that were not looked into yet for a card.
    pub reading: u32,
    pub taking: Option<MatchTaking>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MatchRow {
    /// From the folder that was opened, with `/`.
    pub path: String,
    /// Address of its thumbnail: `photo://localhost/file/{thumb}`.
    pub thumb: String,
    pub product_id: Option<String>,
    /// Why: "file_sku", "folder_sku", "card", "file_title", "folder_title", "hand".
    pub by: Option<String>,
    /// It is the card itself: it goes into no piece.
    pub card: bool,
    /// Why it has no piece: "several", "cameras_name", "nothing".
    pub unmatched: Option<String>,
    /// The pieces that are called so, where there are several.
    pub several: Vec<String>,
    pub state: MatchState,
    /// Why it could not be taken.
    pub fault: Option<Fault>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum MatchState {
    Waiting,
    Added,
    Duplicate,
    Failed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MatchTaking {
    pub done: u32,
    pub count: u32,
}

/// What became of the table since it was last told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MatchChange {
    /// Rows that are other than they were, by path.
    pub rows: Vec<MatchRow>,
    /// Pictures that were not looked into yet for a card.
    pub reading: u32,
    pub taking: Option<MatchTaking>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct MatchPiece {
    pub id: String,
    pub sku: String,
    pub title: String,
    /// Small rendition of its first photo.
    pub photo: Option<String>,
}

/// A folder in which photos may be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct PhotoSource {
    pub path: String,
    /// "card" (a memory card, a stick, a camera), "pictures", "downloads", "desktop".
    pub kind: String,
    /// What the card is called; empty of a person's own folder.
    pub name: String,
    /// Photos in it and below, 5,000 at most are counted.
    pub photos: u32,
}
