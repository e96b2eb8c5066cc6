//! A folder of photos on the way to the pieces that they belong to: what matched and why, what a person has given by
//! hand, and what has become of each. The table lives as long as somebody looks at it; what it has put into a piece
//! stays there, and a folder that is opened again says of each such photo that it is there already.

mod open;
mod read;
mod sources;
mod stage;
mod take;
pub mod view;

use super::matching::{Candidate, File, Piece, Reason, Row, Unmatched, match_photos};
use crate::Shop;
use crate::fault::{Code, Result};
use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::mpsc;
use view::{MatchChange, MatchRow, MatchState, MatchTable, MatchTaking};

pub use sources::photo_sources;
pub use stage::Stage;

/// Cheap to clone; the work on it ends with [`FolderTable::close`].
#[derive(Clone)]
pub struct FolderTable {
    inner: Arc<Inner>,
}

struct Inner {
    shop: Shop,
    folder: PathBuf,
    /// Part of the address of each thumbnail, so that another folder's are never shown for this one's.
    id: String,
    content: Mutex<Content>,
    closed: AtomicBool,
    stopped: AtomicBool,
    told: mpsc::UnboundedSender<MatchChange>,
}

struct Content {
    files: Vec<File>,
    pieces: Vec<Piece>,
    /// By hand: the piece, or none.
    given: HashMap<String, Option<String>>,
    settled: HashMap<String, (MatchState, Option<crate::Fault>)>,
    thumbs: HashMap<usize, Vec<u8>>,
    rows: Vec<MatchRow>,
    unread: usize,
    taking: Option<MatchTaking>,
}

impl FolderTable {
    /// The whole of it, as it is now.
    pub fn table(&self) -> MatchTable {
        let content = self.content();
        MatchTable {
            name: self.name(),
            rows: content.rows.clone(),
            reading: count(content.unread),
            taking: content.taking,
        }
    }

    /// Gives photos to a piece, or to none, by hand. What is in a piece already stays there.
    ///
    /// Fault: `NotFound` when there is no such piece.
    pub fn assign(&self, paths: &[String], product_id: Option<String>) -> Result<MatchTable> {
        let mut content = self.content();
        if let Some(id) = &product_id
            && !content.pieces.iter().any(|piece| piece.id == *id)
        {
            return Err(Code::NotFound.into());
        }
        let wanted: BTreeSet<&str> = paths.iter().map(String::as_str).collect();
        let known: Vec<String> = content
            .files
            .iter()
            .map(|file| file.path.clone())
            .filter(|path| wanted.contains(path.as_str()))
            .collect();
        for path in known {
            content.settled.remove(&path);
            content.given.insert(path, product_id.clone());
        }
        content.arrange(&self.inner.id);
        drop(content);
        Ok(self.table())
    }

    /// No more photos are begun; those that are in stay.
    pub fn stop(&self) {
        self.inner.stopped.store(true, Ordering::Relaxed);
    }

    /// Nobody looks any more.
    pub fn close(&self) {
        self.inner.closed.store(true, Ordering::Relaxed);
        self.stop();
    }

    fn is_closed(&self) -> bool {
        self.inner.closed.load(Ordering::Relaxed)
    }

    fn is_stopped(&self) -> bool {
        self.inner.stopped.load(Ordering::Relaxed)
    }

    /// What was dropped on the window has no name of its own.
    fn name(&self) -> String {
        if self.inner.folder == self.inner.shop.folder().staged() {
            return String::new();
        }
        self.inner
            .folder
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default()
    }

    fn content(&self) -> MutexGuard<'_, Content> {
        self.inner.content.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Arranges the rows anew and tells which are other than they were.
    fn tell(&self, content: &mut Content) {
        let before = std::mem::take(&mut content.rows);
        content.arrange(&self.inner.id);
        let before: HashMap<&str, &MatchRow> = before.iter().map(|row| (row.path.as_str(), row)).collect();
        let changed = content
            .rows
            .iter()
            .filter(|row| before.get(row.path.as_str()) != Some(row))
            .cloned()
            .collect();
        let change = MatchChange {
            rows: changed,
            reading: count(content.unread),
            taking: content.taking,
        };
        // Whoever was told is gone: then nobody needs to hear of it.
        let _heard = self.inner.told.send(change);
    }
}

impl Content {
    fn arrange(&mut self, table: &str) {
        let numbers: HashMap<String, usize> = self
            .files
            .iter()
            .enumerate()
            .map(|(number, file)| (file.path.clone(), number))
            .collect();
        let mut rows: Vec<MatchRow> = match_photos(&self.files, &self.pieces)
            .into_iter()
            .map(|row| self.row(table, numbers.get(&row.path).copied().unwrap_or_default(), row))
            .collect();
        // Given by hand, a photo stands after those that found their way; the sort keeps their order.
        let places: HashMap<&str, usize> = self
            .pieces
            .iter()
            .enumerate()
            .map(|(at, piece)| (piece.id.as_str(), at))
            .collect();
        rows.sort_by_key(|row| {
            let at = row.product_id.as_deref().and_then(|id| places.get(id).copied());
            (at.is_none(), at, row.by.as_deref() == Some("hand"))
        });
        self.rows = rows;
    }

    fn row(&self, table: &str, number: usize, row: Row) -> MatchRow {
        let mut made = MatchRow {
            thumb: format!("{table}-{number}"),
            path: row.path,
            product_id: None,
            by: None,
            card: false,
            unmatched: None,
            several: Vec::new(),
            state: MatchState::Waiting,
            fault: None,
        };
        match row.candidate {
            Candidate::Photo { piece, reason } => {
                made.product_id = Some(piece);
                made.by = Some(key(reason).to_owned());
            }
            Candidate::Card { piece } => {
                made.product_id = Some(piece);
                made.by = Some(key(Reason::Card).to_owned());
                made.card = true;
            }
            Candidate::None(why) => {
                let (key, several) = match why {
                    Unmatched::Several(pieces) => ("several", pieces),
                    Unmatched::CamerasName => ("cameras_name", Vec::new()),
                    Unmatched::Nothing => ("nothing", Vec::new()),
                };
                made.unmatched = Some(key.to_owned());
                made.several = several;
            }
        }
        match self.given.get(&made.path) {
            Some(Some(piece)) => {
                made.product_id = Some(piece.clone());
                made.by = Some("hand".to_owned());
                made.card = false;
                made.unmatched = None;
                made.several = Vec::new();
            }
            Some(None) => {
                made.product_id = None;
                made.by = None;
                made.card = false;
                made.unmatched = Some("nothing".to_owned());
            }
            None => {}
        }
        if let Some((state, fault)) = self.settled.get(&made.path) {
            made.state = *state;
            made.fault = fault.clone();
        }
        made
    }
}

fn key(reason: Reason) -> &'static str {
    match reason {
        Reason::FileSku => "file_sku",
        Reason::FolderSku => "folder_sku",
        Reason::Card => "card",
        Reason::FileTitle => "file_title",
        Reason::FolderTitle => "folder_title",
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
