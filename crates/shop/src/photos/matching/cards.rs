//! Cards: a sheet with the piece's SKU as a QR code, photographed before the piece itself. What comes after it,
//! up to the next card in the same folder, is that piece.

use super::names::Words;
use super::table::{File, Piece};

/// For each file: the piece whose card was last seen in its folder, and whether the file is the card itself.
pub fn carried(files: &[File], pieces: &[Piece]) -> Vec<Option<(usize, bool)>> {
    let mut order: Vec<usize> = (0..files.len()).collect();
    // A camera's clock is surer than its names, which begin again at 0001.
    order.sort_by_cached_key(|&at| {
        files.get(at).map(|file| {
            (
                file.folder(),
                file.taken_ms.is_none(),
                file.taken_ms,
                natural(&file.path),
            )
        })
    });
    let mut result = vec![None; files.len()];
    let mut current: Option<(String, usize)> = None;
    for at in order {
        let Some(file) = files.get(at) else { continue };
        let folder = file.folder();
        if current.as_ref().is_some_and(|(known, _)| *known != folder) {
            current = None;
        }
        let card = file.card.as_deref().and_then(|text| piece_of(text, pieces));
        if let Some(piece) = card {
            current = Some((folder.clone(), piece));
        } else if file.card.is_some() {
            // Another's code, or a SKU that is not here: what follows is not the piece before it.
            current = None;
        }
        if let (Some((_, piece)), Some(slot)) = (&current, result.get_mut(at)) {
            *slot = Some((*piece, card.is_some()));
        }
    }
    result
}

/// The piece that a card's text names: its SKU, alone or at the end of an address. A SKU may itself have a slash, so
/// all of the text is tried first.
fn piece_of(text: &str, pieces: &[Piece]) -> Option<usize> {
    let last = text.rsplit(['/', ':', '=']).next().unwrap_or_default();
    called(text, pieces).or_else(|| called(last, pieces))
}

fn called(text: &str, pieces: &[Piece]) -> Option<usize> {
    let said = Words::of(text.trim()).joined();
    let mut found = pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| !piece.sku.is_empty() && Words::of(&piece.sku).joined() == said);
    let (at, _) = found.next()?;
    found.next().is_none().then_some(at)
}

/// Sorts `2` before `10`: numbers by their value, letters as they are.
pub type Natural = Vec<(u64, String)>;

pub fn natural(text: &str) -> Natural {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let letters = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(letters);
        let digits = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
        let (number, tail) = tail.split_at(digits);
        parts.push((0, word.to_lowercase()));
        if !number.is_empty() {
            parts.push((number.parse().unwrap_or(u64::MAX), String::new()));
        }
        rest = tail;
    }
    parts
}
