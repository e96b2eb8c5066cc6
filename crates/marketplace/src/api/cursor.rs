//! Cursors: a place in the feed that only this marketplace could have written.

use crate::records::feed::part;
use crate::records::settings::Keys;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

const MAC: usize = 16;

/// How far someone has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the order of the changes, up to this position.
    At(u64),
    /// In a first reading, which goes by urgency.
    First {
        part: i64,
        /// Up to this position within the part.
        after: u64,
        /// Where the feed was when the reading began, and goes on from after it.
        until: u64,
    },
}

/// Writes a place in a shop's feed as an opaque text.
pub fn write(keys: &Keys, shop: &str, place: Place) -> String {
    let mut bytes = Vec::with_capacity(25 + MAC);
    match place {
        Place::At(position) => bytes.extend_from_slice(&position.to_le_bytes()),
        Place::First { part, after, until } => {
            bytes.push(u8::try_from(part).unwrap_or(u8::MAX));
            bytes.extend_from_slice(&after.to_le_bytes());
            bytes.extend_from_slice(&until.to_le_bytes());
        }
    }
    bytes.extend_from_slice(&keys.feed_epoch.to_le_bytes());
    let mac = mac(keys, shop, &bytes);
    bytes.extend_from_slice(&mac.as_bytes()[..MAC]);
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The place; none when the cursor is another shop's, of another feed, or was made up.
pub fn read(keys: &Keys, shop: &str, cursor: &str) -> Option<Place> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (said, given) = bytes.split_at_checked(bytes.len().checked_sub(MAC)?)?;
    // Compared as hashes, which takes the same time wherever they differ.
    let given = blake3::hash(given);
    let right = blake3::hash(&mac(keys, shop, said).as_bytes()[..MAC]);
    let (place, epoch) = said.split_at_checked(said.len().checked_sub(8)?)?;
    if given != right || number(epoch)? != keys.feed_epoch {
        return None;
    }
    match *place {
        [first, ref rest @ ..] if rest.len() == 16 => {
            let (after, until) = rest.split_at(8);
            let part = i64::from(first);
            (part < part::ALL).then_some(Place::First {
                part,
                after: number(after)?,
                until: number(until)?,
            })
        }
        ref position => number(position).map(Place::At),
    }
}

fn number(bytes: &[u8]) -> Option<u64> {
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}

fn mac(keys: &Keys, shop: &str, said: &[u8]) -> blake3::Hash {
    blake3::Hasher::new_keyed(&keys.master)
        .update(b"feed cursor ")
        .update(said)
        .update(shop.as_bytes())
        .finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_cursor_of_this_feed_and_shop_is_read() {
        let keys = Keys {
            master: [7; 32],
            feed_epoch: 11,
        };
        let restored = Keys {
            feed_epoch: 12,
            ..keys.clone()
        };
        let first = Place::First {
            part: part::HISTORY,
            after: 3,
            until: 42,
        };
        for place in [Place::At(42), first] {
            let cursor = write(&keys, "a", place);
            assert_eq!(read(&keys, "a", &cursor), Some(place));
            assert_eq!(read(&keys, "b", &cursor), None);
            assert_eq!(read(&restored, "a", &cursor), None);
            for at in 0..cursor.len() {
                let mut forged = cursor.clone().into_bytes();
                forged[at] = if forged[at] == b'A' { b'B' } else { b'A' };
                let forged = String::from_utf8_lossy(&forged).into_owned();
                // The last letter carries spare bits; whatever is read must be what was written.
                let read = read(&keys, "a", &forged);
                assert!(read.is_none() || read == Some(place));
            }
        }
        assert_eq!(read(&keys, "a", ""), None);
        assert_eq!(read(&keys, "a", "ñ"), None);
    }
}
