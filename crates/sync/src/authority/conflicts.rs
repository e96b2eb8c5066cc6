//! Two laptops wrote the same field, and the later did not know of the earlier: the value that loses is kept for a
//! person to see.

use super::{Draft, Known, Piece, Records, Verdict, Write};
use crate::products::Written;
use api::clock::Stamp;
use api::conflict::{ConflictState, FIELDS, id};
use api::product::Stamped;
use serde_json::Value;

/// The conflict that is to be told after a field was written: a new one, or an open one in which now another value
/// stands.
pub(super) fn of_field<R: Records + ?Sized>(
    draft: &Draft<'_, R>,
    piece: &Piece,
    name: &str,
    value: &Value,
    stamp: &Stamp,
    written: &Written,
    base: u64,
) -> Known<Option<ConflictState>> {
    if !FIELDS.contains(&name) {
        return Ok(None);
    }
    let Some(there) = piece.state.fields.get(name) else {
        return Ok(None);
    };
    let ours = Stamped {
        value: value.clone(),
        stamp: stamp.clone(),
    };
    let unknown = piece
        .written
        .get(name)
        .is_some_and(|last| last.laptop != stamp.laptop && last.position > base);
    let (kept, lost) = match written {
        Written::Won { .. } => (ours, there.clone()),
        Written::Lost => (there.clone(), ours),
        Written::Same => return Ok(None),
    };
    let conflict_id = id(&piece.state.id, name);
    if unknown && kept.value != lost.value {
        return Ok(Some(ConflictState {
            id: conflict_id,
            product_id: piece.state.id.clone(),
            field: name.to_owned(),
            kept,
            lost,
            at_ms: draft.sender.now_ms,
            settled_ms: None,
        }));
    }
    if !matches!(written, Written::Won { .. }) {
        return Ok(None);
    }
    let open = draft.records.conflict(&conflict_id)?;
    Ok(open
        .filter(|conflict| conflict.settled_ms.is_none())
        .map(|conflict| ConflictState {
            kept,
            ..conflict.clone()
        }))
}

/// A person has looked at both values.
pub(super) fn settle<R: Records + ?Sized>(draft: &mut Draft<'_, R>, id: &str) -> Known<Verdict> {
    let Some(conflict) = draft.records.conflict(id)? else {
        return Ok(Verdict::invalid());
    };
    if conflict.settled_ms.is_some() {
        return Ok(Verdict::Behind);
    }
    let settled = ConflictState {
        settled_ms: Some(draft.sender.now_ms),
        ..conflict.clone()
    };
    draft.write(Write::Conflict(settled));
    Ok(Verdict::Applied)
}
