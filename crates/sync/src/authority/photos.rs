//! Intents about the photos of a piece. An add wins over a removal that did not know of it, whichever comes first.

use super::catalog::{is_hash, own};
use super::{Draft, Known, Piece, Records, Verdict, Write};
use crate::products::{self, Written};
use api::clock::Stamp;
use api::feed::kind;
use api::intent::refusal;
use api::limits::PHOTOS_PER_PIECE;
use api::photo::PhotoRef;
use api::product::{PlacedPhoto, ProductState};

const ALT_LETTERS: usize = 500;
/// Shots that this version does not know are kept: a newer laptop may.
const SHOT_LETTERS: usize = 40;

pub fn attach<R: Records + ?Sized>(
    draft: &mut Draft<'_, R>,
    id: &str,
    photo: &PhotoRef,
    place: &str,
    stamp: &Stamp,
) -> Known<Verdict> {
    if !photo_is_good(photo) || !place_is_good(place) {
        return Ok(Verdict::invalid());
    }
    let piece = match own(draft, id)? {
        Ok(piece) => piece,
        Err(verdict) => return Ok(verdict),
    };
    let mut state = piece.state.clone();
    let removed_elsewhere = state.photos.get(&photo.hash).is_some_and(|there| there.removed)
        && last_by_another(piece, &photo.hash, stamp);
    let written = if removed_elsewhere {
        let back = PlacedPhoto {
            photo: photo.clone(),
            place: place.to_owned(),
            stamp: stamp.clone(),
            removed: false,
        };
        state.photos.insert(photo.hash.clone(), back);
        Written::Won { replaced: None }
    } else {
        products::attach(&mut state, photo.clone(), place.to_owned(), stamp)
    };
    let showing = state.photos.values().filter(|placed| !placed.removed).count();
    if showing > PHOTOS_PER_PIECE || state.photos.len() > PHOTOS_PER_PIECE * 20 {
        return Ok(Verdict::refused_by(refusal::INVALID, kind::PRODUCT, id));
    }
    Ok(save(
        draft,
        piece,
        state,
        &written,
        stamp,
        vec![photo.hash.clone()],
    ))
}

pub fn place<R: Records + ?Sized>(
    draft: &mut Draft<'_, R>,
    id: &str,
    hash: &str,
    place: &str,
    stamp: &Stamp,
) -> Known<Verdict> {
    if !is_hash(hash) || !place_is_good(place) {
        return Ok(Verdict::invalid());
    }
    let piece = match own(draft, id)? {
        Ok(piece) => piece,
        Err(verdict) => return Ok(verdict),
    };
    let mut state = piece.state.clone();
    let written = products::place(&mut state, hash, place.to_owned(), stamp);
    Ok(save(draft, piece, state, &written, stamp, Vec::new()))
}

pub fn detach<R: Records + ?Sized>(
    draft: &mut Draft<'_, R>,
    id: &str,
    hash: &str,
    stamp: &Stamp,
    base: u64,
) -> Known<Verdict> {
    if !is_hash(hash) {
        return Ok(Verdict::invalid());
    }
    let piece = match own(draft, id)? {
        Ok(piece) => piece,
        Err(verdict) => return Ok(verdict),
    };
    let unknown = last_by_another(piece, hash, stamp)
        && piece.written.get(hash).is_some_and(|last| last.position > base);
    if unknown {
        return Ok(Verdict::Applied);
    }
    let mut state = piece.state.clone();
    let written = products::detach(&mut state, hash, stamp);
    Ok(save(draft, piece, state, &written, stamp, vec![hash.to_owned()]))
}

/// Whether it was another laptop that added or removed the photo last.
fn last_by_another(piece: &Piece, hash: &str, stamp: &Stamp) -> bool {
    let last = piece.written.get(hash);
    last.is_some_and(|last| last.laptop != stamp.laptop)
}

/// A write that lost changes nothing, and so tells nobody anything; it is applied all the same.
fn save<R: Records + ?Sized>(
    draft: &mut Draft<'_, R>,
    piece: &Piece,
    state: ProductState,
    outcome: &Written,
    stamp: &Stamp,
    marks: Vec<String>,
) -> Verdict {
    if matches!(outcome, Written::Won { .. }) {
        let written = piece.written.clone();
        draft.write(Write::Product {
            state,
            written,
            marks,
            by: stamp.laptop.clone(),
        });
    }
    Verdict::Applied
}

fn photo_is_good(photo: &PhotoRef) -> bool {
    let sides = 1..=20_000;
    [&photo.hash, &photo.large, &photo.small]
        .into_iter()
        .all(|hash| is_hash(hash))
        && sides.contains(&photo.width)
        && sides.contains(&photo.height)
        && photo.alt.chars().count() <= ALT_LETTERS
        && photo.shot.len() <= SHOT_LETTERS
}

fn place_is_good(place: &str) -> bool {
    (1..=200).contains(&place.len()) && place.bytes().all(|byte| byte.is_ascii_graphic())
}
