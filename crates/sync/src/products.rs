//! What happens when two laptops write the same piece: the later stamp wins field by field, and a
//! photo that someone adds stays although another, who did not know of it, removed it.

use api::clock::Stamp;
use api::photo::PhotoRef;
use api::product::{PlacedPhoto, ProductState, Stamped};
use serde_json::Value;

/// What a write did.
#[derive(Clone, Debug, PartialEq)]
pub enum Written {
    /// It stands; the value that it replaced, if there was another one.
    Won { replaced: Option<Stamped> },
    /// A later write was there already.
    Lost,
    /// The very same write was there already.
    Same,
}

/// Writes a field under a stamp.
pub fn set_field(state: &mut ProductState, name: &str, value: Value, stamp: &Stamp) -> Written {
    match state.fields.get_mut(name) {
        Some(there) if there.stamp > *stamp => Written::Lost,
        Some(there) if there.stamp == *stamp => Written::Same,
        Some(there) => {
            let new = Stamped {
                value,
                stamp: stamp.clone(),
            };
            Written::Won {
                replaced: Some(std::mem::replace(there, new)),
            }
        }
        None => {
            state.fields.insert(
                name.to_owned(),
                Stamped {
                    value,
                    stamp: stamp.clone(),
                },
            );
            Written::Won { replaced: None }
        }
    }
}

/// Adds a photo, or puts it back: a removal only holds against adds that it could know of.
pub fn attach(state: &mut ProductState, photo: PhotoRef, place: String, stamp: &Stamp) -> Written {
    match state.photos.get_mut(&photo.hash) {
        Some(there) if there.stamp > *stamp && !there.removed => Written::Lost,
        Some(there) if there.stamp == *stamp => Written::Same,
        Some(there) if there.stamp > *stamp => Written::Lost,
        Some(there) => {
            *there = PlacedPhoto {
                photo,
                place,
                stamp: stamp.clone(),
                removed: false,
            };
            Written::Won { replaced: None }
        }
        None => {
            let hash = photo.hash.clone();
            state.photos.insert(
                hash,
                PlacedPhoto {
                    photo,
                    place,
                    stamp: stamp.clone(),
                    removed: false,
                },
            );
            Written::Won { replaced: None }
        }
    }
}

/// Moves a photo within the strip. Nothing happens to a photo that is not there.
pub fn place(state: &mut ProductState, hash: &str, place: String, stamp: &Stamp) -> Written {
    match state.photos.get_mut(hash) {
        Some(there) if there.stamp < *stamp => {
            there.place = place;
            there.stamp = stamp.clone();
            Written::Won { replaced: None }
        }
        Some(there) if there.stamp == *stamp => Written::Same,
        _ => Written::Lost,
    }
}

/// Takes a photo off the piece; its bytes stay.
pub fn detach(state: &mut ProductState, hash: &str, stamp: &Stamp) -> Written {
    match state.photos.get_mut(hash) {
        Some(there) if there.stamp < *stamp => {
            there.removed = true;
            there.stamp = stamp.clone();
            Written::Won { replaced: None }
        }
        Some(there) if there.stamp == *stamp => Written::Same,
        _ => Written::Lost,
    }
}

/// Takes over all that is newer in `other`. The result does not depend on the order of merges.
/// Gives the names of the fields that changed.
pub fn merge(state: &mut ProductState, other: &ProductState) -> Vec<String> {
    let mut changed = Vec::new();
    for (name, stamped) in &other.fields {
        if let Written::Won { .. } = set_field(state, name, stamped.value.clone(), &stamped.stamp) {
            changed.push(name.clone());
        }
    }
    for (hash, placed) in &other.photos {
        let newer = state
            .photos
            .get(hash)
            .is_none_or(|there| there.stamp < placed.stamp);
        if newer {
            state.photos.insert(hash.clone(), placed.clone());
        }
    }
    changed
}

/// The photos that show, in their order.
pub fn strip(state: &ProductState) -> Vec<&PlacedPhoto> {
    let mut photos: Vec<_> = state.photos.values().filter(|placed| !placed.removed).collect();
    photos.sort_by(|a, b| (&a.place, &a.photo.hash).cmp(&(&b.place, &b.photo.hash)));
    photos
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn stamp(ms: i64, laptop: &str) -> Stamp {
        Stamp {
            ms,
            n: 0,
            laptop: laptop.into(),
        }
    }

    #[test]
    fn the_later_write_wins_whatever_comes_first() {
        let (early, late) = (stamp(1, "a"), stamp(2, "b"));
        let mut one = ProductState::default();
        set_field(&mut one, "title", json!("Olla"), &early);
        set_field(&mut one, "title", json!("Olla grande"), &late);
        let mut two = ProductState::default();
        set_field(&mut two, "title", json!("Olla grande"), &late);
        assert_eq!(set_field(&mut two, "title", json!("Olla"), &early), Written::Lost);
        assert_eq!(one, two);
    }

    proptest! {
        #[test]
        fn merging_in_any_order_gives_the_same(writes in prop::collection::vec((0usize..4, 0i64..6, 0usize..3, any::<u8>()), 0..40),
                                               split in 0usize..40) {
            let names = ["title", "price", "story", "weight_g"];
            let laptops = ["a", "b", "c"];
            // One laptop gives each of its stamps once, as `Clock::tick` does.
            let mut seen = std::collections::BTreeSet::new();
            let writes: Vec<_> = writes.into_iter().filter(|w| seen.insert((w.1, w.2))).collect();
            let apply = |writes: &[(usize, i64, usize, u8)]| {
                let mut state = ProductState::default();
                for (name, ms, laptop, value) in writes {
                    set_field(&mut state, names[*name], json!(value), &stamp(*ms, laptops[*laptop]));
                }
                state
            };
            let split = split.min(writes.len());
            let (left, right) = writes.split_at(split);
            let (a, b) = (apply(left), apply(right));
            let mut ab = a.clone();
            merge(&mut ab, &b);
            let mut ba = b;
            merge(&mut ba, &a);
            prop_assert_eq!(&ab, &ba);
            prop_assert_eq!(&ab, &apply(&writes));
        }
    }
}
