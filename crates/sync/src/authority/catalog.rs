//! Intents about pieces.

use super::{Draft, Found, Known, Piece, Records, Verdict, Write, conflicts, is_id};
use crate::products::{Written, set_field};
use api::clock::Stamp;
use api::intent::refusal;
use api::product::ProductState;
use serde_json::Value;
use std::collections::BTreeMap;

/// Unknown fields of newer laptops are kept, but not without end.
const FIELDS: usize = 80;
const FIELD_NAME: usize = 40;

/// Whether a text is a BLAKE3 hash as it is written in the API.
pub fn is_hash(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

pub fn set<R: Records + ?Sized>(
    draft: &mut Draft<'_, R>,
    id: &str,
    fields: &BTreeMap<String, Value>,
    stamp: &Stamp,
    base: u64,
) -> Known<Verdict> {
    let names_are_good = fields.keys().all(|name| name.len() <= FIELD_NAME);
    if !is_id(id) || !names_are_good || crate::checks::check_fields(fields).is_err() {
        return Ok(Verdict::invalid());
    }
    let there = match draft.records.product(id)? {
        Found::Elsewhere => return Ok(Verdict::refused(refusal::NO_SUCH_PRODUCT)),
        Found::Here(piece) => Some(piece),
        Found::Nowhere => None,
    };
    let mut state = there.map_or_else(
        || ProductState {
            id: id.to_owned(),
            ..ProductState::default()
        },
        |piece| piece.state.clone(),
    );
    let mut changed = state.fields.is_empty();
    let mut marks = Vec::new();
    let mut told = Vec::new();
    for (name, value) in fields {
        let written = set_field(&mut state, name, value.clone(), stamp);
        if let Some(piece) = there {
            told.extend(conflicts::of_field(
                draft, piece, name, value, stamp, &written, base,
            )?);
        }
        if matches!(written, Written::Won { .. }) {
            changed = true;
            marks.push(name.clone());
        }
    }
    if state.fields.len() > FIELDS {
        return Ok(Verdict::invalid());
    }
    if changed {
        let written = there.map(|piece| piece.written.clone()).unwrap_or_default();
        draft.write(Write::Product {
            state,
            written,
            marks,
            by: stamp.laptop.clone(),
        });
    }
    for conflict in told {
        draft.write(Write::Conflict(conflict));
    }
    Ok(Verdict::Applied)
}

/// This shop's piece, or what to say when it has none. A piece that nobody has may be one that another laptop is about
/// to offer again, after the marketplace was put back to an earlier day: what is about it waits.
pub(super) fn own<'a, R: Records + ?Sized>(
    draft: &Draft<'a, R>,
    id: &str,
) -> Known<Result<&'a Piece, Verdict>> {
    Ok(match draft.records.product(id)? {
        Found::Here(piece) => Ok(piece),
        Found::Nowhere if is_id(id) => Err(Verdict::Deferred { code: refusal::WAITS }),
        Found::Elsewhere | Found::Nowhere => Err(Verdict::refused(refusal::NO_SUCH_PRODUCT)),
    })
}
